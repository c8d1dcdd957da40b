"""`guidance when`: the moments that texts name, one JSON object a line, in the same order (docs/wire.md section 3)."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import IO, Any

import click
import msgspec
from msgspec import Struct

from guidance.errors import MalformedError
from guidance.hours.horizon import FIRST_YEAR, LAST_YEAR, is_within
from guidance.hours.zones import zone_of
from guidance.model import Hours
from guidance.signals.moments import find_moments
from guidance.text.foreign import read_json
from guidance.text.language import base, detect

LIMIT = 1024 * 1024


class _Asked(Struct):
    text: str
    id: str | int | None = None
    language: str | None = None
    now: datetime | None = None
    hours: Hours | None = None


@click.command()
@click.argument("source", type=click.File("rb"), default="-")
def when(source: IO[bytes]) -> None:
    """Find the moments that texts name, from a file or standard input.

    A line that can't be read gives an error object in its place, and the next one is gone on with.
    """
    for line in source:
        if line.strip():
            sys.stdout.buffer.write(msgspec.json.encode(answer_to(line)) + b"\n")


def answer_to(line: bytes) -> dict[str, Any]:
    """What one line is answered: the moments found, or an error object that names the place."""
    if len(line) > LIMIT:
        return _error(None, "", "The line is over 1 MiB.")
    try:
        asked = read_json(line, _Asked)
    except MalformedError as error:
        return _error(_id_of(line), error.path, str(error))
    number = None if asked.id is None else str(asked.id)
    if asked.now is not None and asked.now.tzinfo is None:
        return _error(number, "now", "The time has no offset from UTC; write it as 2026-03-04T10:15:00-05:00.")
    if asked.now is not None and not is_within(asked.now):
        return _error(number, "now", f"The time has to lie in the years {FIRST_YEAR} to {LAST_YEAR}.")
    return {"id": number, "found": _found(asked)}


def _found(asked: _Asked) -> list[dict[str, Any]]:
    now = asked.now or datetime.now(UTC)
    named = asked.hours.time_zone if asked.hours else None
    zone = zone_of(named, Hours()) if named else None
    language = base(asked.language) or detect(asked.text) or "en"
    found = find_moments(
        asked.text, now=now, language=language, hours=asked.hours, zone=zone or now.tzinfo, with_present=True
    )
    return [
        {"text": each.text, "start": each.start, "end": each.end, "at": each.at.isoformat(), "kind": each.kind}
        for each in found
    ]


def _error(number: str | None, path: str, message: str) -> dict[str, Any]:
    return {"id": number, "error": {"code": "malformed", "path": path, "message": message}}


def _id_of(line: bytes) -> str | None:
    try:
        number = read_json(line, dict[str, Any]).get("id")
    except MalformedError:
        return None
    return str(number) if isinstance(number, str | int) else None
