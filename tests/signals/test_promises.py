"""Commitments against what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from guidance.model import Hours, Promise
from guidance.signals import Context, Ear
from guidance.signals.moments import find_moments

AT = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
EAR = Ear()


def promises(text: str, language: str = "en") -> tuple[Promise, ...]:
    context = Context(at=AT, hours=Hours(), zone="America/New_York", language=language)
    return EAR.read(text, by_customer=False, context=context).promises


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you by Friday.",
        "We are following up, and we shall advise once resolved.",
        "We will chase the depot and let you know.",
        "Someone from our billing team will be in touch.",
        "You'll receive an e-mail within 24 hours.",
        "Your refund will be processed tomorrow.",
        "Thanks, I'll pass this on to the kitchen.",
        "As soon as the depot answers, I'll write to you.",
        "Leave it with me.",
        "ill look into this for you",
        "We're introducing a lighter case by the end of May.",
        "I'll refund it today. Let me know if you need anything else.",
        "Expect a text from the fitter before noon.",
        "We're posting the missing hinge tonight.",
        "You shall receive the certificate within three days.",
        "Your piano gets tuned before the concert on Friday.",
        "A plumber is coming tomorrow at eight.",
        "My colleague is gonna ring you next week.",
        "We undertake to answer your appeal inside ten days.",
        "I'll see to it that her name comes off the list.",
        "I've set a reminder to phone you after the survey.",
        "I won't close this until the boiler runs.",
        "There'll be a driver at yours between six and eight.",
        "You can count on us to have the tent up by noon.",
    ],
)
def test_a_commitment_is_a_promise(text: str) -> None:
    assert len(promises(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "If you send us the number, we'll refund it.",
        "Please DM us your postcode and we'll take a look.",
        "Let me check that for you now.",
        "I called the depot on Monday.",
        "You can return it within 30 days.",
        "I'll be happy to help you with that.",
        "I will assist you today.",
        "We hope you'll visit us again.",
        "I would advise you to call them.",
        "We will advise against bleach on it.",
        "Nobody with a walker should be met that way.",
        "Answer with the four names and I'll book.",
        "Write it in the note too, and we will enter it with an e.",
        "We'll hopefully have it back in spring.",
        "Will you be at home on Friday?",
        "Oh well, in that case the blue one is gone.",
        "A late fee of 20 pounds will be charged.",
        "It comes apart from the other stock that we will sell.",
        'You are right: "we will call you tomorrow" was no answer, and the part is here.',
        "You read “we'll come back to you” three times.",
        "One photo is enough. We'll do the rest from here.",
        "We're posting from a small shed in Kent.",
        "Expect some noise from the pump.",
        "Our engineer is coming to the end of his list.",
        "The gate gets locked at night.",
    ],
)
def test_a_condition_an_offer_advice_or_a_past_act_is_none(text: str) -> None:
    assert promises(text) == ()


def test_a_number_after_the_time_is_no_second_time() -> None:
    (promise,) = promises("I'll call you on Friday at 1pm about 20 of the chairs.")
    assert promise.due_at is not None
    assert promise.due_at.isoformat() == "2026-03-06T13:00:00-05:00"
    found = find_moments("I'll call you on Friday at 1pm about 20.", now=AT, language="en", hours=Hours(), zone=UTC)
    assert [one.text for one in found] == ["Friday at 1pm"]


def test_the_due_moment_is_that_of_the_commitment() -> None:
    (promise,) = promises("Your parcel of Monday is lost, so I'll send another by Friday.")
    assert promise.due_at is not None
    assert promise.due_at.date().isoformat() == "2026-03-06"
    assert not promise.vague


def test_without_a_time_a_promise_is_vague() -> None:
    (promise,) = promises("We'll get back to you as soon as possible.")
    assert promise.vague
    assert promise.due_at is None


def test_the_owner_is_the_agent_or_the_company() -> None:
    assert [one.owner for one in promises("I'll call you. Our courier will deliver it tomorrow.")] == [
        "agent",
        "company",
    ]


def test_a_promise_quotes_the_text_exactly() -> None:
    text = "Hello Rana! 🙂 I'll call you tomorrow."
    (promise,) = promises(text)
    assert promise.text == text[promise.start : promise.end] == "I'll call you tomorrow"


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Ich werde Sie morgen anrufen.", "2026-03-05"),
        ("es", "Le enviaré el reembolso mañana.", "2026-03-05"),
        ("fr", "Je vous rappellerai vendredi.", "2026-03-06"),
    ],
)
def test_promises_are_found_in_german_spanish_and_french(language: str, text: str, day: str) -> None:
    (promise,) = promises(text, language)
    assert promise.due_at is not None
    assert promise.due_at.date().isoformat() == day


def test_conditions_are_known_in_german_spanish_and_french() -> None:
    assert promises("Wenn Sie uns die Nummer senden, werden wir das prüfen.", "de") == ()
    assert promises("Si nos envía el número, le enviaremos otro.", "es") == ()
    assert promises("Si vous nous envoyez le numéro, nous vous rembourserons.", "fr") == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I'll call you tomorrow at 3pm, and the label goes out to you by Friday.", ["2026-03-05", "2026-03-06"]),
        ("I'll call you tomorrow at 3pm, and I'll send the label by Friday.", ["2026-03-05", "2026-03-06"]),
        ("Tomorrow I'll ring the depot, and on Friday I'll write to you.", ["2026-03-05", "2026-03-06"]),
        ("I'll check with the depot and I'll write to you by Friday.", ["2026-03-06"]),
        ("We'll deliver it on Monday, or we'll refund you by Friday.", ["2026-03-09"]),
        ("Ich rufe Sie morgen an und ich werde Ihnen am Freitag schreiben.", ["2026-03-05", "2026-03-06"]),
    ],
)
def test_commitments_of_one_sentence_are_promises_of_their_own_where_each_names_its_time(
    text: str, days: list[str]
) -> None:
    language = "de" if text.startswith("Ich") else "en"
    assert [one.due_at.date().isoformat() for one in promises(text, language) if one.due_at] == days


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "Your saddle leaves the workshop tonight.", "2026-03-04"),
        ("en", "The chimney sweep is booked in for you on Friday at 9am.", "2026-03-06"),
        ("en", "Hot water is back on in the house by six this evening.", "2026-03-04"),
        ("en", "£18 goes back on your card tomorrow.", "2026-03-05"),
        ("en", "Two of our crew are back at yours on Thursday to hang the gate.", "2026-03-05"),
        ("en", "Don't worry, a spare key is with you by noon tomorrow.", "2026-03-05"),
        ("de", "Ihr Fahrrad steht am Freitag repariert bei Ihnen vor der Tür.", "2026-03-06"),
        ("de", "Keine Sorge, der Monteur klingelt morgen um acht bei Ihnen.", "2026-03-05"),
        ("de", "Am Freitag haben Sie die neue Karte in der Post.", "2026-03-06"),
        ("fr", "Votre vélo part de l'atelier demain.", "2026-03-05"),
        ("fr", "Le plombier passe chez vous vendredi à 9 h.", "2026-03-06"),
        ("fr", "Pas de souci, le nouveau badge vous parvient demain.", "2026-03-05"),
        ("es", "La bicicleta le llega el viernes.", "2026-03-06"),
        ("es", "Mañana pasa el técnico a cambiarle la válvula.", "2026-03-05"),
        ("es", "El dinero vuelve a su tarjeta mañana.", "2026-03-05"),
    ],
)
def test_a_dated_statement_of_what_reaches_the_customer_is_a_promise(language: str, text: str, day: str) -> None:
    (promise,) = promises(text, language)
    assert promise.due_at is not None
    assert promise.due_at.date().isoformat() == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm not closing this until your heating runs."),
        ("en", "We're adding a free week to your pass."),
        ("en", "Your deposit is coming back to you in full."),
        ("de", "Ich kümmere mich darum."),
        ("de", "Den Schaden am Zaun ersetzen wir Ihnen."),
        ("fr", "J'en fais mon affaire."),
        ("fr", "On vous remplace la vitre."),
        ("es", "Déjelo en mis manos."),
        ("es", "Se lo cambiamos por otro."),
    ],
)
def test_what_is_done_for_the_customer_or_said_outright_is_a_promise_without_a_time(language: str, text: str) -> None:
    (promise,) = promises(text, language)
    assert promise.vague


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your plan renews on 1 April."),
        ("en", "Our office is open until six today."),
        ("en", "You have until Friday to choose a desk."),
        ("en", "Your exam is at nine on Monday."),
        ("en", "We can't get a locksmith out to you tomorrow."),
        ("en", "Hopefully the spare part arrives tomorrow."),
        ("en", "Your neighbour said the van comes at three."),
        ("en", "Would Thursday at two suit you?"),
        ("en", "I see both payments of Friday here."),
        ("en", "We truly appreciate your patience this morning."),
        ("en", "Your order of 3 March is here with us."),
        ("de", "Ihr Abo verlängert sich am 1. April."),
        ("de", "Könnten Sie am Freitag zu Hause sein?"),
        ("de", "Ich habe Ihre Adresse gestern geändert."),
        ("de", "Wenn Sie mir das Bild schicken, tauschen wir das Glas am Freitag."),
        ("de", "Unser Telefon ist heute bis 18 Uhr besetzt."),
        ("de", "Ich danke Ihnen für Ihre Geduld."),
        ("fr", "Votre forfait se renouvelle le 1er avril."),
        ("fr", "Nos bureaux sont fermés vendredi."),
        ("fr", "Nous vous remercions de votre patience."),
        ("fr", "Merci de nous renvoyer le formulaire avant vendredi."),
        ("es", "Su plan se renueva el 1 de abril."),
        ("es", "¿Le viene bien el viernes?"),
        ("es", "Le agradezco su paciencia."),
        ("es", "Recuerde pagar la cuota el viernes."),
        ("en", "The train leaves at 16:33."),
        ("en", "It gets dark at five."),
        ("de", "Ihr Termin ist am Dienstag um 10 Uhr."),
        ("de", "Wir sind heute bis 18 Uhr für Sie da."),
        ("de", "Gern helfen wir Ihnen weiter."),
        ("fr", "Votre rendez-vous est mardi à 10 h."),
        ("fr", "On vous a mal renseigné."),
        ("fr", "Je vous confirme la réception de votre dossier."),
        ("es", "Su cita es el martes a las 10."),
        ("es", "Le confirmo que recibimos su pago."),
    ],
)
def test_a_rule_a_hope_a_denial_a_report_or_the_customers_own_task_is_none(language: str, text: str) -> None:
    assert promises(text, language) == ()


def test_what_is_joined_by_and_shares_the_condition_before_it() -> None:
    assert promises("If the depot has it, it is on the van and it reaches you tomorrow.") == ()
    assert [one.text for one in promises("The depot found it and it reaches you tomorrow.")] == [
        "it reaches you tomorrow"
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I will look into the invoice dated 12 April."),
        ("en", "I'll pull up the order you placed on 3 March."),
        ("en", "I'll claim the fare back for the cancelled 18:42 from Leeds."),
        ("en", "Your warranty runs to 30 June, so we'll cover the repair."),
        ("en", "Your membership ended on 31 August, and we'll remove your address."),
        ("de", "Ich werde die Rechnung vom 12. April prüfen und Ihnen schreiben."),
        ("fr", "Je vais vérifier la facture du 5 mai."),
        ("fr", "Je vous rembourserai pour le vol de 18h05."),
        ("es", "Voy a revisar el pedido que hizo el 12 de enero."),
    ],
)
def test_a_moment_that_belongs_to_something_else_dates_no_promise(language: str, text: str) -> None:
    (promise,) = promises(text, language)
    assert promise.vague


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Friday, after the visit, I'll write to you.", "2026-03-06"),
        ("Tomorrow morning we'll call you.", "2026-03-05"),
        ("By the end of next week we'll have an answer for you.", "2026-03-13"),
    ],
)
def test_a_moment_at_the_head_of_a_sentence_dates_what_follows(text: str, day: str) -> None:
    (promise,) = promises(text)
    assert promise.due_at is not None
    assert promise.due_at.date().isoformat() == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your order is showing as delivered today."),
        ("en", "I'm looking at your account today and I see two charges."),
        ("en", "I am working on Saturday."),
        ("en", "The shop is closing at six today."),
        ("en", "Our office is moving on Friday."),
        ("en", "You are flying on Friday at six."),
        ("en", "Your subscription is running until then, 30 June."),
        ("en", "It's snowing in Oslo today, which slows the vans."),
        ("en", "I'm seeing the same error here."),
        ("en", "I'm seeing this error on your profile."),
        ("en", "The mistake is on us."),
        ("en", "That's on me, I misread the date."),
        ("en", "The blame is on us for this."),
        ("en", "You don't pay customs inside the EU."),
        ("en", "You only lose your deposit."),
        ("en", "You don't lose your points."),
        ("en", "You will not be charged interest on cash."),
        ("en", "Your bank's holding the payment you made."),
        ("en", "The courier's keeping your parcel."),
        ("en", "Amazon's refunding you."),
        ("de", "Wir schätzen Ihre Treue sehr."),
        ("de", "Ich bewundere Ihre Geduld."),
        ("de", "Wir respektieren Ihre Entscheidung."),
        ("de", "Ich kenne Ihr Modell gut."),
        ("de", "Wir mögen Ihren Vorschlag."),
        ("de", "Ich vermute, Ihr Router ist alt."),
        ("de", "Wir behandeln Ihre Daten vertraulich."),
        ("de", "Ich bedaure Ihre Lage."),
        ("de", "Ich teile Ihre Meinung."),
        ("de", "Wir begrüßen Ihr Interesse."),
        ("de", "Ich rate Ihnen dazu."),
        ("de", "Ich gratuliere Ihnen herzlich."),
        ("de", "Wir lieben Ihre Fotos."),
        ("de", "Ich lese gerade Ihre Nachricht."),
        ("fr", "Je vous félicite."),
        ("fr", "Nous vous adressons nos salutations."),
        ("fr", "On vous adore."),
        ("fr", "Je vous trouve très patient."),
        ("fr", "Nous vous devons des excuses."),
        ("fr", "Je vous croyais absent."),
        ("fr", "Je vous lis avec attention."),
        ("fr", "Je te dis bravo."),
        ("fr", "Nous vous saluons."),
        ("fr", "On te connaît bien."),
        ("fr", "Cela ne vous concerne pas."),
        ("fr", "Le rouge vous va bien."),
        ("fr", "Un ami vous ressemble."),
        ("es", "Yo trabajo aquí desde hace tres meses."),
        ("es", "Te quiero mucho."),
        ("es", "Le felicito."),
        ("es", "Te felicito."),
        ("es", "Te aseguro que es así."),
        ("es", "Nosotros vendemos bicicletas."),
        ("es", "Yo vivo en Madrid."),
        ("es", "Le tengo aprecio."),
        ("es", "Te mando un abrazo."),
        ("es", "Os mandamos un abrazo."),
        ("es", "Le deseamos suerte."),
        ("es", "Le debo una disculpa."),
        ("en", "Your payment is being taken on Friday."),
        ("es", "La fianza se le ingresó el viernes."),
        ("es", "La oficina permanecerá cerrada el jueves y el viernes."),
    ],
)
def test_what_merely_goes_on_or_is_a_courtesy_is_none(language: str, text: str) -> None:
    assert promises(text, language) == ()


def test_a_promise_begins_behind_the_salutation() -> None:
    (promise,) = promises("Hi Rana, your parcel reaches you tomorrow.")
    assert promise.text == "your parcel reaches you tomorrow"
