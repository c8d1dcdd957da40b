"""Run every bench: `python -m bench`, with `--soak` at the sizes that hurt (and then a broken promise fails)."""

from __future__ import annotations

import importlib
import sys

BENCHES = ("drafts", "webhooks", "stream", "promises", "helping")


def main() -> int:
    """0 where all ran; with `--soak`, 1 where a promise was not kept."""
    soak = "--soak" in sys.argv
    kept = [importlib.import_module(f"bench.{name}").run(soak=soak) for name in BENCHES]
    return 0 if all(kept) or not soak else 1


if __name__ == "__main__":
    sys.exit(main())
