"""Answers to surveys, fetched at night: the rating and the ticket, and nothing else, within each helpdesk's budget."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.cli.checks.helpdesks import ratings
from guidance.dispatch import Advancing
from guidance.errors import HeldBackError, HelpdeskError
from guidance.integrations import integrations
from guidance.integrations.freshdesk.ratings import rating_of
from guidance.model import Rating, Status, Ticket, TicketChanged, TicketKey, TicketRated
from guidance.ports import Changes
from guidance.reconcile import Ratings
from guidance.rules import shipped_rulebook
from tests import cast
from tests.cast import KEY
from tests.contracts.desk import DeskStage
from tests.edges import ACME

NIGHT = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)  # three in the morning in New York
WORDS = "They were lovely, ask for Amir"


class Surveys:
    """A helpdesk that knows answers only."""

    def __init__(self, *answers):
        self.answers, self.asked, self.trouble = list(answers), 0, None

    def ratings(self, *, since, cursor=None):
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return Changes(events=tuple(self.answers), cursor="")


class Night:
    def __init__(self, store, *answers):
        store.put_account(replace(ACME, settings={"hours": {"time_zone": "America/New_York"}}))
        self.now, self.store, self.surveys = NIGHT, store, Surveys(*answers)
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: self.now)
        self.ratings = Ratings(store, lambda _: self.surveys, self.advancing.take, lambda: self.now)

    def holds(self, key=KEY):
        self.advancing.take(key, [replace(cast.rana_says("Where is my parcel?"), key=key)])

    def asks(self):
        """What came of asking where it is time, as the account is now."""
        return self.ratings.run_if_due(self.store.account(ACME.id))

    def counted(self):
        tallies = self.store.tallies(ACME.id, since=self.now.date(), until=self.now.date())
        return {one.what: one.times for one in tallies if one.what.startswith("rated") and one.times}


def rated(rating, at=NIGHT, key=KEY):
    return TicketRated(key=key, event_id=f"rated:1:{at}", at=at, rating=rating)


def test_an_answer_is_kept_with_its_ticket_and_counted_once(store):
    night = Night(store, rated(Rating.GOOD))
    night.holds()
    for _ in range(3):
        night.ratings.run(store.account(ACME.id))
    assert store.load(KEY).rated is Rating.GOOD
    assert night.counted() == {"rated:good": 1}


def test_the_newest_answer_of_a_desk_with_very_many_is_read_in_the_same_night(store):
    night = Night(store)
    night.holds()
    pages = [Changes(events=(), cursor=str(n), more=True) for n in range(300)]
    pages.append(Changes(events=(rated(Rating.GOOD),), cursor=""))
    night.surveys.ratings = lambda *, since, cursor=None: pages[int(cursor) + 1 if cursor else 0]
    assert night.ratings.run(store.account(ACME.id)).changes == 1


def test_a_customer_who_changes_their_mind_is_counted_by_their_last_word(store):
    night = Night(store, rated(Rating.BAD))
    night.holds()
    night.asks()
    night.surveys.answers = [rated(Rating.GOOD, NIGHT + timedelta(minutes=5))]
    night.ratings.run(store.account(ACME.id))
    assert night.counted() == {"rated:good": 1}
    night.surveys.answers = [rated(Rating.BAD, NIGHT)]
    night.ratings.run(store.account(ACME.id))
    assert store.load(KEY).rated is Rating.GOOD


def test_an_answer_at_night_stands_beside_what_was_estimated_when_the_ticket_was_solved(store):
    night = Night(store, rated(Rating.GOOD))
    night.holds()
    solved = TicketChanged(key=KEY, event_id="s", at=NIGHT, ticket=Ticket(status=Status.SOLVED), fields=("status",))
    night.advancing.take(KEY, [solved])
    night.ratings.run(store.account(ACME.id))
    estimated = store.load(KEY).estimated
    tallies = store.tallies(ACME.id, since=night.now.date(), until=night.now.date())
    assert {one.what: one.times for one in tallies if one.what.startswith(("estimate", "pair"))} == {
        f"estimate:{estimated:.2f}": 1,
        f"pair:{estimated:.2f}:good": 1,
    }


def test_an_answer_on_a_ticket_that_was_never_here_is_left_alone(store):
    night = Night(store, rated(Rating.GOOD))
    night.asks()
    assert store.load(KEY) is None
    assert night.counted() == {}


def test_each_account_is_asked_once_a_night_and_never_by_day(store):
    night = Night(store)
    night.now = NIGHT + timedelta(hours=8)
    assert night.asks() is None
    night.now = NIGHT
    assert night.asks() is not None
    night.now += timedelta(hours=2)
    assert night.asks() is None
    night.now += timedelta(hours=22)
    assert night.asks() is not None


@pytest.mark.parametrize(
    "trouble",
    [HeldBackError("used up", retry_after=20.0), HelpdeskError("it is in trouble", status=503)],
    ids=["budget used up", "in trouble"],
)
def test_a_night_that_is_cut_short_is_taken_up_again_after_a_rest(store, valkey, trouble):
    night = Night(store, rated(Rating.GOOD))
    night.holds()
    night.surveys.trouble = trouble
    assert night.asks().trouble
    night.surveys.trouble = None
    assert night.asks() is None
    store.release(f"rating:{ACME.id}")  # the rest is over
    assert night.asks().changes == 1


@pytest.mark.parametrize("helpdesk", ["zendesk", "freshdesk"])
def test_both_helpdesks_tell_ticket_and_score_and_none_of_the_words(desk, helpdesk):
    stage = DeskStage(desk, helpdesk)
    body = {"account": stage.account.id, "ticket": stage.ticket_id, "rating": "bad", "words": WORDS}
    assert requests.post(f"{desk.url}/desk/api/rate", json=body, timeout=5).ok
    since = datetime.now(UTC) - timedelta(days=1)
    client = integrations()[helpdesk].connect(stage.account)
    page = client.ratings(since=since)
    (event,) = page.events
    assert (event.key, event.rating) == (TicketKey(stage.account.id, stage.ticket_id), Rating.BAD)
    assert "lovely" not in str(page)
    assert not page.more
    assert client.ratings(since=datetime.now(UTC) + timedelta(hours=1)).events == ()


@pytest.mark.parametrize(
    ("score", "rating"),
    [(103, Rating.GOOD), (101, Rating.GOOD), (100, Rating.NEUTRAL), (-101, Rating.BAD), (-103, Rating.BAD),
     (1, Rating.GOOD), (2, Rating.NEUTRAL), (3, Rating.BAD), (0, None), (None, None), (50, None), (-1, None)],
)  # fmt: skip
def test_both_scales_of_freshdesk_are_known_and_nothing_is_guessed(score, rating):
    assert rating_of(score) is rating


def test_doctor_tells_how_many_there_are_and_a_share_only_of_enough(store):
    night = Night(store)
    for number in range(10):
        key = TicketKey(ACME.id, str(4821 + number))
        night.holds(key)
        if number == 9:
            assert "9 answers" in ratings(store, night.now)[1]
            assert "%" not in ratings(store, night.now)[1]
        night.advancing.take(key, [rated(Rating.GOOD if number < 8 else Rating.BAD, key=key)])
    night.asks()
    told = ratings(store, night.now)[1]
    assert told.startswith("10 answers to customer surveys in 30 days, 80 % content; asked last at 2026-03-05 08:00")
