"""Every page of the console in a real Chromium: axe-core finds no serious fault, it fits 320 pixels, and the keyboard goes everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guidance.console.blueprint import doors_of
from tests.axe import FOCUS, faults
from tests.console.furnished import NARROW, RULE
from tests.edges import ACME

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PAGES = {
    "/console/me": "/console/me",
    "/console/rules": "/console/rules",
    "/console/rules/<rule_id>": "/console/rules/three-as.acknowledge",
    "/console/rules/<rule_id>/overlays": "/console/rules/house.day/overlays",
    "/console/files/<name>": "/console/files/flawed",
    "/console/files/<name>/publish": "/console/files/flawed/publish",
    "/console/versions": "/console/versions",
    "/console/import": "/console/import",
    "/console/versions/<int:number>": "/console/versions/1",
    "/console/try": "/console/try?rule=three-as.acknowledge",
    "/console/backtests": "/console/backtests",
    "/console/backtests/<job_id>": "/console/backtests/done",
    "/console/people": "/console/people",
    "/console/customers": "/console/customers",
    "/console/changes": "/console/changes",
    "/console/numbers": "/console/numbers",
    "/console/stored": "/console/stored",
    "/console/words": "/console/words",
    "/console/network": "/console/network",
    "/console/promises": "/console/promises",
    "/console/help/<name>": "/console/help/rules",
}
ELSEWHERE = {
    "/console/<path:elsewhere>",
    "/console/oidc",
    "/console/oidc/back",
    "/console",
    "/console/",
    "/console/sign-in",
    "/console/static/<path:name>",
    "/console/numbers.csv",
    "/console/rules.zip",
    "/console/numbers.svg",
    "/console/numbers/feelings.svg",
    "/console/numbers/recommended.svg",
    "/console/rules/<rule_id>/days.svg",
}
MORE = {
    "an address that is none": "/console/nowhere",
    "a file with warnings": "/console/files/doubted",
    "a backtest that waits": "/console/backtests/waiting",
    "a backtest that failed": "/console/backtests/failed",
    "the fields of a conversation": "/console/help/wire",
    "a page that is not there": "/console/rules/no.such-rule",
}
AWAY = "The service doesn’t answer just now. Please try again in a moment."
IMAGES = Path(__file__).parents[2] / "docs" / "img"


@pytest.fixture(scope="module", params=[*PAGES.values(), *MORE.values()])
def page(browsing, house, request):
    """One page after the other, loaded once for all that is asked of it; an editor's form comes a moment after its page."""
    browsing.emulate_media(color_scheme="dark")
    browsing.goto(house.url + request.param)
    if browsing.locator("#form").count():
        expect(browsing.locator("#form")).to_be_visible()
    return browsing


def test_no_page_is_left_out():
    pages = {door.path for door in doors_of(None) if door.method == "GET" and not door.path.startswith("/api/")}
    assert pages - ELSEWHERE == set(PAGES)


