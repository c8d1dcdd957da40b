"""What became of a hint: dismissed by the agent, followed, or ignored when the reply went out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from guidance.errors import NotFoundError
from guidance.hints.attention import hint_id, with_seen
from guidance.model import Case, Seen, Verdict
from guidance.rules import Fired, Rule, Rulebook, Situation, holds, is_cleared

REASONS = ("misread", "already said", "not here", "not our style")


def dismiss(case: Case, agent_id: str, rule: str, slot: str, reason: str | None, now: datetime) -> Case:
    """The case after an agent dismissed a hint of this slot; it does not return in it."""
    seen = {(one.rule, one.slot): one for one in _seen_by(case, agent_id)}
    was = seen.pop((rule, slot), Seen(rule=rule, slot=slot))
    return with_seen(case, agent_id, [*seen.values(), replace(was, verdict=Verdict.DISMISSED, at=now, reason=reason)])


def undo_dismissal(case: Case, agent_id: str, rule: str, slot: str) -> Case:
    """The case as if the hint had only been shown. Raises `NotFoundError` where it was not dismissed."""
    seen = list(_seen_by(case, agent_id))
    for place, one in enumerate(seen):
        if (one.rule, one.slot, one.verdict) == (rule, slot, Verdict.DISMISSED):
            seen[place] = replace(one, verdict=Verdict.SHOWN, reason=None)
            return with_seen(case, agent_id, seen)
    raise NotFoundError("this hint was not dismissed, so there is nothing to undo")


def end_slot(case: Case, agent_id: str, slot: str, sent: Situation, rulebook: Rulebook) -> Case:
    """The case after a reply of `agent_id` ended a slot: each hint seen on a settled draft was followed or ignored.

    `sent` is the situation in which the sent text stands as the draft of that slot.
    """
    seen = list(_seen_by(case, agent_id))
    for place, one in enumerate(seen):
        if one.slot != slot or one.verdict is not Verdict.SHOWN:
            continue
        rule = rulebook.rules.get(one.rule)
        followed = one.on_settled and rule is not None and is_cleared(rulebook.rule_in(rule, sent), sent)
        seen[place] = replace(one, verdict=Verdict.OBEYED if followed else Verdict.IGNORED)
    return with_seen(case, agent_id, seen)


def cleared(situation: Situation, rulebook: Rulebook) -> set[str]:
    """Ids of hints that the reader saw in this slot and whose words are in the draft by now."""
    if situation.typed is None:
        return set()
    slot, key = situation.turns.slot, situation.case.key
    return {hint_id(key, slot, rule.id) for rule in _shown(situation, rulebook) if is_cleared(rule, situation)}


def standing(situation: Situation, rulebook: Rulebook, fired: Iterable[Fired]) -> list[Fired]:
    """What the reader saw in this slot, does not fire just now, and still holds: its card lies there."""
    firing = {one.rule.id for one in fired}
    shown = [rule for rule in _shown(situation, rulebook) if rule.id not in firing and not is_cleared(rule, situation)]
    return [Fired(rule, quotes) for rule in shown if (quotes := holds(rule.when, situation)) is not None]


def _shown(situation: Situation, rulebook: Rulebook) -> Iterable[Rule]:
    """The rules of the hints that the reader was shown in this slot, and neither heeded nor put aside."""
    slot = situation.turns.slot
    for one in _seen_by(situation.case, situation.reader.agent_id):
        if one.slot == slot and one.verdict is Verdict.SHOWN and one.rule in rulebook.rules:
            yield rulebook.rule_in(rulebook.rules[one.rule], situation)


def _seen_by(case: Case, agent_id: str) -> tuple[Seen, ...]:
    return next((slot.seen for slot in case.slots if slot.agent_id == agent_id), ())
