"""Conditions of a rule that decide nothing: one branch of `any` that another one covers, one part of `all` that another one brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidance.rules.closest import as_written
from guidance.rules.logic import Way, implies, ways_of
from guidance.rules.schema import Combine, Node

LONGEST_LABEL = 90
"""Of a condition as much as one reads."""

MOST_COMPARED = 10_000
"""Pairs of ways that are laid beside each other for two conditions; of what would ask for more nothing is said."""


def needless(node: Node) -> Iterator[tuple[Node, Node]]:
    """Each condition without which the tree would hold on the very same, and the one that is enough."""
    wanted = node.combine is Combine.ALL
    if wanted or node.combine is Combine.ANY:
        ways = [ways_of(child) for child in node.children]
        for place, other in _pairs(ways, wanted=wanted):
            yield node.children[place], node.children[other]
    for child in node.children:
        yield from needless(child)


def _pairs(ways: Sequence[list[Way] | None], *, wanted: bool) -> Iterator[tuple[int, int]]:
    """Of `all` what follows from another part (`wanted`), of `any` what lies within another branch; of two that are the same, the later one."""
    for place, mine in enumerate(ways):
        for other, theirs in enumerate(ways):
            if place == other or not mine or not theirs or len(mine) * len(theirs) > MOST_COMPARED:
                continue
            inner, outer = (theirs, mine) if wanted else (mine, theirs)
            if implies(inner, outer) and (place > other or not implies(outer, inner)):
                yield place, other
                break


def told(one: Node, enough: Node) -> str:
    """What is needless, for people, in the author's words."""
    return f"without `{_named(one)}` this rule fires on the very same: `{_named(enough)}` is enough"


def _named(node: Node) -> str:
    label = node.macro or as_written(node.label)
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL]}…"
