"""Follow-ups: from the words of a promise to a plan, and through its life."""

from guidance.followups.clock import next_at, step_at, tick
from guidance.followups.life import change, follow_task, may_follow, retire
from guidance.followups.moving import adopt, hand_over
from guidance.followups.plan import doubt, follow_up_id, grace_until, there
from guidance.followups.proposals import accepted_by_setting, as_follow_up
from guidance.followups.taking import take_in, take_stock
from guidance.followups.tasks import (
    CHANGES,
    RESTORED,
    SOLVING,
    due_in_words,
    effects_of,
    task_request,
    task_update,
    told,
)

__all__ = [
    "CHANGES",
    "RESTORED",
    "SOLVING",
    "accepted_by_setting",
    "adopt",
    "as_follow_up",
    "change",
    "doubt",
    "due_in_words",
    "effects_of",
    "follow_task",
    "follow_up_id",
    "grace_until",
    "hand_over",
    "may_follow",
    "next_at",
    "retire",
    "step_at",
    "take_in",
    "take_stock",
    "task_request",
    "task_update",
    "there",
    "tick",
    "told",
]
