"""Moments at the edges: days beyond any calendar, and times as machines write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.cli.when import answer_to
from guidance.model import Hours
from guidance.signals.moments import find_moments

AT = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Kiritimati")


def moments(text: str, zone: str = "America/New_York", language: str = "en") -> list[str]:
    found = find_moments(text, now=AT, language=language, zone=ZoneInfo(zone))
    return [one.at.isoformat() for one in found]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "text",
    [
        "It is valid until 9999-12-31 at 23:59:59.",
        "Sent before 0001-01-01, by 12/31/9999 or 3 days after 9999-12-31.",
        "In 4000 years 3 days 4000 years, or 2 business days before 0001-01-02.",
        "4000 business weeks after 9999-12-30",
    ],
)
def test_a_day_that_no_calendar_reaches_is_none(text: str, zone: str) -> None:
    assert moments(text, zone) == []


PIECES = st.sampled_from(
    "0001-01-01 9999-12-31 31.12.9999 12/31/9999 29.2. 2/30 2100 4000 1990 24:00 00:00 23:59:59 9am T08:00Z 31st Friday "
    "February Easter Christmas year month week day hour business weekend quarter half end of by before after in on at the "
    "next last this from now within until and to - tomorrow tonight morning noon ago".split()
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, min_size=1, max_size=9).map(" ".join), st.sampled_from(ZONES))
def test_whatever_words_stand_together_nothing_raises_and_nothing_past_is_found(text: str, zone: str) -> None:
    found = find_moments(text, now=AT, language="en", zone=ZoneInfo(zone))
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.at >= AT.replace(second=0) for one in found)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("We'll call at 2027-01-15T08:00.", "2027-01-15T08:00:00-05:00"),
        ("We'll call at 2027-01-15 08:00.", "2027-01-15T08:00:00-05:00"),
        ("We'll call at 2027-01-15T08:00:00Z.", "2027-01-15T08:00:00+00:00"),
        ("We'll call at 2027-01-15T08:00:00.000Z.", "2027-01-15T08:00:00+00:00"),
        ("We'll call at 2027-01-15T08:00+02:00.", "2027-01-15T08:00:00+02:00"),
    ],
)
def test_a_time_as_machines_write_it_is_one_moment(text: str, at: str) -> None:
    assert moments(text) == [at]


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_command_names_a_time_that_no_calendar_reaches(now: str) -> None:
    told = answer_to(f'{{"id": "1", "text": "tomorrow at 5", "now": "{now}"}}'.encode())
    assert (told["id"], told["error"]["path"]) == ("1", "now")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("We'll refund it within a week.", "2026-03-11T17:00:00-04:00"),
        ("It will be there in a day.", "2026-03-05T17:00:00-05:00"),
        ("It will be there in a day or two.", "2026-03-06T17:00:00-05:00"),
        ("I'll call you on Thursday between 2 and 4pm.", "2026-03-05T16:00:00-05:00"),
        ("I'll call you on Thursday after 3pm.", "2026-03-05T17:00:00-05:00"),
        ("I'll call you after 3pm tomorrow.", "2026-03-05T17:00:00-05:00"),
        ("I'll call you tomorrow after 6pm.", "2026-03-05T23:59:00-05:00"),
        ("I'll call you a week on Friday.", "2026-03-13T17:00:00-04:00"),
        ("I'll call you tomorrow or on Friday.", "2026-03-06T17:00:00-05:00"),
        ("I'll call you tomorrow or Friday.", "2026-03-06T17:00:00-05:00"),
        ("I'll call you on 2026-03-09 at 02:30.", "2026-03-09T02:30:00-04:00"),
    ],
)
def test_the_latest_moment_that_is_meant_is_due(text: str, at: str) -> None:
    assert moments(text) == [at]


@pytest.mark.parametrize(
    "text",
    [
        "You can call five days a week, twice a day.",
        "I'll call you not before Friday.",
        "No earlier than Friday, then.",
        "I'll call you in three days on Friday.",
        "I'll call you the Friday after next.",
        "I'll call you ten minutes before 3pm.",
    ],
)
def test_where_it_is_unsure_there_is_none(text: str) -> None:
    assert moments(text) == []


FRIDAY_EVENING = datetime(2026, 11, 27, 18, 30, tzinfo=ZoneInfo("America/New_York"))


def on_friday_evening(text: str, language: str = "en") -> list[str]:
    found = find_moments(text, now=FRIDAY_EVENING, language=language, zone=FRIDAY_EVENING.tzinfo)
    return [f"{one.at:%Y-%m-%d %H:%M%z}" for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you by Friday 5pm.",
        "I'll call you on Friday at 10am.",
        "I'll call you at 5pm on Friday.",
        "I'll call you by 5pm EST on Friday.",
        "I'll call you this morning at 9.",
        "I'll call you tonight at 5.",
    ],
)
def test_a_time_on_a_day_that_has_passed_is_no_time_of_another_day(text: str) -> None:
    assert on_friday_evening(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you by 31 November at 5pm.",
        "I'll call you by Nov 31st, 3pm.",
        "I'll call you on Monday 31 November.",
        "I'll call you by 29 February 2027 at 3pm.",
        "I'll call you on the 30th of February.",
        "I'll call you on the 31st of this month at 3pm.",
        "I'll call you on 31/11 at 5pm.",
        "I'll call you on 13/13 at 5pm.",
    ],
)
def test_a_day_that_is_in_no_calendar_is_no_other_day(text: str) -> None:
    assert on_friday_evening(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("As we said yesterday at 5pm, I'll send the form.", "en"),
        ("Wie gestern um 17 Uhr besprochen, schicke ich das Formular.", "de"),
        ("Como dijimos ayer a las 17:00, le envío el formulario.", "es"),
        ("Comme dit hier à 17h, je vous envoie le formulaire.", "fr"),
    ],
)
def test_a_time_of_yesterday_is_no_time_to_come(text: str, language: str) -> None:
    assert on_friday_evening(text, language) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("I'll call you 11am-1pm Monday.", "2026-11-30 13:00-0500"),
        ("I'll call you 2pm - 4pm on Monday.", "2026-11-30 16:00-0500"),
        ("I'll call you on Monday 2 p.m.–4 p.m.", "2026-11-30 16:00-0500"),
        ("I'll get back to you within 24/48 hours.", "2026-11-29 18:30-0500"),
        ("I'll get back to you within 48/72hrs.", "2026-11-30 18:30-0500"),
        ("I'll call you within 1/2 hour.", "2026-11-27 19:00-0500"),
        ("I'll call you Mon 4pm.", "2026-11-30 16:00-0500"),
        ("I'll call you at 4pm on Mon.", "2026-11-30 16:00-0500"),
        ("I'll call you Fri at 8pm.", "2026-11-27 20:00-0500"),
    ],
)
def test_clipped_ranges_and_days_come_to_the_latest_moment_that_is_meant(text: str, at: str) -> None:
    assert on_friday_evening(text) == [at]


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you by Fri.",
        "I'll call you by Fri 4pm.",
        "I'll call you Fri 5pm.",
        "I'll get back to you within 2/3 hours.",
    ],
)
def test_a_short_word_is_left_open_where_its_long_form_is(text: str) -> None:
    assert on_friday_evening(text) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("I'll call you by 5pm UTC+2 tomorrow.", "2026-11-28 17:00+0200"),
        ("I'll call you by 5pm (GMT-5) tomorrow.", "2026-11-28 17:00-0500"),
        ("I'll call you at 17:00 UTC+05:30 tomorrow.", "2026-11-28 17:00+0530"),
        ("I'll call you at 9am AWST on Monday.", "2026-11-30 09:00+0800"),
        ("I'll call you by 5pm Central European Time tomorrow.", "2026-11-28 17:00+0100"),
        ("I'll call you at 5pm Tokyo time tomorrow.", "2026-11-28 17:00+0900"),
        ("I'll call you at 5pm your time tomorrow.", "2026-11-28 17:00-0500"),
        ("I'll call you at 5pm our time tomorrow.", "2026-11-28 17:00-0500"),
        ("I'll be in touch by Easter time.", "2027-03-28 17:00-0400"),
    ],
)
def test_a_zone_that_is_named_is_the_one_that_counts(text: str, at: str) -> None:
    assert on_friday_evening(text) == [at]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'll call you at 5pm our time tomorrow."),
        ("en", "I'll call you tomorrow by 5pm my time."),
        ("de", "Ich rufe Sie morgen um 17 Uhr unserer Zeit an."),
    ],
)
def test_whose_clock_our_time_is_stays_open_where_the_two_sides_have_different_ones(language: str, text: str) -> None:
    hours = Hours(time_zone="Europe/London")
    found = find_moments(text, now=FRIDAY_EVENING, language=language, hours=hours, zone=FRIDAY_EVENING.tzinfo)
    assert found == []


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", "2027-03-04"),
        ("US/Pacific", "2027-03-04"),
        ("America/Toronto", "2027-03-04"),
        ("Asia/Manila", "2027-03-04"),
        ("UTC", "2027-03-04"),
        ("Europe/London", "2027-04-03"),
        ("Europe/Jersey", "2027-04-03"),
        ("Eire", "2027-04-03"),
        ("Atlantic/Azores", "2027-04-03"),
        ("Africa/Accra", "2027-04-03"),
        ("America/Sao_Paulo", "2027-04-03"),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_zones_country(zone: str, day: str) -> None:
    assert [each[:10] for each in moments("I'll call you by 3/4/2027.", zone)] == [day]


def test_day_and_month_are_written_as_the_account_writes_them_wherever_the_customer_is() -> None:
    hours = Hours(time_zone="Europe/London")
    found = find_moments("I'll call you by 3/4/2027.", now=AT, language="en", hours=hours, zone=ZoneInfo(ZONES[0]))
    assert [f"{one.at:%m-%d}" for one in found] == ["04-03"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("I'll call you on the first Monday of December.", ["2026-12-07 17:00-0500"]),
        ("I'll call you on the second Tuesday of next month at 3pm.", ["2026-12-08 15:00-0500"]),
        ("I'll call you on the 1st Friday in January.", ["2027-01-01 17:00-0500"]),
        ("I'll call you on the fifth Monday of December.", []),
    ],
)
def test_a_weekday_is_counted_within_its_month(text: str, at: list[str]) -> None:
    assert on_friday_evening(text) == at


def test_business_hours_pass_where_the_account_is_open_and_not_where_the_customer_is() -> None:
    hours = Hours(time_zone="Europe/London")
    found = find_moments(
        "I'll call you in 3 business hours.", now=AT, language="en", hours=hours, zone=ZoneInfo("Asia/Tokyo")
    )
    assert [f"{one.at:%m-%d %H:%M%z}" for one in found] == ["03-05 19:15+0900"]


def test_a_line_nested_too_deeply_is_told_so():
    nested = b"[" * 5000 + b"]" * 5000
    told = answer_to(b'{"text": "tomorrow", "extra": ' + nested + b"}")
    assert told["error"]["message"] == "its brackets are nested too deeply"
    told = answer_to(b'{"text": 5, "extra": ' + nested + b"}")
    assert told["error"]["path"] == "text"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("I'll call you on Tuesday the 31st.", ["2026-03-31T17:00:00-04:00"]),
        ("I'll call you on Monday the 13th.", ["2026-04-13T17:00:00-04:00"]),
        ("I'll call you on Monday the 31st.", []),
        ("I'll call you on Monday the 31st at 3pm.", []),
    ],
)
def test_a_weekday_and_a_number_that_meet_only_months_from_now_are_no_day(text: str, at: list[str]) -> None:
    assert moments(text) == at


@pytest.mark.parametrize(
    ("hour", "minute", "at"),
    [
        (5, 10, "2026-11-01T01:30:00-04:00"),
        (5, 40, "2026-11-01T01:30:00-05:00"),
        (6, 10, "2026-11-01T01:30:00-05:00"),
        (6, 40, "2026-11-02T01:30:00-05:00"),
    ],
)
def test_in_the_night_in_which_clocks_go_back_half_past_one_comes_twice(hour: int, minute: int, at: str) -> None:
    now = datetime(2026, 11, 1, hour, minute, tzinfo=UTC)
    found = find_moments("I'll call you at 1:30am.", now=now, language="en", zone=ZoneInfo("America/New_York"))
    assert [one.at.isoformat() for one in found] == [at]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I'll call you tomorrow at 24:30.", "en"),
        ("Ich rufe Sie morgen um 24 Uhr 30 an.", "de"),
        ("I'll call you at half past 24 tomorrow.", "en"),
    ],
)
def test_half_an_hour_after_the_day_s_end_is_of_the_next_day_however_it_is_written(text: str, language: str) -> None:
    assert moments(text, language=language) == ["2026-03-06T00:30:00-05:00"]


WEDNESDAY = datetime(2026, 3, 4, 10, 15, tzinfo=ZoneInfo("Europe/Berlin"))


def on_wednesday(text: str, language: str) -> list[str]:
    found = find_moments(text, now=WEDNESDAY, language=language, zone=WEDNESDAY.tzinfo)
    return [f"{one.at:%Y-%m-%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "Your key will be cut in a couple of days.", "2026-03-06 17:00"),
        ("en", "The sofa comes a fortnight today.", "2026-03-18 17:00"),
        ("en", "Our fitter comes Thu wk.", "2026-03-12 17:00"),
        ("en", "I'll ring you at half four.", "2026-03-04 16:30"),
        ("en", "The nurse comes between 8 and 12 on Friday.", "2026-03-06 12:00"),
        ("en", "The nurse comes on Friday between 9 and 1.", "2026-03-06 13:00"),
        ("en", "The keys are yours at 5:30 p.m. this Saturday.", "2026-03-07 17:30"),
        ("en", "You have it the day after Good Friday.", "2026-04-04 17:00"),
        ("en", "You have it before the month's out.", "2026-03-31 17:00"),
        ("en", "You have my answer by end of day Friday.", "2026-03-06 17:00"),
        ("en", "You have my answer by the end of the day tomorrow.", "2026-03-05 17:00"),
        ("en", "It goes out by the end of the quarter.", "2026-03-31 17:00"),
        ("en", "I'll be there in three quarters of an hour.", "2026-03-04 11:00"),
        ("es", "El pintor pasa el viernes entre las nueve y las once.", "2026-03-06 11:00"),
        ("es", "Le escribo hoy antes de las 18 h.", "2026-03-04 18:00"),
        ("es", "Le llamo en media horita.", "2026-03-04 10:45"),
        ("es", "Queda para el viernes en ocho.", "2026-03-13 17:00"),
        ("es", "Esta misma tarde se lo mando.", "2026-03-04 17:00"),
        ("es", "Lo sabe antes de que acabe la semana.", "2026-03-06 17:00"),
        ("de", "Die Lampe kommt am kommenden Freitag.", "2026-03-06 17:00"),
        ("de", "Das Angebot haben Sie Ende KW 12.", "2026-03-20 17:00"),
        ("de", "Der Dachdecker kommt am Dienstag der KW 12.", "2026-03-17 17:00"),
        ("de", "Um dreiviertel vier rufe ich an.", "2026-03-04 15:45"),
        ("de", "In anderthalb Stunden steht die Leitung.", "2026-03-04 11:45"),
        ("de", "Heute in acht Tagen liefern wir.", "2026-03-11 17:00"),
        ("de", "Wir kommen Freitag in einer Woche.", "2026-03-13 17:00"),
        ("de", "Bis Mittag wissen Sie es.", "2026-03-04 12:00"),
        ("de", "Der Gärtner kommt am Fr., 6.3., zw. 8 und 10 Uhr.", "2026-03-06 10:00"),
        ("de", "Das steht bis Quartalsende.", "2026-03-31 17:00"),
        ("de", "Am Montagmorgen um 8 läuft die Heizung.", "2026-03-09 08:00"),
        ("de", "Morgen bis 9 liegt es im Fach.", "2026-03-05 09:00"),
        ("fr", "Dans nonante minutes, c'est réparé.", "2026-03-04 11:45"),
        ("fr", "Je vous appelle avant 11 h.", "2026-03-04 11:00"),
        ("fr", "Le peintre revient lundi en huit.", "2026-03-16 17:00"),
        ("fr", "Le peintre passe vendredi entre 8h et 12h.", "2026-03-06 12:00"),
        ("fr", "Laissez-moi une petite demi-heure.", "2026-03-04 10:45"),
        ("fr", "Nous passons mercredi de la semaine 12.", "2026-03-18 17:00"),
        ("fr", "C'est réglé dans trois quarts d'heure.", "2026-03-04 11:00"),
        ("fr", "Vous l'aurez au plus tard le 03/04.", "2026-04-03 17:00"),
    ],
)
def test_a_moment_is_understood_as_people_of_each_language_say_it(language: str, text: str, at: str) -> None:
    assert on_wednesday(text, language) == [at]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'll look in a sec."),
        ("en", "It goes to 7 May Street."),
        ("es", "Sale para la calle Dos de Mayo, 14."),
        ("de", "Es geht an die Straße des 17. Juni 135."),
        ("fr", "Nous livrons au 12 rue du 8 mai."),
        ("fr", "Nous sommes là du lundi au vendredi, de 9h à 18h."),
        ("fr", "Notre équipe veille 24h/24."),
    ],
)
def test_an_address_an_idiom_and_opening_hours_are_no_moments(language: str, text: str) -> None:
    assert on_wednesday(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Der Monteur klingelt zwischen 8 und 10 Uhr.", "2026-03-05"),
        ("fr", "Le livreur passe entre 8 h et 10 h.", "2026-03-05"),
        ("de", "Wir melden uns Anfang kommender Woche.", "2026-03-10"),
        ("de", "Sie hören in den kommenden drei Werktagen von uns.", "2026-03-09"),
        ("de", "Ihr Platz am Freitag ist gebucht.", "2026-03-06"),
        ("fr", "Votre place de vendredi est réservée.", "2026-03-06"),
        ("fr", "Cette semaine 2 techniciens passent chez vous.", "2026-03-06"),
        ("es", "Su plaza del viernes está reservada.", "2026-03-06"),
        ("en", "We bring it on Monday, road closures or not.", "2026-03-09"),
    ],
)
def test_a_day_keeps_its_date_whatever_else_the_words_could_mean(language: str, text: str, day: str) -> None:
    found = find_moments(
        text,
        now=datetime(2026, 3, 4, 15, 15, tzinfo=UTC),
        language=language,
        hours=Hours(),
        zone=ZoneInfo("Europe/Berlin"),
    )
    assert [f"{one.at:%Y-%m-%d}" for one in found] == [day]


def test_in_the_afternoon_is_today_while_it_has_not_ended() -> None:
    after_noon = WEDNESDAY.replace(hour=12, minute=5)
    found = find_moments("I'll call you in the afternoon.", now=after_noon, language="en", zone=WEDNESDAY.tzinfo)
    assert [f"{one.at:%d %H:%M}" for one in found] == ["04 17:00"]
