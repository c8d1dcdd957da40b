"""Judging: which rules of a rulebook fire in a situation, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy

from msgspec import Struct

from guidance.errors import PackError
from guidance.model import Evidence, Moment, Ticket
from guidance.rules.collecting import uncollected
from guidance.rules.schema import Combine, Match, Node, Pack, Rule
from guidance.rules.situation import Situation
from guidance.rules.variations import Variations
from guidance.signals.ear import Ear


class Fired(Struct, frozen=True):
    """A rule that fires, and the words that show it."""

    rule: Rule
    evidence: tuple[Evidence, ...]


class Told(Struct, frozen=True):
    """One node of an evaluation tree, for people: what was asked, whether it held, the words that show it."""

    label: str
    held: bool
    evidence: tuple[Evidence, ...] = ()
    children: tuple[Told, ...] = ()


class Rulebook:
    """All live rules, compiled: one ear for every text, and an index from what is heard to the rules it could matter to.

    `timed`: the rules of the moment `timer`, each behind its `after`, the shortest first. Immutable. `version` changes with any word of any pack; that of the ear only with the words that are listened for.
    """

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs = tuple(packs)
        self.rules = {rule.id: rule for pack in packs for rule in pack.rules}
        self._variations = Variations(packs)
        phrases = {term: words for pack in packs for term, words in pack.phrases.items()}
        patterns = {term: pattern for pack in packs for term, pattern in pack.patterns.items()}
        self.ear = Ear(phrases, patterns)
        self.version = _digest(packs, self.ear)
        self._anchored: dict[tuple[Moment, str], list[Rule]] = {}
        self._unanchored: dict[Moment, list[Rule]] = {moment: [] for moment in Moment}
        for rule in self.rules.values():
            self._index(rule)
        timed = [(rule.after, rule) for rule in self.rules.values() if rule.after and Moment.TIMER in rule.moments]
        self.timed = tuple(sorted(timed, key=lambda one: one[0]))

    def hearing_with(self, ear: Ear) -> Rulebook:
        """The same rulebook with an ear that reads the same in another way."""
        other = copy(self)
        other.ear = ear
        return other

    def _index(self, rule: Rule) -> None:
        for moment in rule.moments:
            if rule.when.anchors is None:
                self._unanchored[moment].append(rule)
                continue
            for anchor in rule.when.anchors:
                self._anchored.setdefault((moment, anchor), []).append(rule)

    def candidates(self, situation: Situation) -> Iterable[Rule]:
        """Rules that could fire: those that need nothing heard, and those of which something needed was heard."""
        found = {rule.id: rule for rule in self._unanchored[situation.moment]}
        for anchor in situation.heard:
            for rule in self._anchored.get((situation.moment, anchor), ()):
                found[rule.id] = rule
        return found.values()

    def rule_in(self, rule: Rule, situation: Situation) -> Rule:
        """A rule as it is in this situation: overlays of its ticket's account, brand or group may say otherwise."""
        return self.rule_on(rule, situation.case.settings.account, situation.case.conversation.ticket)

    def rule_on(self, rule: Rule, account: str, ticket: Ticket) -> Rule:
        """A rule as it is on a ticket of this account."""
        return self._variations.of(rule, account, ticket)

    def judge(self, situation: Situation) -> list[Fired]:
        """Every rule that fires, in order of rule id."""
        fired = []
        for candidate in self.candidates(situation):
            rule = self.rule_in(candidate, situation)
            match = fires(rule, situation)
            if match is not None:
                fired.append(Fired(rule, match))
        return sorted(fired, key=lambda one: one.rule.id)


def fires(rule: Rule, situation: Situation) -> Match:
    """Whether one rule fires: the moment, language, settled draft and time it needs, then its `when`; the words that show it, each once."""
    if situation.moment not in rule.moments or not speaks_in(rule, situation):
        return None
    if rule.needs_settled and (not situation.is_settled or situation.lacks_its_beginning):
        return None
    if situation.moment is Moment.TIMER and is_early(rule, situation):
        return None
    match = holds(rule.when, situation)
    if match is None or (not rule.needs_settled and _is_past_mending(match, situation)):
        return None
    return tuple(dict.fromkeys(match))


