"""When a promise is due, told and changed by the clock of whom it was made to, wherever the agent's browser is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

LATE_IN_NEW_YORK = "2026-11-28T04:38:00Z"
"""Twenty-two to midnight on the 27th in New York; the 28th in London and Berlin."""

TOMORROW_AT_THREE = {"due_at": "2026-11-28T15:00:00-05:00", "due_kind": "time"}
TOMORROW = {"due_at": "2026-11-28T17:00:00-05:00", "due_kind": "day"}
MONDAY = {"due_at": "2026-11-30T17:00:00-05:00", "due_kind": "day"}

DUE = """async ([locale, now, promise]) => {
  const words = (await (await import("/words.js")).loadWords(locale));
  return [words.due(promise, new Date(now)), words.ownTime(promise, new Date(now))].map((one) => one?.replaceAll("\\u202f", " ") ?? null);
}"""


@pytest.mark.parametrize(
    ("browsers", "promise", "told", "own"),
    [
        ("America/New_York", TOMORROW_AT_THREE, "tomorrow, 3:00 PM", None),
        ("Europe/Berlin", TOMORROW_AT_THREE, "tomorrow, 3:00 PM (GMT-5)", "today, 9:00 PM by your own clock"),
        ("UTC", TOMORROW, "tomorrow (GMT-5)", "today by your own clock"),
        ("UTC", MONDAY, "Monday", None),
        ("Asia/Tokyo", MONDAY, "Monday (GMT-5)", "Tuesday by your own clock"),
        ("UTC", {"due_at": "2027-03-06T15:00:00+05:30", "due_kind": "time"}, "March 6, 2027, 3:00 PM (GMT+5:30)", "…"),
        ("Asia/Tokyo", {"due_at": "2026-11-28T15:00:00Z", "due_kind": "time"}, "today, 3:00 PM (GMT)", "…"),
    ],
)
def test_a_promise_is_due_as_its_words_say_and_another_clock_than_the_browsers_is_named(
    chromium, files_url, browsers, promise, told, own
):
    with among_files(chromium, files_url, timezone_id=browsers, locale="en-US") as page:
        shown = page.evaluate(DUE, ["en", LATE_IN_NEW_YORK, promise])
    assert shown[0] == told
    assert own == "…" or shown[1] == own


def test_another_clock_is_named_in_the_panels_language(chromium, files_url):
    with among_files(chromium, files_url, timezone_id="Europe/Paris", locale="fr-FR") as page:
        shown = page.evaluate(DUE, ["fr", LATE_IN_NEW_YORK, TOMORROW_AT_THREE])
    assert shown == ["demain, 15:00 (UTC-5)", "aujourd’hui, 21:00 à votre heure"]


PANEL = """async ([now, promise]) => {
  const { Promises } = await import("/view/promises.js");
  const { loadWords } = await import("/words.js");
  const Real = Date;
  globalThis.Date = class extends Real { constructor(...told) { told.length ? super(...told) : super(now); } static now() { return Real.parse(now); } };
  globalThis.changes = [];
  const promises = new Promises(await loadWords("en"), { changePromise: (_, body) => changes.push(body) });
  document.body.replaceChildren(promises.root);
  promises.show([{ id: "f1", words: "I'll call you", state: "noted", ...promise }], []);
}"""


@pytest.fixture(params=["Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo"])
def elsewhere(chromium, files_url, request):
    """A panel beside a promise to somebody in New York, in a browser that is somewhere else."""
    with among_files(chromium, files_url, timezone_id=request.param, locale="en-US") as page:
        page.evaluate(PANEL, [LATE_IN_NEW_YORK, {"zone": "America/New_York"}])
        yield page


def test_today_and_tomorrow_are_days_of_whom_it_was_promised_to(elsewhere):
    for name in ("Today", "Tomorrow"):
        elsewhere.get_by_role("button", name=name).click()
    assert elsewhere.evaluate("changes") == [{"due_on": "2026-11-27"}, {"due_on": "2026-11-28"}]


@pytest.mark.parametrize(
    ("picked", "meant"),
    [("2026-12-04T15:30", "2026-12-04T20:30:00.000Z"), ("2027-03-14T03:30", "2027-03-14T07:30:00.000Z")],
)
def test_a_time_is_picked_by_their_clock_too_which_stands_beside_the_field(elsewhere, picked, meant):
    expect(elsewhere.locator(".pick")).to_contain_text("GMT-5")
    elsewhere.locator("input").fill(picked)
    assert elsewhere.evaluate("changes") == [{"due_at": meant}]


def test_where_both_clocks_are_one_none_is_named(chromium, files_url):
    with among_files(chromium, files_url, timezone_id="America/New_York") as page:
        page.evaluate(PANEL, [LATE_IN_NEW_YORK, {"zone": "America/New_York"}])
        assert "GMT" not in page.locator("body").inner_text()


@pytest.mark.parametrize("zone", [None, "Eastern Time (US & Canada)"])
def test_in_a_zone_that_the_browser_does_not_know_its_own_clock_counts(chromium, files_url, zone):
    with among_files(chromium, files_url, timezone_id="Europe/Berlin") as page:
        page.evaluate(PANEL, [LATE_IN_NEW_YORK, {"zone": zone}])
        page.get_by_role("button", name="Today").click()
        page.locator("input").fill("2026-12-04T15:30")
        assert page.evaluate("changes") == [{"due_on": "2026-11-28"}, {"due_at": "2026-12-04T14:30:00.000Z"}]


OVER_NIGHT = """async (part) => {
  const { loadWords } = await import("/words.js");
  const { Day } = await import("/day.js");
  const { View } = await import("/view/view.js");
  const due = { due_at: "2026-11-28T15:00:00Z", due_kind: "time" };
  const [muted, named] = [[{ what: "a", title: "A rule", until: due.due_at }], { waiting: [], named: false, until: due.due_at }];
  const view = new View(document.body, await loadWords("en"), { isProven: true }, new Day("a", { storage: null }));
  const hint = { id: "h1", rule: "a", level: "reminder", say: "Say it.", why: "", proposal: { words: "Call Rana", ...due } };
  const shows = {
    promises: () => view.promises.show([{ id: "f1", words: "I'll call you", state: "planned", ...due }], []),
    hints: () => view.hints.show([hint]),
    network: () => view.network.show({ partners: [{ id: "p", name: "Courier", message: "", promised: { words: "soon", ...due } }] }),
    mine: () => view.mine.show([{ id: "f1", ticket_id: "1", words: "I'll call you", state: "planned", ...due }]),
    today: () => (Object.assign(view.today, { mutes: muted, me: named }), view.today.show()),
  };
  globalThis.shown = () => (shows[part](), view[part].root.textContent);
}"""


@pytest.mark.parametrize("part", ["promises", "hints", "network", "mine", "today"])
def test_what_was_tomorrow_is_today_once_it_is(chromium, files_url, part):
    with among_files(chromium, files_url, timezone_id="UTC", locale="en-US") as page:
        page.clock.set_fixed_time("2026-11-27T23:59:00Z")
        page.evaluate(OVER_NIGHT, part)
        assert "tomorrow" in page.evaluate("shown()")
        page.clock.set_fixed_time("2026-11-28T00:01:00Z")
        told = page.evaluate("shown()")
    assert "today, 3:00" in told.replace("\u202f", " ")
    assert "tomorrow" not in told


def test_what_was_on_saturday_is_tomorrow_on_the_day_before(chromium, files_url):
    with among_files(chromium, files_url, timezone_id="UTC", locale="en-US") as page:
        page.clock.set_fixed_time("2026-11-26T23:59:00Z")
        page.evaluate(OVER_NIGHT, "mine")
        assert "Saturday" in page.evaluate("shown()")
        page.clock.set_fixed_time("2026-11-27T00:01:00Z")
        assert "tomorrow" in page.evaluate("shown()")
