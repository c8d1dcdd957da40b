"""A press on which nothing came of it says so beside the button, in a real Chromium: nobody tries it again by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

FAILED = "That didn’t work just now. Please try again in a moment."
SHOW = """async () => {
  const { Day } = await import("/day.js");
  const { View } = await import("/view/view.js");
  const { loadWords } = await import("/words.js");
  globalThis.play = { isAway: true, calls: 0 };
  const call = async () => {
    play.calls += 1;
    if (!play.isAway) return {};
    await new Promise((resolve) => setTimeout(resolve, 60)); // long enough for a window to notice who lost the focus
    throw new Error("away");
  };
  const muted = [{ what: "names.gone", title: "A name is wrong", until: null }];
  const actions = {
    isProven: true, folded: () => {}, plan: call, judge: call, unjudge: call, quiet: call, changePromise: call, notePartner: call,
    changeMe: call, unmute: call, me: async () => ({ waiting: [], named: true }), mutes: async () => muted,
  };
  const day = new Day("a", { storage: null });
  const view = new View(document.body, await loadWords("en"), actions, day);
  Object.assign(play, { day, view });
  const due = { due_at: "2031-03-06T14:00:00Z", due_kind: "time" };
  view.hints.show([{ id: "h1", rule: "a", level: "reminder", say: "Say it.", why: "", proposal: { words: "Call Rana", ...due } }]);
  view.showAdvice({}, [{ id: "f1", words: "I'll call you", state: "planned", ...due }]);
  view.network.show({ partners: [{ id: "p", name: "Courier", message: "", promised: { words: "by Friday", ...due } }] });
  view.showState("hints");
  await view.today.turn(true);
}"""


@pytest.fixture
def page(chromium, files_url):
    with among_files(chromium, files_url) as opened:
        opened.evaluate(SHOW)
        yield opened


def press(page, place, name):
    page.locator(place).get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("place", "button"),
    [
        (".card", "Remind me"),
        (".promise", "Did it"),
        ("[data-partner]", "Remind me"),
        (".today", "Show again"),
        (".today", "Don’t name me"),
        (".today", "Quiet for an hour"),
    ],
)
def test_a_press_of_which_nothing_came_says_so_where_it_was_made_and_no_longer_once_it_did(page, place, button):
    said = page.locator(place).get_by_role("status").filter(has_text=FAILED)
    press(page, place, button)
    expect(said).to_have_count(1)
    page.evaluate("play.isAway = false")
    press(page, place, button)
    expect(said).to_have_count(0)
    assert page.evaluate("play.calls") == 2


@pytest.mark.parametrize("button", ["Misread", "Not again today", "Quiet for an hour"])
def test_a_hint_that_could_not_be_put_aside_is_there_again_and_says_why(page, button):
    press(page, ".card", "More about this hint")
    press(page, ".card", button)
    expect(page.locator(".card").get_by_role("status")).to_have_text(FAILED)


def test_a_hint_that_could_not_be_taken_back_can_be_asked_for_again(page):
    page.evaluate("play.isAway = false")
    press(page, ".card", "More about this hint")
    press(page, ".card", "Misread")
    page.evaluate("play.isAway = true")
    press(page, ".line", "Undo")
    expect(page.locator(".line")).to_contain_text(FAILED)
    page.evaluate("play.isAway = false")
    press(page, ".line", "Undo")
    expect(page.locator(".card")).to_be_visible()


def test_quiet_that_could_not_be_asked_for_leaves_the_suggestion_where_it_is(page):
    page.evaluate("['1', '2', '3'].forEach((ticket) => play.day.rough(ticket)); play.view.today.look()")
    press(page, ".rest", "Quiet for an hour")
    expect(page.locator(".rest").get_by_role("status")).to_have_text(FAILED)
    page.evaluate("play.isAway = false")
    press(page, ".rest", "Quiet for an hour")
    expect(page.locator(".rest").get_by_role("button")).to_have_count(0)


def test_quiet_that_could_not_be_ended_says_so(page):
    page.evaluate("play.view.showState('quiet', { until: '16:30' })")
    press(page, ".state", "Show hints again")
    expect(page.locator(".state").get_by_role("status")).to_have_text(FAILED)


PAST = """async (code) => {
  const { ApiError } = await import("/api.js");
  const refuse = async () => { throw new ApiError(code, { status: 400 }); };
  Object.assign(play.view.actions, { changePromise: refuse, notePartner: refuse });
}"""


@pytest.mark.parametrize(("code", "told"), [("past", "That time has passed. Pick a later one."), ("malformed", FAILED)])
def test_a_picked_time_that_has_passed_is_said_to_be_what_it_is(page, code, told):
    page.evaluate(PAST, code)
    promise = page.locator(".promise")
    press(page, ".promise", "Change time")
    promise.get_by_label("Pick a time").fill("2020-01-01T10:00")
    expect(promise.get_by_role("status")).to_have_text(told)
    press(page, "[data-partner]", "Remind me")
    expect(page.locator("[data-partner]").get_by_role("status").filter(has_text=told)).to_have_count(1)


def test_a_promise_is_not_changed_twice_by_a_second_press_on_the_way(page):
    page.evaluate("play.isAway = false")
    page.locator(".promise").get_by_role("button", name="Did it").evaluate("one => { one.click(); one.click(); }")
    expect(page.locator(".promise")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("play.calls") == 1


@pytest.mark.parametrize(
    ("place", "button"), [(".card", "Remind me"), ("[data-partner]", "Remind me"), (".promise", "Did it")]
)
def test_the_keyboard_keeps_its_place_on_what_failed(page, place, button):
    pressed = page.locator(place).get_by_role("button", name=button, exact=True)
    pressed.focus()
    page.keyboard.press("Enter")
    expect(page.locator(place).get_by_role("status").filter(has_text=FAILED)).to_have_count(1)
    expect(pressed).to_be_focused()


def test_the_keyboard_goes_on_where_what_was_planned_is_told(page):
    page.evaluate("""() => {
      play.view.actions.plan = async () => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        play.view.hints.tick(["h1"]);
      };
    }""")
    page.locator(".card").get_by_role("button", name="Remind me").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_be_focused()


def test_the_keyboard_keeps_its_place_on_quiet_that_could_not_be_ended(page):
    page.evaluate("play.view.showState('quiet', { until: '16:30' })")
    page.get_by_role("button", name="Show hints again").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".state").get_by_role("status")).to_have_text(FAILED)
    expect(page.get_by_role("button", name="Show hints again")).to_be_focused()


GOES = """() => {
  const { view, day } = play;
  const { actions } = view;
  play.isAway = false;
  ["1", "2", "3"].forEach((ticket) => day.rough(ticket));
  view.today.look();
  view.network.show({ favour: { side: "solver", name: "Lena", words: "Ask the depot.", comment_id: "c1" } });
  const lifted = async () => void (play.calls += 1, actions.mutes = async () => []);
  Object.assign(actions, {
    quiet: async (span) => void (play.calls += 1, span ? (view.hints.clear(), view.showState("quiet", { until: "16:30" })) : view.showState("hints")),
    putAside: async () => void (play.calls += 1, view.network.clear()),
    unmute: lifted,
  });
}"""
AT = "document.activeElement.matches('button, input, body') ? document.activeElement.tagName : document.activeElement.textContent"


@pytest.mark.parametrize(
    ("before", "place", "button", "now_at"),
    [
        ("play.view.hints.cards.get('h1').open(true)", ".card", "Quiet for an hour", "Quiet until 16:30."),
        ("play.view.showState('quiet', { until: '16:30' })", ".state", "Show hints again", "I'll call you"),
        ("", ".rest", "Thanks", "Say it."),
        ("", ".network", "Not now", "I'll call you"),
        ("", ".today", "Show again", "Nothing is muted."),
    ],
)
def test_where_a_button_goes_with_what_it_did_the_keys_are_next_to_it_and_press_nothing_else(
    page, before, place, button, now_at
):
    page.evaluate(GOES)
    page.evaluate(f"() => {{ {before} }}")
    page.locator(place).get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"text => ({AT}).includes(text)", arg=now_at)
    before = page.evaluate("play.calls")
    page.keyboard.press("Enter")
    assert page.evaluate("play.calls") == before


def test_a_hint_that_is_withdrawn_from_under_the_keys_leaves_them_where_it_was(page):
    page.evaluate("""() => {
      play.view.hints.add([{ id: "h2", rule: "b", level: "reminder", say: "And this.", why: "", evidence: [] }]);
      play.view.hints.cards.get("h1").more.focus();
      play.view.hints.remove("h1");
    }""")
    page.wait_for_function(f"({AT}).includes('And this.')")


def test_what_goes_elsewhere_takes_the_keys_of_nobody_who_has_put_them_nowhere(page):
    page.evaluate("""async () => {
      play.view.hints.cards.get("h1").more.focus();
      document.activeElement.blur();
      await new Promise((resolve) => setTimeout(resolve));
      play.view.hints.root.replaceChildren();
      await new Promise((resolve) => setTimeout(resolve));
    }""")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


ABSENT = """() => {
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  play.isAway = false;
  play.view.network.show({ partners: [{ id: "q", name: "Depot", message: "Dear Depot, where is it?" }] });
}"""


def test_a_partners_promise_can_be_picked_in_years_that_there_are_and_any_other_is_told_of(page):
    page.evaluate(ABSENT)
    depot = page.locator("[data-partner=q]")
    time = depot.get_by_label("By when they promised it")
    expect(time).to_have_attribute("max", "2199-12-31T23:59")
    time.evaluate("one => (one.type = 'text', one.value = '275761-01-01T10:00')")
    press(page, "[data-partner=q]", "Remind me")
    expect(depot.get_by_role("status").filter(has_text=FAILED)).to_have_count(1)
    time.evaluate("one => (one.value = '2031-01-01T10:00')")
    press(page, "[data-partner=q]", "Remind me")
    expect(depot.get_by_role("button", name="Remind me", exact=True)).to_be_disabled()
    assert page.evaluate("play.calls") == 1


def test_where_there_is_no_clipboard_the_words_are_shown_to_be_copied(page):
    page.evaluate(ABSENT)
    press(page, "[data-partner=q]", "Copy the message")
    said = page.locator("[data-partner=q]").get_by_role("status").filter(has_text="Dear Depot, where is it?")
    expect(said).to_have_count(1)
