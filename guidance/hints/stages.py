"""What an installation does with a rule: draft, shadow or live, everywhere or on the tickets of one group or brand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from guidance.model import AccountSettings, Stage, Ticket, scopes_of
from guidance.rules import Rule, RuleStatus

OFF_HERE = "off here"
"""What holds a rule back where an overlay of the ticket's account, group or brand has switched it off."""


def stage_of(rule: Rule, settings: AccountSettings, ticket: Ticket) -> Stage:
    """The rule's stage on a ticket: its group's, else its brand's, else the account's; by its id, else by its pack's name."""
    pack = rule.pack.rpartition("@")[0]
    for stages in _stages_on(ticket, settings):
        for name in (rule.id, pack):
            if name in stages:
                return stages[name]
    return settings.default_stage


def _stages_on(ticket: Ticket, settings: AccountSettings) -> Iterator[Mapping[str, Stage]]:
    """Stages that hold on a ticket, the narrowest first: of its group, its brand, its account."""
    if settings.stages_in:
        yield from (settings.stages_in.get(scope, {}) for scope in scopes_of(ticket))
    yield settings.stages


def held_by_stage(rule: Rule, settings: AccountSettings, ticket: Ticket) -> str | None:
    """What keeps a rule from every agent who opens this ticket, whatever they did: None where nothing does."""
    if settings.paused:
        return "paused"
    if not settings.speaks_on(ticket):
        return str(Stage.SHADOW)
    stage = stage_of(rule, settings, ticket)
    if stage is not Stage.LIVE:
        return str(stage)
    if rule.off:
        return OFF_HERE
    if any(rule.id in stages for stages in _stages_on(ticket, settings)):
        return None
    if rule.status is not RuleStatus.STABLE:
        return str(rule.status)
    if not rule.on or (rule.channels is not None and ticket.channel not in rule.channels):
        return "off by default"
    return None


def standing(rule: Rule, settings: AccountSettings, ticket: Ticket) -> str:
    """What an account does with a rule, in one word or two: `live`, or what holds it back; a pause left aside.

    `ticket` stands for those meant: its channel, group and brand decide with.
    """
    return held_by_stage(rule, replace(settings, paused=False), ticket) or str(Stage.LIVE)
