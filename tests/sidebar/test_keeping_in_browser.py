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


def test_a_row_that_has_lost_the_button_in_use_takes_the_keys_itself_and_gives_them_to_no_other_button(page):
    page.evaluate("""async () => {
      const { el, keep } = await import("/view/dom.js");
      const list = document.body.appendChild(el("ul"));
      const button = (name, props = {}) => el("button", { "data-focus": name, ...props }, name);
      const build = { before: () => [button("today")], after: () => [el("div", { hidden: true }, button("today")), button("kept")] };
      globalThis.turn = (state) => keep(list, [{ id: 9, state }], ({ id }) => id, (item) => el("li", {}, ...build[item.state]()));
      turn("before");
    }""")
    page.get_by_role("button", name="today").focus()
    page.evaluate("turn('after')")
    expect(page.locator("li", has_text="kept")).to_be_focused()


def test_a_row_keeps_the_focus_when_the_one_above_it_goes(page):
    page.evaluate("show({ id: 1, text: 'One' }, { id: 2, text: 'Two' })")
    undo = page.locator("li", has_text="Two").get_by_role("button")
    undo.focus()
    page.evaluate("show({ id: 2, text: 'Two' })")
    expect(undo).to_be_focused()


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


NETWORK = """async () => {
  const { Network } = await import("/view/network.js");
  const { loadWords } = await import("/words.js");
  globalThis.notes = [];
  globalThis.starts = async (text) => (notes.push(text), false);
  const actions = { asks: () => [], subject: () => "a parcel", startNote: (text) => starts(text), notePartner: async () => {} };
  globalThis.network = new Network(await loadWords("en"), actions);
  document.body.replaceChildren(network.root);
}"""
LENA, BEN = (
    {"by": name, "words": f"{name} asks", "at": f"2026-03-04T1{hour}:00:00Z"}
    for hour, name in enumerate(("Lena", "Ben"))
)
COURIER = {"id": "c", "name": "Courier", "message": "", "promised": None}
DEPOT = COURIER | {"id": "d", "name": "Depot"}
SOON = {"words": "soon", "due_at": "2031-03-06T14:00:00Z", "due_kind": "time"}


@pytest.fixture
def network(page):
    """The people around a ticket, shown with `network.show(told)`."""
    page.evaluate(NETWORK)
    return lambda **told: page.evaluate("told => network.show(told)", told)


def test_a_second_colleague_who_asks_does_not_get_the_note_that_was_meant_for_the_first(page, network):
    network(waiting=[BEN])
    page.get_by_role("button", name="Answer in a note").focus()
    network(waiting=[LENA, BEN])
    page.keyboard.press("Enter")
    assert page.evaluate("notes") == ["@Ben "]


def test_a_time_that_one_partner_named_stays_in_their_field_when_another_ones_comes(page, network):
    network(partners=[COURIER, DEPOT])
    field = page.locator("[data-partner=d]").get_by_label("By when they promised it")
    field.focus()
    page.keyboard.type("121220261030AM")
    network(partners=[COURIER | {"promised": SOON}, DEPOT])
    expect(page.locator("[data-partner=c]")).to_contain_text("soon")
    expect(field).to_be_focused()
    expect(field).to_have_value("2026-12-12T10:30")


def test_a_note_that_is_shown_to_be_copied_stays_while_other_rows_change(page, network):
    network(can_help=[{"id": "1", "name": "Lena"}, {"id": "2", "name": "Ben"}])
    lena = page.locator(".starter", has_text="Lena")
    lena.get_by_role("button", name="Ask in a note").click()
    network(can_help=[{"id": "1", "name": "Lena"}])
    expect(page.locator(".starter")).to_have_count(1)
    expect(lena).to_contain_text("@Lena, this ticket about “a parcel”")


def test_a_note_is_begun_once_however_often_its_button_is_pressed(page, network):
    network(waiting=[BEN])
    page.evaluate(
        "() => { globalThis.starts = (text) => new Promise((resolve) => (notes.push(text), (globalThis.begun = resolve))); }"
    )
    answer = page.get_by_role("button", name="Answer in a note")
    answer.focus()
    answer.evaluate("one => (one.click(), one.click())")
    page.evaluate("begun(true)")
    expect(page.get_by_role("status")).to_contain_text("It stands in the composer")
    expect(answer).to_be_focused()
    assert page.evaluate("notes") == ["@Ben "]
