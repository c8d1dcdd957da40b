"""Which webhooks a change goes to: those subscribed to its event, and those that a trigger names with a body of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from guidance.demo.helpdesk import DeskHelpdesk
from guidance.demo.sender import Parcel
from guidance.demo.values import Change, ChangeKind, DeskPerson, latest
from guidance.demo.zendesk.events import Target, event_body, parcel
from guidance.demo.zendesk.words import status_word, zulu
from guidance.demo.zendesk_setup import Setup
from guidance.text.html import to_text

_PREFIX = "zen:event-type:ticket."
_PLACEHOLDER = re.compile(r"\{\{([a-z_.]+)\}\}")
_UPDATES = {ChangeKind.OPENED: "Create", ChangeKind.COMMENTED: "Change", ChangeKind.FIELD: "Change"}


def parcels_of(
    change: Change, author: DeskPerson | None, setup: Setup, helpdesk: DeskHelpdesk, retries: tuple[float, ...]
) -> Iterator[Parcel]:
    """Every delivery that a change sets off."""
    told = event_body(change, author)
    for webhook in [one for one in setup.webhooks.values() if one.get("status") == "active"]:
        target = Target(webhook["id"], webhook["endpoint"], setup.secrets[webhook["id"]], retries)
        if told and {_PREFIX + told[0], f"{_PREFIX}*"} & set(webhook.get("subscriptions", ())):
            yield parcel(f"ticket.{told[0]}", change.ticket.id, told[1], target=target, stamp=zulu(change.at))
        for body in _of_triggers(change, setup, webhook["id"], helpdesk):
            yield parcel("trigger", change.ticket.id, body, target=target, stamp=zulu(change.at))


def _of_triggers(change: Change, setup: Setup, webhook_id: str, helpdesk: DeskHelpdesk) -> Iterator[bytes]:
    for trigger in setup.triggers.values():
        bodies = [
            action["value"][1]
            for action in trigger.get("actions", ())
            if action.get("field") == "notification_webhook" and action["value"][0] == webhook_id
        ]
        if trigger.get("active") and _fits(trigger.get("conditions", {}), change):
            known = _placeholders(change, helpdesk)
            yield from (_filled(body, known).encode() for body in bodies)


def _fits(conditions: Mapping[str, Any], change: Change) -> bool:
    """The conditions that our own triggers use; any other one holds."""
    if change.kind not in _UPDATES:
        return False
    every = all(_holds(one, change) for one in conditions.get("all", ()))
    return every and (not conditions.get("any") or any(_holds(one, change) for one in conditions["any"]))


def _holds(condition: Mapping[str, Any], change: Change) -> bool:
    field, value = condition.get("field"), str(condition.get("value"))
    if field == "update_type":
        return _UPDATES[change.kind] == value
    if field == "comment_is_public":
        return change.comment is not None and (value == "not_relevant" or change.comment.is_public == (value == "true"))
    if field == "current_tags":
        has = any(tag in change.ticket.tags for tag in value.split())
        return has == (condition.get("operator") == "includes")
    return True


def _placeholders(change: Change, helpdesk: DeskHelpdesk) -> dict[str, str]:
    ticket, comment = change.ticket, latest(change.ticket.comments, public=True)
    requester = helpdesk.person(ticket.requester_id)
    assignee = helpdesk.person(ticket.assignee_id).name if ticket.assignee_id is not None else ""
    return {
        "ticket.id": str(ticket.id),
        "ticket.title": ticket.subject,
        "ticket.status": status_word(ticket.status).capitalize(),
        "ticket.via": ticket.channel.value.capitalize(),
        "ticket.requester.name": requester.name,
        "ticket.assignee.name": assignee,
        "current_user.name": change.actor.name,
        "current_user.role": change.actor.role.value,
        "ticket.latest_public_comment": to_text(comment.html) if comment else "",
        "ticket.latest_public_comment.is_public": str(bool(comment)).lower(),
        "ticket.latest_public_comment.author.name": helpdesk.person(comment.author_id).name if comment else "",
        "ticket.updated_at_with_timestamp": zulu(ticket.updated_at),
    }


def _filled(body: str, known: Mapping[str, str]) -> str:
    """The wording with its placeholders filled, escaped for a JSON text as Zendesk is believed to do."""

    def escaped(found: re.Match[str]) -> str:
        return known.get(found[1], "").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")

    return _PLACEHOLDER.sub(escaped, body)
