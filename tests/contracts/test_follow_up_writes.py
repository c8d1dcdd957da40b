"""What follow-ups write besides making a task, on both of the desk's helpdesks over real HTTP; and no customer hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests
from msgspec.structs import replace

from guidance.errors import HelpdeskError, TaskClosedError
from guidance.integrations import integrations
from guidance.model import TaskChanged
from guidance.ports import NoteRequest, TaskUpdate
from tests.contracts.desk import DeskStage
from tests.contracts.test_helpdesk_port import DUE, task


@pytest.fixture(params=integrations())
def stage(request, desk):
    stage = DeskStage(desk, request.param)
    before = stage.mails()
    yield stage
    assert stage.mails() == before


def ticket(stage, ticket_id):
    state = requests.get(f"{stage.desk.url}/desk/api/state", timeout=5).json()
    return next(one for one in state["tickets"] if one["account"] == stage.account.id and one["id"] == ticket_id)


def test_a_task_is_brought_in_line_and_saying_it_twice_changes_nothing(stage):
    made = stage.client.create_task(task(stage, 6))
    later = DUE + timedelta(days=1)
    update = TaskUpdate(account=stage.account.id, task_id=made.task_id, subject="Another matter", due_at=later)
    for _ in range(2):
        stage.client.update_task(update)
    found = ticket(stage, made.task_id)
    assert (found["subject"], found["due_at"][:16]) == ("Another matter", later.strftime("%Y-%m-%dT%H:%M"))
    assert len(found["comments"]) == 1


def test_a_task_that_is_done_is_solved(stage):
    made = stage.client.create_task(task(stage, 7))
    done = TaskUpdate(account=stage.account.id, task_id=made.task_id, subject="Done", is_done=True)
    stage.client.update_task(done)
    assert ticket(stage, made.task_id)["status"] == "solved"


def put_pending(stage, task_id):
    """What an agent does in the helpdesk itself."""
    if stage.account.helpdesk == "zendesk":
        stage.client._session.put(f"/api/v2/tickets/{task_id}.json", json={"ticket": {"status": "pending"}})
    else:
        stage.client._api.put(f"tickets/{task_id}", {"status": 3}, dict)


def test_a_task_that_an_agent_put_on_pending_stays_so_and_one_that_was_solved_opens_again(stage):
    made = stage.client.create_task(task(stage, 8))
    update = TaskUpdate(account=stage.account.id, task_id=made.task_id, subject="Another matter")
    put_pending(stage, made.task_id)
    stage.client.update_task(update)
    assert ticket(stage, made.task_id)["status"] == "pending"
    for is_done, status in ((True, "solved"), (True, "solved"), (False, "open")):
        stage.client.update_task(replace(update, is_done=is_done))
        assert ticket(stage, made.task_id)["status"] == status


@pytest.mark.parametrize("stage", ["zendesk"], indirect=True)
def test_a_task_that_was_closed_for_good_says_so_and_another_is_made_in_its_place(stage):
    first = task(stage, 9)
    made = stage.client.create_task(first)
    update = TaskUpdate(account=stage.account.id, task_id=made.task_id, subject="Another matter")
    stage.client._session.put(f"/api/v2/tickets/{made.task_id}.json", json={"ticket": {"status": "closed"}})
    stage.client.update_task(replace(update, is_done=True))
    with pytest.raises(TaskClosedError):
        stage.client.update_task(update)
    anew = replace(first, instead_of=made.task_id)
    assert stage.client.find_task(anew) is None
    assert stage.client.create_task(anew).task_id == stage.client.find_task(anew).task_id != made.task_id
    assert stage.client.find_task(first).task_id == made.task_id


def test_a_task_that_is_gone_is_said_so(stage):
    with pytest.raises(HelpdeskError) as refused:
        stage.client.update_task(TaskUpdate(account=stage.account.id, task_id="999999", subject="Gone"))
    assert (refused.value.status, refused.value.permanent) == (404, True)


def throw_away(stage, task_id):
    """What an agent does in the helpdesk itself."""
    if stage.account.helpdesk == "zendesk":
        stage.client._session.remove(f"tickets/{task_id}.json")
    else:
        stage.client._api.remove(f"tickets/{task_id}")


def test_a_task_that_was_deleted_is_said_to_be_gone_and_another_is_made_in_its_place(stage):
    first = task(stage, 10)
    made = stage.client.create_task(first)
    throw_away(stage, made.task_id)
    with pytest.raises(HelpdeskError) as refused:
        stage.client.update_task(TaskUpdate(account=stage.account.id, task_id=made.task_id, subject="Another matter"))
    assert (refused.value.status, refused.value.permanent) == (404, True)
    anew = replace(first, instead_of=made.task_id)
    assert stage.client.find_task(anew) is None
    assert stage.client.create_task(anew).task_id == stage.client.find_task(anew).task_id != made.task_id


def test_that_a_task_was_deleted_is_told_among_the_changes(stage):
    since = datetime.now(UTC) - timedelta(minutes=5)
    made = stage.client.create_task(task(stage, 11))
    throw_away(stage, made.task_id)
    told = [one for one in stage.client.changes(since=since).events if isinstance(one, TaskChanged)]
    assert [(one.follow_up_id, one.gone) for one in told if one.task_id == made.task_id] == [
        (task(stage, 11).follow_up_id, True)
    ]


def test_a_note_is_internal_and_found_again_by_its_mark(stage):
    note = NoteRequest(
        account=stage.account.id, ticket_id=stage.ticket_id, mark="Guidance follow-up f3-1", body="Promised:\n“a call”"
    )
    assert not stage.client.has_note(note)
    stage.client.write_note(note)
    assert stage.client.has_note(note)
    last = ticket(stage, stage.ticket_id)["comments"][-1]
    assert (last["is_public"], last["author"]["is_bot"]) == (False, True)
    assert all(
        "Promised" not in one.text for one in stage.client.fetch_conversation(stage.ticket_id).conversation.comments
    )


def test_a_tag_is_added_beside_the_others_and_once(stage):
    before = ticket(stage, stage.ticket_id)["tags"]
    for _ in range(2):
        stage.client.add_tag(stage.ticket_id, "guidance_due_soon")
    assert ticket(stage, stage.ticket_id)["tags"] == [*before, "guidance_due_soon"]
