"""A ticket's own business hours, as the helpdesk told them with it: the sidebar goes by them, and keeps them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.model import Conversation, Fetched, Hours, Person, Status, Ticket
from guidance.rules import shipped_rulebook
from tests import cast
from tests.cast import KEY
from tests.sidebar.panel import account

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
PACIFIC = Hours(
    time_zone="America/Los_Angeles", weekly=dict.fromkeys(WORKDAYS, (("08:00", "15:30"),)), holidays=("2026-03-06",)
)
ADVICE = "/api/v1/tickets/zendesk:acme/4821/advice"
DRAFT = "/api/v1/tickets/zendesk:acme/4821/draft"
WITHIN = "Hi Rana, I'll get back to you within two business days."
MORNING = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
"""Ten o'clock on a Wednesday in Los Angeles; the Friday after is a holiday there."""
MONDAY = datetime(2026, 3, 9, 15, 30, tzinfo=UTC) + timedelta(hours=7)


class Desk:
    """Rana's ticket as the helpdesk told it, hours and all, and Amir at it."""

    def __init__(self, panel, store):
        self.panel, self.store = panel, store
        panel.clock.now = MORNING
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, panel.clock)
        self.session = panel.session()

    def fetched(self, *comments):
        conversation = Conversation(
            key=KEY,
            ticket=Ticket(id="4821", status=Status.OPEN),
            requester=Person(id="900", name="Rana Haddad"),
            assignee=Person(id="12", name="Amir Khan"),
            comments=comments,
        )
        now = self.panel.clock.now
        self.advancing.take(KEY, [Fetched(key=KEY, event_id="f1", at=now, conversation=conversation, hours=PACIFIC)])
        return self

    def says(self, text):
        self.panel.clock.forward(minutes=2)
        at = self.panel.clock.now
        said = cast.amir_says(text, 2)
        self.advancing.take(KEY, [replace(said, at=at, comment=replace(said.comment, at=at))])
        return self

    def call(self, method, path, body=None):
        return self.panel.call(method, path, body, session=self.session).json()

    def drafts(self, text):
        return self.call("POST", DRAFT, {"text": text, "settled": True, "seq": 1, "slot": ""})

    @property
    def promise(self):
        return self.store.load(KEY).follow_ups[0]


def asked():
    return replace(cast.rana_says("I am upset, this is the third time I write. Where is it?").comment, at=MORNING)


@pytest.fixture
def desk(panel, store):
    return Desk(panel, store)


def test_opening_a_ticket_or_writing_on_it_leaves_its_own_hours_as_they_are(desk):
    desk.fetched(asked())
    desk.call("GET", ADVICE)
    desk.drafts(WITHIN)
    assert desk.store.load(KEY).told_hours == PACIFIC
    assert desk.says(WITHIN).promise.due_at == MONDAY


def test_a_promise_is_dated_in_the_draft_as_it_is_once_it_is_sent(desk):
    told = desk.fetched(asked()).drafts(WITHIN)
    assert [datetime.fromisoformat(one["due_at"]) for one in told["promises"]] == [MONDAY]


def test_an_account_that_insists_on_its_own_hours_has_them_in_the_draft_too(desk):
    desk.store.put_account(account(own_hours=True, hours={"time_zone": "America/Los_Angeles"}))
    told = desk.fetched(asked()).drafts(WITHIN)
    friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC) + timedelta(hours=8)
    assert [datetime.fromisoformat(one["due_at"]) for one in told["promises"]] == [friday]


def test_a_day_that_an_agent_picks_closes_by_the_tickets_own_hours(desk):
    desk.fetched(asked()).says("Hi Rana, I'll get back to you.")
    picked = desk.call("PATCH", f"/api/v1/follow-ups/{desk.promise.id}?ticket=4821", {"due_on": "2026-03-04"})
    assert picked["follow_up"]["due_at"] == "2026-03-04T15:30:00-08:00"


def test_hours_that_an_account_sets_anew_hold_on_the_tickets_that_were_open_before(desk):
    east = {"time_zone": "America/New_York", "weekly": {"wed": [["09:00", "17:00"]]}}
    desk.store.put_account(account(hours=east))
    desk.says("Hello Rana.")
    desk.call("GET", ADVICE)
    desk.store.put_account(account(hours=east | {"time_zone": "America/Los_Angeles"}))
    fresh = Advancing(desk.store, AccountBook(desk.store), shipped_rulebook, desk.panel.clock)
    assert fresh.opened(KEY, MORNING).settings.hours.time_zone == "America/Los_Angeles"


def test_an_account_that_insists_on_its_own_hours_has_them_while_a_ticket_is_brought_too(desk):
    desk.store.put_account(account(own_hours=True, hours={"time_zone": "America/Los_Angeles"}))
    said = replace(cast.amir_says(WITHIN).comment, at=MORNING)
    assert desk.fetched(said).promise.due_at == datetime(2026, 3, 7, 1, 0, tzinfo=UTC)
