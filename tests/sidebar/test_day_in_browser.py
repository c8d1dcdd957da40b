"""The agent's own day, as the browser keeps it: today beside yesterday, a run of harsh tickets, and nothing longer than two days."""

from __future__ import annotations

import pytest

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

HOUR, DAY = 3_600_000, 86_400_000


@pytest.fixture
def tab(chromium, files_url):
    """A page that knows the module, with nothing kept yet."""
    with among_files(chromium, files_url, timezone_id="UTC") as page:
        yield page


def run(tab, script):
    """Run a script with `Day` at hand, and a clock `at` that it may turn."""
    return tab.evaluate(
        "async () => { const { Day } = await import('/day.js'); const clock = { at: Date.UTC(2026, 2, 4, 12) };"
        f" const day = new Day('acme:12', {{ now: () => clock.at }}); {script} }}"
    )


def test_good_moments_stand_beside_those_of_yesterday_and_of_no_other_day(tab):
    told = run(
        tab,
        f"day.note('kept', 'a'); clock.at += {DAY}; day.note('kept', 'b'); day.note('kept', 'c'); day.note('answered', 'q', 3);"
        f" const first = day.moments; clock.at += 2 * {DAY}; return [first, day.moments, JSON.stringify(localStorage)];",
    )
    assert told[0] == [{"kind": "kept", "today": 2, "yesterday": 1}, {"kind": "answered", "today": 3, "yesterday": 0}]
    assert told[1] == []


def test_the_same_moment_counts_once_and_all_can_be_forgotten(tab):
    assert run(tab, "day.note('kept', 'a'); day.note('kept', 'a'); return day.moments[0].today") == 1
    assert run(tab, "day.note('kept', 'a'); day.forget(); return [day.moments, localStorage.length]") == [[], 1]


@pytest.mark.parametrize("state", ["open", "withdrawn", "late", None])
def test_a_promise_that_was_not_kept_after_all_counts_on_no_day(tab, state):
    script = f"""const {{ Witness }} = await import('/witness.js'); const witness = new Witness(day, '12');
        const kept = {{ id: 'f1', owner_id: '12', state: 'kept' }};
        day.note('kept', 'f2'); witness.followUp(kept); clock.at += {DAY}; day.note('kept', 'f3');
        witness.followUp({{ ...kept, state: {f"'{state}'" if state else "undefined"} }});
        return day.moments;"""
    assert run(tab, script) == [{"kind": "kept", "today": 1, "yesterday": 1}]


def test_a_promise_that_a_merge_took_along_is_still_one_that_was_kept(tab):
    script = """const { Witness } = await import('/witness.js'); const witness = new Witness(day, '12');
        const kept = { id: 'f1', owner_id: '12', state: 'kept' };
        witness.followUp(kept); witness.followUp({ ...kept, state: 'noted', moved_to: '9/f2' }); witness.followUp({ ...kept, owner_id: '7' });
        return day.moments;"""
    assert run(tab, script) == [{"kind": "kept", "today": 1, "yesterday": 0}]


def test_a_break_is_due_after_three_harsh_tickets_in_an_hour_and_a_half_and_not_again_for_two(tab):
    assert run(tab, "for (const n of ['1', '2', '2']) day.rough(n); return day.wantsBreak") is False
    assert run(tab, "day.forget(); for (const n of ['1', '2', '3']) day.rough(n); return day.wantsBreak") is True
    assert (
        run(
            tab,
            f"day.forget(); for (const n of ['1', '2', '3']) {{ day.rough(n); clock.at += {HOUR}; }} return day.wantsBreak",
        )
        is False
    )
    again = f"clock.at += {HOUR}; for (const n of ['4', '5', '6']) day.rough(n);"
    assert (
        run(
            tab,
            f"day.forget(); for (const n of ['1', '2', '3']) day.rough(n); day.rested(); {again} return day.wantsBreak",
        )
        is False
    )


def test_two_agents_in_one_browser_do_not_see_each_other_s_day(tab):
    assert run(tab, "day.note('kept', 'a'); return new Day('acme:7', { now: () => clock.at }).moments") == []


def test_without_storage_the_day_lives_as_long_as_the_page(tab):
    script = "const own = new Day('x', { storage: null, now: () => clock.at }); own.note('kept', 'a'); return [own.moments.length, localStorage.getItem('guidance:day:x')]"
    assert run(tab, script) == [1, None]


@pytest.mark.parametrize(
    ("at", "because"),
    [
        ("2026-10-25T22:30:00Z", "late on a day of 25 hours, when 24 hours ago it was this day already"),
        (
            "2026-03-29T22:30:00Z",
            "early on the day after one of 23 hours, when 24 hours ago it was the day before that",
        ),
    ],
)
def test_yesterday_is_the_day_before_also_where_the_clocks_change(chromium, files_url, at, because):
    script = f"""clock.at = Date.parse("{at}") - 20 * {HOUR}; day.note("kept", "a"); day.note("kept", "b");
        const before = new Date(clock.at).getDate();
        clock.at = Date.parse("{at}"); day.note("kept", "c");
        return [new Date(clock.at).getDate() - before, day.moments[0]];"""
    with among_files(chromium, files_url, timezone_id="Europe/Berlin") as page:
        told = run(page, script)
    days, moments = told
    assert moments == (
        {"kind": "kept", "today": 1, "yesterday": 2} if days else {"kind": "kept", "today": 3, "yesterday": 0}
    ), because
