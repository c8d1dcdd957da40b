"""What every client of a helpdesk owes the `Helpdesk` port: played by `responses`, and by the demo desk over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
from msgspec.structs import replace
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from guidance.errors import HelpdeskError
from guidance.integrations import integrations
from guidance.model import Author, Status, TaskChanged, TicketChanged, Visibility
from guidance.ports import TaskRequest
from tests.contracts.desk import DeskStage
from tests.contracts.scripted import STAGES

DUE = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


@pytest.fixture(params=[*integrations(), *(f"{helpdesk} on the desk" for helpdesk in integrations())])
def stage(request):
    name, _, on_the_desk = request.param.partition(" ")
    if on_the_desk:
        return DeskStage(request.getfixturevalue("desk"), name)
    return STAGES[name](request.getfixturevalue("mock"))


@pytest.fixture(params=integrations())
def scripted(request, mock):
    return STAGES[request.param](mock)


def task(stage, number=1, **changed):
    request = TaskRequest(
        follow_up_id=f"f3-9c2b1f04a7d8e65{number}",
        account=stage.account.id,
        ticket_id=stage.ticket_id,
        subject="Follow up with Rana Haddad",
        body="Promised:\n“I'll call <you> tomorrow”",
        due_at=DUE,
        assignee_id=stage.agent_id,
    )
    return replace(request, **changed)


def test_a_conversation_has_confirmed_comments_in_order_of_time_by_known_people(stage):
    conversation = stage.client.fetch_conversation(stage.ticket_id).conversation
    assert str(conversation.key) == f"{stage.account.id}:{stage.ticket_id}"
    assert conversation.requester.id == stage.customer_id
    assert conversation.requester.time_zone
    times = [comment.at for comment in conversation.comments]
    assert times == sorted(times)
    first = conversation.comments[0]
    assert (first.author, first.visibility, first.provisional) == (Author.REQUESTER, Visibility.PUBLIC, False)
    assert first.author_name == conversation.requester.name


def test_a_snapshot_says_the_helpdesks_own_time_and_hours(stage):
    snapshot = stage.client.fetch_conversation(stage.ticket_id)
    assert snapshot.updated_at.tzinfo is UTC
    assert snapshot.hours.weekly["mon"] == (("09:00", "17:00"),)


def test_the_fields_of_a_ticket_are_in_our_words(scripted):
    ticket = scripted.client.fetch_conversation("4821").conversation.ticket
    assert (ticket.status, ticket.priority, ticket.channel) == (Status.ON_HOLD, "high", "email")
    assert (ticket.tags, ticket.group, ticket.subject) == (("vip",), "Delivery", "Parcel 20417")


def test_each_comment_has_its_author_and_readers_and_our_own_notes_are_left_out(scripted):
    comments = scripted.client.fetch_conversation("4821").conversation.comments
    assert [(one.author, one.visibility, one.author_name) for one in comments] == [
        ("requester", "public", "Rana Haddad"),
        ("agent", "public", "Amir Khan"),
        ("agent", "internal", "Lena Brandt"),
        ("other", "public", {"zendesk": "Sami Haddad"}.get(scripted.account.helpdesk)),
    ]


def test_the_requester_comes_with_all_that_is_known_of_them(scripted):
    requester = scripted.client.fetch_conversation("4821").conversation.requester
    assert (requester.name, requester.email, requester.organization) == (
        "Rana Haddad",
        "rana@example.com",
        "Haddad Bakery",
    )


def test_a_task_is_found_again_by_its_follow_up_and_no_other_is(stage):
    assert stage.client.find_task(task(stage, 2)) is None
    made = stage.client.create_task(task(stage, 2))
    assert stage.client.find_task(task(stage, 2)) == made
    assert stage.client.find_task(task(stage, 3)) is None
    assert made.url.endswith(f"/tickets/{made.task_id}")


def test_our_own_task_is_a_ticket_without_comments(stage):
    if isinstance(stage, DeskStage):
        made = stage.client.create_task(task(stage, 4))
        assert stage.client.fetch_conversation(made.task_id).conversation.comments == ()
        return
    mark = {"external_id": f"guidance:{stage.account.id}:4700:f3-1"} if stage.account.helpdesk == "zendesk" else {}
    stage.ticket |= {"tags": ["guidance-followup", "fu-f3-1", "gt-4700"], **mark}
    assert stage.client.fetch_conversation("4821").conversation.comments == ()


def test_a_task_mails_no_customer(request, desk):
    for helpdesk in ("zendesk", "freshdesk"):
        stage = DeskStage(desk, helpdesk)
        before = stage.mails()
        stage.client.create_task(task(stage, 5))
        assert stage.mails() == before


@pytest.mark.parametrize(("assignee", "requester"), [("12", "12"), (None, "77"), ("", "77"), ("no number", "77")])
def test_a_tasks_requester_is_its_agent_or_our_own_user_and_its_text_private(scripted, assignee, requester):
    scripted.client.create_task(task(scripted, assignee_id=assignee))
    (made,) = scripted.tasks()
    assert made == {"requester": requester, "is_private": True, "due": DUE.strftime("%Y-%m-%dT%H:%M:%SZ"), "id": "5100"}


def test_an_agent_is_told_from_a_customer_and_from_nobody(stage):
    assert stage.client.agent(stage.agent_id).name
    assert stage.client.agent(stage.customer_id) is None
    assert stage.client.agent("123456") is None


def test_an_agent_may_open_a_ticket_and_a_customer_or_a_stranger_may_not(stage):
    assert stage.client.may_open(stage.agent_id, stage.ticket_id)
    assert not stage.client.may_open(stage.customer_id, stage.ticket_id)
    assert not stage.client.may_open("123456", stage.ticket_id)
    assert not stage.client.may_open(stage.agent_id, "123456")


STRANGE = ["", "48/../21", "4821/comments", "4821?include=users", "4821.json", "me", "٤٨٢١", "1" * 30]


@pytest.mark.parametrize("strange", STRANGE)
def test_an_id_that_is_no_number_never_becomes_an_address(scripted, strange):
    assert scripted.client.agent(strange) is None
    assert not scripted.client.may_open(strange, "4821")
    with pytest.raises(HelpdeskError) as caught:
        scripted.client.fetch_conversation(strange)
    assert (caught.value.permanent, caught.value.status) == (True, 404)
    assert not scripted.client.may_open("12", strange)
    assert not any("comments" in url or ".." in url for url in scripted.urls)


@pytest.mark.parametrize("helpdesk", integrations())
@pytest.mark.parametrize("fault", ["drop_after", "cut"])
def test_a_task_whose_answer_was_lost_is_found_and_not_made_again(desk, helpdesk, fault):
    stage = DeskStage(desk, helpdesk)
    wanted = task(stage, 7, follow_up_id=f"f3-{fault.replace('_', '')}")
    order = {"helpdesk": helpdesk, "next": [fault]}
    requests.post(f"{desk.url}/faults", json=order, timeout=5).raise_for_status()
    with pytest.raises(HelpdeskError) as caught:
        stage.client.create_task(wanted)
    assert (caught.value.unclear, caught.value.permanent) == (True, False)
    assert stage.client.find_task(wanted) is not None


TEXT = "Where is my parcel?"
SECRETS = ("T0KEN", "K3Y", "SzNZ")


def said(status, body=f'{{"error":"{TEXT}","description":"{TEXT}","message":"{TEXT}"}}', **headers):
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, body


def refused():
    return requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, TEXT)))


# fault: what happens, is it permanent, is a write unclear after it, the status
FAULTS = {
    "time-out": (requests.ReadTimeout(TEXT), False, True, None),
    "no connection in time": (requests.ConnectTimeout(TEXT), False, False, None),
    "connection refused": (refused(), False, False, None),
    "reset": (requests.ConnectionError(ProtocolError(TEXT, ConnectionResetError())), False, True, None),
    "cut off": (requests.exceptions.ChunkedEncodingError(TEXT), False, True, None),
    "bad request": (said(400), True, False, 400),
    "token refused": (said(401), True, False, 401),
    "forbidden": (said(403), True, False, 403),
    "not found": (said(404), True, False, 404),
    "conflict": (said(409), False, True, 409),
    "unprocessable": (said(422), True, False, 422),
    "too many": (said(429), False, False, 429),
    "server error": (said(500), False, True, 500),
    "bad gateway with a page": (said(502, "<html>Bad Gateway</html>"), False, True, 502),
    "unavailable": (said(503), False, True, 503),
    "sent elsewhere": (said(302, "", Location="https://evil.example/"), True, False, 302),
    "half an answer": (said(200, '{"ticket": {"id": 48'), False, True, 200),
    "no JSON": (said(200, f"<html>{TEXT}</html>"), False, True, 200),
    "nothing": (said(200, ""), False, True, None),
    "another shape": (said(200, '{"ticket": {"id": {}}, "id": {}}'), False, True, None),
    "a list": (said(200, "[1]"), False, True, None),
}


def fails(act):
    with pytest.raises(HelpdeskError) as caught:
        act()
    error = caught.value
    assert TEXT not in str(error)
    assert not any(secret in str(error) for secret in SECRETS)
    assert error.__cause__ is None
    return error


@pytest.mark.parametrize("fault", FAULTS)
def test_a_read_that_fails_says_whether_it_may_be_repeated(scripted, fault):
    happens, permanent, _, status = FAULTS[fault]
    scripted.suffer("GET", "tickets/4821", happens)
    error = fails(lambda: scripted.client.fetch_conversation("4821"))
    assert (error.permanent, error.unclear) == (permanent, False)
    assert error.status in (status, 200 if status is None else status)
    assert scripted.client.fetch_conversation("4821").conversation.comments


@pytest.mark.parametrize("fault", FAULTS)
def test_a_write_that_fails_says_whether_it_may_have_been_done(scripted, fault):
    happens, permanent, unclear, _ = FAULTS[fault]
    scripted.suffer("POST", "tickets", happens)
    error = fails(lambda: scripted.client.create_task(task(scripted)))
    assert (error.permanent, error.unclear) == (permanent, unclear)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_write_is_repeated_by_itself(scripted, fault):
    scripted.suffer("POST", "tickets", FAULTS[fault][0])
    fails(lambda: scripted.client.create_task(task(scripted)))
    assert [call.request.method for call in scripted.mock.calls].count("POST") == 1
    assert scripted.written == []


@pytest.mark.parametrize(("header", "seconds"), [("37", 37.0), ("0", 0.0), ("soon", None), ("-5", None), ("", None)])
@pytest.mark.parametrize("status", [429, 503])
def test_what_the_helpdesk_asks_us_to_wait_is_told(scripted, status, header, seconds):
    scripted.suffer("GET", "tickets/4821", said(status, Retry_After=header))
    assert fails(lambda: scripted.client.fetch_conversation("4821")).retry_after == seconds


def test_a_wait_until_a_moment_is_told_in_seconds(scripted):
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    scripted.suffer("GET", "tickets/4821", said(429, Retry_After=in_an_hour))
    told = fails(lambda: scripted.client.fetch_conversation("4821")).retry_after
    assert told == pytest.approx(3600, abs=30)


def test_retry_after_in_the_past_is_no_wait(scripted):
    scripted.suffer("GET", "tickets/4821", said(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"))
    assert fails(lambda: scripted.client.fetch_conversation("4821")).retry_after == 0.0


@pytest.mark.parametrize("fault", ["time-out", "server error", "forbidden", "half an answer"])
def test_whether_a_ticket_may_be_opened_is_never_guessed(scripted, fault):
    scripted.suffer("GET", "tickets/4821", FAULTS[fault][0])
    fails(lambda: scripted.client.may_open("12", "4821"))


def test_the_key_goes_to_the_accounts_own_address_only(scripted):
    scripted.client.fetch_conversation("4821")
    assert len(scripted.urls) > 3
    assert all(url.startswith("https://acme.example/api/v2/") for url in scripted.urls)


def test_no_cookie_is_kept(scripted):
    scripted.suffer("GET", "tickets/4821", said(500, Set_Cookie="session=1"))
    fails(lambda: scripted.client.fetch_conversation("4821"))
    scripted.client.fetch_conversation("4821")
    assert not any("Cookie" in call.request.headers for call in scripted.mock.calls)


# --- what changed -------------------------------------------------------------------------------

LONG_AGO = datetime.now(UTC) - timedelta(days=29)


@pytest.fixture(params=["zendesk", "freshdesk"])
def on_the_desk(request, desk):
    return DeskStage(desk, request.param)


def changed_since(stage, cursor=None):
    """All changes that can be had now, page after page, and the cursor after them."""
    events = []
    while True:
        page = stage.client.changes(since=LONG_AGO, cursor=cursor)
        events, cursor = [*events, *page.events], page.cursor
        if not page.more:
            return events, cursor


def writes(stage, text):
    words = {"account": stage.account.id, "ticket": stage.ticket_id, "text": text}
    assert requests.post(f"{stage.desk.url}/desk/api/customer", json=words, timeout=5).status_code == 201


def test_a_ticket_that_changed_is_told_of_once_and_is_to_be_fetched(on_the_desk):
    _, cursor = changed_since(on_the_desk)
    writes(on_the_desk, "Is anybody there?")
    events, _ = changed_since(on_the_desk, cursor)
    told = {event.key.ticket_id: event for event in events}
    assert isinstance(told[on_the_desk.ticket_id], TicketChanged)
    assert told[on_the_desk.ticket_id].needs_fetch


def test_a_task_of_ours_that_changed_is_told_of_under_the_ticket_of_its_promise(on_the_desk):
    _, cursor = changed_since(on_the_desk)
    made = on_the_desk.client.create_task(task(on_the_desk, 7))
    events, _ = changed_since(on_the_desk, cursor)
    (told,) = [event for event in events if isinstance(event, TaskChanged) and event.task_id == made.task_id]
    assert (told.key.ticket_id, told.follow_up_id, told.done) == (
        on_the_desk.ticket_id,
        task(on_the_desk, 7).follow_up_id,
        False,
    )


def test_the_tickets_that_changed_last_come_first_and_our_own_tasks_are_not_among_them(on_the_desk):
    made = on_the_desk.client.create_task(task(on_the_desk, 8))
    writes(on_the_desk, "Hello again?")
    recent = on_the_desk.client.recent_tickets(3)
    assert (recent[0], len(recent)) == (on_the_desk.ticket_id, 3)
    assert made.task_id not in on_the_desk.client.recent_tickets(100)


def test_the_groups_are_listed_by_the_names_that_tickets_carry(on_the_desk):
    assert "group:Plant care" in on_the_desk.client.teams()


def test_the_agents_of_a_group_are_known_by_name_and_a_group_that_is_none_has_none(on_the_desk):
    (group, *_) = [team.partition(":")[2] for team in on_the_desk.client.teams() if team.startswith("group:")]
    members = on_the_desk.client.members(group)
    assert on_the_desk.agent_id in {one.id for one in members}
    assert on_the_desk.customer_id not in {one.id for one in members}
    assert [one.name for one in members] == sorted(one.name for one in members)
    assert on_the_desk.client.members(group.upper()) == members
    assert on_the_desk.client.members("No such group") == ()
