"""The panel of an app that asks for its session itself, before there is one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

OPENS = """async (answers) => {
  const { openPanel } = await import("/opening.js");
  document.body.innerHTML = '<main id="guidance"></main>';
  const root = document.getElementById("guidance");
  globalThis.asked = 0;
  await openPanel(root, {
    ask: async ({ onWait }) => {
      const answer = answers[asked++];
      if (answer === "wait") return await onWait(), new Promise(() => {});
      if (answer === "refused") throw { status: 401 };
      return answer;
    },
    begin: async (opened) => root.replaceChildren(`open with ${opened}`),
    locale: "de",
  });
}"""


@pytest.fixture
def page(chromium, files_url):
    with among_files(chromium, files_url) as opened:
        yield opened


START = """async (broken) => {
  const { start } = await import("/app.js");
  document.body.innerHTML = '<main id="guidance"><p>Reload the page.</p></main>';
  const files = globalThis.fetch;
  globalThis.fetch = async (url) => (String(url).endsWith(`${broken}.json`) ? new Response("", { status: 503 }) : files(url));
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  await start(document.getElementById("guidance"), opened, async () => ({ agent: { locale: "de" }, ticket: null, place: "nav_bar", on() {} })).catch(() => {});
  return document.getElementById("guidance").textContent;
}"""


def test_a_panel_whose_words_do_not_come_goes_on_saying_what_to_do(page):
    assert page.evaluate(START, "en") == "Reload the page."


def test_a_panel_whose_agents_language_does_not_come_speaks_english(page):
    assert "My promises" in page.evaluate(START, "de")


def test_a_session_that_was_refused_can_be_asked_for_again_in_the_same_panel(page):
    page.evaluate(OPENS, ["refused", "refused", "token"])
    again = page.get_by_role("button", name="Noch einmal versuchen")
    expect(page.get_by_role("status")).to_contain_text("ließ sich nicht öffnen")
    again.click()
    page.wait_for_function("() => asked === 2")
    expect(again).to_be_focused()
    again.click()
    expect(page.locator("#guidance")).to_have_text("open with token")


def test_a_session_that_is_waited_for_is_told_without_a_button(page):
    page.evaluate(f"(answers) => void ({OPENS})(answers)", ["wait"])
    expect(page.get_by_role("status")).to_contain_text("versucht")
    expect(page.get_by_role("button")).to_have_count(0)
