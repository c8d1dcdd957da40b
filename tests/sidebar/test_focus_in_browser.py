"""The agent's keys stay where the agent types: the panel never takes them out of the helpdesk's composer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import Desk, desk_served, rana, service_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

UPSET = "This is the third time I write and my parcel is still missing. I am really disappointed. Where is it?"
COLD = "Hello, I have asked the courier to look for it. You will get the tracking number."


@pytest.fixture
def upset(chromium, store, monkeypatch):
    with desk_served() as url, service_for(store, url, monkeypatch) as panel:
        context = chromium.new_context(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
        desk = Desk(context.new_page(), panel, url)
        desk.happens(rana(UPSET))
        yield desk.open().ready()
        context.close()


def test_a_card_that_comes_back_takes_the_keys_from_nobody_who_writes(upset):
    held = []
    upset.page.route("**/feedback", lambda route: held.append(route))
    upset.types(COLD)
    expect(upset.cards.first).to_be_visible(timeout=6_000)
    before = upset.cards.count()
    upset.cards.first.get_by_role("button", name="More about").click()
    with upset.page.expect_request("**/feedback"):
        upset.cards.first.get_by_role("button", name="Not our style").click()
    upset.page.locator("#composer").click()
    held[0].abort()
    expect(upset.cards).to_have_count(before)
    assert upset.page.evaluate("document.activeElement.id") == "composer"


def test_a_press_that_failed_takes_the_keys_from_nobody_who_writes(upset):
    held = []
    upset.types(COLD)
    upset.cards.first.get_by_role("button", name="More about").click(timeout=6_000)
    upset.cards.first.get_by_role("button", name="Quiet for an hour").click()
    again = upset.frame.get_by_role("button", name="Show hints again")
    expect(again).to_be_visible()
    upset.page.route("**/quiet*", lambda route: held.append(route))
    with upset.page.expect_request("**/quiet*"):
        again.click()
    upset.page.locator("#composer").click()
    held[0].abort()
    expect(upset.state).to_contain_text("That didn’t work just now")
    assert upset.page.evaluate("document.activeElement.id") == "composer"
