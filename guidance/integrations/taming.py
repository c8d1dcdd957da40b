"""From a vendor's JSON to values of known types: lenient where vendors are careless, exact about the place that failed."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
import structlog

from guidance.errors import MalformedError
from guidance.hours.horizon import is_within
from guidance.text.foreign import plainly, read_json

log = structlog.get_logger()

T = TypeVar("T")
Id = str | int | None
"""An id as vendors send it: text or a number; empty, `0` or null where there is none."""

_NULL = re.compile(r"got `null` - at `\$(\S*\.\w+)`$")
"""A field that is null, in msgspec's words; the names in its path are our own."""

_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_NO_IDS = frozenset({"", "0", "none", "null"})


def read_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object of a raw body, None where it is none even leniently.

    Raw control characters in strings, a byte order mark, bytes that are no UTF-8 and halves of surrogate pairs are put up
    with: templates of webhooks are written by hand, and texts are cut anywhere.
    """
    try:
        return read_json(body, dict[str, Any])
    except MalformedError:
        found = _read_leniently(body)
    return found if isinstance(found, dict) else None


def _read_leniently(body: bytes) -> Any:
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
        # What can't be written as UTF-8 could not be kept either.
        return json.loads(json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf8", "replace"))
    except (ValueError, RecursionError):
        return None


def tame(value: Any, kind: type[T], *, at: str = "") -> T:
    """`value` as `kind`; a null where there should be something is nothing at all. Raises `MalformedError` whose path begins with `at`."""
    while True:
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError as error:
            found = _NULL.search(str(error))
            if found is None:
                raise _malformed(str(error), at) from None
            value = _without(value, [name or int(number) for name, number in _STEP.findall(found[1])])


def _without(value: Any, path: list[str | int]) -> Any:
    """The value but for the field at this path, which was found in it."""
    step, *rest = path
    kept = value.copy()
    if rest:
        kept[step] = _without(value[step], rest)
    else:
        del kept[step]
    return kept


def tame_each(values: Sequence[Any], kind: type[T], *, account: str, whole: bool = False) -> list[T]:
    """Each of `values` as `kind`, one of another shape without the fields that are odd, so that it holds up none of the others.

    What nothing can be made of is left out; the log says how many were odd, and where. `whole`: one with an odd field is left
    out, too, as where a field missing would be a permission given. Raises `MalformedError` where nothing can be made of any.
    """
    kept: list[T] = []
    odd: list[MalformedError] = []
    for value in values:
        read, wrong = _as_far_as_it_goes(value, kind, whole=whole)
        kept += read
        odd += wrong[:1]
    if odd:
        log.warning(
            "helpdesk.odd_records", account=account, count=len(odd), path=odd[0].path, lost=len(values) - len(kept)
        )
    if odd and not kept:
        raise odd[0]
    return kept


def _as_far_as_it_goes(value: Any, kind: type[T], *, whole: bool) -> tuple[list[T], list[MalformedError]]:
    """The value without its odd fields, if there is one then, and what was wrong."""
    told, wrong = dict(value) if isinstance(value, dict) else value, list[MalformedError]()
    while True:
        try:
            return [tame(told, kind)], wrong
        except MalformedError as error:
            wrong.append(error)
        field = wrong[-1].path.partition(".")[0].partition("[")[0]
        if whole or not isinstance(told, dict) or field not in told:
            return [], wrong
        del told[field]


def _malformed(said: str, at: str) -> MalformedError:
    """Our sentence for msgspec's: `Expected ..., got ... - at `$.place``, or `... missing required field `name` - at ...`."""
    what, _, place = said.partition(" - at ")
    path = at + place.strip("`").removeprefix("$")
    if "missing required field" in what:
        path = f"{path}.{what.rpartition(' ')[2].strip('`')}".strip(".")
        return MalformedError(f"`{path}` is missing in the body.", path=path)
    path = path.strip(".")
    return MalformedError(f"`{path or 'the body'}` can't be read: {plainly(what)}.", path=path)


def ident(value: Id) -> str | None:
    """An id as text, None where the vendor says in its way that there is none."""
    text = "" if value is None else str(value).strip()
    return None if text.lower() in _NO_IDS else text


def number(value: Id, *, at: str) -> str:
    """A ticket's id: digits only, since it goes into keys and addresses. Raises `MalformedError`."""
    text = ident(value) or ""
    if not is_number(text):
        raise MalformedError(f"`{at}` has to be a number.", path=at)
    return text


def is_number(text: str) -> bool:
    """Whether `text` is an id of plain digits, as both helpdesks give their tickets and people."""
    return text.isascii() and text.isdecimal() and len(text) <= 20


def by_id(value: Id) -> tuple[float, str]:
    """A place in the order of ids, as they were given out; one that is no number comes last."""
    text = ident(value) or ""
    return (int(text) if is_number(text) else math.inf), text


def moment(text: str | None) -> datetime | None:
    """A vendor's time as aware UTC; None where there is none, it can't be read, says no zone, or means never or always."""
    try:
        found = datetime.fromisoformat((text or "").strip().replace(" UTC", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo and is_within(found) else None


def zulu(at: datetime) -> str:
    """A time as both helpdesks take it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def words(value: list[str] | str | None, *, apart: str | None = None) -> tuple[str, ...]:
    """Tags as a list or as one string, apart by spaces or by `apart`."""
    found = value.split(apart) if isinstance(value, str) else (value or [])
    return tuple(word.strip() for word in found if word.strip())


def digest(*parts: str) -> str:
    """A short id derived from what it stands for: the same parts always give the same one."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
