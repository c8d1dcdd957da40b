"""What is offered to somebody who keeps a formal tone keeps it too."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import NOW, amir_types, case, rana_says

FORMAL = "Sehr geehrte Damen und Herren, wo bleibt meine Bestellung vom 3. Mai? Mit freundlichen Grüßen, Josef Huber"
CASUAL = "Hallo, wo bleibt denn meine Bestellung vom 3. Mai? Viele Grüße, Josef"


def hints(last: str, draft: str) -> dict[str, tuple[str, str | None]]:
    fresh = case()
    josef = replace(fresh.conversation.requester, name="Josef Huber", locale="de-AT")
    fresh = replace(fresh, conversation=replace(fresh.conversation, requester=josef))
    state = advance(fresh, rana_says(last), shipped_rulebook(), NOW).case
    told = advance(state, amir_types(draft), shipped_rulebook(), NOW, everything=True).advice
    return {hint.rule: (hint.say, hint.offer) for hint in told.hints}


@pytest.mark.parametrize(
    ("last", "say", "offer"),
    [
        (FORMAL, "Greet Josef Huber by name", "Guten Tag Josef Huber,"),
        (CASUAL, "Greet Josef by name", "Hallo Josef,"),
    ],
)
def test_a_greeting_is_offered_in_the_tone_that_the_customer_keeps(last: str, say: str, offer: str):
    told = hints(last, "Ihre Bestellung ist heute verschickt worden und kommt am Freitag an.")
    assert told["relationship.use-their-name"][0].startswith(say)
    assert told["relationship.use-their-name"][1] == offer


def test_the_greeting_that_one_rule_offers_is_too_near_for_no_other():
    told = hints(
        FORMAL, "Guten Tag Josef Huber,\n\nIhre Bestellung ist heute verschickt worden und kommt am Freitag an."
    )
    assert not {"relationship.use-their-name", "dialogue.their-form-of-address"} & set(told)
