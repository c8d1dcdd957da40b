"""What holds for every promise: over zones and changed clocks, hours and holidays, and whatever happens in whatever order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.followups.clock import next_at, tick
from guidance.followups.life import NEXT, change, may_follow
from guidance.followups.plan import timed
from guidance.hours.business import BusinessTime
from guidance.model import AccountSettings, Act, FollowUp, FollowUpChanged, FollowUpState, Hours
from tests.cast import KEY, NOW

S = FollowUpState
ZONES = st.sampled_from(
    [
        "America/New_York",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "UTC",
    ]
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
WEEKS = st.dictionaries(
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    st.sampled_from([(("09:00", "17:00"),), (("08:30", "12:00"), ("13:00", "18:00")), (("00:00", "24:00"),)]),
    min_size=1,
)
HOURS = st.builds(
    lambda zone, week, closed: Hours(time_zone=zone, weekly=week, holidays=tuple(map(str, closed))),
    ZONES,
    WEEKS,
    st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=5),
)
EASY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def is_open_at(business, moment):
    """Whether a moment lies in open hours, their first and last moment included."""
    here = moment.astimezone(business.zone)
    days = (here.date() + timedelta(days=step) for step in (-1, 0, 1))
    return any(
        opens.astimezone(UTC) <= moment.astimezone(UTC) <= closes.astimezone(UTC)
        for day in days
        for opens, closes in business.intervals(day)
    )


@EASY
@given(HOURS, MOMENTS, st.floats(0.25, 30))
def test_counting_open_hours_back_and_forth_ends_where_it_began(hours, end, count):
    business = BusinessTime(hours)
    before = business.hours_before(end, count)
    assert before <= end
    assert is_open_at(business, before)
    assert business.add_hours(before, count) <= end
    assert business.hours_before(business.add_hours(before, count), count) == before


@EASY
@given(HOURS, MOMENTS, st.timedeltas(timedelta(minutes=11), timedelta(days=400)))
def test_a_reminder_is_in_open_hours_before_the_due_time_and_after_now(hours, now, ahead):
    case = replace(empty_case(KEY), settings=AccountSettings(hours=hours))
    planned = timed(promise(), now + ahead, "time", case, now)
    if planned.remind_at is not None:
        assert now < planned.remind_at <= planned.due_at
        assert is_open_at(BusinessTime(hours), planned.remind_at)
    assert now <= planned.grace_until <= now + ahead / 2


@EASY
@given(HOURS, MOMENTS)
def test_a_promise_without_a_time_is_nudged_in_open_hours(hours, now):
    case = replace(empty_case(KEY), settings=AccountSettings(hours=hours))
    assert is_open_at(BusinessTime(hours), timed(promise(), None, None, case, now).nudge_at)


@EASY
@given(ZONES, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_day_closes_at_five_on_the_clock_of_its_zone_whatever_the_season(zone, day):
    closes = BusinessTime(Hours(time_zone=zone)).close_of(day)
    assert (closes.date(), closes.hour, closes.minute) == (day, 17, 0)
    assert closes.astimezone(UTC).astimezone(ZoneInfo(zone)) == closes


def promise(**told):
    return FollowUp(
        **{"id": "f1-1", "account": KEY.account, "ticket_id": KEY.ticket_id, "comment_id": "2", "words": "I'll write"}
        | told
    )


STATES = st.sampled_from(list(S))
SAID = st.lists(
    st.one_of(
        st.tuples(st.just("told"), STATES, st.sampled_from(["dispatch", "12"])),
        st.tuples(st.just("time"), st.integers(0, 400), st.none()),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=200)
@given(SAID, st.sampled_from(list(Act)))
def test_nothing_but_the_agents_own_word_opens_what_is_closed(said, act):
    case = replace(empty_case(KEY), follow_ups=())
    now = NOW
    case = replace(case, follow_ups=(timed(promise(act=act), NOW + timedelta(days=1), "time", case, NOW),))
    for kind, what, by in said:
        (before,) = case.follow_ups
        if kind == "time":
            now += timedelta(hours=what)
            case = tick(case, now)
            by = "dispatch"
        else:
            case = change(case, told(before, what, by, now))
        (after,) = case.follow_ups
        if not before.state.is_open and after.state.is_open:
            assert by == "12"
        assert after.state is before.state or by == "12" or reaches(before.state, after.state)
        if before.state is S.CREATING and by == "12":
            assert after == before


def reaches(state, then):
    """Whether `then` can be reached step by step by itself."""
    seen, waiting = set(), [state]
    while waiting:
        found = NEXT[waiting.pop()] - seen
        seen |= found
        waiting += found
    return then in seen


def told(known, state, by, now):
    changed = replace(known, state=state)
    return FollowUpChanged(key=KEY, event_id="e", at=now, changed=changed, fields=("state",), by=by)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 200), max_size=12), st.sampled_from(list(Act)), st.booleans())
def test_ringing_again_or_late_changes_nothing_and_every_step_is_taken(hours, act, has_due):
    case = empty_case(KEY)
    due = NOW + timedelta(days=3) if has_due else None
    case = replace(case, follow_ups=(timed(promise(act=act), due, "time", case, NOW),))
    now, slow = NOW, case
    for passed in hours:
        now += timedelta(hours=passed)
        slow = tick(tick(slow, now), now)
    assert slow == tick(case, now)
    at = next_at(slow)
    assert at is None or at > now


def test_no_state_leads_to_kept_and_back_by_itself():
    assert not any(may_follow(S.KEPT, state, by="dispatch") for state in S if state is not S.KEPT)
    assert all(not NEXT[state] for state in (S.KEPT, S.WITHDRAWN))
    assert all(not state.is_open for state in NEXT[S.BROKEN])


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["claim", "fail", "done"])), max_size=30))
def test_of_workers_who_claim_one_attempt_at_a_time_holds_it(moves):
    """Three workers over one promise: whoever claims on an outdated reading is refused."""
    case = empty_case(KEY)
    case = replace(case, follow_ups=(timed(promise(), NOW + timedelta(days=3), "time", case, NOW),))
    read = dict.fromkeys(range(3), case.follow_ups[0])
    won = []
    for worker, move in moves:
        known, name = read[worker], f"w{worker}-{len(won)}"
        fields = {
            "claim": {"state": S.CREATING, "attempt": known.attempt + 1, "claim": name},
            "fail": {"state": S.PLANNED, "trouble": "no answer"},
            "done": {"state": S.TASK_MADE, "task_id": "77"},
        }[move]
        event = FollowUpChanged(key=KEY, event_id="e", at=NOW, changed=replace(known, **fields), fields=tuple(fields))
        case = change(case, event)
        (now,) = case.follow_ups
        if move == "claim" and now.claim == name:
            won.append(now.attempt)
        read[worker] = now if move != "done" else known
    assert won == sorted(set(won))
