"""What can be proved about `when` trees without looking at any ticket: that one can never hold, that one asks for no more than another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from math import prod

from msgspec import Struct

from guidance.model import Moment
from guidance.rules.closest import as_written
from guidance.rules.schema import Combine, Node, Scope

MOST_WAYS = 256
"""Trees that can hold in more ways than this are left unjudged: silence, rather than minutes of work."""


class Literal(Struct, frozen=True):
    """A condition that must hold, or must not (`is_wanted` False)."""

    name: str
    scope: Scope
    is_wanted: bool
    label: str = ""
    moments: frozenset[Moment] | None = None

    @property
    def key(self) -> tuple[str, Scope, bool]:
        """What it asks, however it was written."""
        return self.name, self.scope, self.is_wanted

    def possible_at(self, moment: Moment) -> bool:
        return not self.is_wanted or self.moments is None or moment in self.moments


Way = frozenset[Literal]
"""Conditions that together make a tree hold."""


def ways_of(node: Node) -> list[Way] | None:
    """Every way in which a tree can come to hold; None where there are too many to look at."""
    return _ways(node, is_wanted=True)


def _ways(node: Node, *, is_wanted: bool) -> list[Way] | None:
    if node.combine is Combine.TEST:
        asked = as_written(node.label)
        label = f"`{asked}`" if is_wanted else f"`not {asked}`"
        return [frozenset({Literal(node.name, node.scope, is_wanted, label, node.moments)})]
    if node.combine is Combine.NOT:
        return _ways(node.children[0], is_wanted=not is_wanted)
    parts = [_ways(child, is_wanted=is_wanted) for child in node.children]
    whole = [part for part in parts if part is not None]
    is_choice = (node.combine is Combine.ANY) is is_wanted
    count = sum(map(len, whole)) if is_choice else prod(map(len, whole))
    if len(whole) < len(parts) or count > MOST_WAYS:
        return None
    if is_choice:
        return [way for part in whole for way in part]
    return [frozenset().union(*together) for together in product(*whole)]


def clash_in(way: Way) -> tuple[Literal, ...]:
    """One or two conditions of a way that can't be there together; none where nothing is known against it."""
    by_name: dict[str, list[Literal]] = defaultdict(list)
    for literal in sorted(way, key=lambda one: one.label):
        by_name[literal.name].append(literal)
    return next((found for ones in by_name.values() if (found := _clash(ones))), ())


def _clash(ones: Sequence[Literal]) -> tuple[Literal, ...]:
    wanted = [one for one in ones if one.is_wanted]
    for place, one in enumerate(wanted):
        if is_empty(one.scope):
            return (one,)
        for other in wanted[place + 1 :]:
            if are_apart(one.scope, other.scope):
                return one, other
        for other in ones:
            if not other.is_wanted and is_within(one.scope, other.scope):
                return one, other
    return ()


def is_empty(scope: Scope) -> bool:
    """Whether nothing at all is meant."""
    return scope.least > scope.most or scope.among == frozenset()


def is_within(inner: Scope, outer: Scope) -> bool:
    """Whether whatever satisfies `inner` satisfies `outer`, both of one name."""
    if outer.among is not None and not (inner.among is not None and inner.among <= outer.among):
        return False
    return outer.least <= inner.least and inner.most <= outer.most


def are_apart(one: Scope, other: Scope) -> bool:
    """Whether a thing that has one value at a time can't satisfy both."""
    if not (one.single and other.single):
        return False
    no_word = one.among is not None and other.among is not None and not one.among & other.among
    return no_word or one.least > other.most or other.least > one.most


def implies(these: Iterable[Way], those: Sequence[Way]) -> bool:
    """Whether each of these ways brings one of those with it."""
    return all(any(_brings(way, other) for other in those) for way in these)


def _brings(way: Way, other: Way) -> bool:
    return all(any(_says(mine, theirs) for mine in way) for theirs in other)


def _says(one: Literal, other: Literal) -> bool:
    """Whether one condition is enough to know the other."""
    if one.name != other.name:
        return False
    if one.is_wanted and other.is_wanted:
        return is_within(one.scope, other.scope)
    if not one.is_wanted:
        return not other.is_wanted and is_within(other.scope, one.scope)
    return are_apart(one.scope, other.scope)
