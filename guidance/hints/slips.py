"""What a send is asked about: the slips in a draft.

Attention keeps hints few, and an agent may want none for an hour; neither makes a placeholder fit to go out. So a slip is asked about
when the reply is sent even where it is no card. What the desk has switched off, or this agent by its name, is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from guidance.hints.attention import hint_of, mutes, ranked, seen_in_slot
from guidance.hints.holdout import SLIPS
from guidance.hints.stages import held_by_stage
from guidance.model import Hint, Level, Verdict
from guidance.rules import Fired, Rule, Situation

EVERYTHING = "all"


def slips(situation: Situation, fired: Sequence[Fired]) -> tuple[Hint, ...]:
    """The warnings about slips in the draft that nobody has put aside, as hints that are remembered nowhere."""
    return tuple(hint_of(one, situation) for one in ranked(fired) if _is_asked_about(one.rule, situation))


def _is_asked_about(rule: Rule, situation: Situation) -> bool:
    if rule.principle != SLIPS or rule.level is not Level.WARNING:
        return False
    case = situation.case
    if held_by_stage(rule, case.settings, case.conversation.ticket) or mutes(rule, situation) - {EVERYTHING}:
        return False
    return not any(one.rule == rule.id and one.verdict is Verdict.DISMISSED for one in seen_in_slot(situation))
