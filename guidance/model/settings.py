"""What an account wants of us, as the core needs to know it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from guidance.model.conversation import Hours


class TaskMode(StrEnum):
    """What a follow-up becomes in the helpdesk: nothing (our own ledger only), an internal note, or a task."""

    LEDGER = "ledger"
    NOTE = "note"
    TASK = "task"


class Stage(StrEnum):
    """What an installation does with a rule: DRAFT nothing, SHADOW counts and shows nobody, LIVE shows."""

    DRAFT = "draft"
    SHADOW = "shadow"
    LIVE = "live"


class AccountSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An account's settings. `grace_for` seconds; `stages`: rule id or pack -> stage, the most specific wins.

    `default_stage` holds for rules that `stages` does not name. `bot_id`: the agent as whom we write; never judged.
    `paused`: everything is silent.
    """

    account: str = ""
    hours: Hours = Hours()
    house_words: tuple[str, ...] = ()
    grace_for: int = 600
    task_mode: TaskMode = TaskMode.TASK
    stages: dict[str, Stage] = {}
    default_stage: Stage = Stage.LIVE
    holdout: float = 0.0
    bot_id: str | None = None
    agent_locale: str = "en"
    paused: bool = False
