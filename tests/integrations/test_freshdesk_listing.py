"""What changed, by Freshdesk's lists: long gaps, full seconds, and what was thrown away meanwhile."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from guidance.errors import HelpdeskError
from guidance.integrations.freshdesk.client import FreshdeskClient
from guidance.integrations.freshdesk.words import tags_of_task
from guidance.model import TaskChanged, TicketChanged, TicketDeleted
from tests.contracts.scripted import FreshdeskScripted

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
SINCE = NOW - timedelta(days=9)
PAGE = 100


class Lists:
    """Freshdesk's lists of tickets, alive and thrown away, oldest change first, a hundred a page."""

    def __init__(self):
        self.alive, self.gone, self.spam, self.calls, self.since = [], [], [], 0, None

    def __call__(self, request):
        self.calls += 1
        self.since = request.params.get("updated_since")
        held = {"deleted": self.gone, "spam": self.spam}.get(request.params.get("filter"), self.alive)
        listed = sorted(
            (one for one in held if one["updated_at"] >= request.params.get("updated_since", "")),
            key=lambda one: one["updated_at"],
        )
        first = (int(request.params["page"]) - 1) * PAGE
        has_more = len(listed) > first + PAGE
        link = {"Link": '<https://acme.example/api/v2/tickets?page=2>; rel="next"'} if has_more else {}
        return (200, link, json.dumps(listed[first : first + PAGE]))


@pytest.fixture
def lists():
    return Lists()


@pytest.fixture
def client(mock, lists):
    freshdesk = FreshdeskScripted(mock)
    freshdesk.on("GET", "tickets", lists)
    return FreshdeskClient(freshdesk.account, clock=lambda: NOW)


