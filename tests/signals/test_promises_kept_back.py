"""What only looks like a promise: doubted, waiting for the customer, done by nobody of ours, or happening by itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guidance.model import Hours
from guidance.signals import Context, Ear

TUESDAY = datetime(2026, 5, 12, 10, 20, tzinfo=ZoneInfo("Europe/Paris"))
EAR = Ear()


def promises(language: str, text: str) -> list[str]:
    context = Context(at=TUESDAY, hours=Hours(), zone="Europe/Paris", language=language)
    return [one.text for one in EAR.read(text, by_customer=False, context=context).promises]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I doubt we'll manage Thursday."),
        ("en", "I can't say when the lift will reopen."),
        ("en", "No one knows whether the bridge will reopen."),
        ("en", "It would be a lie to say we'll finish by Friday."),
        ("en", "There's no chance we'll reach you before Monday."),
        ("en", "Who promised you that we'll come on Sunday?"),
        ("en", "I'm not certain it will ship this week."),
        ("de", "Ich bezweifle, dass wir Ihnen das am Freitag liefern."),
        ("de", "Niemand weiß, wann der Techniker kommt."),
        ("de", "Ich kann nicht versprechen, dass der Kollege morgen kommt."),
        ("fr", "Je doute que nous vous livrions vendredi."),
        ("fr", "Personne ne sait quand le technicien passera."),
        ("fr", "Je ne pense pas que nous finirons lundi."),
        ("es", "Dudo que le entreguemos el viernes."),
        ("es", "Nadie sabe cuándo llegará el técnico."),
        ("es", "No creo que terminemos el lunes."),
    ],
)
def test_what_is_doubted_denied_or_asked_is_no_promise(language: str, text: str) -> None:
    assert promises(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don't know why it failed, but we'll fix it by Friday."),
        ("en", "I doubt it helps, so I'll send a new one tomorrow."),
        ("en", "Nobody likes to wait, and we'll be with you at four."),
        ("de", "Ich weiß nicht, woran es liegt, aber ich melde mich morgen bei Ihnen."),
        ("fr", "Je ne sais pas pourquoi, mais je vous rappelle demain."),
        ("es", "No sé por qué, pero le llamo mañana."),
    ],
)
def test_a_doubt_of_something_else_leaves_the_promise(language: str, text: str) -> None:
    assert len(promises(language, text)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Snap the label and you'll get a new one tomorrow."),
        ("en", "Hand the parcel to the driver and I'll refund it today."),
        ("en", "Say yes and we'll switch it off tonight."),
        ("en", "Provided the form arrives, we'll pay on Friday."),
        ("en", "Assuming we get your letter, we'll pay by Friday."),
        ("en", "The minute I have your form, I'll pay it out."),
        ("en", "On receipt of the keys we'll return the deposit within two days."),
        ("en", "We'll pay you within two days after the keys reach us."),
        ("en", "We'll pay you within a week of receiving your form."),
        ("de", "Sobald wir Ihre Unterschrift haben, überweisen wir Ihnen den Betrag am Freitag."),
        ("de", "Nach Eingang der Schlüssel überweisen wir Ihnen den Betrag in zwei Tagen."),
        ("de", "Schicken Sie uns das Foto und wir erstatten Ihnen den Betrag morgen."),
        ("fr", "Dès que nous aurons votre accord, nous vous livrerons sous trois jours."),
        ("fr", "Une fois le devis signé, nous vous livrons sous trois jours."),
        ("fr", "Renvoyez-nous le devis et nous vous livrons demain."),
        ("es", "En cuanto recibamos su firma, le enviamos la pieza en tres días."),
        ("es", "Una vez firmado el contrato, le enviamos la pieza mañana."),
        ("es", "Escríbanos el número y le llamamos mañana."),
        ("es", "Si le parece bien, le llamo mañana."),
    ],
)
def test_what_waits_for_the_customer_is_no_promise(language: str, text: str) -> None:
    assert promises(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "As soon as the depot answers, I'll write to you."),
        ("en", "Once I have news, I'll ring you tomorrow."),
        ("en", "The form provided was wrong, and we'll send another tomorrow."),
        ("de", "Sobald die Werkstatt antwortet, melde ich mich bei Ihnen."),
        ("fr", "Dès que nous aurons des nouvelles, je vous rappelle."),
        ("es", "Cuando llegue la pieza, le llamo."),
    ],
)
def test_what_waits_for_ourselves_is_a_promise(language: str, text: str) -> None:
    assert len(promises(language, text)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nobody will be at the desk on Friday."),
        ("en", "So you'll ring the bank tomorrow, perfect."),
        ("en", "So you'll be in after six?"),
        ("en", "Mrs. Okoye is back on Monday."),
        ("de", "Herr Lang ist am Montag zurück."),
        ("de", "Frau Weiß ist bis Freitag krank."),
        ("de", "Ich warte auf Ihren Anruf am Freitag."),
        ("fr", "Mme Petit est de retour lundi."),
        ("fr", "Il est en vacances jusqu'à vendredi."),
        ("fr", "Nous attendons votre réponse demain."),
        ("fr", "Vous deviez nous rappeler vendredi."),
        ("es", "La señora Gil vuelve el lunes."),
        ("es", "Está de baja hasta el viernes."),
        ("es", "Esperamos su respuesta mañana."),
        ("es", "Usted iba a llamarnos el viernes."),
    ],
)
def test_what_nobody_or_the_customer_does_and_who_is_away_is_no_promise(language: str, text: str) -> None:
    assert promises(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You'll be on the next coach at four."),
        ("en", "Mr. Roth will bring it back on Thursday."),
        ("de", "Herr Lang bringt Ihnen den Schlüssel am Montag."),
        ("fr", "Mme Petit vous rappelle lundi."),
        ("es", "La señora Gil le llama el lunes."),
    ],
)
def test_what_somebody_does_for_the_customer_is_a_promise(language: str, text: str) -> None:
    assert len(promises(language, text)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The varnish will be dry by tomorrow."),
        ("en", "Your phone will be fully charged by tomorrow morning."),
        ("en", "The bruise will be gone by Monday, it always is."),
        ("en", "Your ferry will leave on Friday at 7:15."),
        ("en", "The show will begin at nine on Saturday."),
        ("en", "We will have been here for ten years on Friday."),
        ("en", "Your mother will love it on Sunday!"),
        ("de", "Der Lack ist morgen trocken."),
        ("de", "Am Sonntag soll es schneien."),
        ("de", "Ihr Flieger startet am Freitag um 7:15 Uhr."),
        ("de", "Die Karte läuft bis zum 30. Juni."),
        ("de", "Du hast noch bis Montag Zeit."),
        ("fr", "Le vernis sera sec demain, la colle sera dure vendredi."),
        ("fr", "Votre avion décolle vendredi à 7 h 15."),
        ("fr", "Le magasin rouvre demain à 9 h."),
        ("fr", "Le bail court jusqu'au 30 juin."),
        ("fr", "À votre place, je passerais vendredi."),
        ("es", "El barniz estará seco mañana."),
        ("es", "El domingo va a nevar."),
        ("es", "Su avión sale el viernes a las 7:15."),
        ("es", "El seguro está vigente hasta el 30 de junio."),
        ("es", "Aún tienes hasta el lunes."),
        ("es", "Yo que usted esperaría al viernes."),
    ],
)
def test_what_happens_by_itself_is_no_promise(language: str, text: str) -> None:
    assert promises(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your ferry will be rebooked by Friday."),
        ("en", "The scratch will be gone by Friday."),
        ("en", "Your fare will be refunded by Friday."),
        ("de", "Der Lack wird Ihnen morgen geliefert."),
        ("fr", "Le vernis vous sera livré demain."),
        ("es", "El barniz le llega mañana."),
    ],
)
def test_what_we_do_to_the_same_things_is_a_promise(language: str, text: str) -> None:
    assert len(promises(language, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I'll take this as a no.",
        "I'll leave you to enjoy the weekend.",
        "I'll let you get on, have a good one.",
        "I'll be frank with you: it's gone.",
        "I'll give you that.",
    ],
)
def test_a_turn_of_phrase_is_no_promise(text: str) -> None:
    assert promises("en", text) == []


@pytest.mark.parametrize("text", ["I'll take this to the boss.", "I'll let you know.", "I'll be with you at nine."])
def test_what_only_begins_like_one_is_a_promise(text: str) -> None:
    assert len(promises("en", text)) == 1
