"""What an installation does with a rule: draft, shadow or live."""

from __future__ import annotations

from msgspec.structs import replace

from guidance.model import AccountSettings, Stage
from guidance.rules import Rule, RuleStatus


def stage_of(rule: Rule, settings: AccountSettings) -> Stage:
    """The rule's stage in an account: by its id, else its pack's name, else the account's default."""
    pack = rule.pack.partition("@")[0]
    for name in (rule.id, pack):
        if name in settings.stages:
            return settings.stages[name]
    return settings.default_stage


def held_by_stage(rule: Rule, settings: AccountSettings, channel: str) -> str | None:
    """What keeps a rule from every agent of the account, whatever they did: None where nothing does."""
    if settings.paused:
        return "paused"
    stage = stage_of(rule, settings)
    if stage is not Stage.LIVE:
        return str(stage)
    if rule.id in settings.stages:
        return None
    if rule.status is not RuleStatus.STABLE:
        return str(rule.status)
    if not rule.on or (rule.channels is not None and channel not in rule.channels):
        return "off by default"
    return None


def standing(rule: Rule, settings: AccountSettings, channel: str) -> str:
    """What an account does with a rule, in one word or two: `live`, or what holds it back; a pause left aside."""
    return held_by_stage(rule, replace(settings, paused=False), channel) or str(Stage.LIVE)
