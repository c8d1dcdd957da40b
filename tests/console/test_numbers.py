"""Numbers by team and week: never of fewer than five people, and never so that those could be worked out."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.dispatch.teams import FEWEST, look_at_teams, teams_of, told_apart, with_teams
from guidance.model import CountRule, FollowUp, FollowUpState, KeepFollowUp, TicketKey
from tests.cast import KEY, NOW, amir_says


def agents(**sizes):
    return {group.replace("_", ""): frozenset(f"{group}-{n}" for n in range(size)) for group, size in sizes.items()}


def test_large_teams_are_shown_and_small_ones_together():
    teams = told_apart(agents(Billing=9, Plants=6, Night=3, Garden=2))
    assert (teams.shown, teams.others) == (("Billing", "Plants"), True)
    assert [teams.name_of(group) for group in ("Billing", "Night", None)] == ["Billing", "", ""]


def test_a_small_team_is_not_left_over_when_all_others_are_known():
    teams = told_apart(agents(Billing=9, Plants=6, Night=1))
    assert (teams.shown, teams.others) == (("Billing",), True)


def test_where_only_one_part_would_be_left_none_is_shown():
    assert told_apart(agents(Billing=9, Night=1)).shown == ()
    assert told_apart(agents(Billing=9)).shown == ()
    assert told_apart({}).shown == ()


@given(st.dictionaries(st.sampled_from("abcdefg") | st.just(""), st.frozensets(st.integers(0, 12)), max_size=7))
def test_whatever_is_subtracted_five_people_are_left(groups):
    teams = told_apart(groups)
    parts = [groups[group] for group in teams.shown]
    rest = frozenset().union(*(people for group, people in groups.items() if group not in teams.shown))
    assert all(len(people) >= FEWEST for people in parts)
    if teams.shown:
        assert len(rest) >= FEWEST if teams.others else not rest


@pytest.mark.parametrize(("others", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_no_small_account_is_what_is_left_of_the_house_without_anothers_teams(others, is_shown):
    large, small = told_apart(agents(Billing=9, Plants=6)), told_apart(agents(Night=others) if others else {})
    assert ("zendesk:acme" in with_teams({"zendesk:acme": large, "freshdesk:acme": small})) is is_shown


def test_where_two_accounts_have_teams_one_of_them_hides_a_small_third():
    large, small = told_apart(agents(Billing=9, Plants=6)), told_apart(agents(Night=2))
    assert with_teams({"a": large, "b": large, "c": small}) == ["a"]
    assert with_teams({"a": large, "b": large}) == ["a", "b"]


def replied(store, group, people, *, kept=0, at=NOW):
    """So many people of a group reply, each on a ticket of their own, and keep a promise."""
    for number in range(people):
        key = TicketKey(KEY.account, f"{group}{number}")
        comment = replace(amir_says("Done.").comment, author_id=f"{group}-{number}", at=at)
        held = empty_case(key)
        ticket = replace(held.conversation.ticket, group=group)
        spoken = replace(held.conversation, ticket=ticket, comments=(comment,))
        effects = [CountRule(day=at.date().isoformat(), group=group, rule="", what="replies")]
        if number < kept:
            one = FollowUp(
                id=f"f{key.shard}-{group}{number}",
                account=key.account,
                ticket_id=key.ticket_id,
                comment_id="1",
                words="x",
                group=group,
                state=FollowUpState.KEPT,
                settled_at=at,
            )
            effects.append(KeepFollowUp(follow_up=one))
        assert store.save(replace(held, conversation=spoken), effects, now=at)


def test_a_team_of_five_has_its_weeks_with_its_promises_and_one_of_four_has_none(owner, store):
    replied(store, "Billing", 6, kept=5)
    replied(store, "Plants", 5)
    replied(store, "Night", 4)
    look_at_teams(store, NOW)
    told = owner.get("/console/numbers").text
    assert "Billing, zendesk:acme" in told and "Plants" not in told
    assert "all other teams, zendesk:acme" in told and "Night" not in told
    assert "5 kept, 0 late, 0 broken" in told
    rows = list(csv.DictReader(io.StringIO(owner.get("/console/numbers.csv").text)))
    assert {(row["team"], row["replies"], row["promises_kept"]) for row in rows} == {
        ("the whole house", "15", "5"),
        ("Billing, zendesk:acme", "6", "5"),
        ("all other teams, zendesk:acme", "9", ""),
    }


def test_a_week_in_which_one_part_has_too_few_promises_tells_none_of_a_part(owner, store):
    replied(store, "Billing", 6, kept=5)
    replied(store, "Plants", 6, kept=1)
    look_at_teams(store, NOW)
    rows = list(csv.DictReader(io.StringIO(owner.get("/console/numbers.csv").text)))
    assert {row["team"]: row["promises_kept"] for row in rows} == {
        "the whole house": "6",
        "Billing, zendesk:acme": "",
        "Plants, zendesk:acme": "",
    }


def test_before_anybody_looked_no_team_is_shown_and_old_replies_count_no_more(owner, store):
    replied(store, "Billing", 6, at=NOW - timedelta(weeks=9))
    replied(store, "Plants", 7)
    assert "No team can be shown" in owner.get("/console/numbers").text
    look_at_teams(store, NOW)
    assert teams_of(store, KEY.account).shown == ()
    replied(store, "Night", 5)
    look_at_teams(store, NOW + timedelta(hours=1))
    assert teams_of(store, KEY.account).shown == (), "it is looked at once a day"
    look_at_teams(store, NOW + timedelta(days=1))
    assert teams_of(store, KEY.account).shown == ("Night", "Plants")


def test_a_picture_names_its_lines_and_may_load_nothing(owner, store):
    counts = [
        CountRule(day="2026-03-04", group="", rule="three-as.acknowledge", what=what, by=3)
        for what in ("shown", "followed")
    ]
    assert store.save(empty_case(KEY), counts, now=NOW)
    for path in ("/console/rules/three-as.acknowledge/days.svg", "/console/numbers.svg"):
        picture = owner.get(path)
        assert picture.content_type == "image/svg+xml"
        assert "script-src" not in picture.headers["Content-Security-Policy"] and "<script" not in picture.text
        assert ">shown</text>" in picture.text and ">followed</text>" in picture.text
        assert ">in shadow</text>" not in picture.text
    assert 'alt="Its last 30 days: shown 3, followed 3' in owner.get("/console/rules/three-as.acknowledge").text


def test_no_teams_name_becomes_a_formula(owner, store):
    replied(store, "=1+1", 5)
    replied(store, "Plants", 5)
    look_at_teams(store, NOW)
    assert '\n"\'=1+1, zendesk:acme"' in owner.get("/console/numbers.csv").text
