"""A folder of conversations: `.jsonl` files in wire format 1 (docs/wire.md), one conversation a line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from guidance.conversations.wire import Asked, read_conversation
from guidance.errors import MalformedError

WHEN = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
"""When conversations that name no time happen, so that a corpus gives the same hits on every day."""


_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WANTED = "it takes text with one JSON object a line"


def lines_of(body: bytes) -> list[bytes]:
    """The lines of a file, without the mark that some programs put before UTF-8."""
    return body.removeprefix(codecs.BOM_UTF8).splitlines()


def checked(body: bytes) -> bytes:
    """A file that may be one of conversations, as far as its beginning tells. Raises `MalformedError`, which says what it is instead."""
    begins = body.removeprefix(codecs.BOM_UTF8).lstrip()[:4096]
    if not begins:
        raise MalformedError("This file is empty.")
    if begins.startswith(_PACKED):
        raise MalformedError(f"This is a packed file, such as a ZIP or a sheet of Excel's; {_WANTED}. Unpack it first.")
    if begins.startswith(_WIDE) or b"\0" in begins:
        raise MalformedError("This text is in UTF-16, or no text at all; save it as UTF-8.")
    if begins.startswith(b"["):
        raise MalformedError(f"This is one JSON list; {_WANTED}, without brackets around them and commas between.")
    if not begins.startswith(b"{"):
        raise MalformedError(f"This is no file of conversations: {_WANTED}.")
    return body


def read_corpus(folder: Path) -> Iterator[Asked]:
    """Every conversation of a folder, file by file in order of name. Raises `MalformedError` that names file and line."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise MalformedError(f"there is no .jsonl file in {folder}", path=str(folder))
    for file in files:
        for number, line in enumerate(lines_of(file.read_bytes()), 1):
            if line.strip():
                yield _read(line, f"{file.name}:{number}")


def _read(line: bytes, place: str) -> Asked:
    try:
        return read_conversation(line, clock=lambda: WHEN)
    except MalformedError as error:
        raise MalformedError(f"{place}: {error}", path=error.path, ref=error.ref) from error
