"""`python -m guidance.demo`: the desk as a child process, with its settings as one JSON object on standard input."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import msgspec

from guidance.demo.server import serve_desk
from guidance.demo.settings import DeskSettings


def main() -> None:
    """Read the settings (secrets stay out of arguments and environment), then serve where `desk_url` says."""
    settings = msgspec.json.decode(sys.stdin.buffer.read(), type=DeskSettings)
    where = urlsplit(settings.desk_url)
    serve_desk(settings, host=where.hostname or "127.0.0.1", port=where.port or 8700)


if __name__ == "__main__":
    main()
