"""What only Zendesk's client has to get right: tokens, pages, keys, restrictions, schedules."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from threading import Barrier, Thread

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from guidance.errors import HeldBackError, HelpdeskError
from guidance.integrations import integrations
from guidance.integrations.zendesk.access import may_open
from guidance.integrations.zendesk.records import TicketRecord, UserRecord
from guidance.integrations.zendesk.schedule import HolidayRecord, Interval, ScheduleRecord, hours_from
from guidance.model import Audience, Channel, TicketChanged, TicketMerged
from guidance.ports import TaskRequest
from tests.contracts.scripted import ZendeskScripted

TASK = TaskRequest(
    follow_up_id="f3-9c2b1f04a7d8e650",
    account="zendesk:acme",
    ticket_id="4821",
    subject="Follow up with Rana Haddad",
    body="Promised: a call",
    due_at=datetime(2026, 3, 6, 15, 0, tzinfo=UTC),
    assignee_id="12",
)


@pytest.fixture
def zendesk(mock):
    return ZendeskScripted(mock)


def comments(zendesk):
    return zendesk.client.fetch_conversation("4821").conversation.comments


def in_pages(zendesk, count):
    """The comments in pages of a hundred, each naming the next by an address of another host."""
    listed = [{**zendesk.comment(1, 900, f"Message {n}"), "id": n, "created_at": f"2026-01-01T{n // 60:02}:{n % 60:02}:00Z"}
              for n in range(count, 0, -1)]  # fmt: skip
    asked = []

    def page(request):
        asked.append(request.url)
        start = int(request.params.get("page[after]", 0))
        more = start + 100 < count
        following = f"https://evil.example/api/v2/tickets/4821/comments.json?page%5Bafter%5D={start + 100}"
        return {"comments": listed[start : start + 100], "users": [zendesk.users[900]], "meta": {"has_more": more},
                "links": {"next": following if more else None}}  # fmt: skip

    zendesk.on("GET", "tickets/4821/comments", page)
    return asked


def test_all_pages_of_comments_are_read_from_the_accounts_own_address(zendesk):
    asked = in_pages(zendesk, 250)
    assert [one.id for one in comments(zendesk)] == [str(n) for n in range(1, 251)]
    assert len(asked) == 3
    assert all(url.startswith("https://acme.example/api/v2/tickets/4821/comments") for url in asked)


def test_of_a_long_ticket_the_newest_five_hundred_comments_are_read(zendesk):
    asked = in_pages(zendesk, 730)
    assert [one.id for one in comments(zendesk)] == [str(n) for n in range(231, 731)]
    assert len(asked) == 5


def test_nulls_and_a_comment_of_another_shape_hold_up_nothing_beside_them(zendesk):
    zendesk.comments = [zendesk.comment(1, 900, "Hello?") | {"attachments": None}, {"id": 2}]
    answer = {"comments": zendesk.comments, "users": None, "links": None}
    zendesk.on("GET", "tickets/4821/comments", answer)
    zendesk.on("GET", "users/show_many", {"users": [zendesk.users[900]]})
    assert [one.text for one in comments(zendesk)] == ["Hello?"]


def test_a_next_page_outside_the_api_is_refused(zendesk):
    page = {"comments": [zendesk.comment(1, 900, "Hello?")], "links": {"next": "https://acme.example/logout"}}
    zendesk.on("GET", "tickets/4821/comments", page)
    with pytest.raises(HelpdeskError, match="outside its API"):
        comments(zendesk)


def test_plain_text_comes_first_then_html(zendesk):
    plain, rich = zendesk.comment(1, 900, "Hi&nbsp;there"), zendesk.comment(2, 900, "x")
    zendesk.comments = [plain, {**rich, "plain_body": None, "body": "", "html_body": "<p>One</p><p>Two</p>"}]
    assert [(one.text, one.from_html) for one in comments(zendesk)] == [("Hi there", False), ("One\n\nTwo", True)]


def test_attachments_are_told_by_name(zendesk):
    zendesk.comments[0]["attachments"] = [{"file_name": "invoice.pdf", "content_type": "application/pdf"}]
    assert comments(zendesk)[0].attachments == ("invoice.pdf",)


def test_an_agent_who_is_the_requester_speaks_as_the_requester(zendesk):
    zendesk.ticket |= {"requester_id": 12}
    assert [one.author for one in comments(zendesk)] == ["other", "requester", "agent", "other"]


@pytest.mark.parametrize(
    ("via", "channel", "audience"),
    [
        ({"channel": "native_messaging"}, Channel.CHAT, Audience.REQUESTER),
        ({"channel": "twitter", "source": {"rel": "mention"}}, Channel.SOCIAL, Audience.WORLD),
        ({"channel": "twitter", "source": {"rel": "direct_message"}}, Channel.SOCIAL, Audience.REQUESTER),
        ({"channel": "facebook", "source": {"rel": "post"}}, Channel.SOCIAL, Audience.WORLD),
        ({"channel": "voice"}, Channel.PHONE, Audience.REQUESTER),
        ({"channel": "carrier_pigeon"}, Channel.OTHER, Audience.REQUESTER),
        (None, Channel.OTHER, Audience.REQUESTER),
    ],
)
def test_channel_and_audience_come_from_via(zendesk, via, channel, audience):
    zendesk.ticket |= {"via": via}
    ticket = zendesk.client.fetch_conversation("4821").conversation.ticket
    assert (ticket.channel, ticket.audience) == (channel, audience)


@pytest.mark.parametrize("path", ["business_hours/schedules", "business_hours/schedules/8/holidays"])
@pytest.mark.parametrize(
    "answer", [(500, {}, "{}"), (200, {}, '{"schedules": 5, "holidays": [{"start_date": "soon"}]}')]
)
def test_a_schedule_that_can_not_be_read_holds_up_no_ticket(zendesk, path, answer):
    zendesk.on("GET", path, lambda _: answer)
    for _ in range(2):
        assert zendesk.client.fetch_conversation("4821").hours is None
    assert sum(url.partition("?")[0].endswith(path) for url in zendesk.urls) == 1


def test_names_that_are_not_for_our_eyes_are_left_out(zendesk):
    zendesk.suffer("GET", "groups/5", (403, {}, "{}"))
    zendesk.suffer("GET", "brands/3", (404, {}, "{}"))
    zendesk.suffer("GET", "business_hours/schedules", (403, {}, "{}"))
    for _ in range(2):
        snapshot = zendesk.client.fetch_conversation("4821")
        assert (snapshot.conversation.ticket.group, snapshot.conversation.ticket.brand, snapshot.hours) == (
            None,
            None,
            None,
        )
    assert sum("groups/5" in url for url in zendesk.urls) == 1


def test_names_and_hours_are_asked_for_once(zendesk):
    for _ in range(3):
        zendesk.client.fetch_conversation("4821")
    for path in ("groups/5", "brands/3", "organizations/60", "schedules/8/holidays"):
        assert sum(path in url for url in zendesk.urls) == 1


def test_a_task_carries_its_key_its_mark_and_its_tag(zendesk):
    made = zendesk.client.create_task(TASK)
    (written,) = zendesk.written
    assert written["key"] == TASK.follow_up_id
    assert written["asked"] == {
        "subject": "Follow up with Rana Haddad",
        "type": "task",
        "due_at": "2026-03-06T15:00:00Z",
        "comment": {"body": "Promised: a call\n\nhttps://acme.example/agent/tickets/4821", "public": False},
        "requester_id": 12,
        "assignee_id": 12,
        "tags": ["guidance_followup"],
        "external_id": "guidance:zendesk:acme:4821:f3-9c2b1f04a7d8e650",
    }
    assert (made.task_id, made.url) == ("5100", "https://acme.example/agent/tickets/5100")


def test_a_repeat_within_the_keys_life_makes_no_second_task(zendesk):
    assert zendesk.client.create_task(TASK) == zendesk.client.create_task(TASK)
    assert len(zendesk.written) == 1


def test_a_key_that_was_used_for_another_body_means_look_it_up(zendesk):
    zendesk.suffer("POST", "tickets", (400, {}, '{"error": "IdempotentRequestError", "description": "x"}'))
    with pytest.raises(HelpdeskError) as caught:
        zendesk.client.create_task(TASK)
    assert (caught.value.unclear, caught.value.permanent) == (True, False)


def test_the_key_goes_with_the_write_only(zendesk):
    zendesk.client.create_task(TASK)
    zendesk.client.fetch_conversation("4821")
    with_key = [call.request.method for call in zendesk.mock.calls if "Idempotency-Key" in call.request.headers]
    assert with_key == ["POST"]


def test_of_tasks_of_one_follow_up_the_oldest_living_is_found(zendesk):
    for follow_up, status in (
        ("f3-9c2b1f04a7d8e650", "deleted"),
        ("f3-other", "open"),
        ("f3-9c2b1f04a7d8e650", "solved"),
    ):
        zendesk.client.create_task(replace(TASK, follow_up_id=follow_up))
        zendesk.written[-1]["ticket"]["status"] = status
        zendesk.written[-1]["key"] = None
    assert zendesk.client.find_task(TASK).task_id == "5102"


def test_a_refusal_names_zendesks_code_and_fields_and_nothing_else(zendesk):
    body = {
        "error": "RecordInvalid",
        "description": "secret words",
        "details": {"requester": [{"description": "secret words"}]},
    }
    zendesk.suffer("POST", "tickets", (422, {}, json.dumps(body)))
    with pytest.raises(HelpdeskError, match=r"422 to POST /api/v2/tickets.json \(RecordInvalid, requester\)") as caught:
        zendesk.client.create_task(TASK)
    assert "secret words" not in str(caught.value)


def test_a_refusal_whose_words_are_nested_without_end_is_still_that_refusal(zendesk):
    zendesk.suffer("POST", "tickets", (422, {}, "[" * 5000 + "]" * 5000))
    with pytest.raises(HelpdeskError, match=r"Zendesk answered 422 to POST /api/v2/tickets.json:"):
        zendesk.client.create_task(TASK)


def test_nothing_that_is_sent_or_answered_is_logged(zendesk, caplog):
    with caplog.at_level(logging.DEBUG):
        zendesk.client.create_task(TASK)
        zendesk.client.fetch_conversation("4821")
    logged = caplog.text
    assert "Promised" not in logged
    assert "parcel" not in logged
    assert "T0KEN" not in logged


class Granting:
    """Zendesk's token endpoint, and an API that takes the newest token only."""

    def __init__(self, mock):
        account = replace(ZendeskScripted.account, secrets={"client_secret": "C5"}, config={"client_id": "guidance"})
        self.zendesk = type("Renewing", (ZendeskScripted,), {"account": account})(mock)
        self.granted = []
        mock.add_callback("POST", "https://acme.example/oauth/tokens", self.grant)
        self.client = self.zendesk.client

    def grant(self, request):
        self.asked = json.loads(request.body)
        self.granted.append(f"token-{len(self.granted) + 1}")
        return (200, {}, json.dumps({"access_token": self.granted[-1], "token_type": "bearer", "expires_in": 1800}))

    def used(self):
        return [
            call.request.headers["Authorization"] for call in self.zendesk.mock.calls if "/api/v2/" in call.request.url
        ]