def speaks_in(rule: Rule, situation: Situation) -> bool:
    """Whether a rule speaks in the languages of what both sides said last."""
    return not rule.needs_language or (situation.covered and situation.languages <= rule.languages)


def is_early(rule: Rule, situation: Situation) -> bool:
    """Whether a rule's `after` has not passed yet since the last comment."""
    quiet_for = situation.quiet_for
    return rule.after is not None and quiet_for is not None and quiet_for < rule.after


def _is_past_mending(match: tuple[Evidence, ...], situation: Situation) -> bool:
    """Whether the words of ours that a hint on a draft quotes all stand in bubbles that were sent before it.

    What is missing counts over the whole turn; what is said can only be put otherwise while it is a draft.
    """
    ours = situation.places_of_ours & {quote.where for quote in match}
    return situation.typed is not None and bool(ours) and "draft" not in ours


def is_cleared(rule: Rule, situation: Situation) -> bool:
    """Whether a hint of this rule has had its way: `clears_when` holds, or `when` no longer does."""
    if rule.clears_when is not None:
        return holds(rule.clears_when, situation) is not None
    return holds(rule.when, situation) is None


def holds(node: Node, situation: Situation) -> Match:
    """The words that show that a node holds, possibly none; None where it does not hold."""
    return node.test(situation)


def explain(node: Node, situation: Situation) -> Told:
    """The whole evaluation tree, every branch looked at. What combines conditions says no more than how, as they stand below it."""
    match = holds(node, situation)
    children = tuple(explain(child, situation) for child in node.children)
    return Told(_named(node), match is not None, match or (), children)


def _named(node: Node) -> str:
    if node.combine is Combine.NOT and node.children[0].children:
        return "not"
    return f"{node.combine} of" if node.combine in (Combine.ALL, Combine.ANY) else node.label


def unquoted(told: Told) -> Told:
    """A tree without anybody's words."""
    return Told(told.label, told.held, (), tuple(unquoted(child) for child in told.children))


def build_rulebook(packs: Sequence[Pack]) -> Rulebook:
    """A rulebook of these packs. Raises `PackError` with every problem between packs: names or ids twice, opposites at one moment."""
    problems = [*_of_one_name(packs), *_doubled(packs), *_opposed(packs)]
    if problems:
        raise PackError(problems)
    with uncollected():
        return Rulebook(packs)


def _of_one_name(packs: Sequence[Pack]) -> Iterable[str]:
    """Two packs of one name would mix up their words."""
    seen: dict[str, str] = {}
    for pack in packs:
        if pack.name in seen:
            yield f"{pack.source}:1: another pack is called `{pack.name}` already, {seen[pack.name]}; give this one a name of its own"
        seen.setdefault(pack.name, pack.source)


def _doubled(packs: Sequence[Pack]) -> Iterable[str]:
    seen: dict[str, str] = {}
    for pack in packs:
        for rule in pack.rules:
            place = f"{pack.source}:{rule.line}"
            if rule.id in seen:
                yield f"{place}: rule {rule.id}: this id is taken already, at {seen[rule.id]}"
            seen.setdefault(rule.id, place)


def _opposed(packs: Sequence[Pack]) -> Iterable[str]:
    rules = [(pack, rule) for pack in packs for rule in pack.rules if rule.on]
    asking: dict[str, list[tuple[Pack, Rule]]] = {}
    for pack, rule in rules:
        asking.setdefault(rule.asks, []).append((pack, rule))
    for pack, rule in rules:
        for opposite in rule.conflicts:
            for _, other in asking.get(opposite, ()):
                if rule.moments & other.moments:
                    yield f"{pack.source}:{rule.line}: rule {rule.id} asks the opposite of {other.id} at the same moment ({opposite})"


def _digest(packs: Sequence[Pack], ear: Ear) -> str:
    told = [(pack.digest, [rule.id for rule in pack.rules]) for pack in packs]
    return hashlib.sha256(f"{ear.version}:{told}".encode()).hexdigest()[:12]
