"""Times of day as people write them, beside a day and alone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guidance.signals.moments import find_moments

TUESDAY = datetime(2026, 5, 12, 10, 20, tzinfo=ZoneInfo("Europe/Paris"))


def moments(language: str, text: str) -> list[str]:
    found = find_moments(text, now=TUESDAY, language=language, zone=TUESDAY.tzinfo)
    return [f"{one.at:%m-%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "I'll phone you Wednesday at 11 instead.", "05-13 11:00"),
        ("en", "We meet on Friday at 9 sharp.", "05-15 09:00"),
        ("en", "I'll ring on Monday at 2 to walk you through it.", "05-18 14:00"),
        ("en", "I'll phone tomorrow at 8 and send the form.", "05-13 08:00"),
        ("en", "I'll phone tomorrow at 8, Rana.", "05-13 08:00"),
        ("en", "The van's there tomorrow by 9 w/ the spare.", "05-13 09:00"),
        ("en", "I'll be there on Friday at 3 their time.", "05-15 15:00"),
        ("de", "Ich rufe am Montag um 9 nochmals durch.", "05-18 09:00"),
        ("de", "Ich rufe am Montag um elf erneut durch.", "05-18 11:00"),
        ("de", "Morgen um Punkt acht steht der Wagen da.", "05-13 08:00"),
        ("de", "Ich meld mich Freitag so um 10.", "05-15 10:00"),
        ("fr", "Je vous appelle jeudi à 9 plutôt.", "05-14 09:00"),
        ("fr", "Je vous appelle lundi vers 11 comme convenu.", "05-18 11:00"),
        ("fr", "Je vous appelle demain à 11 avec le dossier.", "05-13 11:00"),
        ("es", "Le llamo el jueves a las 9 otra vez.", "05-14 09:00"),
        ("es", "Le llamo el lunes a las 11 mejor.", "05-18 11:00"),
        ("es", "Paso mañana a las once con la pieza.", "05-13 11:00"),
    ],
)
def test_what_nobody_counts_may_follow_a_time_beside_a_day(language: str, text: str, at: str) -> None:
    assert moments(language, text) == [at]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We open on Friday at 9 branches."),
        ("en", "It runs tomorrow at 12 kilobytes."),
        ("en", "We're there tomorrow at 10 Milton Gardens."),
        ("en", "The fitter comes tomorrow between 4 and 6 lorries."),
        ("de", "Der Preis sinkt am Freitag um 10 Prozent."),
        ("fr", "Nous livrons demain à 12 clients."),
        ("es", "Llegamos el viernes a las 3 tiendas."),
    ],
)
def test_a_day_beside_a_number_that_may_be_an_unread_time_is_silent(language: str, text: str) -> None:
    assert moments(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "We bring it on Friday at 50 percent off.", "05-15 17:00"),
        ("es", "Le envío mañana las 3 piezas.", "05-13 17:00"),
        ("fr", "Nous réservons demain pour 3 personnes.", "05-13 17:00"),
        ("de", "Wir liefern morgen ca. 10 Kartons.", "05-13 17:00"),
    ],
)
def test_a_day_beside_a_number_that_only_counts_is_that_day(language: str, text: str, at: str) -> None:
    assert moments(language, text) == [at]


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "The sweep comes on Monday between 8 to 11 am.", "05-18 11:00"),
        ("en", "The sweep comes tomorrow between 9AM to 12PM.", "05-13 12:00"),
        ("en", "The sweep comes on Friday from 1 to 3 pm.", "05-15 15:00"),
        ("en", "The sweep comes on Friday from 8 to 12.", "05-15 12:00"),
        ("en", "I'll ring on Monday at 2 or 3.", "05-18 15:00"),
        ("de", "Der Ableser kommt am Montag von 9 bis 11 Uhr.", "05-18 11:00"),
        ("de", "Der Ableser kommt Freitag von 8 bis 10.", "05-15 10:00"),
        ("de", "Der Ableser kommt am 20. Mai von 13 bis 15 Uhr.", "05-20 15:00"),
        ("fr", "Le plombier passe lundi entre 9h et midi.", "05-18 12:00"),
        ("fr", "Le plombier passe vendredi de 14 h à 16 h.", "05-15 16:00"),
        ("fr", "Le plombier passe le 20, entre 13 et 15 heures.", "05-20 15:00"),
        ("es", "El fontanero pasa el lunes de 9 a 11.", "05-18 11:00"),
        ("es", "El fontanero pasa el viernes de 10 a 14 h.", "05-15 14:00"),
        ("es", "El fontanero pasa mañana desde las 9 hasta las 11.", "05-13 11:00"),
    ],
)
def test_a_window_of_time_beside_a_day_comes_to_its_later_end(language: str, text: str, at: str) -> None:
    assert moments(language, text) == [at]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We have a crew of 8 to 12."),
        ("en", "We are there on Monday from 9 to 5."),
        ("en", "It takes between 2 to 4 spoons."),
        ("de", "Wir haben von 8 bis 18 Uhr geöffnet."),
        ("de", "Der Satz steigt von 8 bis 12."),
        ("fr", "Le standard répond de 9 h à 18 h."),
        ("es", "Un grupo de 8 a 12."),
    ],
)
def test_a_range_that_counts_or_tells_opening_hours_is_no_moment(language: str, text: str) -> None:
    assert moments(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "I'll ring the barracks at 0730 tomorrow.", "05-13 07:30"),
        ("en", "I'll ring the barracks tomorrow at 1645.", "05-13 16:45"),
        ("en", "I'll ring at 0915 hrs on Friday.", "05-15 09:15"),
        ("en", "I'll ring at 1600 hours on Monday.", "05-18 16:00"),
        ("de", "Ich rufe morgen um 1430 Uhr an.", "05-13 14:30"),
        ("es", "Le llamo mañana a las 1430.", "05-13 14:30"),
    ],
)
def test_four_figures_beside_a_day_are_a_time_of_day(language: str, text: str, at: str) -> None:
    assert moments(language, text) == [at]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("We cap it at 1500.", []),
        ("We ship tomorrow 1500 crates.", ["05-13 17:00"]),
        ("We ship it by 2030.", []),
        ("The battery lasts 1400 hours.", []),
        ("Call 0800 from tomorrow.", ["05-13 17:00"]),
    ],
)
def test_four_figures_elsewhere_are_none(text: str, at: list[str]) -> None:
    assert [one for one in moments("en", text) if one != "05-13 17:00" or at] in (at, [])


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "I'll ring you on Friday at twenty to three.", "05-15 14:40"),
        ("en", "I'll ring you tomorrow at five minutes to nine.", "05-13 08:55"),
        ("en", "I'll ring you at quarter of three on Monday.", "05-18 14:45"),
        ("de", "Ich rufe um zehn vor halb drei an.", "05-12 14:20"),
        ("de", "Ich rufe um fünf nach halb drei an.", "05-12 14:35"),
        ("de", "Ich rufe um drei viertel fünf an.", "05-12 16:45"),
        ("de", "Ich rufe am Freitag um zehn vor vier an.", "05-15 15:50"),
        ("es", "Le marco a un cuarto para las tres.", "05-12 14:45"),
        ("es", "Paso mañana al cuarto para las 5.", "05-13 16:45"),
        ("es", "Le marco faltando cinco para las dos.", "05-12 13:55"),
        ("es", "Lo tiene para las cuatro.", "05-12 16:00"),
    ],
)
def test_minutes_are_counted_to_the_hour_as_each_language_does(language: str, text: str, at: str) -> None:
    assert moments(language, text) == [at]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Five to three of you may come."),
        ("en", "The quarter of five tenants pays less."),
        ("de", "Vor vier Tagen kam das Paket."),
        ("es", "Son diez para las visitas."),
    ],
)
def test_numbers_around_to_that_tell_no_time_are_none(language: str, text: str) -> None:
    assert moments(language, text) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Je vous appelle à 9h.", "05-13 09:00"),
        ("Je vous appelle à 9 h 15.", "05-13 09:15"),
        ("Le camion arrive demain à 6 h.", "05-13 06:00"),
        ("Le camion arrive demain à 5 h 45.", "05-13 05:45"),
        ("Le camion arrive demain à six heures.", "05-13 18:00"),
        ("Le camion arrive demain à 2 h.", "05-13 14:00"),
    ],
)
def test_french_hours_in_figures_are_those_of_the_whole_day(text: str, at: str) -> None:
    assert moments("fr", text) == [at]


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "I'll ring you tomorrow before the shop shuts at 6.", "05-13 18:00"),
        ("en", "I'll ring you today, before we lock up at 5:30.", "05-12 17:30"),
        ("de", "Ich rufe Sie heute an, bevor wir um 16:30 Uhr schließen.", "05-12 16:30"),
        ("fr", "Je vous rappelle demain avant que nous fermions à 17 h.", "05-13 17:00"),
        ("es", "Le llamo mañana antes de que cerremos a las 14:30.", "05-13 14:30"),
        ("de", "Der Gärtner kommt am Freitag ab 12 Uhr, spätestens um 14 Uhr.", "05-15 14:00"),
        ("en", "The sweep comes on Friday from 1pm, by 3pm at the latest.", "05-15 15:00"),
    ],
)
def test_a_time_that_a_clause_sets_as_the_end_is_of_the_day_before_it(language: str, text: str, at: str) -> None:
    assert at in moments(language, text)[:1]


@pytest.mark.parametrize(
    "text",
    [
        "I'll ring you tomorrow. Before that we close at 5.",
        "I'll ring you tomorrow, and we close at 5 before the game.",
    ],
)
def test_a_time_of_another_statement_is_not_of_that_day(text: str) -> None:
    assert moments("en", text)[0] == "05-13 17:00"


def test_a_seat_is_no_time_of_day() -> None:
    assert moments("en", "14A is yours, next to 14P.") == []
    assert moments("en", "It opens tomorrow at 9a.") == ["05-13 09:00"]
