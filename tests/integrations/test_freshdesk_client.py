"""What only Freshdesk's client has to get right: pages, chats, scopes, and tasks without an idempotency key."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from guidance.errors import HelpdeskError
from guidance.integrations import integrations
from guidance.integrations.freshdesk.client import FreshdeskClient
from guidance.integrations.freshdesk.schedule import DayRecord, ScheduleRecord, hours_from
from guidance.integrations.freshdesk.words import status_of, tags_of_task, task_of
from guidance.model import Audience, Status
from guidance.ports import TaskRequest, TaskUpdate
from tests.contracts.scripted import FreshdeskScripted

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
TASK = TaskRequest(
    follow_up_id="f15-9c2b1f04a7d8e650",
    account="freshdesk:acme",
    ticket_id="4821",
    subject="Follow up",
    body="Promised:\n“<b>I'll call</b>”",
    due_at=NOW + timedelta(days=1),
    assignee_id="12",
)


@pytest.fixture
def freshdesk(mock):
    return FreshdeskScripted(mock)


def client(freshdesk, **config):
    account = replace(freshdesk.account, config=freshdesk.account.config | config)
    return FreshdeskClient(account, clock=lambda: NOW)


def comments(freshdesk):
    return freshdesk.client.fetch_conversation("4821").conversation.comments


def test_the_description_is_the_first_comment(freshdesk):
    first = comments(freshdesk)[0]
    assert (first.id, first.text, first.author_id) == ("description", "Where is my parcel?", "900")


def test_a_comment_whose_id_is_no_number_is_read_after_the_others_of_its_time(freshdesk):
    freshdesk.conversations = [
        freshdesk.comment(number, 900, f"Said {number}", incoming=True) | {"created_at": "2026-03-04T15:00:00Z"}
        for number in ("c-1", 11, 9)
    ]
    assert [one.id for one in comments(freshdesk)] == ["description", "9", "11", "c-1"]


def test_the_description_of_an_outbound_email_is_its_agents(freshdesk):
    freshdesk.ticket |= {"source": 10}
    first = comments(freshdesk)[0]
    assert (first.author, first.author_id, first.author_name) == ("agent", "12", "Amir Khan")


@pytest.mark.parametrize("source", [7, 15])
def test_a_chats_description_that_repeats_its_first_message_is_dropped(freshdesk, source):
    freshdesk.ticket |= {"source": source, "description": "<div>Ticket Description: Hello <br>there</div>"}
    freshdesk.conversations = [freshdesk.comment(2, 900, "Hello there", incoming=True, source=15)]
    assert [one.id for one in comments(freshdesk)] == ["2"]


def test_another_channels_description_is_kept_though_somebody_repeats_it(freshdesk):
    freshdesk.conversations = [freshdesk.comment(2, 900, "Where is my parcel?", incoming=True)]
    assert [one.id for one in comments(freshdesk)] == ["description", "2"]


@pytest.mark.parametrize("told", [{"user_id": None}, {"category": 5}, {"automation_id": 8}])
def test_greetings_and_automatic_replies_are_nobodys(freshdesk, told):
    freshdesk.conversations = [freshdesk.comment(2, 12, "Welcome!") | told]
    assert comments(freshdesk)[-1].author == "other"


def test_a_forward_is_not_for_the_customer(freshdesk):
    freshdesk.conversations = [freshdesk.comment(2, 12, "FYI", source=8)]
    assert comments(freshdesk)[-1].visibility == "internal"


def test_what_a_customer_writes_into_a_survey_is_no_message(freshdesk):
    freshdesk.conversations.append(freshdesk.comment(6, 900, "Extremely dissatisfied.", incoming=True, source=6))
    assert comments(freshdesk)[-1].id == "5"


@pytest.mark.parametrize("mark", ["deleted", "spam"])
def test_a_ticket_that_was_thrown_away_and_is_shown_all_the_same_is_gone(freshdesk, mark):
    freshdesk.ticket[mark] = True
    shown = freshdesk.client.fetch_conversation("4821")
    assert (shown.gone, shown.conversation.comments) == (True, ())
    assert len(freshdesk.urls) == 1


def test_a_reply_in_public_makes_the_world_its_audience(freshdesk):
    freshdesk.conversations = [freshdesk.comment(2, 12, "Hi there", source=5)]
    assert freshdesk.client.fetch_conversation("4821").conversation.ticket.audience is Audience.WORLD


def test_html_comes_first_since_its_plain_twin_has_lost_the_lines(freshdesk):
    told = freshdesk.comment(2, 900, "x", incoming=True) | {
        "body": "<p>One</p><blockquote>Old</blockquote>",
        "body_text": "One Old",
    }
    freshdesk.conversations = [
        told,
        freshdesk.comment(3, 900, "y", incoming=True) | {"body": None, "body_text": " Plain "},
    ]
    assert [one.text for one in comments(freshdesk)[1:]] == ["One\n\n> Old", "Plain"]


@pytest.mark.parametrize("field", ["attachments", "incoming", "private"])
def test_a_comment_with_a_null_is_read_as_one_that_does_not_say(freshdesk, field):
    freshdesk.conversations = [freshdesk.comment(2, 12, "Hello") | {field: None}]
    assert [one.text for one in comments(freshdesk)[1:]] == ["Hello"]


def test_a_comment_of_another_shape_holds_up_none_of_the_others(freshdesk):
    freshdesk.conversations = [freshdesk.comment(2, 12, "Hello"), {"id": 3}, freshdesk.comment(5, 12, "Bye")]
    assert [one.text for one in comments(freshdesk)[1:]] == ["Hello", "Bye"]


@pytest.mark.parametrize("field", ["group_ids", "deactivated"])
def test_an_agent_with_a_null_opens_what_their_scope_says(freshdesk, field):
    freshdesk.agents[12] |= {field: None}
    assert freshdesk.client.may_open("12", "4821")


def test_all_pages_are_read_though_the_next_one_is_named_elsewhere(freshdesk):
    everything = [freshdesk.comment(2, 900, f"n{n}", incoming=True) | {"id": n} for n in range(1, 251)]

    def page(request):
        number = int(request.params["page"])
        shown = everything[(number - 1) * 100 : number * 100]
        link = {"link": '<https://evil.example/api/v2/x?page=2>; rel="next"'} if number < 3 else {}
        return (200, link, json.dumps(shown))

    freshdesk.on("GET", "tickets/4821/conversations", page)
    assert len(comments(freshdesk)) == 251
    assert all(url.startswith("https://acme.example/") for url in freshdesk.urls)


def test_a_ticket_without_an_end_is_as_of_the_last_comment_read(freshdesk):
    link = {"link": '<https://acme.example/x>; rel="next"'}
    freshdesk.on("GET", "tickets/4821/conversations", lambda _: (200, link, json.dumps(freshdesk.conversations)))
    assert freshdesk.client.fetch_conversation("4821").updated_at == datetime(2026, 3, 4, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "status"),
    [(2, Status.OPEN), (4, Status.SOLVED), (6, Status.PENDING), (9, Status.ON_HOLD), (99, Status.OPEN)],
)
def test_a_status_of_the_accounts_own_is_mapped_by_its_config(freshdesk, number, status):
    freshdesk.ticket |= {"status": number}
    found = client(freshdesk, statuses={"9": "on_hold"}).fetch_conversation("4821")
    assert found.conversation.ticket.status is status


def _with_fields(freshdesk):
    choices = {
        "2": ["Open", "Being processed"],
        "9": ["Waiting on Warehouse", "Being processed"],
        "11": ["In transit", "On its way"],
    }
    freshdesk.on("GET", "ticket_fields", lambda _: (200, {}, json.dumps([{"name": "status", "choices": choices}])))


@pytest.mark.parametrize("number", [9, 11])
def test_a_status_is_mapped_by_the_label_that_freshdesk_shows(freshdesk, number):
    _with_fields(freshdesk)
    freshdesk.ticket |= {"status": number}
    mapping = client(freshdesk, statuses={"Waiting on Warehouse": "on_hold", "In transit": "on_hold"})
    for _ in range(2):
        assert mapping.fetch_conversation("4821").conversation.ticket.status is Status.ON_HOLD
    assert sum("ticket_fields" in url for url in freshdesk.urls) == 1
    assert status_of("waiting on warehouse", {"Waiting on Warehouse": "on_hold"}) is Status.ON_HOLD


def test_a_task_in_a_status_that_is_mapped_by_its_label_is_listed_as_done(freshdesk):
    _with_fields(freshdesk)
    task = {"id": 5100, "updated_at": "2026-03-04T15:00:00Z", "status": 11, "tags": tags_of_task("4821", "f15-9c")}
    freshdesk.on("GET", "tickets", lambda asked: (200, {}, json.dumps([] if "filter" in asked.params else [task])))
    (told,) = client(freshdesk, statuses={"In Transit": "solved"}).changes(since=NOW).events
    assert told.done


def test_fields_that_can_not_be_read_hold_up_no_ticket(freshdesk):
    freshdesk.on("GET", "ticket_fields", lambda _: (500, {}, "{}"))
    freshdesk.ticket |= {"status": 9}
    found = client(freshdesk, statuses={"Waiting on Warehouse": "on_hold"}).fetch_conversation("4821")
    assert found.conversation.ticket.status is Status.OPEN


@pytest.mark.parametrize("status", [200, 500])
def test_business_hours_that_can_not_be_read_hold_up_no_ticket(freshdesk, status):
    freshdesk.on("GET", "business_hours", lambda _: (status, {}, '[{"business_hours": "always"}]'))
    with capture_logs() as logs:
        for _ in range(2):
            assert freshdesk.client.fetch_conversation("4821").hours is None
    assert [one["event"] for one in logs if one["event"] == "helpdesk.went_without"] == ["helpdesk.went_without"]
    assert sum("business_hours" in url for url in freshdesk.urls) == 1


def test_where_the_account_has_to_wait_a_fetch_waits_for_its_hours_too(freshdesk):
    freshdesk.suffer("GET", "business_hours", (429, {"Retry-After": "7"}, "{}"))
    with pytest.raises(HelpdeskError) as caught:
        freshdesk.client.fetch_conversation("4821")
    assert caught.value.retry_after == 7


def test_a_requester_who_is_no_contact_is_as_the_ticket_tells_them(freshdesk):
    freshdesk.suffer("GET", "contacts/900", (404, {}, ""))
    requester = freshdesk.client.fetch_conversation("4821").conversation.requester
    assert (requester.id, requester.name, requester.time_zone) == ("900", "Rana Haddad", None)


def test_agents_contacts_and_hours_are_asked_for_once(freshdesk):
    for _ in range(3):
        freshdesk.client.fetch_conversation("4821")
    for path in ("agents/12", "contacts/900", "companies/60", "groups/5", "business_hours"):
        assert sum(path in url for url in freshdesk.urls) == 1


def test_a_task_is_a_ticket_of_the_agents_with_tags_that_lead_back(freshdesk):
    made = client(freshdesk).create_task(TASK)
    (written,) = freshdesk.written
    assert written["asked"] == {
        "email": "amir@acme.example",
        "subject": "Follow up",
        "description": "<p>Promised:<br>“&lt;b&gt;I&#x27;ll call&lt;/b&gt;”</p>"
        '<p><a href="https://acme.example/a/tickets/4821">Ticket 4821</a></p>',
        "status": 2,
        "priority": 1,
        "source": 2,
        "tags": ["guidance-followup", "fu-f15-9c2b1f04a7d8e650", "gt-4821"],
        "responder_id": 12,
        "due_by": "2026-03-05T15:15:00Z",
        "fr_due_by": "2026-03-05T15:15:00Z",
    }
    assert made.url == "https://acme.example/a/tickets/5100"


def test_a_due_time_that_has_passed_is_left_out_since_freshdesk_refuses_it(freshdesk):
    client(freshdesk).create_task(replace(TASK, due_at=NOW))
    assert not {"due_by", "fr_due_by"} & set(freshdesk.written[0]["asked"])


def test_fields_that_the_account_requires_come_from_its_config(freshdesk):
    client(freshdesk, task_fields={"type": "Task", "group_id": 5}).create_task(TASK)
    assert freshdesk.written[0]["asked"]["type"] == "Task"


def test_a_task_of_nobody_is_our_own_users_and_assigned_to_nobody(freshdesk):
    client(freshdesk).create_task(replace(TASK, assignee_id="4040"))
    asked = freshdesk.written[0]["asked"]
    assert asked["email"] == "bot@acme.example"
    assert "responder_id" not in asked


def test_an_agent_without_an_address_can_have_no_task(freshdesk):
    freshdesk.agents[12]["contact"]["email"] = None
    with pytest.raises(HelpdeskError, match="no e-mail address") as caught:
        client(freshdesk).create_task(TASK)
    assert caught.value.permanent
    assert freshdesk.written == []


def test_tasks_are_looked_for_in_lists_which_are_never_behind(freshdesk):
    client(freshdesk).find_task(TASK)
    (url,) = [url for url in freshdesk.urls if "/tickets?" in url]
    assert "updated_since=2026-02-02T15%3A15%3A00Z" in url
    assert "search" not in url


@pytest.mark.parametrize("mark", ["deleted", "spam"])
def test_a_task_that_freshdesk_still_shows_although_it_was_thrown_away_is_gone(freshdesk, mark):
    freshdesk.ticket[mark] = True
    with pytest.raises(HelpdeskError) as refused:
        client(freshdesk).update_task(TaskUpdate(account="freshdesk:acme", task_id="4821", subject="Another matter"))
    assert (refused.value.status, refused.value.permanent) == (404, True)


def test_a_task_in_the_place_of_one_that_is_gone_is_looked_for_among_those_after_it(freshdesk):
    tags = list(tags_of_task(TASK.ticket_id, TASK.follow_up_id))
    listed = [{"id": number, "updated_at": "2026-03-04T15:00:00Z", "tags": tags} for number in (9, 11, 10)]
    freshdesk.on("GET", "tickets", lambda _: (200, {}, json.dumps(listed)))
    found = [client(freshdesk).find_task(replace(TASK, instead_of=past)) for past in (None, "9", "11")]
    assert [one and one.task_id for one in found] == ["9", "10", None]


def test_tags_are_short_enough_for_freshdesk_and_lead_back():
    tags = tags_of_task("99999999999", "f15-9c2b1f04a7d8e650")
    assert max(map(len, tags)) <= 32
    assert task_of(tags) == ("99999999999", "f15-9c2b1f04a7d8e650")


@pytest.mark.parametrize(
    ("agent", "ticket", "allowed"),
    [
        ({"ticket_scope": 1}, {}, True),
        ({"ticket_scope": 2, "group_ids": [5]}, {}, True),
        ({"ticket_scope": 2, "group_ids": ["5"]}, {"group_id": 9, "internal_group_id": 5}, True),
        ({"ticket_scope": 2, "group_ids": [6]}, {}, False),
        ({"ticket_scope": 2, "group_ids": [6]}, {"responder_id": 12}, True),
        ({"ticket_scope": 2, "group_ids": []}, {"group_id": None}, False),
        ({"ticket_scope": 3, "group_ids": [5]}, {}, False),
        ({"ticket_scope": 3}, {"responder_id": 12}, True),
        ({"ticket_scope": 3}, {"internal_agent_id": 12}, True),
        ({"ticket_scope": 4}, {"responder_id": 12}, False),
        ({"ticket_scope": None}, {"responder_id": 12}, False),
        ({"ticket_scope": 1, "deactivated": True}, {}, False),
    ],
)
def test_an_agents_scope_decides(freshdesk, agent, ticket, allowed):
    freshdesk.agents[12] = {"id": 12, "contact": {}} | agent
    freshdesk.ticket |= {"responder_id": 7} | ticket
    assert freshdesk.client.may_open("12", "4821") is allowed


def test_whoever_was_deactivated_is_an_agent_no_more(freshdesk):
    freshdesk.agents[12] = {"id": 12, "contact": {"name": "Amir Khan"}, "deactivated": True}
    assert freshdesk.client.agent("12") is None


def test_a_scope_that_was_taken_away_counts_at_once(freshdesk):
    freshdesk.client.agent("12")
    freshdesk.agents[12] |= {"ticket_scope": 3}
    freshdesk.ticket |= {"responder_id": 7}
    assert not freshdesk.client.may_open("12", "4821")


def test_a_refusal_names_fields_and_codes_and_nothing_else(freshdesk):
    body = {
        "description": "Validation failed",
        "errors": [{"field": "type", "message": "secret words", "code": "missing_field"}],
    }
    freshdesk.suffer("POST", "tickets", (400, {}, json.dumps(body)))
    with pytest.raises(HelpdeskError, match=r"400 to POST /api/v2/tickets \(type missing_field\)") as caught:
        client(freshdesk).create_task(TASK)
    assert "secret words" not in str(caught.value)


def test_a_refusal_whose_words_are_nested_without_end_is_still_that_refusal(freshdesk):
    freshdesk.suffer("POST", "tickets", (400, {}, "[" * 5000 + "]" * 5000))
    with pytest.raises(HelpdeskError, match="Freshdesk answered 400 to POST /api/v2/tickets:"):
        client(freshdesk).create_task(TASK)


def test_the_key_is_sent_as_basic_auth(freshdesk):
    freshdesk.client.agent("12")
    assert freshdesk.mock.calls[0].request.headers["Authorization"] == "Basic SzNZOlg="


def test_an_account_without_a_key_says_so():
    account = replace(FreshdeskScripted.account, secrets={})
    with pytest.raises(HelpdeskError, match="freshdesk:acme has no key"):
        integrations()["freshdesk"].connect(account)


def test_business_hours_are_the_default_ones_in_either_spelling():
    day = DayRecord(start_time="08:00:00 am", end_time="05:30:00 pm")
    late = DayRecord(start_time="12:00 pm", end_time="12:00 am")
    other = ScheduleRecord(time_zone="Tokyo", business_hours={"monday": day})
    chosen = ScheduleRecord(
        is_default=True, time_zone="Berlin", business_hours={"friday": late, "monday": day, "noday": day}
    )
    hours = hours_from([other, chosen])
    assert (hours.time_zone, hours.weekly) == ("Berlin", {"fri": (("12:00", "24:00"),), "mon": (("08:00", "17:30"),)})
    assert hours_from([]) is None
    assert (
        hours_from([ScheduleRecord(business_hours={"monday": DayRecord(start_time="soon", end_time="later")})]).weekly
        == {}
    )


def agent(number, **told):
    return {"id": number, "contact": {"name": f"Agent {number}"}, "ticket_scope": 1, "group_ids": [5], **told}


def test_one_odd_agent_is_left_out_of_the_roster_and_of_groups_and_counted_and_the_others_stay(freshdesk):
    freshdesk.on("GET", "groups", [{"id": 5, "name": "Billing"}, {"id": [6], "name": "Sales"}])
    freshdesk.on("GET", "agents", [agent(1), agent(2, deactivated={"since": 2020}), "nobody", agent(3)])
    with capture_logs() as logs:
        found = client(freshdesk).colleagues()
    assert [(one.id, one.groups) for one in found] == [("1", ("Billing",)), ("3", ("Billing",))]
    assert [(one["path"], one["lost"]) for one in logs] == [("id", 1), ("deactivated", 2)]
    assert [one.id for one in client(freshdesk).members("Billing")] == ["1", "3"]


def test_a_roster_of_which_nothing_can_be_read_is_no_empty_one(freshdesk):
    freshdesk.on("GET", "groups", [])
    freshdesk.on("GET", "agents", [{"key": 1}])
    with pytest.raises(HelpdeskError, match="another shape"):
        client(freshdesk).colleagues()
