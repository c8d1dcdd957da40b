"""Business time with hours as people write them down."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guidance.hours.business import BusinessTime
from guidance.model import Hours

MONDAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def business(**weekly):
    return BusinessTime(Hours(weekly=weekly))


@pytest.mark.parametrize(
    "spans",
    [
        (("09:00", "20:00"), ("12:00", "13:00")),
        (("12:00", "20:00"), ("09:00", "13:00")),
        (("09:00", "12:00"), ("12:00", "20:00")),
    ],
)
def test_hours_that_overlap_or_touch_count_once(spans):
    open_on_mondays = business(mon=spans)
    assert open_on_mondays.close_of(MONDAY).hour == 20
    assert open_on_mondays.add_hours(NINE, 10).hour == 19
    assert len(open_on_mondays.intervals(MONDAY)) == 1


def test_a_shift_over_midnight_ends_in_the_morning_after():
    nights = business(sun=(("22:00", "06:00"),))
    assert nights.add_hours(datetime(2026, 3, 1, 23, tzinfo=UTC), 3) == datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert nights.is_business_day(MONDAY)
    assert nights.close_of(MONDAY).hour == 6


def test_more_hours_than_ten_years_hold_are_counted_off_the_clock():
    assert business(mon=(("09:00", "10:00"),)).add_hours(NINE, 4000) == NINE + timedelta(hours=4000)
