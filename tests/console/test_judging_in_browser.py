"""Judging a backtest with one key for each finding: what was read is judged, once, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

KEPT = "**/judgements"


@pytest.fixture
def cards(browsing, house):
    """The findings that are to be judged, none of them judged yet; after the test every judgement goes through again."""
    house.store.put_record("judged", "done", None, expected=house.store.record("judged", "done"))
    browsing.goto(f"{house.url}/console/backtests/done")
    found = browsing.locator("section", has=browsing.get_by_role("heading", name="Hits to judge")).locator("[data-hit]")
    assert found.count() > 2
    yield found
    browsing.unroute_all(behavior="ignoreErrors")


def word(card):
    return card.get_by_role("status")


def test_a_key_held_down_judges_one_finding(browsing, cards):
    words = []
    browsing.route(KEPT, lambda route: (words.append(route.request.post_data_json["word"]), route.continue_()))
    cards.nth(0).focus()
    browsing.keyboard.down("y")
    expect(cards.nth(1)).to_be_focused()
    browsing.keyboard.down("y")  # which it repeats by itself
    browsing.keyboard.up("y")
    browsing.keyboard.press("n")
    expect(cards.nth(2)).to_be_focused()
    assert words == ["right", "wrong"]
    expect(word(cards.nth(0))).to_have_text("right")
    expect(word(cards.nth(1))).to_have_text("wrong")
    expect(browsing.locator(".tally").first).to_have_text("1 of 2 judged are right")


def test_a_finding_that_is_being_judged_takes_no_second_word(browsing, cards):
    held = []
    browsing.route(KEPT, lambda route: held.append(route))
    cards.nth(0).focus()
    with browsing.expect_request(KEPT):
        browsing.keyboard.press("y")
    browsing.keyboard.press("n")
    cards.nth(0).get_by_role("button", name="Wrong").click()
    assert len(held) == 1
    held[0].continue_()
    expect(word(cards.nth(0))).to_have_text("right")


def test_what_could_not_be_kept_counts_as_no_judgement(browsing, cards):
    browsing.route(KEPT, lambda route: route.abort(), times=1)
    cards.nth(0).get_by_role("button", name="Right").click()
    expect(word(cards.nth(0))).to_contain_text("doesn’t answer")
    cards.nth(1).get_by_role("button", name="Right").click()
    tally = browsing.locator(".tally").first
    expect(tally).to_have_text("1 of 1 judged are right")
    browsing.route(KEPT, lambda route: route.abort(), times=1)
    cards.nth(1).get_by_role("button", name="Wrong").click()
    expect(word(cards.nth(1))).to_contain_text("Still right. The service doesn’t answer")
    cards.nth(2).get_by_role("button", name="Wrong").click()
    expect(tally).to_have_text("1 of 2 judged are right")
