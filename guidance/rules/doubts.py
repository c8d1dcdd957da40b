"""Rules that load, and will hardly do what their author meant: they never fire, are never seen, say what another says.

Each finding is proved from the rules' own text; where nothing can be proved, nothing is said. None of it keeps a file from being published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from guidance.model import Channel
from guidance.rules.engine import Rulebook, build_rulebook
from guidance.rules.loader import PackFile, read_pack
from guidance.rules.logic import Literal, Way, clash_in, implies, ways_of
from guidance.rules.overlays import Flaw, flaws_as_typed
from guidance.rules.pace import slow_in
from guidance.rules.schema import Pack, Rule, RuleStatus, Scope
from guidance.signals.lexicon import listed_languages


def looked_over(file: PackFile, in_force: Iterable[Rule], pace: Callable[[], float]) -> tuple[list[Flaw], list[Flaw]]:
    """What keeps a file from being published, and, where nothing does, what is doubtful about it beside the rules in force.

    `pace`: a clock that counts seconds.
    """
    flaws = flaws_as_typed(file)
    if flaws:
        return flaws, []
    pack = read_pack(file)
    return [], doubts_about(pack, in_force, build_rulebook([pack]), pace)


def doubts_about(pack: Pack, others: Iterable[Rule], rulebook: Rulebook, pace: Callable[[], float]) -> list[Flaw]:
    """What is doubtful about a pack, by line; rules of its own ids stand in for those of `others`. `rulebook` holds it."""
    own = {rule.id for rule in pack.rules}
    beside = (rule for rule in others if rule.id not in own)
    found = [*_unreachable(pack), *_beside(pack, beside), *slow_in(pack, rulebook, pace)]
    return sorted(found, key=lambda one: one.line)


def _unreachable(pack: Pack) -> Iterator[Flaw]:
    for rule in pack.rules:
        told = _never(rule, pack)
        if told:
            yield Flaw(line=rule.when_line, rule=rule.id, message=told)


def _never(rule: Rule, pack: Pack) -> str | None:
    """Why a rule can't fire, at all or at one of its moments; None where nothing is known against it."""
    if rule.needs_language and not set(pack.languages) & set(listed_languages()):
        return f"this rule can never fire: none of {', '.join(pack.languages)} is a language that we hear; `any_language: true` lets it speak all the same"
    ways = ways_of(rule.when)
    if not ways:
        return None
    possible = [way for way in ways if not clash_in(way)]
    if not possible:
        return f"this rule can never fire: {_clashing(clash_in(ways[0]))}"
    return _never_then(rule, possible) or _never_there(rule, possible)


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
    told = f"at the moment `{dead[0]}` {unknown.label} can't be known yet"
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


class _Beside:
    """A rule as it is compared with others: the ways in which it fires, worked out once."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.ways = (ways_of(rule.when) or []) if rule.on and rule.status is RuleStatus.STABLE else []
        self.asks: frozenset[object] = frozenset(frozenset(one.key for one in way) for way in self.ways)

    def hidden_told(self, others: Iterable[_Beside]) -> str | None:
        """What there is to say where one of these always takes this rule's place."""
        other = next((other for other in others if self.is_hidden_by(other)), None)
        if other is None:
            return None
        return (
            f"wherever this rule fires, {other.rule.id} of the same family fires too and goes first: "
            "this one is shown only once that one is out of the way"
        )

    def double_told(self, others: Iterable[_Beside]) -> str | None:
        """What there is to say where one of these, which ask the same, speaks where this one does."""
        other = next((other for other in others if self._meets(other) and not other.is_hidden_by(self)), None)
        return f"this rule asks the very same as {other.rule.id}; one of the two is enough" if other else None

    def _meets(self, other: _Beside) -> bool:
        mine, theirs = self.rule, other.rule
        return bool(mine.moments & theirs.moments and _channels(mine) & _channels(theirs))

    def is_hidden_by(self, other: _Beside) -> bool:
        """Whether the other one always takes its place. One of another principle does not: that may be muted by itself."""
        mine, theirs = self.rule, other.rule
        return (
            (mine.family, mine.principle) == (theirs.family, theirs.principle)
            and theirs.rank < mine.rank
            and mine.moments <= theirs.moments
            and mine.needs_settled >= theirs.needs_settled
            and mine.needs_language >= theirs.needs_language
            and _channels(mine) <= _channels(theirs)
            and bool(self.ways and other.ways)
            and implies(self.ways, other.ways)
        )


def _beside(pack: Pack, others: Iterable[Rule]) -> Iterator[Flaw]:
    """Rules that are hidden by others, or say what another one says; of two that say the same, the later one is told."""
    theirs, own = [_Beside(rule) for rule in others], [_Beside(rule) for rule in pack.rules]
    families: dict[tuple[str, str], list[_Beside]] = defaultdict(list)
    asking: dict[frozenset[object], list[_Beside]] = defaultdict(list)
    for one in (*theirs, *own):
        families[one.rule.family, one.rule.principle].append(one)
    for one in theirs:
        asking[one.asks].append(one)
    for one in own:
        rivals = families[one.rule.family, one.rule.principle]
        told = one.hidden_told(rivals) or (one.double_told(asking[one.asks]) if one.asks else None)
        asking[one.asks].append(one)
        if told:
            yield Flaw(line=one.rule.line, rule=one.rule.id, message=told)


def _channels(rule: Rule) -> frozenset[Channel]:
    return frozenset(Channel) if rule.channels is None else rule.channels
