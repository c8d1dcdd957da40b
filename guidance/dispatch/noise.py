"""The noise limit: a rule that annoys goes back to shadow by itself, and the trail says why."""

from __future__ import annotations

from datetime import datetime

from guidance.accounts import settings_of
from guidance.model import AccountSettings, Stage
from guidance.ports import Change, Store
from guidance.store.retention import VOTES_LIVE_FOR

VOTES = 30
VOICES = 3
MOST = 0.10
WHO = "noise limit"


def keep_noise_limit(store: Store, now: datetime) -> list[tuple[str, str]]:
    """Move every rule to shadow of which over 10 % of at least 30 votes, of at least 3 agents, say misread or not here.

    The votes of the last 30 days count. The (account, rule) pairs that were moved; their votes begin anew.
    """
    moved, since = [], (now - VOTES_LIVE_FOR).date()
    for account in store.accounts():
        for rule, (votes, noise, voices) in store.votes(account.id, since=since).items():
            if (
                votes >= VOTES
                and voices >= VOICES
                and noise > MOST * votes
                and _shadowed(store, account.id, rule, votes, noise, now)
            ):
                moved.append((account.id, rule))
    return moved


def _shadowed(store: Store, account_id: str, rule: str, votes: int, noise: int, now: datetime) -> bool:
    """Whether the rule is now in shadow, and was not before."""
    account = store.account(account_id)
    if account is None or not _may_be_live(rule, settings_of(account)):
        return False
    why = f"{noise} of {votes} votes say misread or not here"
    change = Change(at=now, who=WHO, what=f"shadow in {account_id}", subject=f"rule:{rule}", why=why)
    stages = {**account.settings.get("stages", {}), rule: str(Stage.SHADOW)}
    narrow = {
        scope: {name: stage for name, stage in kept.items() if name != rule or stage != Stage.LIVE}
        for scope, kept in account.settings.get("stages_in", {}).items()
    }
    settings = account.settings | {"stages": stages} | ({"stages_in": narrow} if narrow else {})
    is_moved = store.change_settings(account_id, settings, expected=account.settings, change=change)
    if is_moved:
        store.clear_votes(account_id, rule)
    return is_moved


def _may_be_live(rule: str, settings: AccountSettings) -> bool:
    """Whether an account may show a rule, on all tickets or on those of a group or brand."""
    narrow = (stages.get(rule) for stages in settings.stages_in.values())
    return settings.stages.get(rule) not in (Stage.SHADOW, Stage.DRAFT) or Stage.LIVE in narrow
