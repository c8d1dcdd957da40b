"""The values behind a rule's form: how they are found in a file's values, checked as they come in, and put in their place.

Nothing is changed in place: what lies on the way is copied, all else is kept as the object that it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from guidance.errors import MalformedError
from guidance.rules.yamlfile import Path

Given = str | bool | Sequence[str]
Read = Callable[[Given], Any]
"""What is written for what was given; None: the key goes. Raises `MalformedError`."""

LONGEST = 2_000
WAIT = re.compile(r"([0-9]{1,4})([mhd])")
"""How long a rule waits, as packs write it."""
MOST_LINES = 500
_ORDER = (
    "id", "principle", "family", "title", "status", "default", "asks", "conflicts", "level", "weight", "moments", "after", "settled",
    "any_language", "when", "except", "clears_when", "hint", "limit", "references", "evidence", "false_positives", "follow_up", "examples",
    "say", "why", "offer", "per_ticket", "per_day", "rest_slots",
)  # fmt: skip
"""Keys as packs have them, one after the other; a new one is put in behind the last that comes before it."""


def at(value: Any, path: Path) -> Any:
    """What stands at a path; None where there is nothing."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def with_at(value: Any, path: Path, new: Any) -> Any:
    """The values with another one at a path. None takes the key out, and what it leaves empty with it."""
    if not path:
        return new
    step, *rest = path
    if isinstance(value, list):
        changed = with_at(value[int(step)], tuple(rest), new)
        put = [] if changed is None else [changed]
        return [*value[: int(step)], *put, *value[int(step) + 1 :]] or None
    value = value if isinstance(value, dict) else {}
    changed = with_at(value.get(str(step)), tuple(rest), new)
    if changed is None:
        return {key: one for key, one in value.items() if key != step} or None
    return {**value, step: changed} if step in value else _inserted(value, str(step), changed)


def _inserted(value: Mapping[str, Any], key: str, new: Any) -> dict[str, Any]:
    """A mapping with a new key in its usual place, never the first."""
    before = _ORDER[: _ORDER.index(key)] if key in _ORDER else _ORDER
    place = max((n + 1 for n, one in enumerate(value) if one in before), default=len(value))
    items = list(value.items())
    return dict([*items[: place or 1], (key, new), *items[place or 1 :]])


def texts(value: Any) -> tuple[str, ...] | None:
    """A text, or a list of texts of one line each; None where it is anything else."""
    told = [value] if isinstance(value, str) else value
    if not isinstance(told, list) or not all(isinstance(one, str) and "\n" not in one for one in told):
        return None
    return tuple(told)


def place_of(rule: Mapping[str, Any], section: str, key: str) -> Path | None:
    """Where a condition stands that must hold by itself (`when`), or that excepts by itself (`except`)."""
    found = rule.get(section)
    inner: Path
    conditions: list[Any]
    if section == "when" and isinstance(found, dict) and isinstance(found.get("all"), list):
        inner, conditions = ("when", "all"), found["all"]
    else:
        inner, conditions = (section,), found if isinstance(found, list) else [found]
    for number, one in enumerate(conditions):
        if isinstance(one, dict) and len(one) == 1 and texts(one.get(key)) is not None:
            return (*inner, number, key) if isinstance(at(rule, inner), list) else (*inner, key)
    return None


def with_condition(rule: Mapping[str, Any], section: str, key: str, words: Sequence[str]) -> dict[str, Any]:
    """A rule with a condition in its `when` or `except`; no words: without it. Raises `MalformedError`."""
    place = place_of(rule, section, key)
    if not words and place is None:
        return dict(rule)
    changed: dict[str, Any]
    if not words and place is not None:
        changed = with_at(rule, place[:-1] if isinstance(place[-2], int) else (section,), None) or {}
        if section == "when" and section not in changed:
            raise MalformedError("A rule needs some other condition, too; write one in the text first.")
        return changed
    if place is not None:
        return dict(with_at(rule, place, list(words)))
    return dict(with_at(rule, (section,), _joined(rule.get(section), section, {key: list(words)})))