REFUSED = (401, {}, '{"error": "invalid_token"}')


def test_a_token_is_fetched_with_the_clients_secret_and_used_again(mock):
    granting = Granting(mock)
    granting.client.agent("12")
    granting.client.agent("12")
    assert granting.granted == ["token-1"]
    assert granting.used() == ["Bearer token-1"] * 2
    assert granting.asked == {
        "grant_type": "client_credentials",
        "client_id": "guidance",
        "client_secret": "C5",
        "scope": "read tickets:write",
    }


def test_a_token_that_has_run_out_is_renewed_once_and_the_call_made_again(mock):
    granting = Granting(mock)
    granting.zendesk.suffer("POST", "tickets", REFUSED)
    granting.client.create_task(TASK)
    assert granting.used() == ["Bearer token-1", "Bearer token-2"]
    assert len(granting.zendesk.written) == 1


def test_a_new_token_that_is_refused_too_is_the_end_of_it(mock):
    granting = Granting(mock)
    granting.zendesk.suffer("GET", r"users/12", REFUSED, REFUSED)
    with pytest.raises(HelpdeskError) as caught:
        granting.client.agent("12")
    assert (caught.value.status, caught.value.permanent) == (401, True)
    assert granting.granted == ["token-1", "token-2"]


def test_of_many_threads_whose_token_ran_out_one_renews_it(mock):
    granting = Granting(mock)
    granting.client.agent("12")
    everybody = Barrier(4)

    def renew():
        everybody.wait(5)
        granting.client._tokens.renew("token-1")

    threads = [Thread(target=renew) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert granting.granted == ["token-1", "token-2"]


def test_a_fixed_token_that_is_refused_is_not_tried_again(zendesk):
    zendesk.suffer("GET", "users/12", REFUSED)
    with pytest.raises(HelpdeskError, match="connect the account again"):
        zendesk.client.agent("12")
    assert len(zendesk.urls) == 1


@pytest.mark.parametrize("answer", [(200, {}, "{}"), (200, {}, "<html>"), (401, {}, '{"error": "invalid_client"}')])
def test_a_token_endpoint_that_gives_none_is_an_error_of_the_helpdesk(mock, answer):
    granting = Granting(mock)
    mock.replace("POST", "https://acme.example/oauth/tokens", status=answer[0], body=answer[2])
    with pytest.raises(HelpdeskError):
        granting.client.agent("12")


def test_an_account_without_any_token_says_so(mock):
    account = replace(ZendeskScripted.account, secrets={})
    with pytest.raises(HelpdeskError, match="zendesk:acme has no token") as caught:
        integrations()["zendesk"].connect(account).agent("12")
    assert caught.value.permanent


TICKET = TicketRecord(id=1, updated_at="", group_id=5, organization_id=60, assignee_id=7, requester_id=900)


def opens(*, role="agent", access=None, groups=(), organizations=(), ticket=TICKET, **user):
    return may_open(
        UserRecord(id=12, role=role, **user),
        ticket,
        role_access=lambda _: access,
        groups_of=lambda _: groups,
        organizations_of=lambda _: organizations,
    )


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ({}, True),
        ({"role": "admin", "ticket_restriction": "assigned"}, True),
        ({"role": "end-user"}, False),
        ({"role": None}, False),
        ({"active": False}, False),
        ({"suspended": True}, False),
        ({"ticket_restriction": "groups", "groups": {"5", "6"}}, True),
        ({"ticket_restriction": "groups", "groups": {"6"}}, False),
        ({"ticket_restriction": "organization", "organizations": {"60"}}, True),
        ({"ticket_restriction": "organization", "organizations": {"61"}}, False),
        ({"ticket_restriction": "assigned"}, False),
        ({"ticket_restriction": "requested"}, False),
        ({"ticket_restriction": "something new"}, False),
        ({"custom_role_id": 3, "access": "all"}, True),
        ({"custom_role_id": 3, "access": "within-groups", "groups": {"5"}}, True),
        ({"custom_role_id": 3, "access": "within-groups", "groups": set()}, False),
        ({"custom_role_id": 3, "access": "within-organization", "organizations": {"60"}}, True),
        ({"custom_role_id": 3, "access": "assigned-only"}, False),
        ({"custom_role_id": 3, "access": None}, False),
        ({"custom_role_id": 3, "access": "something new"}, False),
        ({"custom_role_id": 3, "access": "all", "ticket_restriction": "assigned"}, False),
    ],
)
def test_an_agents_restriction_decides(who, allowed):
    assert opens(**who) is allowed


