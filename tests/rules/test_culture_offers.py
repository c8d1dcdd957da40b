"""What is offered to somebody who keeps a formal tone keeps it too."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import NOW, amir_types, case, rana_says

FORMAL = "Sehr geehrte Damen und Herren, wo bleibt meine Bestellung vom 3. Mai? Mit freundlichen Grüßen, Josef Huber"
CASUAL = "Hallo, wo bleibt denn meine Bestellung vom 3. Mai? Viele Grüße, Josef"


def hints(last: str, draft: str, name: str = "Josef Huber", locale: str = "de-AT") -> dict[str, tuple[str, str | None]]:
    fresh = case()
    josef = replace(fresh.conversation.requester, name=name, locale=locale)
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


@pytest.mark.parametrize(
    ("name", "locale", "last", "draft", "offer"),
    [
        ("Herr Müller", "de-DE", "Hallo, wo ist denn meine Bestellung?", "Ihre Bestellung ist heute verschickt worden.", "Guten Tag Herr Müller,"),
        ("Mr Smith", "en-GB", "Could you change my address, please?", "The address is changed in your account.", "Dear Mr Smith,"),
        ("Mme Dupont", "fr-FR", "Pourriez-vous changer mon adresse ?", "L'adresse est changée dans votre compte.", "Bonjour Mme Dupont,"),
        ("Prof. Dr. Anna Lindner", "de-DE", FORMAL.replace("Josef Huber", "Anna Lindner"), "Ihre Bestellung ist heute verschickt worden.", "Guten Tag Prof. Dr. Anna Lindner,"),
        ("María López García", "es-MX", "Buenas tardes, ¿podrían enviarme la factura? Atentamente, María López", "Le hemos enviado la factura a su correo.", "Buenos días, María López García:"),
        ("Carmen Gil", "es-ES", "Hola, ¿me mandáis la factura de marzo? Gracias", "La factura ya está en tu correo.", "Hola, Carmen:"),
    ],
    ids=["title alone", "title alone, English", "title alone, French", "titles", "Spanish, formal", "Spanish, casual"],
)  # fmt: skip
def test_a_greeting_keeps_the_title_that_somebody_goes_by_and_guesses_none(name, locale, last, draft, offer):
    assert hints(last, draft, name, locale)["relationship.use-their-name"][1] == offer


@pytest.mark.parametrize(
    ("draft", "offer"),
    [
        ("Salut Claire, la facture est dans votre boîte.", "Bonjour Claire Dubois,"),
        ("Bonjour Madame Dubois, voici ta facture.", "Bonjour Claire Dubois,"),
        ("Bonjour Madame Dubois, voici la facture. Le ton du courrier était trop sec, pardon.", None),
        ("Bonjour Madame Dubois, voici la facture. Pardon pour ce ton trop sec.", None),
    ],
)
def test_a_liberty_is_answered_with_their_own_name_and_the_tone_of_a_letter_is_none(draft: str, offer: str | None):
    last = "Bonjour, pourriez-vous m'envoyer la facture ? Cordialement, Claire Dubois"
    assert hints(last, draft, "Claire Dubois", "fr-FR").get("dialogue.their-form-of-address", ("", None))[1] == offer


def test_the_greeting_that_one_rule_offers_is_too_near_for_no_other():
    told = hints(
        FORMAL, "Guten Tag Josef Huber,\n\nIhre Bestellung ist heute verschickt worden und kommt am Freitag an."
    )
    assert not {"relationship.use-their-name", "dialogue.their-form-of-address"} & set(told)
