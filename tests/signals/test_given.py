"""What a customer gave already, and a draft that asks for it again."""

from __future__ import annotations

import pytest

from guidance.signals.given import asked_again


def words(draft: str, given: str) -> str | None:
    asked = asked_again(draft, given)
    return draft[asked.start : asked.end] if asked else None


@pytest.mark.parametrize(
    ("given", "draft"),
    [
        (
            "The pram is a model TT-40, bought in March.",
            "Question 1, what is the model? Question 2, where was it bought?",
        ),
        ("It is serial 8813 2207.", "Could you send us the serial number?"),
        ("my account 5581204 can't call out", "I must first take your account number before anything else."),
        ("zip is 19147", "Please confirm your zip code."),
        ("Account number 0044512.", "What is your account number?"),
        ("Order 448812, the blue dish.", "You'll have a new one from us. To open a claim I'll need the order number."),
        ("Order 55102, brown brogues.", "The process requires me to collect your order number."),
        ("Write to ana@example.com", "May I have your e-mail address?"),
        ("The meter reads 40,212 today.", "Would you send me today's reading?"),
        ("Meter number 8830117.", "Could you send me the number on the meter, please?"),
        ("I use a Galaxy tablet with Chrome.", "Let me know which device and browser you're using."),
        ("I put the screenshot here.", "Please send a screenshot of the error."),
        ("The GR-420 mower stops after two minutes.", "I have to fill in your case sheet: what's the model of it?"),
        ("My drill, serial 20-551873, smokes.", "The form wants a few entries from you: the store, the serial number."),
        ("I bought it in your Newark shop on January 9.", "Send me the model and the day of purchase."),
        ("We purchased it on 11 April.", "When and where did you buy it?"),
        (
            "Serial 20-551873.",
            "Before I can release the new one, the claim screen wants two entries from you: the serial number, the store.",
        ),
        ("Plot B-117, by the yews.", "Please reply with the plot number and the name on the stone."),
        ("Photo of the wheel and the receipt attached.", "Could you send a picture of the crack?"),
        ("I put here the photo of the receipt.", "Please send a picture of the receipt."),
    ],
)
def test_what_the_customer_gave_is_asked_for_again(given: str, draft: str) -> None:
    assert words(draft, given)


@pytest.mark.parametrize(
    ("given", "draft"),
    [
        ("It is a newer model than my old one.", "Which model is it?"),
        ("The pram is a model TT-40.", "Is there another model number on the frame?"),
        ("my account 5581204 can't call out", "For security, what is the account number?"),
        ("Write to ana@example.com", "I have sent it to your e-mail address."),
        ("", "What is the serial number?"),
        ("The meter reads 40,212 today.", "Could you send another reading on Friday?"),
        ("I bought it last year.", "When did you buy it?"),
        ("I bought two in May.", "When would you like them delivered?"),
        ("We stayed in the B12 wing.", "Where did the lift stop?"),
        ("The meter is in the cellar.", "Would you send me today's reading?"),
        ("I am a customer of yours, call me on 0207 946000 or 02079460000.", "What is your customer number?"),
    ],
)
def test_asking_for_what_was_not_given_or_for_another_is_no_slip(given: str, draft: str) -> None:
    assert words(draft, given) is None
