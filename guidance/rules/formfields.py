"""The fields of a rule's form, in the order in which they are shown: where each stands, and how it is written back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from guidance.model import Channel, Level, Moment
from guidance.rules import formvalues as values
from guidance.rules.formvalues import Given, Read
from guidance.rules.schema import Limit
from guidance.rules.yamlfile import Path

Kind = Literal["line", "lines", "number", "choice", "choices", "tick"]

_SAID = {
    "last.says": ("The customer says", "The customer does not say"),
    "draft.says": ("The agent writes", "The agent does not write"),
}
_WHERE = {"ticket.group": "Only in these teams", "ticket.brand": "Only for these brands"}
_EXCEPT = {
    "last.says": "Not where the customer says",
    "draft.says": "Not where the agent writes",
    "ticket.tags": "Not on tickets with these tags",
    "ticket.group": "Not in these teams",
    "ticket.brand": "Not for these brands",
}
_LIMITS = {
    "per_ticket": "Times on one ticket, at most",
    "per_day": "Times a day to one agent, at most",
    "rest_slots": "Replies for which it rests once it went unheeded",
}
_SHARED = "Whatever else in this file names it changes with it."


class Field(Struct, frozen=True, kw_only=True):
    """One field: `key` is its name in the YAML, `first` and `last` its lines there, 0 where it has none yet.

    `value`: a text, for `lines` with a line each; whether it is ticked; or what is chosen among `options`.
    """

    name: str
    key: str
    label: str
    kind: Kind
    group: str
    value: str | bool | tuple[str, ...]
    options: tuple[str, ...] = ()
    note: str = ""
    first: int = 0
    last: int = 0
    flaws: tuple[str, ...] = ()


class Part(Struct, frozen=True):
    """A field, its path in the file, and `put`, which gives the file's values with another one. It raises `MalformedError`.

    `fits`: whether the form can show it as it is written.
    """

    field: Field
    path: Path
    put: Callable[[Given], Any]
    fits: bool = True


def parts_of(document: Any, place: int) -> Iterator[Part]:
    """The fields of the rule at a place of the file's values."""
    rule = _Rule(document, place)
    yield from rule.hint()
    yield from rule.words()
    yield from rule.standing()
    yield from rule.exceptions()
    yield from rule.limits()


