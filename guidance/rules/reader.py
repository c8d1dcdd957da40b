"""Reading single fields of a rule, or of what changes one: a field that can't be read is noted and stands in with a harmless value."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from guidance.rules import templates
from guidance.rules.schema import Limit, Node
from guidance.rules.terms import Terms
from guidance.rules.trees import Gathered, build_tree, listed
from guidance.rules.yamlfile import Document, Path, Problem

SAY_LIMIT = 140


class Reader:
    """A mapping, where it stands, and the problems found in it."""

    def __init__(self, value: dict[str, Any], path: Path, document: Document, problems: Gathered) -> None:
        self.value = value
        self.path = path
        self.document = document
        self.problems = problems

    def note(self, key: str, message: str, *rest: str | int) -> None:
        self.problems.add((*self.path, key, *rest), message)

    def choice(self, key: str, kinds: type[StrEnum], default: StrEnum) -> Any:
        given = self.value.get(key, default)
        try:
            return kinds(given)
        except ValueError:
            self.note(key, f"`{key}` is one of {', '.join(kinds)}")
            return kinds(default)

    def texts(self, key: str) -> tuple[str, ...]:
        given = self.value.get(key) or ()
        given = [given] if isinstance(given, str) else given
        if not isinstance(given, list | tuple) or not all(isinstance(text, str) for text in given):
            self.note(key, f"`{key}` takes a text or a list of texts")
            return ()
        return tuple(given)

    def text(self, key: str, default: str = "") -> str:
        """A single text; a number stands for how it is written."""
        given = self.value.get(key)
        if isinstance(given, dict | list | bool):
            self.note(key, f"`{key}` takes a text; put it in quotes")
        return str(given or default)

    def mapping(self, key: str) -> dict[str, Any]:
        given = self.value.get(key) or {}
        if not isinstance(given, dict):
            self.note(key, f"`{key}` takes names, each with what it stands for")
            return {}
        return given

    def number(self, key: str, default: float) -> float:
        given = self.value.get(key, default)
        if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
            self.note(key, f"`{key}` takes a number")
            return default
        return float(given)

    def flag(self, key: str) -> bool:
        given = self.value.get(key, False)
        if not isinstance(given, bool):
            self.note(key, f"`{key}` is true or false")
        return given is True


def limit_of(reader: Reader) -> dict[str, int]:
    """The limits that are given, by name."""
    given = reader.value.get("limit") or {}
    known = Limit.__struct_fields__
    if (
        not isinstance(given, dict)
        or set(given) - set(known)
        or not all(type(n) is int and n >= 0 for n in given.values())
    ):
        reader.note("limit", f"`limit` has {', '.join(known)}, each a whole number")
        return {}
    return given


def exceptions_of(reader: Reader, terms: Terms, macros: dict[str, Any]) -> list[Node]:
    """The conditions of an `except`."""
    return [
        build_tree(one, (*reader.path, "except", *place), terms, macros, reader.problems)
        for place, one in listed(reader.value.get("except"))
    ]


def by_language(
    reader: Reader, given: Any, key: str, *rest: str | int, limit: int | None = None
) -> dict[str, tuple[str, ...]]:
    """Wordings by language; those of no language are English."""
    spoken = given if isinstance(given, dict) else {"en": given}
    texts: dict[str, tuple[str, ...]] = {}
    for language, wordings in spoken.items():
        told = wordings if isinstance(wordings, list) else [wordings]
        if not told or not all(isinstance(text, str) and text.strip() for text in told):
            name = rest[-1] if rest else key
            reader.note(key, f"`{name}` takes a text or a list of texts, none of them empty; put them in quotes", *rest)
            continue
        texts[language] = tuple(told)
        for text in told:
            check_text(text, limit, lambda message: reader.note(key, message, *rest))
    return texts


def check_text(text: str, limit: int | None, note: Callable[[str], None]) -> None:
    """Note what is wrong with a wording."""
    try:
        templates.check(text)
    except Problem as problem:
        note(problem.message)
    if limit is not None and (length := templates.length(text)) > limit:
        note(f"`say` has {length} characters; an agent reads {limit} at a glance")
