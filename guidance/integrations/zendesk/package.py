"""The app that an admin uploads in Zendesk: its files brought together, ready to be zipped.

The manifest lies at the root of the project, its other files in `app/`. The panel is not among them: Zendesk frames the
service's own page and signs who opens it, so a new version of the service needs no new ZIP.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from guidance.text.beside import file_beside

MANIFEST = "manifest.json"
_OWN = Path(str(resources.files("guidance.integrations.zendesk") / "app"))
_LEFT_OUT = frozenset({"logo.svg"})


def staged(_sidebar: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Every file of the app by its path in the ZIP. Raises `SetupError` where the manifest is not to be found."""
    own = {
        path.relative_to(_OWN).as_posix(): path.read_bytes()
        for path in sorted(_OWN.rglob("*"))
        if path.is_file() and path.name not in _LEFT_OUT
    }
    return {MANIFEST: file_beside(MANIFEST), **own}
