"""What overlays bring about on the tickets for which they hold: rules that never fire there, that another one hides or doubles there, slow patterns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from guidance.model import EVERYWHERE
from guidance.rules.beside import Beside, Rivals, never
from guidance.rules.overlays import Flaw
from guidance.rules.pace import slow_patterns
from guidance.rules.schema import Overlay, Pack, Rule
from guidance.rules.variations import varied

_Comparing = Callable[[Rule], Beside]


def doubts_there(pack: Pack, others: Collection[Rule], overlays: Collection[Overlay]) -> Iterator[Flaw]:
    """What is doubtful about a pack in some places only: of an overlay, about what it changes; else about its rules where `overlays` hold."""
    beside = _remembering()
    if pack.overlay is None:
        for overlay in overlays:
            yield from _hidden_there(pack, others, overlay, overlays)
            for rule, doubled in _doubled(pack.rules, (*others, *pack.rules), overlay, overlays, beside):
                yield Flaw(line=rule.line, rule=rule.id, message=doubled)
        return
    rules, mine = {rule.id: rule for rule in (*others, *pack.rules)}, pack.overlay
    for rule_id, variation in mine.variations.items():
        if rule_id in rules:
            told = dict.fromkeys(_told_of(rules[rule_id], rules.values(), mine, overlays))
            slow = slow_patterns(variation.exceptions)
            yield from (Flaw(line=variation.line, rule=rule_id, message=one) for one in (*told, *slow))
    excepted = [rules[one] for one in _excepted(mine) if one in rules]
    for rule, doubled in _doubled(excepted, rules.values(), mine, overlays, beside):
        yield Flaw(line=mine.variations[rule.id].line, rule=rule.id, message=doubled)


def _told_of(rule: Rule, rules: Iterable[Rule], mine: Overlay, overlays: Collection[Overlay]) -> Iterator[str]:
    """What an overlay does to a rule and, by it, to those of its family, that was not so without it."""
    where, family = f"on tickets of {mine.where}", [one for one in rules if _family(one) == _family(rule)]
    wide = _wider(mine, overlays)
    before, there = Beside(_varied(rule, wide)), Beside(_varied(rule, [*wide, mine]))
    if there.rule.off:
        return
    told = never(there.rule)
    if told and told != never(before.rule):
        yield f"{where}, {told}"
    for one in family:
        if one.id == rule.id:
            continue
        other_before, other_there = Beside(_varied(one, wide)), Beside(_varied(one, [*wide, mine]))
        if there.is_hidden_by(other_there) and not before.is_hidden_by(other_before):
            yield f"{where}, {there.hidden_told([other_there])}"
        if other_there.is_hidden_by(there) and not other_before.is_hidden_by(before):
            yield f"{where}, this rule now goes first wherever {one.id} of the same family fires: that one is shown only once this one is out of the way"


def _hidden_there(
    pack: Pack, others: Collection[Rule], overlay: Overlay, overlays: Collection[Overlay]
) -> Iterator[Flaw]:
    """Rules of a pack that are hidden by another one where an overlay holds, and not everywhere."""
    wide, rules = _wider(overlay, overlays), (*others, *pack.rules)
    families = _families(rules, {_family(one) for one in rules if one.id in overlay.variations})
    before = {one.id: Beside(_varied(one, wide)) for ones in families.values() for one in ones}
    there = {one.id: Beside(_varied(one, [*wide, overlay])) for ones in families.values() for one in ones}
    rivals = {family: Rivals([there[one.id] for one in ones]) for family, ones in families.items()}
    for rule in pack.rules:
        if _family(rule) in families:
            mine, was = there[rule.id], before[rule.id]
            new = (one for one in rivals[_family(rule)].of(mine) if not was.is_hidden_by(before[one.rule.id]))
            if told := mine.hidden_told(new):
                yield Flaw(line=rule.line, rule=rule.id, message=f"on tickets of {overlay.where}, {told}")


def _doubled(
    mine: Iterable[Rule], rules: Collection[Rule], overlay: Overlay, overlays: Collection[Overlay], beside: _Comparing
) -> Iterator[tuple[Rule, str]]:
    """Of `mine`, those that ask the very same as another one where an overlay holds, and not without it. Only exceptions do that."""
    excepted, wide = _excepted(overlay), _wider(overlay, overlays)
    if not any(rule.id in excepted for rule in rules):
        return
    there = {rule.id: beside(_varied(rule, [*wide, overlay])) for rule in rules}
    before = {rule.id: beside(_varied(rule, wide)) for rule in rules}
    asking: dict[frozenset[object], list[str]] = defaultdict(list)
    for rule_id, one in there.items():
        asking[one.asks].append(rule_id)
    for rule in mine:
        one = there[rule.id]
        same = [other for other in asking[one.asks] if one.asks and before[other].asks != before[rule.id].asks]
        told = one.double_told(there[other] for other in same if not one.is_hidden_by(there[other]))
        if told:
            yield rule, f"on tickets of {overlay.where}, {told}"


def _remembering() -> _Comparing:
    """Makes each rule's comparison once: most rules are the same in every place."""
    known: dict[int, Beside] = {}

    def beside(rule: Rule) -> Beside:
        if id(rule) not in known:
            known[id(rule)] = Beside(rule)  # which keeps the rule, so that no other one gets its id
        return known[id(rule)]

    return beside


def _excepted(overlay: Overlay) -> frozenset[str]:
    return frozenset(rule for rule, told in overlay.variations.items() if told.exceptions)


def _wider(overlay: Overlay, overlays: Collection[Overlay]) -> list[Overlay]:
    """What else holds wherever this one does: what is said of its whole account."""
    if overlay.scope == EVERYWHERE:
        return []
    return [one for one in overlays if one.account == overlay.account and one.scope == EVERYWHERE]


def _varied(rule: Rule, overlays: Iterable[Overlay]) -> Rule:
    for overlay in overlays:
        if variation := overlay.variations.get(rule.id):
            rule = varied(rule, variation)
    return rule


def _families(rules: Iterable[Rule], named: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Rule]]:
    """The rules of these families."""
    found: dict[tuple[str, str], list[Rule]] = {name: [] for name in named}
    for rule in rules:
        if _family(rule) in found:
            found[_family(rule)].append(rule)
    return found


def _family(rule: Rule) -> tuple[str, str]:
    return rule.family, rule.principle
