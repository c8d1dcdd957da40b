"""What is known of a rule from its own tree, and of two rules beside each other: that one never fires, that one hides the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby, islice, takewhile

from guidance.model import Channel
from guidance.rules.logic import Literal, Way, clash_in, implies, ways_of
from guidance.rules.schema import Rule, RuleStatus, Scope
from guidance.text.language import COVERED


def never(rule: Rule) -> str | None:
    """Why a rule can't fire, at all or at one of its moments; None where nothing is known against it."""
    ways = ways_of(rule.when)
    if not ways:
        return None
    possible = [way for way in ways if not clash_in(way)]
    if not possible:
        return f"this rule can never fire: {_clashing(clash_in(ways[0]))}"
    return _never_then(rule, possible) or _never_there(rule, possible) or _never_seen(rule)


def _never_seen(rule: Rule) -> str | None:
    """A rule whose limits leave nothing of it."""
    if rule.limit.per_ticket and rule.limit.per_day != 0:
        return None
    return "this rule is never shown: its limit is 0; a stage, or `off: true` in an overlay, says so more plainly"


def _clashing(found: Sequence[Literal]) -> str:
    if len(found) == 1:
        return f"nothing is within the bounds of {found[0].label}"
    return f"{found[0].label} and {found[1].label} rule each other out"


def _never_then(rule: Rule, ways: Sequence[Way]) -> str | None:
    """Moments at which none of the ways can be known."""
    dead = [
        moment
        for moment in sorted(rule.moments)
        if not any(all(one.possible_at(moment) for one in way) for way in ways)
    ]
    if not dead:
        return None
    unknown = next(one for one in sorted(ways[0], key=lambda one: one.label) if not one.possible_at(dead[0]))
    told = f"at the moment `{dead[0]}`, {unknown.label} can't be known yet"
    if len(dead) == len(rule.moments):
        return f"this rule can never fire: {told}"
    return f"{told}, so this rule never fires then; leave that moment out"


def _never_there(rule: Rule, ways: Sequence[Way]) -> str | None:
    """A rule that is on for some channels, and asks for others."""
    if rule.channels is None:
        return None
    on = Literal("ticket.channel", Scope(among=frozenset(rule.channels)), is_wanted=True)
    if not all(clash_in(way | {on}) for way in ways):
        return None
    return f"this rule is on for {', '.join(sorted(rule.channels))} only, and asks for another channel: it never fires by itself"


MOST_COMPARED = 50
"""Rules of one family with which one is compared, those that go first: silence about the rest, rather than minutes of work."""

_Mark = tuple[str, Hashable]
_ANYHOW: _Mark = ("", None)


class Beside:
    """A rule as it is compared with others: the ways in which it fires, worked out once."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        speaks = rule.on and not rule.off and rule.status is RuleStatus.STABLE
        self.ways = (ways_of(rule.when) or []) if speaks else []
        self.asks: frozenset[object] = frozenset(frozenset(one.key for one in way) for way in self.ways)

    @property
    def fires_where(self) -> Hashable:
        """What two rules have in common that fire in the very same cases."""
        rule = self.rule
        return self.asks, rule.moments, rule.needs_settled, _languages(rule), _channels(rule)

    def hidden_told(self, others: Iterable[Beside]) -> str | None:
        """What there is to say where one of these always takes this rule's place."""
        other = next((other for other in others if self.is_hidden_by(other)), None)
        if other is None:
            return None
        return (
            f"wherever this rule fires, {other.rule.id} of the same family fires too and goes first: "
            "this one is shown only once that one is out of the way"
        )

    def double_told(self, others: Iterable[Beside]) -> str | None:
        """What there is to say where one of these, which ask the same, speaks where this one does."""
        other = next((other for other in others if self._meets(other) and not other.is_hidden_by(self)), None)
        return f"this rule asks the very same as {other.rule.id}; one of the two is enough" if other else None

    def _meets(self, other: Beside) -> bool:
        mine, theirs = self.rule, other.rule
        spoken = _languages(mine) & _languages(theirs)
        return bool(spoken and mine.moments & theirs.moments and _channels(mine) & _channels(theirs))

    def is_hidden_by(self, other: Beside) -> bool:
        """Whether the other one always takes its place. One of another principle does not: that may be muted by itself."""
        mine, theirs = self.rule, other.rule
        return (
            (mine.family, mine.principle) == (theirs.family, theirs.principle)
            and theirs.rank < mine.rank
            and mine.moments <= theirs.moments
            and mine.needs_settled >= theirs.needs_settled
            and _languages(mine) <= _languages(theirs)
            and _channels(mine) <= _channels(theirs)
            and bool(self.ways and other.ways)
            and implies(self.ways, other.ways)
        )


class Rivals:
    """Rules of one family, found by what they ask: to compare each with each takes minutes where there are thousands."""

    def __init__(self, ones: Sequence[Beside]) -> None:
        first: dict[Hashable, Beside] = {}
        for one in sorted(ones, key=lambda one: one.rule.rank):
            first.setdefault(one.fires_where, one)
        self._ones = list(first.values())
        self._by: dict[_Mark, list[int]] = defaultdict(list)
        common = Counter(mark for one in self._ones for way in one.ways for literal in way for mark in _marks(literal))
        for place, one in enumerate(self._ones):
            for mark in dict.fromkeys(mark for way in one.ways for mark in _rarest(way, common)):
                self._by[mark].append(place)

    def of(self, one: Beside) -> Iterator[Beside]:
        """Those of which one may hide this rule, the first of the family first: each asks for something that it asks for too.

        Of those that fire in the very same cases one stands for all; beyond `MOST_COMPARED` nothing is said.
        """
        if not one.ways:
            return
        marks = {_ANYHOW, *(mark for literal in one.ways[0] for mark in ((literal.name, None), *_marks(literal)))}
        places = (place for place, _ in groupby(merge(*(self._by.get(mark, ()) for mark in marks))))
        before = takewhile(lambda other: other.rule.rank < one.rule.rank, (self._ones[place] for place in places))
        yield from islice(before, MOST_COMPARED)


def _marks(literal: Literal) -> list[_Mark]:
    """The words, one of which whoever asks for no more than this has to ask for as well.

    What must not be there may also be known from what is, where a thing has one value at a time: that has no words of its own.
    """
    among, scope = literal.scope.among or (), literal.scope
    if literal.is_wanted:
        return [(literal.name, word) for word in among]
    return [] if scope.single else [(f"not {literal.name}", word) for word in among]


def _rarest(way: Way, common: Mapping[_Mark, int]) -> Sequence[_Mark]:
    """Where a way is found: under the words of the condition that the fewest others have, else under a name.

    Of words that are wanted a rule may ask for any, of those that are not it has to name all, so that one of them is enough.
    """
    told = [
        marks if literal.is_wanted else [min(marks, key=lambda mark: (common[mark], str(mark)))]
        for literal in sorted(way, key=lambda literal: literal.label)
        if (marks := _marks(literal))
    ]
    if told:
        return min(told, key=lambda marks: max(common[mark] for mark in marks))
    return [(min(literal.name for literal in way), None)] if way else [_ANYHOW]


def _languages(rule: Rule) -> frozenset[str]:
    return rule.languages if rule.needs_language else frozenset(COVERED)


def _channels(rule: Rule) -> frozenset[Channel]:
    return frozenset(Channel) if rule.channels is None else rule.channels
