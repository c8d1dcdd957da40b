"""From the YAML of a `when` to a tree that can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from guidance.model import Evidence
from guidance.rules.conditions import KINDS
from guidance.rules.schema import Combine, Match, Node, Test
from guidance.rules.situation import Situation
from guidance.rules.terms import Terms
from guidance.rules.yamlfile import Path, Problem
from guidance.text.nearest import meant, nearest

MOST_ASKED = 20_000
"""Conditions of one pack. Macros that use macros would soon ask for more than can ever be read."""

_COMBINING = {"all": Combine.ALL, "any": Combine.ANY, "not": Combine.NOT}


class Gathered:
    """Problems found on the way, with the path at which each stands."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, str]] = []

    def add(self, path: Path, message: str) -> None:
        self.found.append((path, message))


def build_tree(
    value: Any, path: Path, terms: Terms, macros: dict[str, Any], problems: Gathered, *, depth: int = 0
) -> Node:
    """The tree of a `when`, as far as it can be read; what is wrong with it goes to `problems`."""
    terms.asked += 1
    if terms.asked > MOST_ASKED:
        if terms.asked == MOST_ASKED + 1:
            problems.add(path, f"a pack has {MOST_ASKED:,} conditions at most, those of a macro counted at each use")
        return _broken()
    if depth > 20:
        problems.add(path, "this nests too deeply; a macro may not use itself")
        return _broken()
    if isinstance(value, str):
        return _leaf(value, None, path, terms, macros, problems, depth)
    if isinstance(value, dict) and len(value) == 1:
        (name, argument), *_ = value.items()
        if name in _COMBINING:
            return _combined(_COMBINING[name], argument, (*path, name), terms, macros, problems, depth)
        return _leaf(name, argument, (*path, name), terms, macros, problems, depth)
    problems.add(path, "a condition is a name, or one name with its argument, or `all`, `any` or `not`")
    return _broken()


def listed(value: Any) -> list[tuple[Path, Any]]:
    """The conditions of an `except`, each with its place: a list of them, or a single one."""
    if value is None:
        return []
    return [((number,), one) for number, one in enumerate(value)] if isinstance(value, list) else [((), value)]


def excepting(when: Node, exceptions: Sequence[Node]) -> Node:
    """A tree that holds where `when` does, but for these."""
    if not exceptions:
        return when
    unless = tuple(_denied(one) for one in exceptions)
    children = (*(when.children if when.combine is Combine.ALL and not when.macro else (when,)), *unless)
    return _together(Combine.ALL, children, when.anchors)


def _combined(
    combine: Combine, argument: Any, path: Path, terms: Terms, macros: dict[str, Any], problems: Gathered, depth: int
) -> Node:
    if combine is Combine.NOT:
        return _denied(build_tree(argument, path, terms, macros, problems, depth=depth + 1))
    if not isinstance(argument, list) or not argument:
        problems.add(path, f"`{combine}` takes a list of conditions")
        return _broken()
    children = tuple(
        build_tree(item, (*path, number), terms, macros, problems, depth=depth + 1)
        for number, item in enumerate(argument)
    )
    return _together(combine, children, _anchors(combine, children))


def _denied(child: Node) -> Node:
    return Node(
        combine=Combine.NOT,
        label=f"not {child.label}",
        children=(child,),
        test=lambda situation: () if child.test(situation) is None else None,
    )


def _together(combine: Combine, children: tuple[Node, ...], anchors: frozenset[str] | None) -> Node:
    tests = tuple(child.test for child in children)
    label = f"{combine} of ({', '.join(child.label for child in children)})"
    test = _any_of(tests) if combine is Combine.ANY else _all_of(tests)
    return Node(combine=combine, label=label, children=children, anchors=anchors, test=test)


def _any_of(tests: Sequence[Test]) -> Test:
    """What the first of these says that holds."""

    def test(situation: Situation) -> Match:
        for one in tests:
            match = one(situation)
            if match is not None:
                return match
        return None

    return test


def _all_of(tests: Sequence[Test]) -> Test:
    """The words that show each of these, where all hold."""

    def test(situation: Situation) -> Match:
        quotes: tuple[Evidence, ...] = ()
        for one in tests:
            match = one(situation)
            if match is None:
                return None
            quotes += match
        return quotes

    return test


def _leaf(
    name: str, argument: Any, path: Path, terms: Terms, macros: dict[str, Any], problems: Gathered, depth: int
) -> Node:
    if name in macros:
        return replace(build_tree(macros[name], path, terms, macros, problems, depth=depth + 1), macro=name)
    if name not in KINDS:
        problems.add(path, f"there is no condition `{name}`{_meant(name)}")
        return _broken()
    try:
        built = KINDS[name](argument, terms)
    except Problem as problem:
        problems.add(path, f"{name}: {problem.message}")
        return _broken()
    label = name if argument is None else f"{name} {argument}"
    return Node(
        combine=Combine.TEST,
        label=label,
        test=built.test,
        anchors=built.anchors,
        name=name,
        scope=built.scope,
        moments=built.moments,
    )


def _anchors(combine: Combine, children: Sequence[Node]) -> frozenset[str] | None:
    """What must have been heard for the node to hold: any of these. None: it may hold with nothing heard."""
    known = [child.anchors for child in children if child.anchors is not None]
    if combine is Combine.ALL:
        return min(known, key=_cost, default=None)
    return frozenset().union(*known) if len(known) == len(children) else None


def _cost(anchors: frozenset[str]) -> tuple[bool, int]:
    """Phrases of a rule's own are rarer than signals, so they make the better index."""
    return not all("/" in anchor for anchor in anchors), len(anchors)


_SAID_FOR = MappingProxyType(
    {
        "angry": "upset",
        "annoyed": "upset",
        "frustrated": "upset",
        "unhappy": "upset",
        "thanks": "grateful",
        "happy": "joy",
        "sad": "sadness",
    }
)
"""Words that people look for first, with the condition's own."""


def _meant(name: str) -> str:
    """What may have been meant: of one side's conditions those of that side, by their own names, else by the words for them."""
    side, _, word = name.partition(".")
    of_side = {kind.partition(".")[2]: kind for kind in KINDS if kind.startswith(f"{side}.")}
    if not of_side:
        return meant(name, KINDS)
    close = _SAID_FOR.get(word, "")
    close = close if close in of_side else nearest(word, of_side)
    return f"; did you mean `{of_side[close]}`?" if close else f"; of `{side}.` there are {', '.join(sorted(of_side))}"


def _broken() -> Node:
    return Node(combine=Combine.TEST, label="?", test=lambda _: None, anchors=frozenset())
