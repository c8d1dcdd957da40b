"""What an account's key reaches in Freshdesk, found by reading one thing of each kind that we need; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guidance.errors import HelpdeskError
from guidance.integrations.calls import counted, told_at
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.counting import LEFT, TOTAL
from guidance.integrations.freshdesk.records import AgentRecord
from guidance.ports import Standing

_ALL_TICKETS = 1
_NEEDED = {"tickets": "tickets", "agents": "agents"}
_USED = {"canned responses": "canned_response_folders", "survey answers": "surveys/satisfaction_ratings"}
_ONE = {"per_page": "1"}


def read_standing(api: FreshdeskApi) -> Standing:
    """As whom we act, what of our needs is refused, and what is left of the account's calls. Raises `HelpdeskError`."""
    agent, headers = api.get_with_headers("agents/me", AgentRecord)
    lacks = [*_refused(api, _NEEDED)]
    if agent.ticket_scope not in (None, _ALL_TICKETS):
        lacks.append("see all tickets: the key's agent sees some only; give them global access")
    return Standing(
        acts_as=agent.contact.name or f"agent {agent.id}",
        lacks=tuple(lacks),
        misses=tuple(_refused(api, _USED)),
        calls_a_minute=counted(headers, TOTAL),
        calls_left=counted(headers, LEFT),
        at=told_at(headers),
    )


def _refused(api: FreshdeskApi, asked: Mapping[str, str]) -> Iterator[str]:
    for what, path in asked.items():
        try:
            api.get(path, Any, _ONE)
        except HelpdeskError as error:
            if error.status not in (403, 404):
                raise
            yield f"read {what}"
