"""Freshdesk's automation rules, as far as they send webhooks: which rule meets a change, and what its placeholders say.

A rule is kept in the shape of `POST /api/v2/automations/{type}/rules`. As in Freshdesk, a webhook carries no id of the note
and no actor: what a rule says of them, it says because it was written for that performer and that event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import re2

from guidance.demo.freshdesk.words import priority_label, source_label, status_label, zulu
from guidance.demo.groups import group_name
from guidance.demo.values import Change, ChangeKind, DeskPerson, DeskTicket, latest
from guidance.text.html import to_text

Rules = defaultdict[int, dict[int, dict[str, Any]]]
PersonOf = Callable[[int | None], DeskPerson]

ON_CREATION, ON_UPDATE = 1, 4
AGENT, REQUESTER, EITHER = 1, 2, 3
_PLACEHOLDER = re2.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
_TRIGGERED_BY = {"status": "status", "priority": "priority", "assignee_id": "responder_id"}


def matching(rules: Rules, change: Change) -> Iterator[dict[str, Any]]:
    """The webhook actions of the rules that a change meets, each with its `triggered_event`."""
    if change.kind is ChangeKind.OPENED:
        for rule in rules[ON_CREATION].values():
            yield from _webhooks(rule)
    else:
        for rule in rules[ON_UPDATE].values():
            if _is_performer(rule, change.actor) and _is_event(rule, change):
                yield from _webhooks(rule)


def triggered_event(change: Change) -> str:
    """What `{{triggered_event}}` says; it looks like JSON and is not."""
    if change.kind is ChangeKind.OPENED:
        return "{ticket_action:created}"
    if change.kind is ChangeKind.FIELD:
        name = _TRIGGERED_BY.get(change.field, change.field)
        return f"{{{name}:{{from:{_label(change.previous)},to:{_label(change.current)}}}}}"
    is_public = change.comment is not None and change.comment.is_public
    return "{reply_sent:sent}" if is_public else "{note_type:private}"


def placeholders(change: Change, person: PersonOf, *, desk_url: str) -> dict[str, str]:
    """Every placeholder that we know, as Freshdesk fills it in; comments begin with their author's name."""
    ticket = change.ticket
    requester = person(ticket.requester_id)
    agent = person(ticket.assignee_id) if ticket.assignee_id is not None else None
    known = {
        "triggered_event": triggered_event(change),
        "helpdesk_name": "Fern & Field",
        "ticket.id": str(ticket.id),
        "ticket.subject": ticket.subject,
        "ticket.description": f"<div>{ticket.comments[0].html}</div>",
        "ticket.description_text": to_text(ticket.comments[0].html),
        "ticket.url": f"{desk_url}/freshdesk/a/tickets/{ticket.id}",
        "ticket.status": status_label(ticket.status),
        "ticket.priority": priority_label(ticket.priority),
        "ticket.source": source_label(ticket.channel),
        "ticket.tags": ",".join(ticket.tags),
        "ticket.due_by_time": zulu(ticket.due_at) if ticket.due_at else "",
        "ticket.created_on": zulu(ticket.created_at),
        "ticket.modified_on": zulu(ticket.updated_at),
        "ticket.updated_at": zulu(ticket.updated_at),
        "ticket.group.name": group_name("freshdesk", ticket.group_id) or "",
    }
    for name in ("ticket.requester", "ticket.contact"):
        known |= _person_words(name, requester)
    if agent is not None:
        known |= _person_words("ticket.agent", agent)
    return known | _latest_comments(ticket, person)


def filled(content: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """A rule's content with its placeholders filled in; unknown ones come out empty."""

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: fill(inner) for name, inner in value.items()}
        if isinstance(value, str):
            return _PLACEHOLDER.sub(lambda found: known.get(found.group(1), ""), value)
        return value

    return {name: fill(value) for name, value in content.items()}


def _webhooks(rule: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if rule.get("active", True):
        yield from (action for action in rule["actions"] if action.get("field_name") == "trigger_webhook")


def _is_performer(rule: dict[str, Any], actor: DeskPerson) -> bool:
    wanted = rule.get("performer", {}).get("type", EITHER)
    return bool(wanted in (EITHER, AGENT if actor.is_staff else REQUESTER))


def _is_event(rule: dict[str, Any], change: Change) -> bool:
    return any(_event_holds(event, change) for event in rule.get("events", []))


def _event_holds(event: dict[str, Any], change: Change) -> bool:
    name, value = event.get("field_name"), event.get("value", "--")
    if change.kind is ChangeKind.FIELD:
        return name == _TRIGGERED_BY.get(change.field)
    if change.kind is not ChangeKind.COMMENTED or change.comment is None:
        return bool(name == "ticket_action" and value == "update")
    if name == "reply_sent":
        return change.comment.is_public
    return bool(name == "note_type" and not change.comment.is_public and value in {"private", "--"})


def _label(value: Any) -> str:
    return "" if value is None else str(value)


def _person_words(prefix: str, person: DeskPerson) -> dict[str, str]:
    first, _, last = person.name.partition(" ")
    return {
        f"{prefix}.id": str(person.id),
        f"{prefix}.name": person.name,
        f"{prefix}.firstname": first,
        f"{prefix}.lastname": last,
        f"{prefix}.email": person.email,
    }


def _latest_comments(ticket: DeskTicket, person: PersonOf) -> dict[str, str]:
    known = {}
    for name, is_public in (("public", True), ("private", False)):
        comment = latest(ticket.comments[1:], public=is_public)
        author = person(comment.author_id).name if comment else ""
        html = f'{author} : <div style="font-size:14px"><div dir="ltr">{comment.html}</div></div>' if comment else ""
        known[f"ticket.latest_{name}_comment"] = html
        known[f"ticket.latest_{name}_comment_text"] = f"{author} : {to_text(comment.html)}" if comment else ""
    return known
