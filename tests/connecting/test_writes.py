"""docs/writes.md lists every write to a helpdesk, and none of them reaches a customer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from guidance.integrations import integrations
from guidance.integrations.zendesk.oauth import AUTHORIZED_SCOPE, SCOPE
from guidance.integrations.zendesk.setup import SETUP_SCOPE
from guidance.ports import NoteRequest, TaskRequest, TaskUpdate
from tests.connecting.test_connect_zendesk import ACCOUNT, connect  # noqa: F401

PAGE = Path(__file__).parents[2] / "docs" / "writes.md"
LISTED = re.compile(r"`((?:POST|PUT|PATCH|DELETE) /[^`]+)`")
_ID = re.compile(r"/(?:\d+|01[0-9A-Z]{20,})(?=/|$)")


@pytest.fixture
def written(desk, monkeypatch):
    """The writes to the desk's Zendesk that our own code made, ids left out."""
    seen = set()
    send = HTTPAdapter.send

    def recording(self, request, **kwargs):
        path = urlsplit(request.url).path.removesuffix(".json")
        if request.url.startswith(f"{desk.url}/zendesk") and request.method != "GET":
            seen.add(f"{request.method} {_ID.sub('/{id}', path.removeprefix('/zendesk'))}")
        return send(self, request, **kwargs)

    monkeypatch.setattr(HTTPAdapter, "send", recording)
    return seen


def what_customers_see(desk):
    state = requests.get(f"{desk.url}/desk/api/state", timeout=5).json()
    tickets = [ticket for ticket in state["tickets"] if not ticket["is_task"]]
    said = [
        (ticket["id"], ticket["status"], comment["text"])
        for ticket in tickets
        for comment in ticket["comments"]
        if comment["is_public"]
    ]
    return said, state["mails"]


def test_every_write_is_on_the_page_and_none_touches_a_customer(connect, run, desk, store, written):  # noqa: F811
    before = what_customers_see(desk)
    for options in (["--bot"], ["--via", "trigger"], []):
        assert connect(*options).exit_code == 0
    task = TaskRequest(
        follow_up_id="f3-9c2b1f04a7d8e651",
        account=ACCOUNT,
        ticket_id="4821",
        subject="Follow up with Rana Haddad",
        body="Promised: a call",
        due_at=datetime.now(UTC) + timedelta(days=1),
        assignee_id="36000001",
    )
    client = integrations()["zendesk"].connect(store.account(ACCOUNT))
    made = client.create_task(task)
    client.update_task(TaskUpdate(account=ACCOUNT, task_id=made.task_id, subject=task.subject, is_done=True))
    client.write_note(
        NoteRequest(account=ACCOUNT, ticket_id="4821", mark="guidance-1", body="Due tomorrow (guidance-1)")
    )
    client.add_tag("4821", "guidance_promised")
    assert run("disconnect", ACCOUNT).exit_code == 0
    assert written >= {
        "POST /api/v2/webhooks",
        "POST /api/v2/triggers",
        "POST /api/v2/tickets",
        "PUT /api/v2/tickets/{id}",
        "PUT /api/v2/tickets/{id}/tags",
        "DELETE /api/v2/webhooks/{id}",
    }
    assert written - set(LISTED.findall(PAGE.read_text("utf8"))) == set()
    assert what_customers_see(desk) == before


def test_every_command_of_the_page_for_zendesk_is_there():
    from guidance.cli import COMMANDS

    page = (PAGE.parent / "zendesk.md").read_text("utf8")
    named = set(re.findall(r"(?:`|^ *)guidance ([a-z]+)", page, re.MULTILINE))
    assert len(named) > 6
    assert named - set(COMMANDS) == set()


def test_the_page_for_zendesk_names_every_scope_that_is_asked_for():
    page = (PAGE.parent / "zendesk.md").read_text("utf8")
    assert [one for one in (SETUP_SCOPE, SCOPE, AUTHORIZED_SCOPE) if f"`{one}`" not in page] == []


def test_the_page_for_zendesk_names_every_event_that_the_webhook_is_subscribed_to():
    from guidance.integrations.zendesk.events import SUBSCRIBED

    page = (PAGE.parent / "zendesk.md").read_text("utf8")
    by_field = {"status_changed": "status", "custom_status_changed": "status", "priority_changed": "priority", "subject_changed": "subject",
                "tags_changed": "tags", "task_due_at_changed": "due time", "requester_changed": "requester", "agent_assignment_changed": "assignee",
                "group_assignment_changed": "group", "organization_changed": "organization", "brand_changed": "brand"}  # fmt: skip
    names = [one.rpartition(".")[2] for one in SUBSCRIBED]
    assert [name for name in names if by_field.get(name, f"`{name}`") not in page] == []
