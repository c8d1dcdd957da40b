"""Rules that load, and will hardly do what their author meant: they never fire, are never seen, say what another says.

Each finding is proved from the rules' own text; where nothing can be proved, nothing is said. None of it keeps a file from being published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from guidance.model import Moment
from guidance.rules import needless
from guidance.rules.beside import Beside, Rivals, never
from guidance.rules.doubts_there import doubts_there
from guidance.rules.engine import Rulebook, build_rulebook
from guidance.rules.loader import PackFile, read_pack
from guidance.rules.overlays import Flaw, flaws_as_typed
from guidance.rules.pace import slow_in
from guidance.rules.principles import shipped_principles
from guidance.rules.schema import Overlay, Pack, Rule
from guidance.signals.lexicon import listed_languages
from guidance.text.nearest import nearest

LONGEST_TITLE = 120
"""Characters of a rule's title, as lists show it."""


def looked_over(file: PackFile, in_force: Sequence[Pack], pace: Callable[[], float]) -> tuple[list[Flaw], list[Flaw]]:
    """What keeps a file from being published, and, where nothing does, what is doubtful about it beside the packs in force.

    `pace`: a clock that counts seconds.
    """
    flaws = flaws_as_typed(file)
    if flaws:
        return flaws, []
    pack, rules = read_pack(file), [rule for one in in_force for rule in one.rules]
    if unknown := list(unknown_in(pack, rules)):
        return unknown, []
    overlays = [one.overlay for one in in_force if one.overlay]
    return [], doubts_about(pack, rules, build_rulebook([pack]), pace, overlays)


def unknown_in(pack: Pack, rules: Iterable[Rule]) -> Iterator[Flaw]:
    """What an overlay changes of rules that there are not."""
    if pack.overlay:
        known = {rule.id for rule in rules}
        for rule, told in pack.overlay.variations.items():
            if rule not in known:
                yield Flaw(line=told.line, rule=rule, message="there is no such rule in force")


def doubts_about(
    pack: Pack,
    others: Iterable[Rule],
    rulebook: Rulebook,
    pace: Callable[[], float],
    overlays: Collection[Overlay] = (),
) -> list[Flaw]:
    """What is doubtful about a pack, by line; rules of its own ids stand in for those of `others`. `rulebook` holds it.

    `overlays`: those of other packs, by which rules may be other in some places.
    """
    own = {rule.id for rule in pack.rules}
    beside = [rule for rule in others if rule.id not in own]
    found = [
        *_unreachable(pack),
        *_needless(pack),
        *_waiting_in_vain(pack),
        *_mistyped_principles(pack),
        *_long_titles(pack),
        *_beside(pack, beside),
        *slow_in(pack, rulebook, pace),
        *doubts_there(pack, beside, overlays),
    ]
    return sorted(found, key=lambda one: one.line)


def _unreachable(pack: Pack) -> Iterator[Flaw]:
    for rule in pack.rules:
        told = _never(rule, pack)
        if told:
            yield Flaw(line=rule.when_line, rule=rule.id, message=told)


def _needless(pack: Pack) -> Iterator[Flaw]:
    for rule in pack.rules:
        if _never(rule, pack):
            continue
        for told in dict.fromkeys(needless.told(*found) for found in needless.needless(rule.when)):
            yield Flaw(line=rule.when_line, rule=rule.id, message=told)


def _waiting_in_vain(pack: Pack) -> Iterator[Flaw]:
    for rule in pack.rules:
        if rule.after is not None and Moment.TIMER not in rule.moments:
            moments = ", ".join(sorted(rule.moments))
            told = f"`after` means nothing here: only the moment `timer` waits, and this rule speaks at {moments}"
            yield Flaw(line=rule.after_line, rule=rule.id, message=told)


def _mistyped_principles(pack: Pack) -> Iterator[Flaw]:
    """A principle may be the house's own; one that is nearly a shipped one is hardly meant."""
    known = [one.id for one in shipped_principles()]
    for rule in pack.rules:
        if rule.principle not in known and (close := nearest(rule.principle, known, at_least=0.75)):
            told = f"there is no principle `{rule.principle}`; did you mean `{close}`?"
            yield Flaw(line=rule.line, rule=rule.id, message=told)


def _long_titles(pack: Pack) -> Iterator[Flaw]:
    for rule in pack.rules:
        if len(rule.title) > LONGEST_TITLE:
            told = f"this title has {len(rule.title)} characters; lists show {LONGEST_TITLE} of them"
            yield Flaw(line=rule.line, rule=rule.id, message=told)


def _never(rule: Rule, pack: Pack) -> str | None:
    if rule.needs_language and not set(pack.languages) & set(listed_languages()):
        return f"this rule can never fire: none of {', '.join(pack.languages)} is a language that we hear; `any_language: true` lets it speak all the same"
    return never(rule)


def _beside(pack: Pack, others: Iterable[Rule]) -> Iterator[Flaw]:
    """Rules that are hidden by others, or say what another one says; of two that say the same, the later one is told."""
    theirs, own = [Beside(rule) for rule in others], [Beside(rule) for rule in pack.rules]
    families: dict[tuple[str, str], list[Beside]] = defaultdict(list)
    asking: dict[frozenset[object], list[Beside]] = defaultdict(list)
    for one in (*theirs, *own):
        families[one.rule.family, one.rule.principle].append(one)
    for one in theirs:
        asking[one.asks].append(one)
    rivals = {family: Rivals(ones) for family, ones in families.items()}
    for one in own:
        found = rivals[one.rule.family, one.rule.principle].of(one)
        told = one.hidden_told(found) or (one.double_told(asking[one.asks]) if one.asks else None)
        asking[one.asks].append(one)
        if told:
            yield Flaw(line=one.rule.line, rule=one.rule.id, message=told)
