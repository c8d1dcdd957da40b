"""Rows that are built anew while somebody uses them, in a real Chromium."""

from __future__ import annotations

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
