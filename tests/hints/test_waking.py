"""Rules of the moment `timer`: the ticket is woken for them, and what they say then lies beside what it called for before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.model import (
    AgentHabits,
    CommentHidden,
    Moment,
    Publish,
    Schedule,
    Stage,
    Status,
    Ticket,
    TicketChanged,
    Unschedule,
    Woken,
)
from guidance.pipeline import advance
from guidance.rules import PackFile, Situation, build_rulebook, read_pack, shipped_rulebook
from guidance.rules.closest import waits_for
from tests.cast import AMIR, KEY, NOW, amir_notes, amir_says, case, rana_says

RULE = """
  - id: house.{name}
    principle: {name}
    title: Nobody has answered
    moments: [{moments}]
    {after}
    when: {{last.says: [{word}]}}
    any_language: true
    hint: {{say: "{name}", why: "It waits."}}
    examples: {{fires: [{{last: "{word}", moment: timer}}], silent: [{{last: "My chair"}}]}}
"""
PIANO = "Hello, my piano is still in your hall."
WORDS = {"four": "piano", "eight": "hall", "at-once": "hello"}


def book(*rules):
    told = "".join(
        RULE.format(name=name, moments=moments, after=after, word=WORDS[name]) for name, moments, after in rules
    )
    return build_rulebook([read_pack(PackFile("house.yaml", f"pack: house\nversion: 1\ntitle: House\nrules:{told}"))])


FOUR = ("four", "timer", "after: 4h")
EIGHT = ("eight", "timer", "after: 8h")
AT_ONCE = ("at-once", "customer", "")


class Story:
    """A ticket to which one thing happens after the other, under one rulebook."""

    def __init__(self, *rules, **settings):
        self.case, self.book, self.now, self.effects = case(**settings), book(*rules), NOW, ()

    def hears(self, given):
        outcome = advance(self.case, given, self.book, self.now)
        self.case, self.effects, self.advice = outcome.case, outcome.effects, outcome.advice
        return self

    def wakes(self, **later):
        self.now = self.said_at + timedelta(**later)
        return self.hears(Woken(key=KEY, event_id="w", at=self.now, reason="rules"))

    def opened_by(self, reader):
        self.case = replace(self.case, readers=(reader,))
        return self.hears(None)

    @property
    def hints(self):
        return sorted(hint.rule for hint in self.advice.hints)

    @property
    def said_at(self):
        return self.case.conversation.comments[-1].at

    @property
    def wake_up(self):
        """How long after the last comment the ticket is to be woken, as the last input asked for it."""
        works = [one.work for one in self.effects if isinstance(one, Schedule) and one.work.id.endswith(":rules")]
        return works[0].at - self.said_at if works else None

    @property
    def told(self):
        """The rules of the hints that sidebars hear of; None where they hear nothing."""
        news = [one.data["advice"]["hints"] for one in self.effects if isinstance(one, Publish) and one.kind == "hint"]
        return [hint["rule"] for hint in news[0]] if news else None


LENA = AgentHabits(agent_id="7", agent_name="Lena Vogt")


def hours(count):
    return timedelta(hours=count)


def test_a_ticket_is_woken_for_each_of_its_timer_rules_in_turn():
    story = Story(EIGHT, FOUR).hears(rana_says(PIANO))
    assert (story.told, story.wake_up) == ([], hours(4))
    assert (story.wakes(hours=4).told, story.wake_up) == (["house.four"], hours(8))
    assert (sorted(story.wakes(hours=8).told), story.wake_up) == (["house.eight", "house.four"], None)


def test_what_a_wake_up_brought_lies_beside_what_the_ticket_called_for():
    story = Story(AT_ONCE, FOUR).hears(rana_says(PIANO))
    assert story.told == ["house.at-once"]
    assert sorted(story.wakes(hours=4).told) == ["house.at-once", "house.four"]
    assert story.hears(None).hints == ["house.at-once", "house.four"]


def test_a_wake_up_that_brings_nothing_is_no_news():
    assert Story(FOUR).hears(rana_says("Hello, my chair is still here.")).wakes(hours=4).told is None


def test_a_wake_up_is_told_to_every_window_though_one_of_them_asked_a_moment_before():
    story = Story(FOUR).hears(rana_says(PIANO)).wakes(hours=4)
    assert story.hears(None).hints == ["house.four"]
    assert story.wakes(hours=4, seconds=1).told == ["house.four"]


def test_a_comment_begins_the_time_anew_whoever_wrote_it_and_takes_the_hint_back():
    story = Story(FOUR).hears(rana_says(PIANO)).wakes(hours=4)
    story.hears(replace(amir_notes("I have asked the hall.", 242), at=story.now))
    assert (story.told, story.wake_up) == ([], hours(4))


def test_a_wake_up_for_something_else_comes_too_early_for_a_timer_rule():
    assert Story(FOUR).hears(rana_says(PIANO)).wakes(hours=3).told is None
    assert Story(FOUR).hears(rana_says(PIANO)).wakes(hours=3).wake_up == hours(4)


def test_a_wake_up_speaks_for_the_time_it_was_asked_for_though_a_clock_was_put_back_since():
    story = Story(FOUR).hears(rana_says(PIANO))
    story.now = story.said_at + hours(4) - timedelta(milliseconds=3)
    woken = Woken(key=KEY, event_id="w", at=story.said_at + hours(4), reason="rules")
    assert (story.hears(woken).told, story.wake_up) == (["house.four"], None)


def lena_redacts(number, **told):
    return CommentHidden(key=KEY, event_id=f"r{number}", at=NOW, comment_id=str(number), **told)


def noted_after(later, *rules):
    """A ticket on which a note came a while after the customer's words, an hour ago."""
    story = Story(*rules).hears(rana_says(PIANO))
    story.hears(replace(amir_notes("I have asked the hall.", 1 + 60 * later)))
    story.now = story.said_at + hours(1)
    return story


