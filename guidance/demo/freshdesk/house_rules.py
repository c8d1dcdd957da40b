"""The automation rules that feed the service, as an admin would have them after connecting: one per performer and event."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from guidance.demo.freshdesk.rules import AGENT, EITHER, ON_CREATION, ON_UPDATE, REQUESTER, Rules
from guidance.demo.settings import DeskSettings

SECRET_HEADER = "x-guidance-secret"
_TICKET = {
    "ticket_id": "{{ticket.id}}",
    "subject": "{{ticket.subject}}",
    "status": "{{ticket.status}}",
    "priority": "{{ticket.priority}}",
    "source": "{{ticket.source}}",
    "tags": "{{ticket.tags}}",
    "requester_id": "{{ticket.requester.id}}",
    "requester_name": "{{ticket.requester.name}}",
    "requester_email": "{{ticket.requester.email}}",
    "agent_name": "{{ticket.agent.name}}",
    "agent_email": "{{ticket.agent.email}}",
    "updated_at": "{{ticket.updated_at}}",
    "triggered_event": "{{triggered_event}}",
}
_PUBLIC = {"comment": "{{ticket.latest_public_comment}}"}
_PRIVATE = {"comment": "{{ticket.latest_private_comment}}"}
_FIRST = {"description": "{{ticket.description}}"}
_CHANGES = ({"field_name": "status"}, {"field_name": "priority"}, {"field_name": "responder_id"})


def house_rules(settings: DeskSettings) -> Rules:
    """The rules by type and id, with their webhooks pointing at the service."""
    rules: Rules = defaultdict(dict)
    rules[ON_CREATION][1] = _rule(settings, "ticket_created", EITHER, (), _FIRST)
    updates: tuple[tuple[Any, ...], ...] = (
        ("customer_reply", REQUESTER, ({"field_name": "reply_sent"},), _PUBLIC),
        ("agent_reply", AGENT, ({"field_name": "reply_sent"},), _PUBLIC),
        ("private_note", AGENT, ({"field_name": "note_type", "value": "private"},), _PRIVATE),
        ("ticket_updated", EITHER, _CHANGES, {}),
    )
    for rule_id, (event, performer, events, text) in enumerate(updates, 2):
        rules[ON_UPDATE][rule_id] = _rule(settings, event, performer, events, text)
    return rules


def _rule(
    settings: DeskSettings, event: str, performer: int, events: tuple[dict[str, str], ...], text: dict[str, str]
) -> dict[str, Any]:
    who = {AGENT: "agent", REQUESTER: "requester"}.get(performer, "")
    webhook = {
        "field_name": "trigger_webhook",
        "request_type": "POST",
        "url": f"{settings.service_url}/webhooks/freshdesk/demo",
        "content_type": "JSON",
        "content_layout": "2",
        "custom_headers": {SECRET_HEADER: settings.secrets.freshdesk_webhook},
        "content": {"v": "1", "event": event, "actor_type": who} | _TICKET | text,
    }
    return {
        "name": f"Guidance: {event}",
        "active": True,
        "performer": {"type": performer},
        "events": list(events),
        "actions": [webhook],
    }
