"""What an agent's attention carries from ticket to ticket, as counts to add: hints that are capped by day, and what they do by themselves.

No score: the first keeps hints few, the second lets one fade. Both are told to the agent alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.hints.attention import day_of, hint_id
from guidance.hints.counting import judged
from guidance.hints.sent import as_sent, just_sent
from guidance.hints.sparing import spare
from guidance.hints.stages import standing
from guidance.model import AgentHabits, Case, CountHabit, Level, Stage, Verdict
from guidance.rules import Rule, Rulebook

MASTERED_AFTER = 5
"""So often in a row somebody did what a hint would have asked for, and needs it no more."""

_SAYS_NOTHING = ""


def capped(before: Case, after: Case, rulebook: Rulebook, now: datetime) -> Iterator[CountHabit]:
    """Each hint newly shown of a rule that may come only so often a day."""
    ticket, slot = after.conversation.ticket, turns_of(visible_comments(after)).slot
    for one in judged(before, after, now):
        rule = rulebook.rules.get(one.rule)
        if rule is None or one.what != "shown" or not one.agent_id:
            continue
        if rulebook.rule_on(rule, after.settings.account, ticket).limit.per_day is not None:
            name = f"shown:{hint_id(after.key, slot, rule.id)}"
            yield CountHabit(id=name, agent_id=one.agent_id, count=f"{rule.id}@{day_of(after, now)}")


def practised(before: Case, after: Case, rulebook: Rulebook, now: datetime) -> Iterator[CountHabit]:
    """What the writer of a reply that just went out did by themselves once more, and what they left out after all.

    By themselves: the rule would have fired had the reply said nothing, it doesn't on what they wrote, and no hint of it stood
    beside a draft that lacked it. So this is about what is missing; what is there and had better not be is never mastered.
    """
    reply = just_sent(before, after, now)
    reader = next((one for one in after.readers if reply and one.agent_id and one.agent_id == reply.author_id), None)
    if reply is None or reader is None:
        return
    known = {one.name for one in reader.counted if "@" not in one.name}
    bare = as_sent(before, after, reply, rulebook, now, text=_SAYS_NOTHING)
    wanted = {one.rule.id for one in rulebook.judge(bare) if _may_fade(one.rule, after)} - set(reader.mastered)
    if not wanted and not known:
        return
    sent = as_sent(before, after, reply, rulebook, now)
    left_out = {one.rule.id for one in spare(sent, rulebook.judge(sent), rulebook.ear)[0]}
    for rule in sorted(wanted - left_out - _prompted(before, reader)):
        yield CountHabit(id=f"alone:{after.key}:{reply.id}:{rule}", agent_id=reader.agent_id, count=rule)
    for rule in sorted(left_out & known):
        yield CountHabit(id=f"left out:{after.key}:{reply.id}:{rule}", agent_id=reader.agent_id, uncount=rule)


def _may_fade(rule: Rule, case: Case) -> bool:
    is_live = standing(rule, case.settings, case.conversation.ticket) == Stage.LIVE
    return is_live and rule.needs_settled and rule.level is Level.SUGGESTION


def _prompted(before: Case, reader: AgentHabits) -> set[str]:
    """The rules whose hint stood beside what this agent was writing in the slot that ended, or was put aside."""
    slot = turns_of(visible_comments(before)).slot
    seen = next((one.seen for one in before.slots if one.agent_id == reader.agent_id), ())
    return {one.rule for one in seen if one.slot == slot and (one.on_settled or one.verdict is Verdict.DISMISSED)}