def test_the_assignee_may_open_a_ticket_whatever_the_restriction():
    assert opens(ticket=replace(TICKET, assignee_id="12"), ticket_restriction="assigned")


def test_a_ticket_without_a_group_is_nobodys_groups():
    assert not opens(ticket=replace(TICKET, group_id=None), ticket_restriction="groups", groups={"5"})


@pytest.mark.parametrize("gone", [{"suspended": True}, {"active": False}])
def test_whoever_was_suspended_is_an_agent_no_more(zendesk, gone):
    assert zendesk.client.agent("12").name
    zendesk.users[12] |= gone
    assert zendesk.client.agent("12") is None


def test_groups_organizations_and_roles_are_read_from_zendesk(zendesk):
    zendesk.ticket |= {"assignee_id": 7}
    zendesk.users[12] |= {"ticket_restriction": "groups"}
    zendesk.on("GET", "users/12/group_memberships", {"group_memberships": [{"id": 1, "user_id": 12, "group_id": 5}]})
    assert zendesk.client.may_open("12", "4821")
    zendesk.users[12] |= {"ticket_restriction": "organization"}
    zendesk.on(
        "GET", "users/12/organization_memberships", {"organization_memberships": [{"id": 1, "organization_id": 61}]}
    )
    assert not zendesk.client.may_open("12", "4821")
    zendesk.users[12] |= {"ticket_restriction": None, "custom_role_id": 3}
    zendesk.on("GET", "custom_roles/3", {"custom_role": {"id": 3, "configuration": {"ticket_access": "assigned-only"}}})
    assert not zendesk.client.may_open("12", "4821")


