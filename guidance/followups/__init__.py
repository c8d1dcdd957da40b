"""Follow-ups: from the words of a promise to a plan, and through its life."""

from guidance.followups.plan import follow_up_id, there
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
    "as_follow_up",
    "due_in_words",
    "effects_of",
    "follow_up_id",
    "take_in",
    "take_stock",
    "task_request",
    "task_update",
    "there",
    "told",
]
