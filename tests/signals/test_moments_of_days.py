"""Days and periods as people write them: on or before, instead of, the week after next, early in a month."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guidance.signals.moments import find_moments

TUESDAY = datetime(2026, 5, 12, 10, 20, tzinfo=ZoneInfo("Europe/Paris"))


def days(language: str, text: str) -> list[str]:
    found = find_moments(text, now=TUESDAY, language=language, zone=TUESDAY.tzinfo)
    return [f"{one.at:%m-%d %H:%M}".removesuffix(" 17:00") for one in found]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The deposit reaches you on or before 22nd May.", "05-22"),
        ("en", "The deposit reaches you on or before Monday.", "05-18"),
        ("en", "The deposit reaches you on or prior to June 1.", "06-01"),
        ("de", "Das Geld ist am oder vor dem 22. Mai da.", "05-22"),
        ("es", "El dinero llega el o antes del 22 de mayo.", "05-22"),
        ("fr", "Le virement arrive le ou avant le 22 mai.", "05-22"),
    ],
)
def test_on_or_before_a_day_is_by_that_day(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "It reaches you before Monday.", "05-17"),
        ("de", "Es ist vor dem 22. Mai da.", "05-21"),
        ("es", "Llega antes del 22 de mayo.", "05-21"),
        ("fr", "Il arrive avant le 22 mai.", "05-21"),
        ("en", "It reaches you before the end of the day on Friday.", "05-15"),
        ("fr", "Il arrive avant la fin de la journée de vendredi.", "05-15"),
    ],
)
def test_before_a_day_is_by_the_day_before_it_and_before_its_end_by_itself(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The carpenter comes not on Friday but on Saturday.", "05-16"),
        ("en", "The carpenter comes Saturday instead of Friday.", "05-16"),
        ("en", "Rather than Monday at 3, the carpenter comes on Friday.", "05-15"),
        ("de", "Der Tischler kommt nicht am Freitag, sondern am Samstag.", "05-16"),
        ("de", "Statt Freitag um 9 Uhr kommt der Tischler am Samstag.", "05-16"),
        ("de", "Der Tischler kommt am Samstag anstatt am Freitag.", "05-16"),
        ("fr", "Le menuisier vient non pas vendredi mais samedi.", "05-16"),
        ("fr", "Au lieu de lundi, le menuisier vient samedi.", "05-16"),
        ("fr", "Le menuisier vient samedi plutôt que vendredi.", "05-16"),
        ("es", "El carpintero va no el viernes sino el sábado.", "05-16"),
        ("es", "En lugar del lunes, el carpintero va el sábado.", "05-16"),
        ("es", "El carpintero va el sábado en vez del viernes.", "05-16"),
    ],
)
def test_a_day_that_is_ruled_out_is_not_the_one_that_is_meant(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("es", "No, el viernes pasa el carpintero.", "05-15"),
        ("de", "Das geht leider nicht, am Freitag kommt der Tischler.", "05-15"),
        ("en", "I do not mind: on Friday it is.", "05-15"),
        ("en", "I'll have it today, if not tomorrow.", "05-12"),
        ("en", "It comes no later than Friday.", "05-15"),
    ],
)
def test_a_no_that_only_stands_near_rules_no_day_out(language: str, text: str, day: str) -> None:
    assert days(language, text)[0] == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "You have the draft early next month.", "06-10"),
        ("en", "You have the draft at the beginning of July.", "07-10"),
        ("en", "You have the draft in mid June.", "06-15"),
        ("en", "You have the draft in the second half of July.", "07-31"),
        ("en", "You have the draft in the first half of next month.", "06-15"),
        ("de", "Sie haben den Entwurf Anfang nächsten Monats.", "06-10"),
        ("de", "Sie haben den Entwurf Anfang Juli.", "07-10"),
        ("de", "Sie haben den Entwurf Mitte Juli.", "07-15"),
        ("de", "Sie haben den Entwurf in der zweiten Hälfte des Juli.", "07-31"),
        ("fr", "Vous avez le devis au début du mois prochain.", "06-10"),
        ("fr", "Vous avez le devis début juillet.", "07-10"),
        ("fr", "Vous avez le devis à la mi-juillet.", "07-15"),
        ("fr", "Vous avez le devis dans la deuxième quinzaine de juillet.", "07-31"),
        ("es", "Tiene el borrador a principios del mes que viene.", "06-10"),
        ("es", "Tiene el borrador a inicios de julio.", "07-10"),
        ("es", "Tiene el borrador a mediados de julio.", "07-15"),
        ("es", "Tiene el borrador en la primera quincena de julio.", "07-15"),
    ],
)
def test_a_part_of_a_month_is_by_its_end_and_not_by_that_of_the_month(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "You have it by the end of June.", ["06-30"]),
        ("en", "You have it on the 20th of next month.", ["06-20"]),
        ("en", "The first half of it is done.", []),
        ("en", "You may have it early.", []),
        ("es", "Lo haremos a la primera.", []),
        ("fr", "Au début, rien ne marche.", []),
    ],
)
def test_an_end_a_day_and_a_part_of_nothing_are_read_as_before(language: str, text: str, found: list[str]) -> None:
    assert days(language, text) == found


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Wir kommen übernächste Woche.", "05-29"),
        ("de", "Wir kommen übernächste Woche am Donnerstag.", "05-28"),
        ("de", "Wir kommen am Donnerstag übernächster Woche.", "05-28"),
        ("de", "Wir kommen übernächsten Dienstag.", "05-26"),
        ("en", "We come the week after next.", "05-29"),
        ("en", "We come on Thursday of the week after next.", "05-28"),
        ("en", "We come two months after next Friday.", "07-22"),
        ("de", "Wir kommen nächste Woche am Donnerstag.", "05-21"),
    ],
)
def test_the_week_after_next_is_two_weeks_on(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "We have booked you for Friday at 9am.", "05-15 09:00"),
        ("en", "Your slot is held for Thursday between 8 and 10.", "05-14 10:00"),
        ("de", "Der Maler ist für Freitag um 8 Uhr vorgesehen.", "05-15 08:00"),
        ("de", "Der Maler ist für Montag zwischen 8 und 10 Uhr vorgesehen.", "05-18 10:00"),
        ("de", "Wir haben Sie für Freitag, 14:15 Uhr, eingetragen.", "05-15 14:15"),
        ("de", "Der Maler ist für den Freitag vorgesehen.", "05-15"),
    ],
)
def test_for_a_day_is_on_that_day(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It's been down since Friday."),
        ("de", "Seit Freitag steht die Anlage."),
        ("de", "Wir vermieten es für drei Tage."),
    ],
)
def test_since_a_day_and_for_some_days_are_no_days_to_come(language: str, text: str) -> None:
    assert days(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Sie hören in drei, vier Tagen von uns.", "05-16"),
        ("de", "Sie hören in 4, 5 Tagen von uns.", "05-17"),
        ("de", "Sie hören in ein bis zwei Wochen von uns.", "05-26"),
        ("en", "You'll hear in two, three days.", "05-15"),
        ("fr", "Vous aurez la réponse dans trois, quatre jours.", "05-16"),
        ("fr", "Vous aurez la réponse dans les deux, trois jours.", "05-15"),
        ("fr", "Vous aurez la réponse sous un à deux jours.", "05-14"),
        ("es", "Lo tendrá en tres, cuatro días.", "05-16"),
    ],
)
def test_of_two_lengths_that_follow_each_other_the_longer_is_meant(language: str, text: str, day: str) -> None:
    assert days(language, text) == [day]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "You have it on June 2, 3 days later we call.", ["06-02"]),
        ("de", "Sie haben am 2. Juni, 3 Tage später rufen wir an.", ["06-02"]),
    ],
)
def test_a_number_of_a_date_counts_no_days(language: str, text: str, found: list[str]) -> None:
    assert days(language, text)[:1] == found
