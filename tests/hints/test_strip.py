"""The plain facts above a draft."""

import pytest
from msgspec.structs import replace

from guidance.hints.strip import strip
from guidance.model import AgentHabits, Channel, FollowUp, Moment
from guidance.pipeline import advance
from guidance.rules import Situation, shipped_rulebook
from guidance.rules.templates import fill
from tests.cast import NOW, amir_says, amir_types, case, rana_says

BOOK = shipped_rulebook()
LETTERS = (
    rana_says("Where is my tree?", 1),
    amir_says("On its way.", 2),
    rana_says("Where is it?", 3),
    rana_says("Hello?", 4),
)


def facts(*events, channel=Channel.EMAIL, draft=None):
    state = case()
    ticket = replace(state.conversation.ticket, channel=channel)
    state = replace(state, conversation=replace(state.conversation, ticket=ticket))
    for event in events:
        state = advance(state, event, BOOK, NOW).case
    typed = amir_types(draft).draft if draft else None
    return [one.says for one in strip(Situation(state, Moment.CUSTOMER, NOW, draft=typed, ear=BOOK.ear))]


@pytest.mark.parametrize(("channel", "told"), [(Channel.EMAIL, "Third message"), (Channel.CHAT, "Second message")])
def test_letters_are_counted_one_by_one_and_what_is_said_in_one_go_of_a_chat_once(channel, told):
    assert told in facts(*LETTERS, channel=channel)


def test_what_they_ask_stays_a_fact_while_it_is_being_answered_and_is_none_once_the_answer_is_out():
    answer = "Your tree is at the depot in Lyon and arrives on Friday."
    assert "Asks 1 thing" in facts(LETTERS[0], draft=answer)
    assert "Asks 1 thing" not in facts(LETTERS[0], amir_says(answer, 2))


def test_what_a_reply_left_open_is_still_asked():
    assert "Asks 1 thing" in facts(LETTERS[0], amir_says("Good morning, and a lovely day to you.", 2))


def test_a_name_of_blanks_alone_is_nobodys():
    promised = FollowUp(
        id="f1-a", account="zendesk:acme", ticket_id="4821", comment_id="2", words="I'll call.", owner_name=" "
    )
    state = replace(case(), follow_ups=(promised,), readers=(AgentHabits(agent_id="12", agent_name="  "),))
    situation = Situation(state, Moment.CUSTOMER, NOW, ear=BOOK.ear)
    assert [one.says for one in strip(situation)] == ["We promised something, with no time named"]
    assert fill(["I'm {agent.first_name}."], situation, ()) is None
