"""Promises that say little, ask for the time they take, or are set down in advance."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guidance.model import Hours
from guidance.signals import Context, Ear

TUESDAY = datetime(2026, 5, 12, 10, 20, tzinfo=ZoneInfo("Europe/Paris"))
EAR = Ear()


def dues(language: str, text: str) -> list[str]:
    context = Context(at=TUESDAY, hours=Hours(), zone="Europe/Paris", language=language)
    found = EAR.read(text, by_customer=False, context=context).promises
    return [f"{one.due_at:%m-%d %H:%M}" if one.due_at else "" for one in found]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Sorry about the lid. Back to you by 4.", "05-12 16:00"),
        ("Ringing you at 3.", "05-12 15:00"),
        ("No luck yet. Trying you again tomorrow at 9am.", "05-13 09:00"),
        ("Circling back by close of business.", "05-12 17:00"),
        ("Seen it. Papers over to you by noon.", "05-12 12:00"),
        ("Quote to follow tomorrow.", "05-13 17:00"),
        ("Answer by noon tomorrow.", "05-13 12:00"),
        ("I'll be the one phoning, Friday at 9.", "05-15 09:00"),
        ("I'll try you again on Friday at 9am.", "05-15 09:00"),
        ("Noted. Will share the form by tomorrow.", "05-13 17:00"),
        ("I come back to you until Friday.", "05-15 17:00"),
        ("Within two days you receive a letter from us.", "05-14 17:00"),
        ("By the end of the month you'll have a new lamp.", "05-31 17:00"),
        ("I've pencilled you in for a fitting on Friday at 9am.", "05-15 09:00"),
        ("We've booked the fitter for you, he comes Thursday between 8 and 10.", "05-14 10:00"),
        ("I've scheduled a demo for you tomorrow at 4pm.", "05-13 16:00"),
    ],
)
def test_a_promise_in_few_words_is_heard(text: str, due: str) -> None:
    assert dues("en", text) == [due]


@pytest.mark.parametrize(
    "text",
    [
        "Back in stock at most shops.",
        "Sending you a lot of love today!",
        "Did you get a text from us?",
        "I've booked it already.",
        "I'll try my best.",
        "The answer is in the booklet by the door.",
        "Give me a sec to try it.",
        "People ignore their end of year statement and get a fright.",
    ],
)
def test_few_words_that_commit_to_nothing_are_no_promise(text: str) -> None:
    assert dues("en", text) == []


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "Give me half an hour and I'll have your answer.", "05-12 10:50"),
        ("en", "Give us until 3 and we'll have it working.", "05-12 15:00"),
        ("en", "Give me twenty minutes, I'll have the price for you.", "05-12 10:40"),
        ("de", "Geben Sie mir bitte zwei Stunden, dann habe ich den Preis für Sie.", "05-12 12:20"),
        ("de", "Gib mir eine halbe Stunde, dann hab ich den Preis für dich.", "05-12 10:50"),
        ("de", "Ich schreib dir in ner halben Stunde.", "05-12 10:50"),
        ("es", "Deme dos horas, por favor, y le tengo el precio.", "05-12 12:20"),
        ("es", "El pintor llega en hora y media.", "05-12 11:50"),
        ("es", "En un plazo de 24 horas le damos una respuesta.", "05-13 10:20"),
        ("es", "Pasado mañana le estoy enviando la factura.", "05-14 17:00"),
        ("es", "Con mucho gusto, mañana le queda listo el recibo.", "05-13 17:00"),
        ("fr", "Ne vous dérangez pas, c'est moi qui vous appelle vendredi à 9 h.", "05-15 09:00"),
        ("fr", "Je te redis ça cet aprem.", "05-12 17:00"),
        ("de", "Ich meld mich nächste Woche Freitag bei dir.", "05-22 17:00"),
        ("de", "Heute in acht Tagen rufe ich Sie an und frage, ob es läuft.", "05-19 17:00"),
        ("de", "Die Werkstatt ist fertig: Wir liefern den Schrank am Freitag.", "05-15 17:00"),
        ("de", "Der Monteur kommt nicht morgen, sondern übermorgen um 8.", "05-14 08:00"),
        ("en", "The fitter comes not on Friday but on Saturday.", "05-16 17:00"),
        ("fr", "C'est réglé : votre carte part aujourd'hui.", "05-12 17:00"),
    ],
)
def test_the_time_that_is_asked_for_and_what_is_set_aside_deny_nothing(language: str, text: str, due: str) -> None:
    assert dues(language, text) == [due]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Le vamos a reponer la taza."),
        ("es", "Una técnica se comunicará con usted en breve."),
        ("es", "Lo consulto y le digo algo."),
        ("de", "Eine Kollegin aus der Werkstatt wird sich in Kürze bei Ihnen melden."),
        ("de", "Unser Techniker aus Köln wird Sie dazu kontaktieren."),
        ("fr", "Un collègue va vous rappeler rapidement."),
        ("fr", "Ma responsable va prendre contact avec vous."),
    ],
)
def test_somebody_else_of_ours_will_be_in_touch(language: str, text: str) -> None:
    assert dues(language, text) == [""]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Give me your number and I'll ring you tomorrow."),
        ("en", "Your driver told us: the van comes at three."),
        ("de", "Geben Sie mir Ihre Nummer, dann rufe ich Sie morgen an."),
        ("de", "Ihr Nachbar sagt: Der Wagen kommt am Freitag."),
        ("es", "Le cuento que la tienda cambió de dueño."),
        ("es", "Le vamos a ser sinceros."),
        ("de", "Der Monteur kommt nicht morgen."),
        ("fr", "Le voisin dit : le camion passe demain."),
    ],
)
def test_what_is_asked_of_the_customer_or_told_by_another_is_none(language: str, text: str) -> None:
    assert dues(language, text) == []
