"""A folder of conversations: `.jsonl` files in wire format 1 (docs/wire.md), one conversation a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from guidance.conversations.wire import Asked, read_conversation
from guidance.errors import MalformedError

WHEN = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
"""When conversations that name no time happen, so that a corpus gives the same hits on every day."""


def read_corpus(folder: Path) -> Iterator[Asked]:
    """Every conversation of a folder, file by file in order of name. Raises `MalformedError` that names file and line."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise MalformedError(f"there is no .jsonl file in {folder}", path=str(folder))
    for file in files:
        for number, line in enumerate(file.read_bytes().splitlines(), 1):
            if line.strip():
                yield _read(line, f"{file.name}:{number}")


def _read(line: bytes, place: str) -> Asked:
    try:
        return read_conversation(line, clock=lambda: WHEN)
    except MalformedError as error:
        raise MalformedError(f"{place}: {error}", path=error.path, ref=error.ref) from error