def ticket(number, at):
    return {"id": number, "updated_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "tags": []}


def told(client, cursor=None, most=30):
    """All that is told page by page, and the cursor after it."""
    events = []
    for _ in range(most):
        page = client.changes(since=SINCE, cursor=cursor)
        events, cursor = [*events, *page.events], page.cursor
        if not page.more:
            return events, cursor
    raise AssertionError("it never came to its end")


def ids(events, kind):
    return sorted(int(one.key.ticket_id) for one in events if isinstance(one, kind))


def test_what_was_thrown_away_early_in_a_gap_of_many_pages_is_told(client, lists):
    lists.alive = [ticket(number, SINCE + timedelta(minutes=number)) for number in range(1, 251)]
    lists.gone = [ticket(7001, SINCE + timedelta(seconds=5))]
    assert ids(told(client)[0], TicketDeleted) == [7001]


def test_more_than_a_page_that_was_thrown_away_is_told_whole(client, lists):
    lists.gone = [ticket(7000 + number, SINCE + timedelta(minutes=number)) for number in range(1, 251)]
    assert ids(told(client)[0], TicketDeleted) == list(range(7001, 7251))


def test_tickets_changed_all_in_one_second_fill_more_than_a_page_and_none_is_left_out(client, lists):
    at = SINCE + timedelta(hours=1)
    lists.alive = [*(ticket(number, at) for number in range(1, 251)), ticket(300, at + timedelta(hours=1))]
    events, cursor = told(client)
    assert ids(events, TicketChanged) == [*range(1, 251), 300]
    lists.alive.append(ticket(301, at + timedelta(hours=2)))
    assert ids(told(client, cursor)[0], TicketChanged) == [301]


def test_what_was_marked_as_spam_is_gone_like_what_was_thrown_away(client, lists):
    lists.gone = [ticket(7001, SINCE + timedelta(seconds=5))]
    lists.spam = [ticket(7100 + number, SINCE + timedelta(minutes=number)) for number in range(1, 251)]
    assert ids(told(client)[0], TicketDeleted) == [7001, *range(7101, 7351)]


def test_a_ticket_that_says_that_it_is_no_spam_is_not_gone_whatever_list_it_stands_in(client, lists):
    lists.spam = [ticket(7001, SINCE + timedelta(seconds=5)) | {"spam": False}]
    assert told(client)[0] == []


def test_a_due_time_that_freshdesk_worked_out_for_a_task_is_not_the_promises(client, lists):
    due = {"due_by": "2026-03-09T15:26:00Z", "tags": tags_of_task("4821", "f15-9c2b1f04a7d8e650")}
    lists.alive = [ticket(5100, SINCE + timedelta(minutes=1)) | due]
    (event,) = told(client)[0]
    assert isinstance(event, TaskChanged)
    assert event.due_at is None


def test_a_quiet_account_is_asked_three_calls(client, lists):
    lists.alive = [ticket(1, SINCE + timedelta(hours=1))]
    _, cursor = told(client)
    lists.calls = 0
    assert told(client, cursor)[0] == []
    assert lists.calls == 3


def test_a_place_that_was_kept_before_goes_on(client, lists):
    at = SINCE + timedelta(hours=1)
    lists.alive = [ticket(1, at), ticket(2, at)]
    assert ids(told(client, f"{at:%Y-%m-%dT%H:%M:%SZ}|1")[0], TicketChanged) == [2]


def test_where_deletions_are_told_of_no_more_the_log_says_so(client, lists, capsys):
    cursor = f"{NOW - timedelta(days=45):%Y-%m-%dT%H:%M:%SZ}"
    told(client, cursor)
    assert "deletions.out_of_reach" in capsys.readouterr().out


def test_an_account_on_which_nothing_happens_for_weeks_has_no_gap(client, capsys):
    _, cursor = told(client)
    at, _, deleted_since = cursor.split("|")
    assert at < deleted_since
    told(client, f"{NOW - timedelta(days=45):%Y-%m-%dT%H:%M:%SZ}||{deleted_since}")
    assert "deletions.out_of_reach" not in capsys.readouterr().out


def test_one_ticket_of_another_shape_is_fetched_like_the_others_and_holds_up_none(client, lists):
    odd = {**ticket(2, SINCE + timedelta(minutes=2)), "tags": {"a": 1}, "requester": "Rana"}
    lists.alive = [ticket(1, SINCE + timedelta(minutes=1)), odd, ticket(3, SINCE + timedelta(minutes=3))]
    lists.gone = [{**ticket(7, SINCE + timedelta(minutes=1)), "cc_emails": 5}, ticket(8, SINCE + timedelta(minutes=2))]
    with capture_logs() as logs:
        events, cursor = told(client)
    assert (ids(events, TicketChanged), ids(events, TicketDeleted)) == ([1, 2, 3], [7, 8])
    assert all(one.needs_fetch for one in events if isinstance(one, TicketChanged))
    assert told(client, cursor)[0] == []
    assert [(one["count"], one["path"], one["lost"]) for one in logs] == [(1, "tags", 0), (1, "cc_emails", 0)]
    assert "Rana" not in str(logs)


def test_a_ticket_whose_time_can_not_be_read_is_told_once_and_the_place_goes_on(client, lists, monkeypatch):
    timeless = {**ticket(2, SINCE), "updated_at": "a while ago"}
    lists.alive = [ticket(1, SINCE + timedelta(minutes=1)), timeless]
    events, cursor = told(client)
    assert ids(events, TicketChanged) == [1, 2]
    assert next(one.at for one in events if one.key.ticket_id == "2") == NOW
    assert told(client, cursor)[0] == []


def test_what_has_not_even_an_id_is_left_out_and_counted(client, lists):
    nameless = {"updated_at": (SINCE + timedelta(minutes=1)).isoformat(), "subject": "Where is my parcel?"}
    lists.alive = [nameless, ticket(2, SINCE + timedelta(minutes=2))]
    with capture_logs() as logs:
        assert ids(told(client)[0], TicketChanged) == [2]
    assert [(one["count"], one["path"], one["lost"]) for one in logs] == [(1, "id", 1)]


def test_a_page_of_which_nothing_can_be_read_keeps_its_place(client, lists):
    lists.alive = [{"key": 1, "updated_at": "2026-03-04T15:00:00Z"}]
    with pytest.raises(HelpdeskError, match="another shape"):
        client.changes(since=SINCE)


def test_one_odd_ticket_leaves_the_list_for_the_night_whole(client, lists):
    lists.alive = [{**ticket(1, SINCE), "priority": {}}, ticket(2, SINCE)]
    assert sorted(client.recent_tickets(10)) == ["1", "2"]


def test_as_many_recent_tickets_are_listed_as_are_asked_for_a_hundred_a_call(client, lists):
    lists.alive = [ticket(number, SINCE) for number in range(2_150)]
    assert len(client.recent_tickets(2_000)) == 2_000
    assert lists.calls == 20


def test_recent_tickets_are_those_of_ninety_days_where_freshdesk_would_list_those_of_thirty(client, lists):
    client.recent_tickets(10)
    assert lists.since == "2025-12-04T15:15:00Z"
