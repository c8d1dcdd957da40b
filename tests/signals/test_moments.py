"""Moments at the edges: days beyond any calendar, and times as machines write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.cli.when import answer_to
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


def test_a_line_nested_too_deeply_is_told_so():
    told = answer_to(b'{"text": "tomorrow", "extra": ' + b"[" * 5000 + b"]" * 5000 + b"}")
    assert told["error"]["message"] == "The brackets are nested too deeply."
