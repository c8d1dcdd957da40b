"""What is counted of hints: how often each rule was shown, followed, ignored, dismissed, or would have been. Never by agent.

A rule in shadow is counted where it still fired on a reply as it was sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.hints.attention import FULL
from guidance.hints.holdout import HOLDOUT
from guidance.hints.measuring import FRESH, measured
from guidance.hints.sparing import spare
from guidance.hints.stages import standing
from guidance.model import AgentHabits, Case, Comment, CountRule, Draft, Moment, Seen, Stage, Verdict
from guidance.rules import Rulebook, Situation
from guidance.signals import hear

_TOLD = {Verdict.OBEYED: "followed", Verdict.IGNORED: "ignored", Verdict.DISMISSED: "dismissed"}
DONE = "done"
"""A hint ticked off by its agent counts as followed."""


def counted(before: Case, after: Case, rulebook: Rulebook, now: datetime) -> tuple[CountRule, ...]:
    """What changed between two states of a case, as counts to add."""
    return (
        *judged(before, after, now),
        *_replies(before, after, rulebook, now),
        *_rated(before, after, now),
        *(_count(after, "", what, now, by=by) for what, by in measured(before, after, rulebook, now).items()),
    )


def judged(before: Case, after: Case, now: datetime) -> Iterator[CountRule]:
    """Hints newly shown, and verdicts newly given or taken back."""
    if before.slots == after.slots:
        return
    old, new = (Counter(_marks(case)) for case in (before, after))
    for mark in sorted(old.keys() | new.keys(), key=str):
        agent_id, rule, what = mark
        by = new[mark] - old[mark]
        if by > 0 or (by < 0 and what not in ("shown", HOLDOUT) and not _is_full(before, agent_id)):
            yield _count(after, rule, what, now, by=by, agent_id=agent_id)


def _marks(case: Case) -> Iterator[tuple[str, str, str]]:
    for slot in case.slots:
        for one in slot.seen:
            yield slot.agent_id, one.rule, HOLDOUT if one.verdict is Verdict.WITHHELD else "shown"
            if what := _what(one):
                yield slot.agent_id, one.rule, what


def _what(one: Seen) -> str | None:
    if one.verdict is Verdict.DISMISSED:
        return "followed" if one.reason == DONE else f"dismissed:{one.reason or 'no reason'}"
    return _TOLD.get(one.verdict)


def _is_full(case: Case, agent_id: str) -> bool:
    """Whether the oldest entries are being forgotten, so that what is missing was not taken back."""
    return any(slot.agent_id == agent_id and len(slot.seen) >= FULL for slot in case.slots)


def _replies(before: Case, after: Case, rulebook: Rulebook, now: datetime) -> Iterator[CountRule]:
    """A reply that just went out, and the rules in shadow that fire on it."""
    old, new = turns_of(visible_comments(before)).slot, turns_of(visible_comments(after)).slot
    reply = next((c for c in after.conversation.comments if c.id == new), None)
    if old == new or reply is None or reply.at is None or now - reply.at > FRESH:
        return
    yield _count(after, "", "replies", now)
    if not _has_shadow(after):
        return
    sent = _as_sent(before, after, reply, rulebook, now)
    for fired in spare(sent, rulebook.judge(sent), rulebook.ear)[0]:
        if standing(fired.rule, after.settings, after.conversation.ticket) == Stage.SHADOW:
            yield _count(after, fired.rule.id, "shadow", now)


def _rated(before: Case, after: Case, now: datetime) -> Iterator[CountRule]:
    """A customer's answer to the survey; where they changed their mind, the earlier one is taken back."""
    if before.rated == after.rated:
        return
    if before.rated is not None:
        yield _count(after, "", f"rated:{before.rated}", now, by=-1)
    if after.rated is not None:
        yield _count(after, "", f"rated:{after.rated}", now)


def _has_shadow(case: Case) -> bool:
    """Whether any rule is in shadow on this ticket; looking costs nothing where none is."""
    settings = case.settings
    narrow = (stage for stages in settings.stages_in.values() for stage in stages.values())
    return not settings.speaks_on(case.conversation.ticket) or Stage.SHADOW in (
        *settings.stages.values(),
        *narrow,
        settings.default_stage,
    )


def _as_sent(before: Case, after: Case, reply: Comment, rulebook: Rulebook, now: datetime) -> Situation:
    """The moment at which the reply was a settled draft."""
    reader = AgentHabits(agent_id=reply.author_id or "", agent_name=reply.author_name)
    stood = replace(before, settings=after.settings, readings=after.readings, readers=(reader,))
    draft = Draft(text=reply.text, author_id=reply.author_id, attachments=reply.attachments)
    return Situation(hear(stood, rulebook.ear), Moment.DRAFT, now, draft=draft, ear=rulebook.ear)


def _count(case: Case, rule: str, what: str, now: datetime, *, by: int = 1, agent_id: str | None = None) -> CountRule:
    group = case.conversation.ticket.group or ""
    return CountRule(day=f"{now:%Y-%m-%d}", group=group, rule=rule, what=what, by=by, agent_id=agent_id)
