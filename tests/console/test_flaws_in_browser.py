"""What the editor has to tell while somebody types, to those who see it and to those who hear it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.console.furnished import RULE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

FLAWED = RULE.replace("say: Say which day it is.", 'say: ""')
LISTEN = """() => {
  globalThis.heard = [];
  const ears = new MutationObserver((news) => heard.push(...news.map((one) => one.target.textContent)));
  for (const one of document.querySelectorAll("#editing [role=status], #editing [aria-live]"))
    ears.observe(one, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def told(browsing, house):
    """The editor over a text with one flaw, which it has told."""
    browsing.goto(f"{house.url}/console/files/day")
    browsing.locator("#text").fill(FLAWED)
    expect(browsing.locator("#state")).to_have_text("1 thing to mend:")
    expect(browsing.locator(".wrong:visible").first).to_be_visible()
    browsing.evaluate(LISTEN)
    return browsing


def typed(page, text):
    """Another text, and the answer to it: the flawed line is marked again."""
    page.locator("#text").fill(text)
    expect(page.locator("#gutter .flawed")).to_have_count(1)


def test_a_flaw_that_is_still_there_is_not_told_again_at_each_pause(told):
    flaw = told.locator("#flaws li").element_handle()
    typed(told, FLAWED + "# more\n")
    assert told.evaluate("heard") == []
    assert flaw.evaluate("one => one.isConnected")


def test_a_flaw_that_moved_is_seen_where_it_is_now_and_how_many_there_are_is_heard_once(told):
    before = told.locator("#flaws li a").inner_text()
    typed(told, "# first\n" + FLAWED)
    expect(told.locator("#flaws li a")).to_have_text(f"Line {int(before.removeprefix('Line ')) + 1}")
    assert told.evaluate("heard") == []
    told.locator("#text").fill(RULE)
    expect(told.locator("#flaws li")).to_have_count(0)
    assert told.evaluate("heard") == ["Every example keeps what it promises."]


def test_that_the_form_waits_is_told_once_however_long_the_text_can_t_be_read(told):
    state = told.locator("#form-state")
    told.locator("#text").fill(RULE + "rules: [\n")
    expect(state).to_contain_text("waits until the text can be read")
    before = state.inner_text()
    told.evaluate("heard.length = 0")
    with told.expect_response("**/api/v1/rules/form"):
        told.locator("#text").fill(RULE + "rules: [\n\n")
    typed(told, RULE + "rules: [\n")
    expect(state).to_have_text(before)
    assert told.evaluate("heard.filter((one) => one.startsWith('Line'))") == []
