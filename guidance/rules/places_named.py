"""The groups and brands that a file of rules names, each with its line: whether there are such is for the helpdesks to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from guidance.model import SCOPES
from guidance.rules.yamlfile import Path, Problem, read_yaml

_CONDITIONS = {f"ticket.{kind}": kind for kind in SCOPES}
_PARTS = ("when", "except", "clears_when")


class PlaceNamed(Struct, frozen=True, kw_only=True):
    """A group or a brand (`kind`) by its name, where a file says it; `account`: of which helpdesk, '' for any."""

    kind: str
    name: str
    line: int
    rule: str | None = None
    account: str = ""


def places_named(text: str) -> Iterator[PlaceNamed]:
    """All of them, in conditions of rules and macros, and where an overlay says where it holds; none where it can't be read."""
    try:
        document = read_yaml(text)
    except Problem:
        return
    told = document.value if isinstance(document.value, dict) else {}
    rules = told.get("rules")
    for number, rule in enumerate(rules if isinstance(rules, list) else ()):
        for part in _PARTS if isinstance(rule, dict) else ():
            for kind, name, path in _named(rule.get(part), ("rules", number, part)):
                yield PlaceNamed(kind=kind, name=name, line=document.line_of(path), rule=str(rule.get("id", "")))
    for kind, name, path in _named(told.get("macros"), ("macros",)):
        yield PlaceNamed(kind=kind, name=name, line=document.line_of(path))
    holds = told["for"] if isinstance(told.get("for"), dict) else {}
    for kind in SCOPES:
        if isinstance(place := holds.get(kind), str):
            account = str(holds.get("account", ""))
            yield PlaceNamed(kind=kind, name=place, line=document.line_of(("for", kind)), account=account)


def _named(value: Any, path: Path) -> Iterator[tuple[str, str, Path]]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _named(one, (*path, number))
    for key, one in value.items() if isinstance(value, dict) else ():
        kind = _CONDITIONS.get(key)
        if kind is None:
            yield from _named(one, (*path, key))
        else:
            names = one if isinstance(one, list) else [one]
            yield from ((kind, name, (*path, key)) for name in names if isinstance(name, str) and name[:1] != "@")