class _Rule:
    """One rule among the values of its file."""

    def __init__(self, document: Any, place: int) -> None:
        self.document = document
        self.path: Path = ("rules", place)
        self.rule: dict[str, Any] = document["rules"][place]

    def hint(self) -> Iterator[Part]:
        make = partial(self._part, group="The hint")
        yield make("title", "Title", "line", ("title",), values.line)
        for language in self._languages("say"):
            say = make(
                "say",
                "What it says, at most 140 characters",
                "lines",
                ("hint", "say", *language),
                values.needed(values.wordings),
            )
            yield _of_language(say, language)
        yield make("why", "Why, and where that is known from", "line", ("hint", "why"), values.line)
        for language in self._languages("offer"):
            offer = make("offer", "What it offers to insert", "lines", ("hint", "offer", *language), values.wordings)
            yield _of_language(offer, language, "Several wordings, a line each; one is chosen by ticket.")
        yield make(
            "level",
            "Level",
            "choice",
            ("level",),
            values.one_of(Level),
            options=tuple(Level),
            usual=str(Level.SUGGESTION),
        )

    def words(self) -> Iterator[Part]:
        """Phrases in `when`, in the macros that it uses, and the lists that those name."""
        given = values.at(self.document, ("macros",))
        macros = given if isinstance(given, dict) else {}
        named: dict[str, None] = {}
        found = dict(values.sayings(self.rule.get("when"), (*self.path, "when"), macros, holds=True))
        for path, holds in found.items():
            words = values.texts(values.at(self.document, path)) or ()
            named |= {word[1:]: None for word in words if word.startswith("@")}
            label = _SAID[str(path[-1])][0 if holds else 1]
            note = f"In the macro {path[1]}. {_SHARED}" if path[0] == "macros" else ""
            yield self._phrases(".".join(map(str, path)), label, path, note)
        for name in named:
            yield self._phrases(f"lists.{name}", f"The list @{name}", ("lists", name), _SHARED)

    def standing(self) -> Iterator[Part]:
        make = partial(self._part, group="When and where")
        yield make(
            "moments", "Moments", "choices", ("moments",), values.needed(values.chosen(Moment)), options=tuple(Moment)
        )
        yield make(
            "after",
            "How long without a comment, for the moment timer",
            "line",
            ("after",),
            values.wait,
            note="As in 30m, 4h or 2d; empty where the rule does not wait.",
        )
        yield make(
            "settled",
            "Only once the draft has settled",
            "tick",
            ("settled",),
            lambda given: given is True or None,
            note="For everything about absence: half-written is not missing.",
        )
        is_on = self.rule.get("default", "on") not in ("off", False)
        yield make(
            "on", "On by default", "tick", ("default",), lambda given: None if given is True else False, value=is_on
        )
        yield make(
            "channels",
            "Channels; none chosen means all",
            "choices",
            ("default",),
            values.chosen(Channel),
            options=tuple(Channel),
        )
        for key, label in _WHERE.items():
            yield self._condition("when", key, label, "When and where")

    def exceptions(self) -> Iterator[Part]:
        for key, label in _EXCEPT.items():
            yield self._condition("except", key, label, "Exceptions")

    def limits(self) -> Iterator[Part]:
        usual = Limit()
        for key, label in _LIMITS.items():
            told = getattr(usual, key)
            note = "Empty: no limit." if told is None else f"Empty: {told}, as usual."
            yield self._part(key, label, "number", ("limit", key), values.whole, group="How often", note=note)
        yield self._part(
            "weight",
            "Weight; among equals the heavier one is shown",
            "number",
            ("weight",),
            values.number,
            group="How often",
            note="Empty: 1, as usual.",
        )

    def _languages(self, key: str) -> list[tuple[str, ...]]:
        """The languages of a wording; one of no language where it is written without."""
        hint = self.rule.get("hint")
        given = hint.get(key) if isinstance(hint, dict) else None
        return [(str(language),) for language in given] if isinstance(given, dict) else [()]

    def _part(
        self,
        name: str,
        label: str,
        kind: Kind,
        path: Path,
        read: Read,
        *,
        group: str,
        options: tuple[str, ...] = (),
        usual: str = "",
        note: str = "",
        value: bool | None = None,
    ) -> Part:
        found = values.at(self.rule, path)
        shown = _shown(found, kind, usual) if value is None else value
        field = Field(
            name=name, key=str(path[-1]), label=label, kind=kind, group=group, value=shown, options=options, note=note
        )
        full = (*self.path, *path)
        return Part(field, full, lambda given: values.with_at(self.document, full, read(given)), _fits(found, kind))

    def _phrases(self, name: str, label: str, path: Path, note: str) -> Part:
        found, read = values.at(self.document, path), values.needed(values.lines)
        shown = _shown(found, "lines", "")
        field = Field(
            name=name, key=str(path[-1]), label=label, kind="lines", group="What it looks for", value=shown, note=note
        )
        return Part(field, path, lambda given: values.with_at(self.document, path, read(given)), _fits(found, "lines"))

    def _condition(self, section: str, key: str, label: str, group: str) -> Part:
        place = values.place_of(self.rule, section, key)
        words = values.texts(values.at(self.rule, place)) if place else None
        field = Field(
            name=f"{section}.{key}", key=key, label=label, kind="lines", group=group, value="\n".join(words or ())
        )

        def put(given: Given) -> Any:
            return values.with_at(
                self.document, self.path, values.with_condition(self.rule, section, key, values.lines(given))
            )

        return Part(field, (*self.path, *(place or (section, "nothing yet"))), put)


def is_in_fields(rule: Mapping[str, Any], section: str) -> bool:
    """Whether all that a `when` or an `except` says stands in fields, so that there is nothing more of it to show."""
    told = rule.get(section)
    alone = _EXCEPT if section == "except" else _WHERE if section == "when" else {}
    inner = told.get("all") if section == "when" and isinstance(told, dict) and "all" in told else told
    found = [one for one in inner if one] if isinstance(inner, list) else [inner]
    names = [
        key
        for one in found
        if isinstance(one, dict) and len(one) == 1
        for key, said in one.items()
        if _fits(said, "lines")
    ]
    fields = {*alone, *(_SAID if section == "when" else ())}
    once = all(names.count(key) == 1 for key in names if key in alone)
    return bool(alone) and len(names) == len(found) and fields.issuperset(names) and once


def _shown(value: Any, kind: Kind, usual: str) -> str | bool | tuple[str, ...]:
    """A value as its field shows it."""
    if kind == "tick":
        return value is True
    if kind == "choices":
        return values.texts(value) or ()
    if kind == "lines":
        return "\n".join(values.texts(value) or ())
    return usual if value is None else " ".join(str(value).split())


def _fits(value: Any, kind: Kind) -> bool:
    if kind == "lines":
        return value is None or values.texts(value) is not None
    return kind != "line" or not isinstance(value, dict | list)


def _of_language(part: Part, language: tuple[str, ...], note: str = "") -> Part:
    """A wording, of one language where there are several."""
    name = ".".join((part.field.name, *language))
    told = " ".join([*(f"In {one}." for one in language), note]).strip()
    return replace(part, field=replace(part.field, name=name, note=told))
