"""Files of the project that lie beside the package, and that a running service shows or hands out."""

from __future__ import annotations

import sys
from pathlib import Path

from guidance.errors import SetupError

_PROJECT = Path(__file__).parents[2]


def file_beside(path: str) -> bytes:
    """A file by its path in the project's folder; an installed copy has it in `share/` (see pyproject.toml). Raises `SetupError`."""
    for folder in (_PROJECT, Path(sys.prefix) / "share" / "helpdesk-guidance"):
        if (folder / path).is_file():
            return (folder / path).read_bytes()
    raise SetupError(f"{path} was not installed with this package; run this in the project's folder")
