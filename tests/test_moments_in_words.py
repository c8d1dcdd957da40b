"""A moment as we write it into a helpdesk."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from guidance.hours.wording import clock_named, in_words
from guidance.model import Hours

AT = datetime(2026, 3, 6, 15, 5, tzinfo=UTC)
AMERICAN = "Friday, March 6, 2026, 3:05 PM"
BRITISH = "Friday, 6 March 2026, 15:05"


@pytest.mark.parametrize(
    ("locale", "hours", "told"),
    [
        ("en-US", Hours(), AMERICAN),
        ("en-GB", Hours(country="US"), BRITISH),
        ("de-DE", Hours(), BRITISH),
        ("en", Hours(country="us"), AMERICAN),
        ("en", Hours(time_zone="America/New_York"), AMERICAN),
        ("en", Hours(time_zone="Europe/Berlin"), BRITISH),
        ("de", Hours(country="DE-BY"), BRITISH),
        ("es-MX", Hours(), "Friday, 6 March 2026, 3:05 pm"),
        ("en_IN", Hours(), "Friday, 6 March 2026, 3:05 pm"),
        ("en", Hours(), BRITISH),
        ("", Hours(time_zone="nowhere", country="QQ"), BRITISH),
        ("-", Hours(time_zone="UTC"), BRITISH),
    ],
)
def test_the_clock_and_the_order_of_a_day_are_those_of_where_the_account_is(locale, hours, told):
    assert in_words(AT, locale, hours) == told


@pytest.mark.parametrize(
    ("hours", "place", "told"),
    [
        (-5, "America/New_York", "EST"),
        (-5, "Eastern Time (US & Canada)", "EST"),
        (8, "America/New_York", "GMT+8"),
        (-3, "America/Sao_Paulo", "GMT-3"),
        (5.5, None, "GMT+5:30"),
        (-3.5, None, "GMT-3:30"),
        (0, "Europe/London", "GMT"),
        (0, None, "UTC"),
    ],
)
def test_a_clock_is_named_as_people_there_name_it_or_by_its_distance_from_greenwich(hours, place, told):
    assert clock_named(AT.astimezone(timezone(timedelta(hours=hours))), place) == told