def test_where_the_last_comment_is_redacted_what_was_waited_for_and_is_past_comes_at_once():
    story = noted_after(3, EIGHT, FOUR).hears(lena_redacts(181))
    assert story.wake_up == hours(4)
    assert (story.wakes(hours=4).told, story.wake_up) == (["house.four"], hours(8))


def test_where_the_last_comment_is_redacted_what_is_still_ahead_comes_so_much_earlier():
    assert noted_after(2, FOUR).hears(lena_redacts(121)).wake_up == hours(4)


def test_where_the_last_comment_is_redacted_what_was_woken_for_already_is_not_woken_for_again():
    story = noted_after(3, EIGHT, FOUR).wakes(hours=4)
    assert story.told == ["house.four"]
    assert story.hears(lena_redacts(181)).wake_up == hours(8)


def test_a_comment_that_is_made_private_counts_on():
    story = noted_after(3, FOUR)
    assert story.hears(lena_redacts(181, made_private=True)).wake_up is None
    assert not any(isinstance(one, Unschedule) for one in story.effects)


def test_why_a_timer_rule_is_silent_is_told():
    story = Story(FOUR).hears(rana_says(PIANO))
    early = Situation(story.case, Moment.TIMER, story.said_at + hours(3), ear=story.book.ear)
    assert waits_for(story.book.rules["house.four"], early) == "it waits for 4h without a comment"


def test_an_old_ticket_that_is_only_now_heard_of_is_not_woken():
    story = Story(FOUR)
    story.now += timedelta(days=3)
    assert story.hears(rana_says(PIANO)).wake_up is None


def test_a_ticket_that_is_closed_is_woken_no_more_and_one_that_is_reopened_is():
    story = Story(FOUR).hears(rana_says(PIANO))
    for number, (status, expected) in enumerate([(Status.CLOSED, None), (Status.OPEN, hours(4))]):
        changed = TicketChanged(
            key=KEY,
            event_id=f"s{number}",
            at=NOW + timedelta(minutes=number + 1),
            ticket=Ticket(status=status),
            fields=("status",),
        )
        assert story.hears(changed).wake_up == expected
        assert any(isinstance(one, Unschedule) for one in story.effects) == (expected is None)


@pytest.mark.parametrize("stages", [{"house.four": Stage.SHADOW}, {"house": Stage.DRAFT}])
def test_nothing_is_woken_for_a_rule_that_would_say_nothing(stages):
    assert Story(FOUR, stages=stages).hears(rana_says(PIANO)).wake_up is None


def test_a_pause_does_not_lose_the_wake_up():
    assert Story(FOUR, paused=True).hears(rana_says(PIANO)).wake_up == hours(4)


def test_a_colleague_who_asked_in_a_note_is_told_of_after_four_hours():
    story = lena_asks_amir()
    story.wakes(hours=1)
    assert story.wake_up == hours(4)
    assert "network.colleague-waits" in story.wakes(hours=4).told


def test_a_colleague_who_was_asked_and_opens_the_ticket_after_its_wake_up_is_told():
    story = lena_asks_amir()
    story.case = replace(story.case, readers=(LENA,))
    assert "network.colleague-waits" not in story.wakes(hours=4).hints
    assert "network.colleague-waits" in story.opened_by(AMIR).hints


def lena_asks_amir():
    story = Story(FOUR)
    story.book = shipped_rulebook()
    asked = amir_notes("@Amir can you check whether accounts have paid this?", 3)
    asked = replace(asked, comment=replace(asked.comment, author_id="7", author_name="Lena Vogt"))
    return story.hears(rana_says("Where is my refund?")).hears(asked)


@pytest.mark.parametrize("later", [4, 30])
def test_whoever_opens_the_ticket_after_its_wake_up_sees_what_it_brought(later):
    story = Story(AT_ONCE, FOUR).hears(rana_says(PIANO)).wakes(hours=4)
    story.now = story.said_at + hours(later)
    assert story.opened_by(LENA).hints == ["house.at-once", "house.four"]
    assert story.hears(amir_notes("I have asked the hall.", 15 + 60 * later)).hints == ["house.at-once"]


def test_a_wake_up_that_somebody_wrote_after_shows_nothing_to_whoever_opens_the_ticket():
    story = Story(FOUR).hears(rana_says(PIANO)).wakes(hours=4)
    story.hears(amir_notes("I have asked the hall.", 242))
    assert story.opened_by(LENA).hints == []


def test_before_its_wake_up_a_ticket_shows_nothing_of_it():
    story = Story(FOUR).hears(rana_says(PIANO)).wakes(hours=3)
    assert story.opened_by(LENA).hints == []


def test_a_reply_that_goes_out_ends_what_a_wake_up_brought():
    story = Story(FOUR).hears(rana_says(PIANO)).wakes(hours=4)
    sent = amir_says("It comes to you tomorrow.", 255)
    assert story.hears(sent).told == []
