"""What attention carries from ticket to ticket: hints that come once a day, and those that an agent needs no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.hints.habits import MASTERED_AFTER
from guidance.model import Conversation, CountHabit, Fetched, Person, Status, Ticket, TicketKey
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests import cast
from tests.cast import AMIR, NOW, amir_says, amir_types, case, minutes, rana_says
from tests.edges import ACME

BOOK = shipped_rulebook()
KIND, ACKNOWLEDGE = "feelings.stay-kind", "three-as.acknowledge"
RUDE = "What a bunch of incompetent clowns you are."
ANGRY = "Third time I write. Still no parcel. This is ridiculous."
COLD = "Please send your order number."
WARM = "Hi Rana, three messages and no parcel, I can see why you are fed up. Please send your order number."
HOURS = {"time_zone": "America/New_York"}


class Desk:
    """Amir's tickets, one after the other, with the store between them."""

    def __init__(self, store, *live):
        told = {"default_stage": "draft", "stages": dict.fromkeys(live, "live"), "hours": HOURS}
        store.put_account(replace(ACME, settings=told))
        self.store, self.now, self.number = store, NOW, 5000
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: self.now)

    def asked(self, text):
        """A ticket of its own; the rules whose hints Amir was shown on it."""
        self.number += 1
        self.key = TicketKey(ACME.id, str(self.number))
        conversation = Conversation(
            key=self.key,
            ticket=Ticket(id=self.key.ticket_id, status=Status.OPEN),
            requester=Person(id=f"9{self.number}", name="Rana Haddad"),
            assignee=Person(id="12", name="Amir Khan"),
            comments=(replace(rana_says(text).comment, at=self.now),),
        )
        return self.shown(
            self.advancing.take(self.key, [Fetched(key=self.key, event_id="f", at=self.now, conversation=conversation)])
        )

    def types(self, text):
        """Amir types this, paused; the rules whose hints are there."""
        outcome = advance(self.advancing.opened(self.key, self.now), amir_types(text), BOOK, self.now)
        assert self.store.save(outcome.case, outcome.effects, now=self.now)
        return [hint.rule for hint in outcome.advice.hints]

    def sends(self, text):
        self.now += minutes(2)
        said = amir_says(text, 2)
        event = replace(said, key=self.key, at=self.now, comment=replace(said.comment, at=self.now))
        self.advancing.take(self.key, [event])
        return self

    def shown(self, held):
        return [one.rule for slot in held.slots for one in slot.seen]

    @property
    def habits(self):
        return self.store.habits(ACME.id, "12", now=self.now)


@pytest.fixture
def desk(store):
    """One where a hint comes that is capped by day."""
    return Desk(store, KIND)


@pytest.fixture
def trade(store):
    """One where a hint comes that fades."""
    return Desk(store, ACKNOWLEDGE)


def test_a_hint_that_comes_once_a_day_comes_on_one_ticket_of_that_day(desk):
    assert [desk.asked(RUDE), desk.asked(RUDE)] == [[KIND], []]
    assert [(one.name, one.times) for one in desk.habits.counted] == [(f"{KIND}@2026-03-04", 1)]


def test_it_comes_again_on_the_next_day_as_the_desk_has_it(desk):
    assert desk.asked(RUDE) == [KIND]
    desk.now = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)  # nine in the evening of the same day in New York
    assert desk.asked(RUDE) == []
    desk.now += timedelta(hours=4)
    assert desk.asked(RUDE) == [KIND]
    assert [one.name for one in desk.habits.counted] == [f"{KIND}@2026-03-04", f"{KIND}@2026-03-05"]


def test_days_that_are_over_everywhere_are_forgotten(desk):
    desk.asked(RUDE)
    desk.now += timedelta(days=3)
    desk.asked(RUDE)
    assert [one.name for one in desk.habits.counted] == [f"{KIND}@2026-03-07"]


def test_a_hint_that_is_there_stays_there_though_it_was_the_last_of_its_day(desk):
    desk.asked(RUDE)
    stands = advance(desk.advancing.opened(desk.key, desk.now), None, BOOK, desk.now)
    assert [hint.rule for hint in stands.advice.hints] == [KIND]


def test_what_a_draft_calls_for_is_counted_too_and_once():
    book = BOOK.hearing_with(BOOK.ear)
    book.rules = {**BOOK.rules, ACKNOWLEDGE: replace(BOOK.rules[ACKNOWLEDGE], limit=BOOK.rules[KIND].limit)}
    state = replace(advance(case(), rana_says(ANGRY), book, NOW).case, slots=())
    first = advance(state, amir_types(COLD), book, NOW)
    again = advance(first.case, amir_types(COLD), book, NOW)
    counts = [[one.count for one in told.effects if isinstance(one, CountHabit)] for told in (first, again)]
    assert counts == [[f"{ACKNOWLEDGE}@2026-03-04"], []]


def test_what_an_agent_does_by_themselves_again_and_again_is_asked_for_no_more_until_they_leave_it_out(trade):
    for _ in range(MASTERED_AFTER):
        assert ACKNOWLEDGE not in trade.habits.mastered
        trade.asked(ANGRY)
        trade.sends(WARM)
    assert trade.habits.mastered == (ACKNOWLEDGE,)
    trade.asked(ANGRY)
    assert trade.types(COLD) == []
    trade.sends(COLD)
    assert (trade.habits.mastered, trade.habits.counted) == ((), ())
    trade.asked(ANGRY)
    assert trade.types(COLD) == [ACKNOWLEDGE]


def test_what_they_only_did_once_the_hint_stood_there_is_not_mastered_by_it(trade):
    trade.asked(ANGRY)
    assert trade.types(COLD) == [ACKNOWLEDGE]
    trade.sends(WARM)
    assert trade.habits.counted == ()


def test_a_reply_that_called_for_nothing_is_no_practice(trade):
    trade.asked("Hello, when does my parcel come?")
    trade.sends(WARM)
    assert trade.habits.counted == ()


def test_who_is_at_it_already_is_counted_no_further(trade):
    for _ in range(MASTERED_AFTER + 2):
        trade.asked(ANGRY)
        trade.sends(WARM)
    assert [(one.name, one.times) for one in trade.habits.counted] == [(ACKNOWLEDGE, MASTERED_AFTER)]


def test_the_reply_of_somebody_who_is_not_told_hints_here_is_counted_for_nobody():
    state = advance(case(), rana_says(ANGRY), BOOK, NOW).case
    said = amir_says(WARM, 16)
    lena = replace(said, comment=replace(said.comment, author_id="7", author_name="Lena Vogt"))
    outcome = advance(replace(state, readers=(AMIR,)), lena, BOOK, cast.NOW + minutes(1))
    assert [one for one in outcome.effects if isinstance(one, CountHabit)] == []
