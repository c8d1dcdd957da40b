"""Rounds of asking: where they begin and go on, what is left alone, and what happens when the helpdesk is out of reach."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from guidance.accounts.listening import listening_since
from guidance.errors import HelpdeskError, StoreUnavailableError
from guidance.integrations.budget import Rank, who_asks
from guidance.model import AnyEvent, TicketChanged, TicketDeleted, TicketKey
from guidance.ports import Changes
from guidance.reconcile import Reconciler, whole_until
from guidance.store import keys
from guidance.store.retention import CASES_LIVE_FOR
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
        self.ranks = []

    def changes(self, *, since, cursor=None):
        self.asked.append((since, cursor))
        self.ranks.append(who_asks().rank)
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

    def made(*pages, now=NOW, take=lambda key, events: taken.extend(events)):
        helpdesk = Scripted(*pages)
        asking = Reconciler(store, lambda _: helpdesk, take, lambda: now)
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


def test_what_is_gone_and_was_never_here_counts_as_no_change(rounds):
    _, asking = rounds(Changes(events=(GONE,), cursor="c1"))
    assert asking.run(ACME).changes == 0


def test_two_workers_share_the_rounds(rounds):
    _, asking = rounds(Changes(events=(), cursor="c1"))
    assert [asking.run_if_due(ACME) is not None for _ in range(2)] == [True, False]


NOTHING = Changes(events=(), cursor="c1")
A_WHILE = timedelta(days=40)


def lose_place(store):
    """As the store does once a place was kept for its time."""
    store.client.delete(keys.value(f"reconciled:{ACME.id}"))


def test_a_place_outlives_an_outage_of_weeks(rounds, store):
    _, asking = rounds(NOTHING)
    asking.run(ACME)
    assert store.client.ttl(keys.value(f"reconciled:{ACME.id}")) > A_WHILE.total_seconds()


def test_where_the_place_is_gone_the_round_looks_back_to_when_all_was_known(rounds, store):
    rounds(NOTHING)[1].run(ACME)
    lose_place(store)
    helpdesk, asking = rounds(NOTHING, now=NOW + A_WHILE)
    asking.run(ACME)
    assert helpdesk.asked == [(NOW - timedelta(minutes=15), None)]


def test_a_place_that_is_refused_after_weeks_loses_nothing_either(rounds):
    rounds(NOTHING)[1].run(ACME)
    refused = HelpdeskError("no such cursor", permanent=True, status=422)
    helpdesk, asking = rounds(refused, NOTHING, now=NOW + A_WHILE)
    assert [asking.run(ACME).trouble for _ in range(2)] == ["no such cursor", None]
    assert helpdesk.asked[-1] == (NOW - timedelta(minutes=15), None)


def test_an_account_is_listened_to_from_its_first_whole_round(rounds, store):
    rounds(Changes(events=(), cursor="c1", more=True), HelpdeskError("broke off"))[1].run(ACME)
    assert listening_since(store, ACME.id) is None
    for later in (timedelta(hours=1), A_WHILE):
        rounds(NOTHING, now=NOW + later)[1].run(ACME)
        assert listening_since(store, ACME.id) == NOW + timedelta(hours=1)


def test_pages_before_the_last_one_do_not_make_all_known(rounds, store):
    rounds(NOTHING)[1].run(ACME)
    lose_place(store)
    later = NOW + A_WHILE
    _, asking = rounds(Changes(events=(CHANGED,), cursor="c1", more=True), HelpdeskError("broke off"), now=later)
    asking.run(ACME)
    assert whole_until(store, ACME.id) == NOW


def test_nobody_looks_back_further_than_tickets_are_kept_and_the_log_says_so(rounds, store, capsys):
    rounds(NOTHING)[1].run(ACME)
    lose_place(store)
    later = NOW + timedelta(days=200)
    helpdesk, asking = rounds(NOTHING, now=later)
    asking.run(ACME)
    assert helpdesk.asked == [(later - CASES_LIVE_FOR, None)]
    assert "reconcile.gap" in capsys.readouterr().out


def test_a_long_look_back_goes_in_pieces_that_leave_calls_to_tickets_that_are_open(rounds):
    pages = [Changes(events=(CHANGED,), cursor=f"c{number}", more=True) for number in range(20)]
    helpdesk, asking = rounds(*pages)
    assert asking.run(ACME).trouble is None
    assert helpdesk.ranks == [Rank.OPEN, Rank.CHANGED, Rank.CHANGED, Rank.CHANGED]
    asking.run(ACME)
    assert helpdesk.asked[4][1] == "c3"


OTHER = TicketChanged(key=TicketKey(ACME.id, "4822"), event_id="export:4822", at=NOW, needs_fetch=True)


def test_one_event_on_which_we_fail_holds_up_no_other_and_waits_in_its_inbox(rounds, store, taken):
    def take(key, events):
        if key == KEY:
            raise ValueError("a fault of ours")
        taken.extend(events)

    _, asking = rounds(Changes(events=(CHANGED, OTHER), cursor="c1"), take=take)
    assert asking.run(ACME).trouble is None
    assert taken == [OTHER]
    assert store.recall(f"reconciled:{ACME.id}") == b"c1"
    (entry,) = store.claim(KEY.shard, "worker", block_ms=0, idle_ms=1000)
    assert (entry.arrival.kind, entry.arrival.ticket_id) == ("event", "4821")
    assert msgspec.json.decode(entry.arrival.body, type=AnyEvent) == CHANGED


def test_where_the_store_is_away_a_page_is_not_taken_in(rounds, store):
    def away(key, events):
        raise StoreUnavailableError("away", retry_after=1)

    _, asking = rounds(Changes(events=(CHANGED,), cursor="c1"), take=away)
    with pytest.raises(StoreUnavailableError):
        asking.run(ACME)
    assert store.recall(f"reconciled:{ACME.id}") is None


def test_a_round_that_takes_long_is_begun_by_no_other_worker(rounds, store):
    second = []

    def slow(key, events):
        store.client.delete(keys.value(f"reconciling:{ACME.id}"))  # as its time runs out

    more = Changes(events=(CHANGED,), cursor="c1", more=True)
    helpdesk, asking = rounds(more, Changes(events=(), cursor="c2"), take=slow)
    asked = helpdesk.changes

    def changes(**told):
        if helpdesk.asked:
            second.append(asking.run_if_due(ACME))
        return asked(**told)

    helpdesk.changes = changes
    asking.run_if_due(ACME)
    assert second == [None]
