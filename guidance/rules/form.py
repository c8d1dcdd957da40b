"""A rule as a form: the common parts of its YAML as fields, each with its lines, and each written back into the same text.

What a form can't say, above all a `when` of several conditions, is shown as it stands and stays to be changed in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from guidance.errors import MalformedError, NotFoundError
from guidance.rules.formfields import Field, Part, is_in_fields, parts_of
from guidance.rules.formvalues import Given
from guidance.rules.overlays import Flaw
from guidance.rules.splicing import Source
from guidance.rules.yamlfile import Problem

_SHOWN = ("when", "except", "clears_when", "follow_up")
_IN_FIELDS = frozenset({"title", "level", "moments", "after", "settled", "default", "hint", "limit", "weight"})


class Plain(Struct, frozen=True, kw_only=True):
    """A part of a rule that is changed in the text only, as it stands there."""

    name: str
    text: str
    first: int
    last: int


class Form(Struct, frozen=True, kw_only=True):
    """One rule's form; `place`: of the rule in its file. `plain` and `others` are only in the text: the parts worth reading here, and the names of the rest."""

    rule: str
    place: int
    fields: tuple[Field, ...]
    plain: tuple[Plain, ...] = ()
    others: tuple[str, ...] = ()


class Listed(Struct, frozen=True, kw_only=True):
    """A rule of a file, by its place in it."""

    place: int
    id: str
    title: str


def rules_in(source: Source) -> list[Listed]:
    """The rules of a file that a form can show."""
    rules = source.value.get("rules") if isinstance(source.value, dict) else None
    return [
        Listed(place=place, id=str(rule.get("id", "")), title=str(rule.get("title", "")))
        for place, rule in enumerate(rules if isinstance(rules, list) else ())
        if isinstance(rule, dict)
    ]


def form_of(source: Source, place: int, flaws: Sequence[Flaw] = ()) -> Form:
    """The form of the rule at a place, each flaw beside the field that it is about. Raises `NotFoundError`."""
    rule = _rule(source, place)
    parts = list(parts_of(source.value, place))
    unfit = {str(part.path[2]) for part in parts if not part.fits and part.path[0] == "rules"}
    whole = {name for name in _SHOWN if name in rule and is_in_fields(rule, name)}
    shown = [name for name in rule if (name in _SHOWN or name in unfit) and name not in whole]
    return Form(
        rule=str(rule.get("id", "")),
        place=place,
        fields=tuple(_with_flaws([_placed(source, part) for part in parts if part.fits], flaws)),
        plain=tuple(_plain(source, place, name) for name in shown),
        others=tuple(name for name in rule if name not in {*_IN_FIELDS, *whole, *shown}),
    )


def written(source: Source, place: int, name: str, given: Given) -> str:
    """The text with another value in a field. Raises `MalformedError` with the field's name, and `NotFoundError`."""
    _rule(source, place)
    part = next((one for one in parts_of(source.value, place) if one.field.name == name and one.fits), None)
    if part is None:
        raise NotFoundError(f"This rule has no field {name} in the form.")
    if part.field.value == (tuple(given) if isinstance(given, list) else given):
        return source.text
    try:
        return source.changed(part.put(given))
    except (Problem, MalformedError) as error:
        raise MalformedError(str(error), path=name) from error


def _rule(source: Source, place: int) -> dict[str, Any]:
    if not any(one.place == place for one in rules_in(source)):
        raise NotFoundError("There is no such rule in this file.")
    rule: dict[str, Any] = source.value["rules"][place]
    return rule


def _placed(source: Source, part: Part) -> Field:
    first, last = source.lines(part.path) or (0, 0)
    return replace(part.field, first=first, last=last)


def _plain(source: Source, place: int, name: str) -> Plain:
    first, last = source.lines(("rules", place, name)) or (1, 1)
    return Plain(name=name, text="\n".join(source.text.split("\n")[first - 1 : last]), first=first, last=last)


def _with_flaws(fields: Sequence[Field], flaws: Sequence[Flaw]) -> Iterator[Field]:
    meant = [(flaw.message, {one.name for one in _meant(fields, flaw)}) for flaw in flaws]
    for field in fields:
        yield replace(field, flaws=tuple(message for message, names in meant if field.name in names))


def _meant(fields: Sequence[Field], flaw: Flaw) -> Sequence[Field]:
    """The fields on whose lines a flaw stands: those that it names, else those with the fewest lines."""
    there = [one for one in fields if one.first <= flaw.line <= one.last]
    named = [one for one in there if f"`{one.key}`" in flaw.message]
    fewest = min((one.last - one.first for one in there), default=0)
    return named or [one for one in there if one.last - one.first == fewest]
