"""What is counted of hints: how often each rule was shown, followed, ignored, dismissed, or would have been. Never by agent.

A rule in shadow is counted where it still fired on a reply as it was sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from guidance.hints.attention import FULL
from guidance.hints.holdout import HOLDOUT
from guidance.hints.measuring import measured
from guidance.hints.sent import as_sent, just_sent
from guidance.hints.sparing import spare
from guidance.hints.stages import standing
from guidance.model import Case, CountRule, Seen, Stage, Verdict
from guidance.rules import Rulebook

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
    reply = just_sent(before, after, now)
    if reply is None:
        return
    yield _count(after, "", "replies", now)
    if not _has_shadow(after):
        return
    sent = as_sent(before, after, reply, rulebook, now)
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


def _count(case: Case, rule: str, what: str, now: datetime, *, by: int = 1, agent_id: str | None = None) -> CountRule:
    group = case.conversation.ticket.group or ""
    return CountRule(day=f"{now:%Y-%m-%d}", group=group, rule=rule, what=what, by=by, agent_id=agent_id)
