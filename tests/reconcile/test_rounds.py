"""Rounds of asking: where they begin and go on, what is left alone, and what happens when the helpdesk is out of reach."""

from datetime import UTC, datetime, timedelta

import pytest

from guidance.errors import HelpdeskError
from guidance.model import TicketChanged, TicketDeleted, TicketKey
from guidance.ports import Changes
from guidance.reconcile import Reconciler
from tests.edges import ACME

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
KEY = TicketKey(ACME.id, "4821")
CHANGED = TicketChanged(key=KEY, event_id="export:4821", at=NOW, needs_fetch=True)
GONE = TicketDeleted(key=KEY, event_id="export:4821:deleted", at=NOW)


class Scripted:
    """A helpdesk that gives these pages, one a call."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.asked = []

    def changes(self, *, since, cursor=None):
        self.asked.append((since, cursor))
        page = self.pages.pop(0)
        if isinstance(page, Exception):
            raise page
        return page


@pytest.fixture
def taken():
    return []


@pytest.fixture
def rounds(store, taken):
    store.put_account(ACME)

    def made(*pages):
        helpdesk = Scripted(*pages)
        asking = Reconciler(store, lambda _: helpdesk, lambda key, events: taken.extend(events), lambda: NOW)
        return helpdesk, asking

    return made


def test_the_first_round_looks_back_a_little_and_the_next_goes_on_where_it_ended(rounds, taken):
    helpdesk, asking = rounds(Changes(events=(CHANGED,), cursor="c1"), Changes(events=(), cursor="c2"))
    assert [asking.run(ACME).changes for _ in range(2)] == [1, 0]
    assert taken == [CHANGED]
    assert [cursor for _, cursor in helpdesk.asked] == [None, "c1"]
    assert helpdesk.asked[0][0] == NOW - timedelta(minutes=15)


def test_a_round_reads_on_while_there_is_more(rounds):
    helpdesk, asking = rounds(
        Changes(events=(CHANGED,), cursor="c1", more=True), Changes(events=(CHANGED,), cursor="c2")
    )
    assert asking.run(ACME).changes == 2
    assert len(helpdesk.asked) == 2


def test_a_round_that_is_cut_short_goes_on_after_the_last_page_that_was_taken_in(rounds):
    helpdesk, asking = rounds(
        Changes(events=(CHANGED,), cursor="c1", more=True), HelpdeskError("broke off"), Changes(events=(), cursor="c2")
    )
    assert asking.run(ACME).trouble == "broke off"
    assert asking.run(ACME).trouble is None
    assert helpdesk.asked[-1][1] == "c1"


def test_a_place_that_the_helpdesk_takes_no_more_is_given_up_and_the_next_round_looks_back(rounds):
    refused = HelpdeskError("no such cursor", permanent=True, status=422)
    helpdesk, asking = rounds(Changes(events=(), cursor="c1"), refused, Changes(events=(CHANGED,), cursor="c2"))
    assert [asking.run(ACME).changes for _ in range(3)] == [0, 0, 1]
    assert [cursor for _, cursor in helpdesk.asked] == [None, "c1", None]


def test_what_is_gone_and_was_never_here_is_left_alone(rounds, taken):
    _, asking = rounds(Changes(events=(GONE,), cursor="c1"))
    assert asking.run(ACME).changes == 0
    assert taken == []


def test_two_workers_share_the_rounds(rounds):
    _, asking = rounds(Changes(events=(), cursor="c1"))
    assert [len(asking.run_due()) for _ in range(2)] == [1, 0]
