"""What a send is asked about: slips in the draft, whatever keeps them from being a card."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.hints import dismiss
from guidance.model import Mute, Stage
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import AMIR, NOW, amir_types, case, rana_says

BOOK = shipped_rulebook()
SLIPPED = "Dear Rana, thank you. Best, [Agent Name]"
COLD = "As stated in our terms and conditions this is not our fault. Please be advised to wait."


def told(state, text=SLIPPED, now=NOW):
    return advance(state, amir_types(text), BOOK, now)


def asked(outcome):
    return [slip.rule for slip in outcome.advice.slips]


def listened(**settings):
    return advance(case(**settings), rana_says("Third time I write. Still no parcel."), BOOK, NOW).case


def muted(what):
    return replace(listened(), readers=(replace(AMIR, muted=(Mute(what=what, until=NOW + timedelta(hours=1)),)),))


def test_a_slip_is_asked_about_once_the_hints_of_a_reply_are_used_up():
    outcome = told(told(listened(), COLD).case, f"{COLD} {SLIPPED}")
    assert "slips.placeholder" not in [hint.rule for hint in outcome.advice.hints]
    assert asked(outcome) == ["slips.placeholder"]
    assert [quote.text for quote in outcome.advice.slips[0].evidence] == ["[Agent Name]"]


def test_hints_stay_two_a_reply_whatever_is_asked_about():
    outcome = told(listened(), f"{COLD} Hi Grace, your parcel. {SLIPPED}")
    assert len(outcome.advice.hints) == 2


def test_a_slip_that_is_a_card_is_asked_about_as_well():
    outcome = told(listened())
    assert "slips.placeholder" in [hint.rule for hint in outcome.advice.hints]
    assert asked(outcome) == ["slips.placeholder"]


def test_a_slip_is_asked_about_while_all_hints_are_quiet():
    outcome = told(muted("all"))
    assert outcome.advice.hints == ()
    assert asked(outcome) == ["slips.placeholder"]


@pytest.mark.parametrize("what", ["slips.placeholder", "slips"])
def test_what_an_agent_has_muted_by_its_own_name_is_not_asked_about(what):
    assert asked(told(muted(what))) == []


def test_a_slip_that_was_put_aside_is_not_asked_about():
    assert asked(told(dismiss(told(listened()).case, "12", "slips.placeholder", "", "misread", NOW))) == []


@pytest.mark.parametrize("settings", [{"paused": True}, {"stages": {"slips": Stage.SHADOW}}])
def test_nothing_is_asked_where_the_desk_has_it_switched_off(settings):
    assert asked(told(listened(**settings))) == []


def test_what_is_no_slip_or_no_warning_is_never_asked_about():
    state = advance(case(), rana_says("Where is it? My order number is 5512345."), BOOK, NOW).case
    assert asked(told(state, f"{COLD} Could you send me your order number?")) == []
