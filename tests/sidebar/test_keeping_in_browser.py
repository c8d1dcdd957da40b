"""Rows that are built anew while somebody uses them, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

ROWS = """async () => {
  const { el, keep } = await import("/view/dom.js");
  const list = document.body.appendChild(el("ul"));
  globalThis.clicks = [];
  globalThis.show = (...items) => keep(list, items, ({ id }) => id, (item) =>
    el("li", {}, item.text, el("button", { "data-focus": "undo", on: { click: () => clicks.push(item.text) } }, "Undo")));
  show({ id: 1, text: "Taken off" });
}"""


@pytest.fixture
def page(chromium, files_url):
    with among_files(chromium, files_url) as opened:
        opened.evaluate("() => document.body.replaceChildren()")
        opened.evaluate(ROWS)
        yield opened


def presses(page):
    page.get_by_role("button", name="Undo").hover()
    page.mouse.down()


def test_a_click_counts_though_news_comes_while_the_button_is_down(page):
    presses(page)
    page.evaluate("show({ id: 1, text: 'Taken off, at 3 pm' })")
    page.mouse.up()
    assert page.evaluate("clicks") == ["Taken off"]


def test_what_waited_for_the_button_is_shown_once_it_is_let_go(page):
    presses(page)
    page.evaluate("show({ id: 1, text: 'Late' })")
    page.evaluate("show({ id: 1, text: 'Kept' }, { id: 2, text: 'Planned' })")
    expect(page.locator("li").first).to_contain_text("Taken off")
    expect(page.locator("li").last).to_contain_text("Planned")
    page.mouse.up()
    expect(page.locator("li").first).to_contain_text("Kept")


def test_what_the_click_itself_brings_is_not_undone_by_what_waited(page):
    presses(page)
    page.evaluate("show({ id: 1, text: 'Late' })")
    page.evaluate(
        "document.querySelector('button').addEventListener('click', () => show({ id: 1, text: 'Open again' }))"
    )
    page.mouse.up()
    expect(page.locator("li")).to_contain_text("Open again")


def test_a_row_that_is_gone_goes_even_while_it_is_pressed(page):
    presses(page)
    page.evaluate("show()")
    page.mouse.up()
    expect(page.locator("li")).to_have_count(0)


def test_a_row_that_is_built_anew_keeps_the_focus(page):
    page.get_by_role("button", name="Undo").focus()
    page.evaluate("show({ id: 1, text: 'Planned' })")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("clicks") == ["Planned"]


def test_two_rows_that_are_the_same_stay_two_however_often_they_are_shown(page):
    for _ in range(3):
        page.evaluate("show({ id: 1, text: 'Where is it?' }, { id: 1, text: 'Where is it?' }, { id: 2, text: 'Why?' })")
    assert page.locator("li").all_inner_texts() == ["Where is it?Undo", "Where is it?Undo", "Why?Undo"]


def test_a_row_that_has_lost_the_button_in_use_gives_the_focus_to_the_first_one_it_shows(page):
    page.evaluate("""async () => {
      const { el, keep } = await import("/view/dom.js");
      const list = document.body.appendChild(el("ul"));
      const button = (name, props = {}) => el("button", { "data-focus": name, ...props }, name);
      const build = { before: () => [button("today")], after: () => [el("div", { hidden: true }, button("today")), button("change"), button("kept")] };
      globalThis.turn = (state) => keep(list, [{ id: 9, state }], ({ id }) => id, (item) => el("li", {}, ...build[item.state]()));
      turn("before");
    }""")
    page.get_by_role("button", name="today").focus()
    page.evaluate("turn('after')")
    expect(page.get_by_role("button", name="change")).to_be_focused()


PROMISE = """async () => {
  const { Promises } = await import("/view/promises.js");
  const { loadWords } = await import("/words.js");
  globalThis.changes = [];
  globalThis.answer = () => {};
  const actions = { changePromise: (_, body) => new Promise((resolve, refuse) => (changes.push(body), (globalThis.answer = { resolve, refuse }))) };
  globalThis.promises = new Promises(await loadWords("en"), actions);
  document.body.replaceChildren(promises.root);
  globalThis.stands = (state, more = {}) =>
    promises.show([{ id: "f1", words: "I'll call you", due_at: "2026-03-06T15:00:00Z", due_kind: "time", state, ...more }], []);
  stands("planned");
}"""


@pytest.fixture
def promise(page):
    """The page's one row: a promise with a time."""
    page.evaluate(PROMISE)
    yield page.locator(".promise")


def unfolds(promise):
    promise.get_by_role("button", name="Change time").click()
    promise.get_by_label("Pick a time").focus()


def test_a_time_that_is_being_typed_stays_when_news_of_its_promise_comes_and_enter_takes_it(page, promise):
    unfolds(promise)
    page.keyboard.type("12122026")
    page.evaluate("stands('late')")
    page.keyboard.type("1030AM")
    page.keyboard.press("Enter")
    assert page.evaluate("changes") == [{"due_at": "2026-12-12T10:30:00.000Z"}]


def test_news_that_waited_for_a_field_is_shown_once_it_is_left(page, promise):
    unfolds(promise)
    page.evaluate("stands('late')")
    expect(promise).to_have_attribute("data-state", "planned")
    page.keyboard.press("Shift+Tab")
    expect(promise).to_have_attribute("data-state", "late")
    expect(promise.get_by_role("button", name="Tomorrow")).to_be_focused()


def test_what_came_of_a_time_that_was_taken_is_shown_at_once_with_the_keys_on_the_row_and_on_no_button(page, promise):
    unfolds(promise)
    page.keyboard.type("121220261030AM")
    page.keyboard.press("Enter")
    page.evaluate("stands('planned', { due_at: '2026-12-12T10:30:00Z' })")
    expect(promise.locator(".promise-due")).to_contain_text("December 12")
    expect(promise).to_be_focused()


def test_a_promise_that_is_unfolded_stays_so_when_news_of_it_comes_and_folds_once_it_is_changed(page, promise):
    unfold = promise.get_by_role("button", name="Change time")
    unfold.click()
    page.evaluate("stands('reminded')")
    expect(unfold).to_be_focused()
    expect(unfold).to_have_attribute("aria-expanded", "true")
    promise.get_by_role("button", name="Tomorrow").click()
    page.evaluate("() => { stands('planned'); answer.resolve(); }")
    expect(unfold).to_have_attribute("aria-expanded", "false")


def test_a_change_that_failed_is_told_in_the_row_that_came_meanwhile(page, promise):
    promise.get_by_role("button", name="Did it").click()
    page.evaluate("() => { stands('late'); answer.refuse(new Error('away')); }")
    expect(promise.get_by_role("status")).to_have_text(re.compile("^That didn’t work"))


def test_the_keys_stay_on_a_row_that_has_lost_every_button(page, promise):
    promise.get_by_role("button", name="Did it").focus()
    page.evaluate("stands('creating')")
    expect(promise).to_be_focused()