def test_a_schedule_counts_minutes_from_sunday_midnight():
    schedule = ScheduleRecord(
        time_zone="Berlin",
        intervals=[
            Interval(start_time=1980, end_time=2160),
            Interval(start_time=2220, end_time=2460),
            Interval(start_time=8640, end_time=10080),
        ],
    )
    holiday = HolidayRecord(start_date=datetime(2026, 12, 25).date(), end_date=datetime(2026, 12, 26).date())
    hours = hours_from(schedule, [holiday])
    assert hours.weekly == {"mon": (("09:00", "12:00"), ("13:00", "17:00")), "sat": (("00:00", "24:00"),)}
    assert (hours.time_zone, hours.holidays) == ("Berlin", ("2026-12-25", "2026-12-26"))


def test_a_page_with_nothing_in_it_is_the_last_whatever_it_links_to(zendesk):
    page = {"comments": [], "users": [], "links": {"next": "https://acme.example/api/v2/tickets/4821/comments?page=2"}}
    zendesk.on("GET", "tickets/4821/comments", page)
    assert zendesk.client.fetch_conversation("4821").conversation.comments == ()
    assert sum("/comments" in url for url in zendesk.urls) == 1


def test_a_page_that_says_that_it_is_the_last_is_the_last_though_it_links_on(zendesk):
    on = {"meta": {"has_more": False}, "links": {"next": "https://acme.example/api/v2/more?page%5Bafter%5D=x"}}
    zendesk.on("GET", "tickets/4821/comments", {"comments": zendesk.comments, "users": [*zendesk.users.values()], **on})
    assert len(comments(zendesk)) == 4
    zendesk.on(
        "GET", "satisfaction_ratings", {"satisfaction_ratings": [{"id": 1, "ticket_id": 5, "score": "good"}], **on}
    )
    told = zendesk.client.ratings(since=SINCE)
    assert (told.more, told.cursor) == (False, "")


