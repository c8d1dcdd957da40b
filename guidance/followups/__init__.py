"""Follow-ups: from the words of a promise to a plan, and through its life."""

from guidance.followups.life import change, follow_task, retire
from guidance.followups.plan import effects_of, follow_up_id, grace_until, note, plan, task_request

__all__ = [
    "change",
    "effects_of",
    "follow_task",
    "follow_up_id",
    "grace_until",
    "note",
    "plan",
    "retire",
    "task_request",
]
