"""What is counted to see whether hints help: time to the hint, feelings before and after, the estimate beside the answer."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.hints.holdout import MOST
from guidance.model import CountRule, Rating, Status, Ticket, TicketChanged, TicketRated
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import KEY, NOW, RANA, amir_says, amir_types, case, minutes, rana_says
from tests.hints.test_holdout import OUT, of, ticket

BOOK = shipped_rulebook()
ANGRY = "Third time I write. Still no parcel. This is ridiculous, I am furious."
CALM = "Where do I find my invoice?"
GLAD = "Thank you so much, you are wonderful, that is fantastic!"
AT_THREE = NOW - minutes(15)


class Ticking:
    """A ticket to which things happen one after the other, each a minute later, and all that was counted of it."""

    def __init__(self, state=None):
        self.case, self.now, self.counted = state or case(), AT_THREE, Counter()

    def happens(self, event, *, late=0.0):
        self.now = max(self.now, event.at + timedelta(seconds=late))
        outcome = advance(self.case, of(event, self.case), BOOK, self.now)
        self.case = outcome.case
        for one in outcome.effects:
            if isinstance(one, CountRule) and not one.rule:
                self.counted[one.what] += one.by
        return self

    def told(self, prefix):
        return {what: times for what, times in self.counted.items() if what.startswith(prefix) and times}


def status(of_ticket, number):
    at = AT_THREE + minutes(number)
    return TicketChanged(key=KEY, event_id=f"s{number}", at=at, ticket=Ticket(status=of_ticket), fields=("status",))


def rated(rating, number):
    at = AT_THREE + minutes(number)
    return TicketRated(key=KEY, event_id=f"r{number}", at=at, rating=rating)


@pytest.mark.parametrize(("late", "bucket"), [(0.4, 1), (1.5, 2), (7, 10), (200, 300), (3599, 3600)])
def test_the_time_from_a_message_to_its_first_hint_is_counted_in_steps(late, bucket):
    assert Ticking().happens(rana_says(ANGRY), late=late).told("hint_in") == {f"hint_in:{bucket}": 1}


def test_a_message_that_we_come_to_know_of_an_hour_later_is_not_timed():
    assert Ticking().happens(rana_says(ANGRY), late=3601).told("hint_in") == {}


def test_a_message_that_calls_for_no_hint_is_not_timed():
    assert Ticking().happens(rana_says(CALM)).told("hint_in") == {}


def test_only_the_first_hint_of_a_reply_is_timed():
    ticking = Ticking().happens(rana_says(ANGRY), late=1.5).happens(rana_says(ANGRY, 2), late=20)
    assert sum(ticking.told("hint_in").values()) == 1


def test_a_hint_that_is_held_out_is_not_timed():
    assert Ticking(ticket(OUT, holdout=MOST)).happens(rana_says(ANGRY)).told("hint_in") == {}


def test_feelings_are_summed_before_and_after_a_reply_beside_which_a_hint_stood():
    ticking = Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    assert ticking.told("felt") == {}, "nobody has answered yet"
    told = ticking.happens(rana_says(GLAD, 3)).told("felt")
    before, after = told["felt:hinted:before"], told["felt:hinted:after"]
    assert -100 <= before <= -50 and 50 <= after <= 100
    assert told == {
        "felt:hinted:n": 1,
        "felt:hinted:before": before,
        "felt:hinted:after": after,
        "felt:hinted:squares": (after - before) ** 2,
    }


def test_feelings_are_compared_in_a_language_of_which_only_plain_words_of_them_are_heard():
    cross = "Ich bin stinksauer, das Paket ist immer noch nicht da, eine Frechheit."
    ticking = Ticking().happens(rana_says(cross, 1)).happens(amir_says("Es kommt heute noch an, versprochen.", 2))
    told = ticking.happens(rana_says("Es ist da, und alles ist heil geblieben.", 3)).told("felt")
    assert [told[name] for name in sorted(told) if name.endswith((":n", ":before"))] == [-100, 1]


def test_a_reply_beside_which_the_holdout_kept_hints_back_is_summed_apart():
    ticking = (
        Ticking(ticket(OUT, holdout=MOST)).happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    )
    told = ticking.happens(rana_says(GLAD, 3)).told("felt")
    assert told["felt:withheld:n"] == 1
    assert not any(name.startswith("felt:hinted") for name in told)


@pytest.mark.parametrize("state", [case(), ticket(OUT, holdout=MOST)], ids=["shown as ever", "held out"])
def test_a_slip_is_no_hint_that_a_holdout_could_compare(state):
    ticking = Ticking(state).happens(rana_says(CALM, 1))
    slip = advance(
        ticking.case, amir_types("Hello Rana, {{ticket.requester.first_name}}, it is under Account."), BOOK, NOW
    )
    assert [one.rule for one in slip.advice.hints] == ["slips.placeholder"]
    ticking.case = slip.case
    ticking.happens(amir_says("Hello Rana, it is under Account.", 2)).happens(rana_says(GLAD, 3))
    assert ticking.told("felt")["felt:plain:n"] == 1


def test_a_reply_beside_which_no_hint_was_called_for_is_summed_apart():
    ticking = Ticking().happens(rana_says(CALM, 1)).happens(amir_says("Under Account.", 2))
    assert ticking.happens(rana_says(GLAD, 3)).told("felt")["felt:plain:n"] == 1


def test_further_words_of_the_same_answer_take_the_place_of_its_first():
    ticking = Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    ticking.happens(rana_says("ok", 3)).happens(rana_says(GLAD, 4))
    assert ticking.told("felt:hinted:n") == {"felt:hinted:n": 1}
    assert ticking.told("felt:hinted:after")["felt:hinted:after"] >= 50
    ticking.happens(amir_says("Gladly.", 5)).happens(rana_says("Bye", 6))
    assert sum(ticking.told("felt:").get(f"felt:{one}:n", 0) for one in ("hinted", "plain")) == 2


def test_a_reply_in_several_bubbles_is_one_reply():
    ticking = Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("One moment.", 2))
    ticking.happens(amir_says("It goes out today.", 3)).happens(rana_says(GLAD, 4))
    assert ticking.told("felt:hinted:n") == {"felt:hinted:n": 1}


def test_a_hint_between_two_bubbles_of_a_reply_stood_beside_it():
    ticking = Ticking().happens(rana_says(CALM, 1)).happens(amir_says("One moment.", 2))
    typed = amir_types("As I already told you, read our terms. That is not our fault.")
    blunt = advance(ticking.case, typed, BOOK, ticking.now)
    assert blunt.advice.hints
    ticking.case = blunt.case
    ticking.happens(amir_says("It is under Account.", 3)).happens(rana_says(GLAD, 4))
    assert ticking.told("felt:hinted:n") == {"felt:hinted:n": 1}


def test_an_answer_that_we_come_to_know_of_an_hour_later_is_not_summed():
    ticking = Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    assert ticking.happens(rana_says(GLAD, 3), late=3601).told("felt") == {}


def test_an_answer_in_a_language_that_we_do_not_hear_is_left_out():
    polish = replace(case(), conversation=replace(case().conversation, requester=replace(RANA, locale="pl")))
    ticking = Ticking(polish).happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    answer = "Bardzo dziękuję za pomoc, paczka właśnie dotarła, wszystko jest w porządku."
    assert ticking.happens(rana_says(answer, 3)).told("felt") == {}


def test_what_was_only_heard_of_is_not_summed_before_it_is_confirmed():
    ticking = Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    assert ticking.happens(rana_says(GLAD, 3, provisional=True)).told("felt") == {}


def test_a_solved_ticket_is_counted_by_its_estimate():
    ticking = Ticking().happens(rana_says(CALM, 1)).happens(amir_says("Under Account.", 2)).happens(rana_says(GLAD, 3))
    assert ticking.told("estimate") == {}
    ticking.happens(status(Status.SOLVED, 4))
    ((name, times),) = ticking.told("estimate").items()
    assert times == 1 and float(name.partition(":")[2]) == ticking.case.estimated > 0.6


def test_a_ticket_that_is_solved_again_is_counted_by_its_last_estimate():
    ticking = Ticking().happens(rana_says(CALM, 1)).happens(amir_says("Under Account.", 2))
    first = ticking.happens(status(Status.SOLVED, 3)).case.estimated
    ticking.happens(status(Status.OPEN, 4)).happens(rana_says(ANGRY, 5)).happens(status(Status.SOLVED, 6))
    assert ticking.case.estimated < first
    assert ticking.told("estimate") == {f"estimate:{ticking.case.estimated:.2f}": 1}


def test_a_ticket_that_was_solved_before_we_knew_it_has_no_estimate():
    ticking = Ticking().happens(status(Status.SOLVED, 1)).happens(rana_says(GLAD, 2))
    assert ticking.told("estimate") == {} and ticking.case.estimated is None


def test_an_answer_to_the_survey_stands_beside_the_estimate_by_its_last_word():
    ticking = Ticking().happens(rana_says(GLAD, 1)).happens(status(Status.SOLVED, 2))
    ticking.happens(rated(Rating.BAD, 3)).happens(rated(Rating.GOOD, 4))
    assert ticking.told("pair") == {f"pair:{ticking.case.estimated:.2f}:good": 1}


def test_no_words_are_in_what_is_counted():
    ticking = Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2))
    ticking.happens(rana_says(GLAD, 3)).happens(status(Status.SOLVED, 4)).happens(rated(Rating.GOOD, 5))
    assert ticking.counted
    assert all(re.fullmatch(r"[a-z_]+(:[a-z0-9.]+)*", what) for what in ticking.counted), ticking.counted
    assert not any(word in what for word in ("parcel", "furious", "wonderful", "amir") for what in ticking.counted)


def test_what_repeats_an_event_counts_nothing_twice():
    ticking = (
        Ticking().happens(rana_says(ANGRY, 1)).happens(amir_says("It goes out today.", 2)).happens(rana_says(GLAD, 3))
    )
    once = dict(ticking.counted)
    ticking.happens(rana_says(GLAD, 3)).happens(replace(rana_says(GLAD, 3), event_id="again"))
    assert dict(ticking.counted) == once
