"""docs/writes.md lists every write to a helpdesk, and none of them reaches a customer."""

from __future__ import annotations

import re
from contextlib import contextmanager
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
from tests.contracts.desk import DeskStage

PAGE = Path(__file__).parents[2] / "docs" / "writes.md"
LISTED = re.compile(r"`((?:POST|PUT|PATCH|DELETE) /[^`]+)`")
_ID = re.compile(r"(?<!automations)/(?:\d+|01[0-9A-Z]{20,})(?=/|$)")


def listed_under(heading):
    """The writes of one helpdesk's table."""
    return set(LISTED.findall(PAGE.read_text("utf8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]))


class Written(set):
    """The writes to the desk's helpdesk that our own code made, ids left out."""

    @contextmanager
    def by_others(self):
        """What is written meanwhile is somebody else's."""
        before = set(self)
        yield
        self &= before


@pytest.fixture
def written(desk, monkeypatch):
    seen = Written()
    send = HTTPAdapter.send
    ours = re.compile(rf"{re.escape(desk.url)}/(?:zendesk|freshdesk)(?=/)")

    def recording(self, request, **kwargs):
        path = urlsplit(ours.sub(desk.url, request.url)).path.removesuffix(".json")
        if ours.match(request.url) and request.method != "GET":
            seen.add(f"{request.method} {_ID.sub('/{id}', path)}")
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


def kept_and_told(store, account, ticket_id, assignee_id):
    """All that a promise can lead to: a task, brought in line; a note and a tag as reminders."""
    task = TaskRequest(
        follow_up_id="f3-9c2b1f04a7d8e651",
        account=account,
        ticket_id=ticket_id,
        subject="Follow up with Rana Haddad",
        body="Promised: a call",
        due_at=datetime.now(UTC) + timedelta(days=1),
        assignee_id=assignee_id,
    )
    client = integrations()[account.partition(":")[0]].connect(store.account(account))
    made = client.create_task(task)
    client.update_task(TaskUpdate(account=account, task_id=made.task_id, subject=task.subject, is_done=True))
    client.write_note(
        NoteRequest(account=account, ticket_id=ticket_id, mark="guidance-1", body="Due tomorrow (guidance-1)")
    )
    client.add_tag(ticket_id, "guidance_due_soon")


def test_every_write_to_zendesk_is_on_the_page_and_none_touches_a_customer(
    connect,  # noqa: F811
    run,
    desk,
    admin,
    store,
    written,
):
    before = what_customers_see(desk)
    assert connect("--bot").exit_code == 0
    with written.by_others():
        (webhook,) = admin.get("webhooks")["webhooks"]
        admin.call("PATCH", f"webhooks/{webhook['id']}", {"webhook": {"subscriptions": webhook["subscriptions"][:1]}})
    assert connect().exit_code == 0
    assert connect("--via", "trigger").exit_code == 0
    with written.by_others():
        (trigger,) = (one for one in admin.get("triggers")["triggers"] if "uidance" in one["title"])
        admin.call("PUT", f"triggers/{trigger['id']}", {"trigger": {**trigger, "active": False}})
    assert connect("--via", "trigger").exit_code == 0
    assert connect().exit_code == 0
    kept_and_told(store, ACCOUNT, "4821", "36000001")
    assert run("disconnect", ACCOUNT).exit_code == 0
    assert written == listed_under("In Zendesk")
    assert what_customers_see(desk) == before


def test_every_write_to_freshdesk_is_on_the_page_and_none_touches_a_customer(run, desk, store, written):
    def connecting(*options):
        told = ("--base-url", f"{desk.url}/freshdesk", "--api-key", desk.settings.secrets.freshdesk_api_key)
        assert run("connect", "freshdesk", "acme", *told, *options).exit_code == 0

    before = what_customers_see(desk)
    connecting("--bot")
    with written.by_others():
        switch_rules_off(desk)
    connecting()
    stage = DeskStage(desk, "freshdesk")
    kept_and_told(store, "freshdesk:acme", stage.ticket_id, stage.agent_id)
    assert run("disconnect", "freshdesk:acme").exit_code == 0
    assert written == listed_under("In Freshdesk")
    assert what_customers_see(desk) == before


def switch_rules_off(desk):
    """Somebody switches off a rule in each of Freshdesk's lists."""
    base, key = f"{desk.url}/freshdesk/api/v2/automations", (desk.settings.secrets.freshdesk_api_key, "X")
    for kind in (1, 4):
        rule = requests.get(f"{base}/{kind}/rules", auth=key, timeout=5).json()[0]
        assert requests.put(f"{base}/{kind}/rules/{rule['id']}", json={"active": False}, auth=key, timeout=5).ok


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
