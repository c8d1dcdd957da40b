"""An agent's calendar link, as it is given and taken back in the panel, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

MINE = """async (has) => {
  const { Mine } = await import("/view/mine.js");
  const { loadWords } = await import("/words.js");
  globalThis.play = { has, made: 0, isAway: false };
  const call = (act) => async (...told) => {
    if (play.isAway) throw new Error("away");
    return act(...told);
  };
  const mine = new Mine(await loadWords("en"), {
    isProven: !globalThis.isClaimed,
    mine: async () => [],
    stored: call(() => ({ has_calendar_link: play.has })),
    calendar: call((isOn) => ((play.has = isOn), isOn ? `/calendar/${++play.made}.ics` : null)),
  });
  document.body.replaceChildren(mine.root);
  await mine.turn(true);
}"""


@pytest.fixture
def page(chromium, files_url):
    with among_files(chromium, files_url) as opened:
        yield opened


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_where_there_is_no_link_there_is_none_to_revoke_and_one_click_gives_it(page):
    page.evaluate(MINE, False)
    expect(button(page, "Revoke link")).to_have_count(0)
    button(page, "Calendar link").click()
    expect(page.locator(".link-field")).to_have_value(f"{page.evaluate('location.origin')}/calendar/1.ics")
    expect(page.get_by_role("status")).to_have_text("The link shows ticket numbers and times only.")
    expect(button(page, "Revoke link")).to_be_visible()


def test_a_link_that_is_there_ends_only_where_the_agent_says_so(page):
    page.evaluate(MINE, True)
    button(page, "New calendar link").click()
    expect(page.get_by_text("A new one ends it")).to_be_visible()
    button(page, "Keep the one I have").click()
    expect(page.get_by_text("A new one ends it")).to_be_hidden()
    assert page.evaluate("play.made") == 0
    button(page, "New calendar link").click()
    button(page, "Make a new one").click()
    expect(page.get_by_role("status")).to_contain_text("an earlier one has ended")
    assert page.evaluate("play.made") == 1


def test_a_link_that_was_made_in_another_panel_meanwhile_is_asked_about_too(page):
    page.evaluate(MINE, False)
    page.evaluate("play.has = true")
    button(page, "Calendar link").click()
    expect(page.get_by_text("A new one ends it")).to_be_visible()
    assert page.evaluate("play.made") == 0


def test_a_revoked_link_leaves_nothing_to_revoke_and_the_keyboard_its_place(page):
    page.evaluate(MINE, True)
    button(page, "Revoke link").click()
    expect(page.get_by_role("status")).to_have_text("The link shows nothing any more.")
    expect(button(page, "Revoke link")).to_have_count(0)
    expect(button(page, "Calendar link")).to_be_focused()


def test_a_link_that_could_not_be_revoked_is_not_said_to_be(page):
    page.evaluate(MINE, True)
    expect(button(page, "Revoke link")).to_be_visible()
    page.evaluate("play.isAway = true")
    button(page, "Revoke link").click()
    expect(page.get_by_role("status")).to_contain_text("That didn’t work just now")
    expect(button(page, "Revoke link")).to_be_visible()


def test_two_clicks_make_one_link(page):
    page.evaluate(MINE, False)
    button(page, "Calendar link").dblclick()
    expect(page.get_by_role("status")).to_have_text("The link shows ticket numbers and times only.")
    assert page.evaluate("play.made") == 1


def test_who_is_only_claimed_is_told_that_other_tickets_can_not_be_shown_and_nothing_is_asked_for(page):
    page.evaluate("() => { globalThis.isClaimed = true; }")
    page.evaluate(MINE.replace("mine: async () => []", "mine: () => { throw new Error('asked'); }"), True)
    expect(page.get_by_role("status")).to_have_text("On Freshdesk only this ticket’s promises can be shown.")
    assert page.get_by_role("button").all_inner_texts() == ["My promises"]
    expect(page.get_by_text("What is stored about you")).to_have_count(0)


def test_the_link_can_be_copied_or_stands_marked_where_the_browser_does_not_let_it(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(MINE, False)
    expect(button(page, "Copy the link")).to_be_hidden()
    button(page, "Calendar link").click()
    button(page, "Copy the link").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    link = page.locator(".link-field").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.evaluate(
        "() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; getSelection().empty(); }"
    )
    button(page, "Copy the link").click()
    expect(page.locator(".link-field")).to_be_focused()
    marked = "one => one.value.slice(one.selectionStart, one.selectionEnd)"
    assert page.locator(".link-field").evaluate(marked) == link
    page.evaluate("play.has = true")
    button(page, "Revoke link").click()
    expect(button(page, "Copy the link")).to_be_hidden()


def test_a_promise_says_what_its_ticket_is_about_where_the_agent_may_know(page):
    told = '[{ id: "f1", ticket_id: "4824", words: "I\'ll call you", subject: "Olive tree <3" }, { id: "f2", ticket_id: "9", words: "x" }]'
    page.evaluate(MINE.replace("mine: async () => []", f"mine: async () => {told}"), False)
    rows = page.locator(".mine .promise-due")
    expect(rows.first).to_have_text(re.compile("^#4824No time[^·]*Olive tree <3$"))
    expect(rows.last).to_have_text(re.compile("^#9No time [^·]+$"))