def test_pages_are_walked_up_to_the_last_and_asked_for_once_each(zendesk):
    def answered(request):
        number = int(request.params.get("page", 1))
        following = f"https://acme.example/api/v2/macros/active?page={number + 1}" if number < 3 else None
        macro = {"actions": [{"field": "comment_value", "value": f"Text {number}"}]}
        return {"macros": [macro], "links": {"next": following}}

    zendesk.on("GET", "macros/active", answered)
    assert zendesk.client.approved_texts() == ["Text 1", "Text 2", "Text 3"]
    assert len(zendesk.urls) == 3


MERGED = ("5001", "5002", "5003")
SINCE = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)


class Merges:
    """An export page of tickets that were merged into 4821, and how often each one's comments were asked for."""

    def __init__(self, zendesk, calls):
        self.asked, self.calls = Counter(), calls
        listed = [
            {"id": int(one), "status": "closed", "tags": ["closed_by_merge"], "updated_at": "2026-03-04T15:00:00Z"}
            for one in MERGED
        ]
        page = {"tickets": listed, "after_cursor": "c1", "end_of_stream": True}
        zendesk.on("GET", "incremental/tickets/cursor", page)
        for one in MERGED:
            zendesk.answers = {("GET", f"tickets/{one}/comments"): partial(self.comments, one)} | zendesk.answers
        named = " ".join(f"#{one}" for one in MERGED)
        zendesk.answers["GET", "tickets/4821/comments"] = {"comments": [zendesk.comment(9, 12, f"Merged: {named}.")]}
        self.comment = zendesk.comment(8, 12, "This was merged into #4821.")

    def comments(self, ticket_id, _request):
        if self.asked.total() == self.calls:
            raise HeldBackError("used up for the moment", retry_after=1)
        self.asked[ticket_id] += 1
        return {"comments": [self.comment]}


def test_a_page_of_merges_that_was_cut_short_asks_no_ticket_twice(zendesk):
    merges = Merges(zendesk, calls=2)
    with pytest.raises(HeldBackError):
        zendesk.client.changes(since=SINCE)
    merges.calls = None
    told = zendesk.client.changes(since=SINCE).events
    assert sorted(one.key.ticket_id for one in told if isinstance(one, TicketMerged)) == list(MERGED)
    assert merges.asked == Counter(MERGED)