def test_a_page_fits_320_pixels(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_its_header_leaves_a_narrow_screen_to_the_page_whatever_somebody_is_called(page):
    page.locator(".who > a").evaluate(
        "one => { one.textContent = 'Maximiliana-Bartholomea von Hohenzollern-Sigmaringen' }"
    )
    assert page.locator(".top").evaluate("one => one.offsetHeight") <= 110


def test_a_text_size_chosen_in_the_browser_holds_on_it_and_it_still_fits(page):
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(size) == 2 * before
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_its_tables_keep_the_name_of_a_row_in_view(page):
    """Rows are small cards, or their first column stays where it is while the others pass under it."""
    for table in page.locator(".wide > table:visible").all():
        name = table.locator("tbody tr > *").first
        table.evaluate("one => { one.parentElement.scrollLeft = 9999 }")
        assert name.evaluate("one => one.getBoundingClientRect().left >= 0")
        table.evaluate("one => { one.parentElement.scrollLeft = 0 }")


def test_axe_finds_nothing_serious_on_it(page):
    assert faults(page) == []


def test_its_text_stands_out_in_the_light_as_in_the_dark(page):
    page.emulate_media(color_scheme="light")
    assert faults(page, only="color-contrast") == []


def test_the_keyboard_reaches_everything_on_it_and_shows_where_it_is(page):
    page.evaluate(FOCUS)
    for _ in range(page.evaluate("keys.count()") + 3):
        page.keyboard.press("Tab")
    assert page.evaluate("keys.left()") == []
    assert page.evaluate("keys.unmarked") == []


def test_the_numbers_begin_with_what_they_have_and_keep_teams_folded(browsing, house):
    browsing.goto(f"{house.url}/console/numbers")
    inside = browsing.get_by_role("navigation", name="On this page").get_by_role("link")
    targets = [one.get_attribute("href") for one in inside.all()]
    assert [browsing.locator(f"h2{target}").count() for target in targets] == [1] * 5
    weeks = browsing.get_by_role("region", name="By week: Billing, zendesk:acme", exact=True)
    expect(weeks).to_be_hidden()
    browsing.locator(".team summary", has_text="Billing").first.click()
    expect(weeks).to_be_visible()


def test_an_editor_sets_the_holdout_and_the_page_says_that_it_is_changed(browsing, house):
    browsing.goto(f"{house.url}/console/numbers")
    browsing.get_by_label("Percent of tickets held out").fill("15")
    browsing.get_by_label("Why").last.fill("does it help?")
    assert _sent(browsing, "Change the holdout of zendesk:acme", "text=The settings are changed") == []
    assert browsing.get_by_label("Percent of tickets held out").input_value() == "15"
    assert house.store.account(ACME.id).settings["holdout"] == 0.15


def test_a_person_is_removed_only_once_that_was_asked(browsing, house):
    browsing.goto(f"{house.url}/console/people")
    card = browsing.locator("section", has_text="viktor@example.com")
    expect(card.get_by_role("button", name="Remove Viktor")).to_be_hidden()
    card.get_by_text("Remove Viktor…").click()
    expect(card).to_contain_text("can't sign in any more")
    assert faults(browsing) == []
    card.get_by_role("button", name="Remove Viktor").click()
    expect(browsing.locator("section", has_text="viktor@example.com")).to_have_count(0)


def test_a_customers_data_is_erased_only_once_that_was_asked(browsing, house):
    browsing.goto(f"{house.url}/console/customers")
    browsing.get_by_label("E-mail address or id").fill("900")
    browsing.get_by_role("button", name="Look it up").click()
    erase = browsing.get_by_role("button", name="Erase all of it")
    expect(browsing.get_by_role("button", name="Export as a file")).to_be_visible()
    expect(erase).to_be_hidden()
    browsing.get_by_text("Erase all of it…").click()
    expect(erase).to_be_visible()
    asked = browsing.get_by_text("Erasing cannot be undone")
    assert asked.bounding_box()["y"] < erase.bounding_box()["y"]
    assert faults(browsing) == []


def test_times_are_in_their_readers_form_and_zone_with_utc_held_over_them(chromium, house):
    context = chromium.new_context(locale="de-DE", timezone_id="America/New_York")
    context.add_cookies([house.anew()])
    page = context.new_page()
    page.goto(f"{house.url}/console/changes")
    told = page.locator("tbody time").first
    expect(told).to_have_text(re.compile(r"^\d\d\.\d\d\.\d{4}, \d\d:\d\d$"))
    expect(told).to_have_attribute("title", re.compile(r"^\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC$"))
    context.close()


def test_a_day_is_the_same_day_wherever_it_is_read(chromium, house):
    context = chromium.new_context(locale="de-DE", timezone_id="America/Los_Angeles")
    context.add_cookies([house.anew()])
    page = context.new_page()
    page.goto(f"{house.url}/console/numbers")
    told = page.locator("tbody time").first
    expect(told).to_have_text(re.compile(r"^\d\d\.\d\d\.\d{4}$"))
    year, month, day = told.get_attribute("datetime").split("-")
    assert told.inner_text() == f"{day}.{month}.{year}"
    context.close()


def test_a_second_press_on_the_way_sends_no_form_twice(browsing, house):
    browsing.goto(f"{house.url}/console/rules")
    browsing.goto(f"{house.url}/console/customers")
    browsing.get_by_label("E-mail address or id").fill("900")
    place = browsing.get_by_role("button", name="Look it up").bounding_box()
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    sent = []
    browsing.route("**/customers/find", lambda route: sent.append(route))
    for _ in range(2):
        browsing.mouse.click(*middle)
        browsing.wait_for_timeout(200)  # that nothing more is sent can only be waited for
    assert len(sent) == 1
    sent[0].continue_()
    expect(browsing.get_by_role("heading", name="1 ticket")).to_be_visible()
    browsing.unroute("**/customers/find")


def test_words_that_run_from_right_to_left_begin_at_the_right(browsing, house):
    browsing.goto(f"{house.url}/console/backtests/done")
    quote = browsing.locator("blockquote").first
    quote.evaluate("one => { one.textContent = 'أين طردي؟' }")
    ends = """one => {
      const words = document.createRange();
      words.selectNodeContents(one);
      return one.getBoundingClientRect().right - words.getBoundingClientRect().right;
    }"""
    assert quote.evaluate(ends) < 2


@pytest.mark.parametrize("answer", [None, {"status": 502, "body": "<h1>Bad gateway</h1>"}])
def test_a_service_that_does_not_answer_is_told_in_plain_words(browsing, house, answer):
    browsing.goto(f"{house.url}/console/backtests/done")
    browsing.route("**/judgements", lambda route: route.fulfill(**answer) if answer else route.abort())
    card = browsing.locator("[data-hit]").first
    card.get_by_role("button", name="Right").click()
    expect(card.get_by_role("status")).to_have_text(AWAY)
    browsing.unroute("**/judgements")


def test_a_chart_shows_what_is_newest_before_it_is_scrolled(browsing, house):
    browsing.goto(f"{house.url}/console/numbers")
    chart = browsing.get_by_role("region", name="Chart: Hints by week")
    ends = "one => [one.querySelector('img'), one].map((each) => Math.round(each.getBoundingClientRect().right))"
    drawn, shown = chart.evaluate(ends)
    assert drawn == shown
    assert chart.evaluate("one => one.scrollWidth > one.clientWidth")


ALONE = """bar => {
  const shown = [...bar.children].filter((one) => one.offsetParent);
  const line = ({ offsetTop, offsetHeight }) => offsetTop + offsetHeight;
  const alone = shown.filter((one) => one.matches("label") && shown.filter((other) => line(other) === line(one)).length === 1);
  return alone.map((one) => one.firstElementChild.offsetWidth / bar.offsetWidth);
}"""


@pytest.mark.parametrize("path", ["people", "rules/house.day/overlays"])
def test_a_field_that_has_a_line_for_itself_fills_it(browsing, house, path):
    browsing.goto(f"{house.url}/console/{path}")
    filled = [share for bar in browsing.locator(".bar:visible").all() for share in bar.evaluate(ALONE)]
    assert filled and min(filled) == 1


def test_a_rules_card_leaves_out_what_there_is_no_number_of(browsing, house):
    browsing.goto(f"{house.url}/console/rules?q=already-told")
    assert browsing.locator("tbody tr").inner_text().count("–") == 0


@pytest.mark.screenshots
def test_the_numbers_have_their_pictures(browsing, house, request):
    browsing.emulate_media(color_scheme="light")
    browsing.set_viewport_size({"width": 1180, "height": 860})
    browsing.goto(f"{house.url}/console/numbers")
    picture(browsing, "numbers", request)
    for name, heading in (
        ("recommended", "Would they recommend us"),
        ("feelings", "Feelings before and after a reply"),
    ):
        browsing.get_by_role("heading", name=heading, level=2).evaluate("one => one.scrollIntoView()")
        picture(browsing, f"numbers-{name}", request)
    browsing.set_viewport_size(NARROW)


@pytest.mark.screenshots
def test_the_lines_of_warnings_are_marked_otherwise_than_those_of_errors(browsing, house, request):
    browsing.emulate_media(color_scheme="dark")
    browsing.goto(f"{house.url}/console/files/doubted")
    assert browsing.locator("#flaws li").count() == 0
    assert browsing.locator("#warnings li").count() == 1
    assert browsing.locator("#gutter .doubted").inner_text().strip() == "9"
    browsing.locator("#doubted").evaluate("one => one.scrollIntoView({block: 'center'})")
    picture(browsing, "editor-warning-narrow-dark", request)


def test_the_door_itself_has_no_serious_fault(chromium, house):
    page = chromium.new_page()
    page.goto(f"{house.url}/console/sign-in")
    assert faults(page) == []
    page.close()


def test_the_form_beside_the_text_is_as_good_as_any_page(browsing, house):
    browsing.emulate_media(color_scheme="dark")
    browsing.goto(f"{house.url}/console/files/day")
    browsing.get_by_label("Not for these brands").wait_for()
    browsing.get_by_label("Times on one ticket").fill("twice")
    browsing.locator(".wrong", has_text="A whole number").wait_for()
    assert browsing.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert faults(browsing) == []
    browsing.evaluate(FOCUS)
    for _ in range(browsing.evaluate("keys.count()") + 3):
        browsing.keyboard.press("Tab")
    assert browsing.evaluate("keys.left()") == []
    assert browsing.evaluate("keys.unmarked") == []
    browsing.emulate_media(color_scheme="light")
    assert faults(browsing, only="color-contrast") == []


BESIDE = """async ([line, scrolled]) => {
  document.getElementById("text").scrollTop = scrolled;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const [text, gutter] = ["text", "gutter"].map((id) => document.getElementById(id));
  const number = gutter.children[line - 1].getBoundingClientRect();
  const { lineHeight, paddingTop } = getComputedStyle(text);
  const top = text.getBoundingClientRect().top + parseFloat(paddingTop) - text.scrollTop;
  return number.top + number.height / 2 - (top + (line - 0.5) * parseFloat(lineHeight));
}"""


@pytest.mark.parametrize(("line", "scrolled"), [(1, 0), (45, 600), (120, 9999)])
def test_a_lines_number_stands_beside_it_however_long_the_text(browsing, house, line, scrolled):
    browsing.goto(f"{house.url}/console/files/day")
    browsing.locator("#text").fill("\n".join(f"# line {number}" for number in range(1, 121)))
    assert abs(browsing.evaluate(BESIDE, [line, scrolled])) < 2
    heights = "[document.querySelector('.editor').offsetHeight, document.getElementById('text').offsetHeight]"
    editor, text = browsing.evaluate(heights)
    assert editor - text <= 2


def test_what_a_form_brings_has_no_serious_fault_either(browsing, house):
    browsing.goto(f"{house.url}/console/try?rule=three-as.acknowledge")
    browsing.get_by_label("The customer wrote").fill("I am so disappointed, this is the third broken cup.")
    browsing.get_by_label("The agent is writing").fill("Please send me your order number.")
    assert _sent(browsing, "See what would be said", ".tree") == []
    browsing.goto(f"{house.url}/console/customers")
    browsing.get_by_label("E-mail address or id").fill("900")
    assert _sent(browsing, "Look it up", "text=Erase all of it") == []
    browsing.goto(f"{house.url}/console/files/flawed")
    browsing.locator("#editing input[name=seen]").evaluate("one => { one.value = 7 }")
    assert _sent(browsing, "Save the draft", "text=saved this draft meanwhile") == []


def test_a_text_outlives_the_session_in_which_it_was_typed(browsing, house):
    browsing.goto(f"{house.url}/console/files/day")
    browsing.locator("#text").fill(RULE + "# precious\n")
    browsing.context.clear_cookies()
    browsing.get_by_role("button", name="Save the draft").click()
    expect(browsing.get_by_role("alert")).to_contain_text("what you typed is still here")
    assert "# precious" in browsing.locator("#text").input_value()
    browsing.context.add_cookies([house.anew()])
    browsing.get_by_role("button", name="Save the draft").click()
    expect(browsing.get_by_text("Nothing is live until it is published")).to_be_visible()
    assert b"# precious" in house.store.record("drafts", "day")


def picture(page, name, request):
    if request.config.getoption("-m") == "screenshots":
        page.screenshot(path=IMAGES / f"console-{name}.png", full_page=False)


def _sent(page, button, brings):
    page.get_by_role("button", name=button).click()
    page.locator(brings).first.wait_for()
    page.wait_for_load_state()
    return faults(page)
