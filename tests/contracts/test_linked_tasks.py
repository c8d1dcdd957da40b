"""A task and its ticket lead to each other, by what the helpdesk has for it; on the desk over real HTTP."""

from __future__ import annotations

import pytest
import requests
from msgspec.structs import replace

from guidance.integrations import integrations
from guidance.integrations.freshdesk.shape import TaskShape
from tests.contracts.desk import DeskServer, DeskStage
from tests.contracts.test_helpdesk_port import task


class Notes:
    """A notebook on paper."""

    def __init__(self):
        self.kept = {}

    def recall(self, name):
        return self.kept.get(name)

    def keep(self, name, value, *, seconds):
        self.kept[name] = value


def tickets(desk, account):
    state = requests.get(f"{desk.url}/desk/api/state", timeout=5).json()
    return {one["id"]: one for one in state["tickets"] if one["account"] == account.id}


@pytest.fixture(params=[True, False], ids=["with children", "without children"])
def desk(request):
    with DeskServer(has_children=request.param) as served:
        yield served


@pytest.mark.parametrize("helpdesk", ["zendesk", "freshdesk"])
def test_a_task_leads_to_its_ticket(desk, helpdesk):
    stage = DeskStage(desk, helpdesk)
    made = stage.client.create_task(task(stage))
    text = tickets(desk, stage.account)[made.task_id]["comments"][0]["html"]
    address = {"zendesk": f"/agent/tickets/{stage.ticket_id}", "freshdesk": f"/a/tickets/{stage.ticket_id}"}[helpdesk]
    assert address in text
    assert stage.mails() == []


def test_in_freshdesk_it_is_a_child_where_the_account_has_such_and_else_a_ticket_of_its_own(desk):
    stage = DeskStage(desk, "freshdesk")
    made = stage.client.create_task(task(stage))
    has_children = desk.settings.has_children
    assert made.linked is has_children
    assert tickets(desk, stage.account)[made.task_id]["parent_id"] == (stage.ticket_id if has_children else None)
    assert stage.client.find_task(task(stage)) == made
    assert stage.mails() == []


@pytest.fixture
def asked(monkeypatch):
    """Whether each task that was asked for named a parent."""
    seen = []
    send = requests.Session.request

    def recording(self, method, url, **kwargs):
        if method == "POST" and url.endswith("/tickets"):
            seen.append("parent_id" in kwargs["json"])
        return send(self, method, url, **kwargs)

    monkeypatch.setattr(requests.Session, "request", recording)
    return seen


def test_an_account_without_children_is_asked_once_for_all_processes(asked):
    with DeskServer(has_children=False) as desk:
        stage, notebook = DeskStage(desk, "freshdesk"), Notes()
        for number in range(3):
            client = integrations()["freshdesk"].connect(stage.account)
            client.keep_in(notebook)
            client.create_task(task(stage, number))
    assert asked == [True, False, False, False]


def test_a_parent_that_can_have_no_more_children_is_refused_for_this_once(asked):
    with DeskServer() as desk:
        stage = DeskStage(desk, "freshdesk")
        made = [stage.client.create_task(task(stage, number % 10, follow_up_id=f"f1-{number}")) for number in range(12)]
        assert [one.linked for one in made] == [True] * 10 + [False] * 2
    assert asked == [True] * 10 + [True, False] * 2


def test_an_admin_may_say_outright_what_a_task_is(asked):
    with DeskServer() as desk:
        stage = DeskStage(desk, "freshdesk")
        told = replace(stage.account, config=stage.account.config | {"tasks": "ticket"})
        assert not TaskShape(told).is_child
        integrations()["freshdesk"].connect(told).create_task(task(stage))
    assert asked == [False]