def test_a_merged_ticket_whose_comments_are_gone_holds_up_no_page(zendesk):
    Merges(zendesk, calls=None)
    zendesk.answers["GET", "tickets/5002/comments"] = None
    told = zendesk.client.changes(since=SINCE).events
    assert sorted(one.key.ticket_id for one in told if isinstance(one, TicketMerged)) == ["5001", "5003"]
    assert sorted(one.key.ticket_id for one in told if isinstance(one, TicketChanged)) == list(MERGED)


def export(zendesk, *tickets):
    zendesk.on("GET", "incremental/tickets/cursor", {"tickets": tickets, "after_cursor": "c1", "end_of_stream": True})
    return zendesk.client.changes(since=SINCE)


def test_one_ticket_of_another_shape_is_fetched_like_the_others_and_holds_up_none(zendesk):
    plain = {"id": 1, "updated_at": "2026-03-04T15:00:00Z", "status": "open"}
    odd = {**plain, "id": 2, "tags": 7, "subject": ["Where is my parcel?"]}
    timeless, nameless = {**plain, "id": 3, "updated_at": 12}, {"updated_at": plain["updated_at"]}
    with capture_logs() as logs:
        page = export(zendesk, plain, odd, timeless, nameless)
    assert [(one.key.ticket_id, one.needs_fetch) for one in page.events] == [("1", True), ("2", True), ("3", True)]
    assert page.cursor == "c1"
    assert [(one["count"], one["lost"]) for one in logs] == [(3, 1)]
    assert "parcel" not in str(logs)


def test_a_page_of_which_nothing_can_be_read_keeps_its_place(zendesk):
    with pytest.raises(HelpdeskError, match="another shape"):
        export(zendesk, {"key": 1})


def test_a_merged_ticket_whose_comments_have_another_shape_holds_up_no_page(zendesk):
    Merges(zendesk, calls=None)
    zendesk.answers["GET", "tickets/5002/comments"] = {"comments": [{"id": 1}]}
    told = zendesk.client.changes(since=SINCE).events
    assert sorted(one.key.ticket_id for one in told if isinstance(one, TicketMerged)) == ["5001", "5003"]


def test_one_odd_answer_to_a_survey_holds_up_none_of_the_others(zendesk):
    good = {"id": 1, "ticket_id": 5, "score": "good", "updated_at": "2026-03-04T15:00:00Z"}
    zendesk.on("GET", "satisfaction_ratings", {"satisfaction_ratings": [{**good, "score": {"x": 1}}, good, None]})
    assert [one.key.ticket_id for one in zendesk.client.ratings(since=SINCE).events] == ["5"]


def agent(number, **told):
    return {"id": number, "name": f"Agent {number}", "role": "agent", "active": True, **told}


def test_one_odd_agent_is_left_out_of_the_roster_and_counted_and_the_others_stay(zendesk):
    odd = agent(2, ticket_restriction={"only": "groups"})
    zendesk.on("GET", "users", {"users": [agent(1), odd, "nobody", agent(3)]})
    zendesk.on("GET", "groups", {"groups": [{"id": 5, "name": "Billing"}, {"id": 6, "name": ["Sales"]}]})
    memberships = [{"user_id": 1, "group_id": 5}, {"user_id": {}, "group_id": 5}, {"user_id": 3, "group_id": 6}]
    zendesk.on("GET", "group_memberships", {"group_memberships": memberships})
    with capture_logs() as logs:
        found = zendesk.client.colleagues()
    assert [(one.id, one.groups) for one in found] == [("1", ("Billing",)), ("3", ())]
    assert [(one["path"], one["lost"]) for one in logs] == [("ticket_restriction", 2), ("name", 1), ("user_id", 1)]


def test_one_odd_member_of_a_group_hides_none_of_the_others(zendesk):
    zendesk.on("GET", "groups", {"groups": [{"id": 5, "name": "Billing"}], "count": 1})
    zendesk.on("GET", "groups/5/users", {"users": [agent(1, suspended="perhaps"), agent(2)]})
    assert [one.id for one in zendesk.client.members("Billing")] == ["2"]
