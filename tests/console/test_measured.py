"""The numbers that say whether it helps: time to the hint, the estimate beside CSAT, feelings with a hint and without."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from guidance.accounts import calibration_of, settings_of
from guidance.console.weekly import Reckoning
from guidance.conversations import empty_case
from guidance.dispatch.calibrating import look_at_answers
from guidance.dispatch.teams import look_at_teams
from guidance.hints.holdout import MOST
from guidance.model import FollowUp, FollowUpState, KeepFollowUp, TicketKey
from guidance.people.users import Role
from tests.cast import KEY, NOW
from tests.console.measured_made import counted, felt, people_reply, weeks_made
from tests.edges import ACME

HOUSE = "the whole house"
BILLING, PLANTS = "Billing, zendesk:acme", "Plant care, zendesk:acme"


def rows(owner):
    told = csv.DictReader(io.StringIO(owner.get("/console/numbers.csv").text))
    return {(row["team"], row["week"]): row for row in told}


def this_week(owner, team=HOUSE):
    return rows(owner)[team, "2026-03-02"]


def feelings(**replies):
    """Counts of so many replies each: `hinted=(10, -50, 80)` is ten that felt -0.5 before and 0.8 better after."""
    found = Counter()
    for beside, (n, before, rise) in replies.items():
        for number in range(n):
            felt(found, beside, before, rise + (5 if number % 2 else -5))
    return found


def answers(good, bad, likelihood=0.5):
    return {
        f"pair:{likelihood:.2f}:good": good,
        f"pair:{likelihood:.2f}:bad": bad,
        "rated:good": good,
        "rated:bad": bad,
    }


def two_teams(store, one, other):
    for team, counts in (("Billing", one), ("Plant care", other)):
        people_reply(store, team, NOW)
        counted(store, team, NOW, counts)
    look_at_teams(store, NOW)


def test_the_time_to_a_hint_is_told_for_half_of_them_and_for_nine_in_ten(owner, store):
    counted(store, "", NOW, {"hint_in:2": 11, "hint_in:5": 7, "hint_in:60": 2})
    row = this_week(owner)
    assert (row["hints_timed"], row["half_within"], row["nine_in_ten_within"]) == ("20", "2 s", "5 s")
    assert "nine in ten 5 s" in owner.get("/console/numbers").text


def test_the_time_to_a_few_hints_is_not_told(owner, store):
    counted(store, "", NOW, {"hint_in:2": 9})
    assert this_week(owner)["half_within"] == "–"


def test_the_estimate_is_called_uncalibrated_until_there_are_thirty_answers(owner, store):
    counted(store, "", NOW, {"estimate:0.50": 40, **answers(8, 21)})
    look_at_answers(store, NOW)
    assert "uncalibrated, with fewer than 30 answers" in owner.get("/console/numbers").text
    assert (this_week(owner)["estimate"], this_week(owner)["calibration"]) == ("0.5", "uncalibrated")


def test_with_thirty_answers_the_estimate_is_fitted_to_them(owner, store):
    counted(store, "", NOW, {"estimate:0.50": 40, **answers(8, 22)})
    look_at_answers(store, NOW)
    assert "fitted to 30 answers" in owner.get("/console/numbers").text
    row = this_week(owner)
    assert row["calibration"] == "fitted"
    assert 0.2 < float(row["estimate"]) < 0.35
    assert (row["rated"], row["content"]) == ("30", "8")
    assert float(row["estimate_of_rated"]) == pytest.approx(8 / 30, abs=0.05)


def test_answers_are_looked_at_once_a_day_and_those_of_half_a_year_count(store):
    store.put_account(ACME)
    counted(store, "", NOW - timedelta(days=200), answers(20, 20))
    look_at_answers(store, NOW)
    assert calibration_of(store, KEY.account).answers == 0
    counted(store, "", NOW, answers(20, 20))
    look_at_answers(store, NOW + timedelta(hours=1))
    assert calibration_of(store, KEY.account).answers == 0, "it was done today"
    store.release(f"calibrated:{KEY.account}")
    look_at_answers(store, NOW + timedelta(days=1))
    assert calibration_of(store, KEY.account).answers == 40


def test_the_share_of_the_content_has_an_interval_and_is_told_from_ten_answers_on(owner, store):
    counted(store, "", NOW, answers(8, 2))
    assert '80 % <span class="quiet">49 % to 94 %</span>' in owner.get("/console/numbers").text
    counted(store, "", NOW, {"rated:bad": -1})
    assert "49 % to" not in owner.get("/console/numbers").text


def test_feelings_are_told_before_and_after_with_a_hint_and_held_out_with_their_difference(owner, store):
    counted(store, "", NOW, feelings(hinted=(40, -50, 80), withheld=(40, -50, 50)))
    page = owner.get("/console/numbers").text
    assert "−0.50 → +0.30" in page and "−0.50 → +0.00" in page
    assert re.search(r"With a hint, more than held out.*\+0\.30 \(\+0\.2\d to \+0\.3\d\)", page)


def test_where_nobody_was_held_out_the_difference_is_too_few_to_tell(owner, store):
    counted(store, "", NOW, feelings(hinted=(40, -50, 80)))
    page = owner.get("/console/numbers").text
    assert "+0.80 (+0.7" in page
    assert re.search(r"With a hint, more than held out</th>(<td></td>)*<td class=\"num\">too few to tell", page)


def test_an_interval_that_reaches_too_far_says_nothing(owner, store):
    wild = Counter()
    for number in range(12):
        felt(wild, "hinted", -100 if number % 2 else 0, 190 if number % 2 else -90)
    counted(store, "", NOW, wild)
    row = this_week(owner)
    assert (row["hinted_answered"], row["hinted_change_low"]) == ("12", "")


def test_a_week_in_which_one_team_has_fewer_than_five_is_told_of_neither(owner, store):
    two_teams(
        store,
        {"estimate:0.80": 9, **feelings(hinted=(9, -50, 80))},
        {"estimate:0.30": 4, **feelings(hinted=(4, -50, 10))},
    )
    for team in (BILLING, PLANTS):
        row = this_week(owner, team)
        assert (row["solved"], row["estimate"], row["hinted_answered"], row["hinted_before"]) == ("0", "", "0", ""), (
            team
        )
    assert (this_week(owner)["solved"], this_week(owner)["hinted_answered"]) == ("13", "13"), "the house is always told"


def test_what_was_answered_by_few_is_told_of_no_team_and_the_rest_of_its_week_is(owner, store):
    two_teams(store, {"estimate:0.80": 9, **answers(3, 1)}, {"estimate:0.30": 8, **answers(7, 4)})
    for team, solved in ((BILLING, "9"), (PLANTS, "8")):
        row = this_week(owner, team)
        assert (row["solved"], row["rated"], row["content"], row["estimate_of_rated"]) == (solved, "0", "0", ""), team


def test_no_teams_sum_over_the_weeks_gives_away_a_week_that_is_not_told(owner, store):
    two_teams(store, feelings(withheld=(9, -50, 80)), feelings(withheld=(4, -50, 80)))
    earlier = NOW - timedelta(weeks=1)
    for team in ("Billing", "Plant care"):
        counted(store, team, earlier, feelings(withheld=(6, -50, 80)))
    page = owner.get("/console/numbers").text
    of_billing = page[page.index(f"<h3>{BILLING}") :]
    assert re.search(r"held out</th><td class=\"num\">6</td>", of_billing)


def test_a_rules_page_says_how_often_it_was_held_out(owner, store):
    counted(store, "", NOW, {"shown": 3, "holdout": 2, "replies": 10})
    page = owner.get("/console/rules/three-as.acknowledge").text
    assert "<dt>Held out</dt><dd>2</dd>" in page
    assert "<dt>Shown per 100 replies</dt><dd>30.0</dd>" in page
    assert "<dt>Unseen per 100 replies</dt><dd>20.0</dd>" in page
    assert '30.0 <span class="quiet">+20.0 unseen</span>' in owner.get("/console/rules").text
    assert '<td class="num">30.0</td>' in owner.get("/console/numbers").text


@pytest.mark.parametrize(("replies", "told"), [(9, "–"), (10, "50.0")])
def test_hints_per_hundred_replies_are_told_from_ten_replies_on(owner, store, replies, told):
    counted(store, "", NOW, {"shown": 5, "replies": replies})
    assert f"<dt>Shown per 100 replies</dt><dd>{told}</dd>" in owner.get("/console/rules/three-as.acknowledge").text
    assert f'data-label="Shown per 100 replies">{told}</td>' in owner.get("/console/rules").text


def test_pictures_of_it_name_their_parts_and_may_load_nothing(owner, store):
    weeks_made(store, NOW)
    for path, words in (
        ("feelings", ("with a hint: +0.48", "held out: +0.33")),
        ("recommended", ("estimate", "content")),
    ):
        picture = owner.get(f"/console/numbers/{path}.svg")
        assert picture.content_type == "image/svg+xml"
        assert "script-src" not in picture.headers["Content-Security-Policy"] and "<script" not in picture.text
        assert all(f">{word}</text>" in picture.text for word in words), path


@pytest.mark.parametrize("path", ["feelings", "recommended"])
def test_a_picture_of_nothing_says_so(owner, path):
    assert "yet" in owner.get(f"/console/numbers/{path}.svg").text


def held_out(store):
    return settings_of(store.account(KEY.account)).holdout


def set_holdout(someone, percent, was="0", account=KEY.account):
    return someone.post("/console/holdout", account=account, percent=percent, was=was, why="does it help?")


def test_an_editor_sets_the_holdout_of_an_account_and_the_trail_says_why(editor, store):
    assert set_holdout(editor, "10").status_code == 303
    assert held_out(store) == pytest.approx(0.1)
    (change,) = store.changes(subject=f"account:{KEY.account}")
    assert (change.what, change.why) == ("holdout of 10 %", "does it help?")
    assert set_holdout(editor, "0", was="10").status_code == 303
    assert "holdout" not in store.account(KEY.account).settings


def test_a_form_without_a_percentage_is_told_so_and_is_no_fault_of_ours(editor, store):
    answer = editor.post("/console/holdout", account=KEY.account, was="0")
    assert answer.status_code == 400 and 'name="percent"' in answer.text


@pytest.mark.parametrize("percent", ["21", "-1", "7.5", "ten", "", "9" * 5000, "²"])
def test_a_holdout_that_is_none_is_refused_with_what_it_may_be(editor, store, percent):
    answer = set_holdout(editor, percent)
    assert answer.status_code == 400
    assert "a whole number from 0 to 20" in answer.text
    assert held_out(store) == 0


def test_the_second_of_two_who_set_a_holdout_sees_what_the_first_one_set(editor, owner, store):
    assert set_holdout(editor, "10").status_code == 303
    answer = set_holdout(owner, "20")
    assert (answer.status_code, held_out(store)) == (409, pytest.approx(0.1))
    assert "set this holdout to 10 % meanwhile" in answer.text


def test_a_viewer_sees_the_holdout_and_can_not_change_it(people, store):
    store.put_account(replace(ACME, settings={"holdout": 0.05}))
    page = people[Role.VIEWER].get("/console/numbers").text
    assert "zendesk:acme: 5 % of tickets" in page
    assert 'action="/console/holdout"' not in page
    assert set_holdout(people[Role.VIEWER], "10", was="5").status_code == 403


def test_the_page_offers_no_more_than_is_held_out_at_most(editor):
    assert f'max="{round(100 * MOST)}"' in editor.get("/console/numbers").text


def test_agents_see_the_estimate_only_where_an_editor_wants_it(editor, store):
    assert not settings_of(store.account(KEY.account)).estimate_shown
    assert editor.post("/console/estimate", account=KEY.account, shown="yes").status_code == 303
    assert settings_of(store.account(KEY.account)).estimate_shown
    assert "agents see the estimate" in editor.get("/console/numbers").text
    assert editor.post("/console/estimate", account=KEY.account, shown="no").status_code == 303
    assert "estimate_shown" not in store.account(KEY.account).settings


@pytest.mark.parametrize("days", range(7))
def test_every_week_that_is_told_is_told_from_its_monday_on(store, days):
    store.put_account(ACME)
    now = NOW + timedelta(days=days)
    for ago in range(70):
        counted(store, "", now - timedelta(days=ago), {"replies": 10})
    _, *before = [one.numbers.replies for one in Reckoning(store, now).teams()[0].lines]
    assert before == [70] * 7


def test_the_oldest_week_of_promises_begins_by_the_clock_of_their_account(store):
    store.put_account(replace(ACME, settings={"hours": {"time_zone": "America/New_York"}}))
    monday = datetime(2026, 1, 12, tzinfo=ZoneInfo("America/New_York"))
    kept(store, monday - timedelta(minutes=1), monday, monday + timedelta(hours=1))
    assert [(one.week, one.promises.kept) for one in Reckoning(store, NOW).teams()[0].lines] == [("2026-01-12", 2)]


def kept(store, *settled):
    """Promises that were kept at these times."""
    state = FollowUpState.KEPT
    for number, at in enumerate(settled):
        key = TicketKey(KEY.account, f"kept-{number}")
        told = {"account": key.account, "ticket_id": key.ticket_id, "comment_id": "1", "words": "I'll call"}
        one = FollowUp(id=f"f{key.shard}-{number}", state=state, settled_at=at, **told)
        assert store.save(replace(empty_case(key), follow_ups=(one,)), [KeepFollowUp(follow_up=one)], now=at)
