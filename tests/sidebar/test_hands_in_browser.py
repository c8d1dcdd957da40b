"""The panel under real hands: an undo that crosses an answer, a time typed key by key, ears and eyes of other languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

CARD = """async () => {
  const { Hints } = await import("/view/hints.js");
  const { loadWords } = await import("/words.js");
  globalThis.hint = { id: "h1", rule: "a.rule", level: "suggestion", say: "Say it.", why: "", offer: "Hi.", evidence: [{ where: "comment:1", text: "ما زلت أنتظر!" }] };
  globalThis.calls = {};
  const call = (name) => () => new Promise((resolve, reject) => (calls[name] = { resolve, reject }));
  globalThis.hints = new Hints(await loadWords("en"), { judge: call("judge"), unjudge: call("unjudge"), insert: call("insert"), folded() {} });
  document.body.replaceChildren(hints.root);
  hints.show([hint]);
}"""

PROMISE = """async () => {
  const { Promises } = await import("/view/promises.js");
  const { loadWords } = await import("/words.js");
  globalThis.changes = [];
  const promises = new Promises(await loadWords("en"), { changePromise: (_, body) => changes.push(body) });
  document.body.replaceChildren(promises.root);
  promises.show([{ id: "f1", words: "I'll call you", state: "noted" }], []);
}"""


@pytest.fixture
def page(chromium, files_url):
    with among_files(chromium, files_url, timezone_id="UTC") as opened:
        yield opened


def test_a_hint_whose_dismissal_failed_after_it_had_folded_away_is_there_again(page):
    page.evaluate(CARD)
    page.evaluate("() => void hints.cards.get('h1').dismiss({ verdict: 'dismissed' })")
    page.evaluate("hints.nodeOf('h1').remove()")
    page.evaluate("calls.judge.reject(new Error('gone'))")
    expect(page.locator(".card")).to_have_count(1)


def test_an_undo_is_asked_for_once_the_dismissal_that_it_takes_back_has_been_answered(page):
    page.evaluate(CARD)
    page.evaluate("() => void hints.cards.get('h1').dismiss({ verdict: 'dismissed', mute: 'today' })")
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate("Object.keys(calls)") == ["judge"]
    page.evaluate("calls.judge.resolve()")
    page.wait_for_function("calls.unjudge")
    page.evaluate("calls.unjudge.resolve()")
    expect(page.locator(".card")).to_have_count(1)


def test_an_undo_of_a_dismissal_that_failed_asks_for_nothing_and_leaves_one_card_that_still_obeys(page):
    page.evaluate(CARD)
    page.evaluate("() => void hints.cards.get('h1').dismiss({ verdict: 'dismissed' })")
    page.get_by_role("button", name="Undo").click()
    page.evaluate("calls.judge.reject(new Error('gone'))")
    expect(page.locator(".card")).to_have_count(1)
    assert page.evaluate("Object.keys(calls)") == ["judge"]
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve)).then(() => hints.tick(['h1']))")
    expect(page.locator(".card")).to_have_count(0)


def test_a_line_that_can_not_be_put_in_says_so_on_its_card(page):
    page.evaluate(CARD)
    page.get_by_role("button", name="Insert").click()
    page.evaluate("calls.insert.reject(new Error('not here'))")
    expect(page.locator(".card [role=status]")).to_contain_text("Copy")


def types_a_time(page):
    page.locator("input").focus()
    page.keyboard.type("121220261030AM")


def test_a_time_that_is_typed_is_taken_once_it_is_whole(page):
    page.evaluate(PROMISE)
    types_a_time(page)
    assert page.evaluate("changes") == []
    page.keyboard.press("Enter")
    assert page.evaluate("changes") == [{"due_at": "2026-12-12T10:30:00.000Z"}]
    page.keyboard.press("Shift+Tab")
    assert len(page.evaluate("changes")) == 1


def test_a_time_that_is_typed_is_taken_when_the_field_is_left(page):
    page.evaluate(PROMISE)
    types_a_time(page)
    page.get_by_role("button", name="Did it").focus()
    assert page.evaluate("changes") == [{"due_at": "2026-12-12T10:30:00.000Z"}]


def test_a_time_that_is_picked_is_taken_at_once(page):
    page.evaluate(PROMISE)
    page.locator("input").fill("2026-12-04T15:30:20")
    assert page.evaluate("changes") == [{"due_at": "2026-12-04T15:30:20.000Z"}]


def test_words_that_run_from_right_to_left_do_so(page):
    page.evaluate(CARD)
    assert page.locator(".quote div").evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator(".say").evaluate("one => getComputedStyle(one).direction") == "ltr"
