"""Hints: which of the rules that fire reach the agent, and what became of those that did."""

from guidance.hints.attention import Attended, attend, hint_id
from guidance.hints.counting import counted, judged
from guidance.hints.habits import capped, practised
from guidance.hints.measuring import at_solving
from guidance.hints.publishing import published, remember_shown
from guidance.hints.sent import is_out_already
from guidance.hints.slots import close_slots
from guidance.hints.stages import stage_of
from guidance.hints.telling import advise
from guidance.hints.verdicts import dismiss, undo_dismissal
from guidance.hints.waking import is_rung, wakes

__all__ = [
    "Attended",
    "advise",
    "at_solving",
    "attend",
    "capped",
    "close_slots",
    "counted",
    "dismiss",
    "hint_id",
    "is_out_already",
    "is_rung",
    "judged",
    "practised",
    "published",
    "remember_shown",
    "stage_of",
    "undo_dismissal",
    "wakes",
]