def _joined(value: Any, section: str, condition: dict[str, Any]) -> Any:
    """What was there, and the condition beside it."""
    if section == "except":
        return [*(value if isinstance(value, list) else [] if value is None else [value]), condition]
    if isinstance(value, dict) and isinstance(value.get("all"), list):
        return {"all": [condition, *value["all"]]}
    return {"all": [condition, value]}


def sayings(
    value: Any,
    path: Path,
    macros: Mapping[str, Any],
    *,
    holds: bool,
    deep: int = 0,
    seen: set[tuple[str, bool]] | None = None,
) -> Iterator[tuple[Path, bool]]:
    """Where phrases are looked for, in a tree of conditions and in the macros that it names, each once, and whether they must be there."""
    seen = set() if seen is None else seen
    if isinstance(value, str) and value in macros and (value, holds) not in seen:
        seen.add((value, holds))
        yield from sayings(macros[value], ("macros", value), macros, holds=holds, deep=deep + 1, seen=seen)
    if not isinstance(value, dict) or len(value) != 1 or deep > 20:
        return
    (name, argument), *_ = value.items()
    if name in ("last.says", "draft.says"):
        yield (*path, name), holds
    elif name == "not":
        yield from sayings(argument, (*path, name), macros, holds=not holds, deep=deep + 1, seen=seen)
    elif name in ("all", "any") and isinstance(argument, list):
        for number, one in enumerate(argument):
            yield from sayings(one, (*path, name, number), macros, holds=holds, deep=deep + 1, seen=seen)


def line(given: Given) -> str:
    """A text of one line that is needed."""
    told = " ".join(given.split()) if isinstance(given, str) else ""
    if not told:
        raise MalformedError("Something is needed here.")
    return _short(told)


def lines(given: Given) -> list[str]:
    """Texts, one a line."""
    told = given.splitlines() if isinstance(given, str) else []
    found = [_short(one.strip()) for one in told if one.strip()]
    if len(found) > MOST_LINES:
        raise MalformedError(f"At most {MOST_LINES} lines fit here; a longer list is written in the text.")
    return found


def wordings(given: Given) -> str | list[str] | None:
    """One text as it is, several as a list."""
    found = lines(given)
    return found[0] if len(found) == 1 else found or None


def needed(read: Read) -> Read:
    """The same, and it may not be empty."""

    def checked(given: Given) -> Any:
        found = read(given)
        if not found:
            raise MalformedError("Something is needed here.")
        return found

    return checked


def whole(given: Given) -> int | None:
    """A whole number, or nothing."""
    told = given.strip() if isinstance(given, str) else ""
    if told and not (told.isascii() and told.isdecimal() and len(told) < 6):
        raise MalformedError("A whole number is needed here, or nothing.")
    return int(told) if told else None


def wait(given: Given) -> str | None:
    """How long a rule waits, or nothing."""
    told = given.strip() if isinstance(given, str) else ""
    if told and not WAIT.fullmatch(told):
        raise MalformedError("A number with m, h or d is needed here, as in 30m, 4h or 2d, or nothing.")
    return told or None


def number(given: Given) -> float | int | None:
    """A number, or nothing."""
    told = given.strip() if isinstance(given, str) else ""
    try:
        found = float(told) if told and len(told) < 12 else None
    except ValueError:
        found = float("nan")
    if (told and found is None) or (found is not None and not 0 <= found <= 1000):
        raise MalformedError("A number from 0 to 1000 is needed here, or nothing.")
    return int(found) if found is not None and found == int(found) else found


def chosen(kinds: type[StrEnum]) -> Read:
    """Some of these, in their own order; none: nothing."""

    def read(given: Given) -> list[str] | None:
        told = set() if isinstance(given, str | bool) else set(given)
        if unknown := told - set(kinds):
            raise MalformedError(f"`{min(unknown)}` is none of {', '.join(kinds)}.")
        return [str(one) for one in kinds if one in told] or None

    return read


def one_of(kinds: type[StrEnum]) -> Read:
    """One of these."""

    def read(given: Given) -> str:
        if given not in set(kinds):
            raise MalformedError(f"It is one of {', '.join(kinds)}.")
        return str(given)

    return read


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise MalformedError(f"A line has {LONGEST:,} characters at most.")
    return text
