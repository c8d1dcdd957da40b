"""From webhook to hint, as a person at the desk sees it."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.sidebar.browsing import typed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ANGRY = "Third time I write about this. Still no parcel, and I am so disappointed. Where is it?"
WORSE = "sounds worse than before our last reply"
MISSING = re.compile("let down")
UPSET = re.compile(f"let down|{WORSE}")
"""Which of the two comes first hangs on what is read first, her message or the history; both never stand together."""
KIND = "Hi Rana, three letters and still no parcel: I can see why you are fed up."
IMAGES = Path(__file__).parents[2] / "docs" / "img"


def opened(page, subject):
    """The sidebar of a ticket, opened on the desk."""
    page.get_by_role("button", name=subject).click()
    sidebar = page.frame_locator("iframe:not([hidden])")
    expect(sidebar.locator(".state[data-state]")).to_be_attached(timeout=15_000)
    return sidebar


def customer_writes(page, text):
    page.fill("#words", text)
    page.get_by_role("button", name="Send as the customer").click()
    expect(page.locator("#conversation li", has_text=text[:30]).last).to_be_visible()


def types(page, text):
    page.locator("#composer").click()
    typed(page, text)


def erase(page):
    page.locator("#composer").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def board(desk_url):
    with urllib.request.urlopen(f"{desk_url}/desk/api/state") as answer:
        return json.load(answer)


def picture(page, name, request):
    if request.config.getoption("-m") == "screenshots":
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")


@pytest.mark.screenshots
def test_from_an_angry_message_to_the_promised_call(page, desk_url, request):
    sidebar = opened(page, "Olive tree")
    customer_writes(page, ANGRY)
    expect(sidebar.get_by_text("Fourth message").first).to_be_visible(timeout=15_000)
    expect(sidebar.get_by_text("Where is the tree?")).to_have_count(1, timeout=15_000)
    expect(sidebar.get_by_text("Where is it?")).to_have_count(0)
    expect(sidebar.locator(".say", has_text=UPSET)).to_have_count(1, timeout=15_000)
    picture(page, "1-angry-message", request)

    before = set(sidebar.locator(".say").all_inner_texts())
    types(page, "Hi Ra")
    page.wait_for_timeout(4_000)
    assert set(sidebar.locator(".say").all_inner_texts()) <= before

    erase(page)
    types(page, "Hi Rana, please send me a picture of the label.")
    hint = sidebar.locator(".say", has_text=MISSING).first
    expect(hint).to_be_visible(timeout=15_000)
    expect(sidebar.locator(".say", has_text=WORSE)).to_have_count(0)
    picture(page, "3-missing", request)

    card = sidebar.locator(".card", has_text=MISSING).first
    offered = card.locator(".offer-text").inner_text()
    card.get_by_role("button", name=re.compile("Insert")).click()
    expect(page.locator("#composer")).to_contain_text(offered)
    expect(hint).to_be_hidden(timeout=15_000)
    picture(page, "4-insert", request)

    erase(page)
    types(page, f"{KIND} I'll call you tomorrow at 3pm.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#tasks")).to_contain_text("Follow up with Rana", timeout=20_000)
    expect(page.locator("#tasks")).to_contain_text(re.compile(r"due .*\d"))
    picture(page, "5-promise", request)
    told = board(desk_url)
    (task,) = [ticket for ticket in told["tickets"] if ticket["is_task"]]
    assert task["requester"]["role"] == "agent"
    assert all(comment["is_public"] is False for comment in task["comments"])
    assert all("Follow up" not in json.dumps(mail) for mail in told["mails"])


def test_typing_a_word_of_understanding_folds_the_hint_away(page):
    sidebar = opened(page, "Charged twice")
    customer_writes(page, "This is ridiculous, you charged me twice again and nobody answers. I am furious.")
    types(page, "Please send me the last four digits of your card.")
    hint = sidebar.locator(".say", has_text=MISSING).first
    expect(hint).to_be_visible(timeout=15_000)
    types(page, " I can see why you are fed up with this, being charged twice is upsetting.")
    expect(hint).to_be_hidden(timeout=15_000)


def test_a_freshdesk_ticket_has_its_sidebar_too(page):
    sidebar = opened(page, "Gift card and a delivery date")
    expect(sidebar.locator("#guidance")).to_contain_text(re.compile("ask|Ask|Waited|add"), timeout=15_000)


def test_the_desk_fits_a_narrow_window(page):
    page.set_viewport_size({"width": 320, "height": 900})
    opened(page, "A new home for my ficus")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_that_run_from_right_to_left_begin_at_the_right(page):
    opened(page, "How much light does a Boston fern need?")
    customer_writes(page, "كم من الضوء تحتاج هذه النبتة؟")
    ends = """one => {
      const words = document.createRange();
      words.selectNodeContents(one);
      return one.getBoundingClientRect().right - words.getBoundingClientRect().right;
    }"""
    assert page.locator("#conversation li p").last.evaluate(ends) < 2


def test_in_a_narrow_window_the_sidebar_has_most_of_its_own_tab(page):
    page.set_viewport_size({"width": 320, "height": 780})
    opened(page, "A new home for my ficus")
    page.get_by_role("button", name="Sidebar", exact=True).click()
    sidebar, evidence = (page.locator(f"aside > {part}").bounding_box()["height"] for part in ("#frames", ".panels"))
    assert sidebar > 2 * evidence


IS_IN_VIEW = """tab => {
  const [strip, one] = [tab.closest("#tabs"), tab.closest(".tab")].map((each) => each.getBoundingClientRect());
  return one.left >= strip.left - 1 && one.right <= strip.right + 1;
}"""


def test_the_tab_of_the_ticket_that_is_opened_is_in_view_however_many_there_are(page):
    tickets = page.locator("#tickets button")
    for place in (*range(7), 0):
        tickets.nth(place).click()
        chosen = page.locator("#tabs [aria-current]")
        expect(chosen).to_have_count(1)
        assert chosen.evaluate(IS_IN_VIEW)
    assert page.locator("#tabs").evaluate("one => one.scrollWidth > one.clientWidth")


def test_a_button_with_nothing_to_send_says_what_is_missing(page):
    opened(page, "How much light")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Write your reply first.")
    expect(page.locator("#composer")).to_be_focused()
    page.get_by_label("Internal note").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Write your note first.")
    page.get_by_role("button", name="Send as the customer").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("Write what .+ says first"))
    expect(page.locator("#words")).to_be_focused()


def test_each_tab_of_what_came_of_it_names_its_panel(page):
    for name in ("Customer mail", "Webhooks", "Tasks"):
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_role("tabpanel", name=re.compile(name))).to_be_visible()
        expect(page.get_by_role("tabpanel")).to_have_count(1)


def test_arrow_keys_go_from_tab_to_tab(page):
    page.get_by_role("tab", name="Tasks").focus()
    for key, name in (("ArrowRight", "Customer mail"), ("ArrowLeft", "Tasks"), ("ArrowLeft", "Webhooks")):
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=name)).to_be_focused()
        expect(page.get_by_role("tabpanel", name=re.compile(name))).to_be_visible()


def test_what_the_customer_would_write_stays_where_it_could_not_be_sent(page):
    opened(page, "How much light")
    page.route("**/desk/api/customer", lambda route: route.abort())
    page.fill("#words", "Is it out of stock?")
    page.get_by_role("button", name="Send as the customer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#words")).to_have_value("Is it out of stock?")
    page.unroute("**/desk/api/customer")
    customer_writes(page, "Is it out of stock?")
    expect(page.locator("#words")).to_have_value("")


def test_what_goes_wrong_while_no_ticket_is_open_is_told(page):
    page.route("**/desk/api/launch", lambda route: route.fulfill(status=503, json={"error": "The service rests."}))
    page.get_by_role("button", name="My promises").click()
    expect(page.get_by_role("alert")).to_have_text("The service rests.")


def test_a_begun_reply_goes_with_another_sign_in_only_once_that_was_asked(page):
    opened(page, "How much light")
    types(page, "A north window")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.select_option("#agent", "lena")
    expect(page.locator("#agent")).not_to_have_value("lena")
    expect(page.locator("#composer")).to_have_text("A north window")
    page.once("dialog", lambda dialog: dialog.accept())
    page.select_option("#agent", "lena")
    expect(page.locator("#composer")).to_have_text("")
    expect(page.locator("#agent")).to_have_value("lena")


def test_a_sign_in_that_fails_is_told_and_leaves_who_was_signed_in(page):
    expect(page.locator("#tickets button").first).to_be_visible()
    page.route("**/desk/api/sign-in", lambda route: route.fulfill(status=503, json={"error": "The service rests."}))
    page.select_option("#agent", "lena")
    expect(page.get_by_role("alert")).to_have_text("The service rests.")
    expect(page.locator("#agent")).not_to_have_value("lena")


def test_the_desks_pace_is_told_whole(page):
    needed = """one => {
      const copy = one.cloneNode(true);
      Object.assign(copy.style, { maxWidth: "none", position: "absolute" });
      copy.value = "brisk";
      one.after(copy);
      const wanted = copy.offsetWidth;
      copy.remove();
      return [wanted, one.offsetWidth];
    }"""
    wanted, has = page.locator("#pace").evaluate(needed)
    assert has >= wanted


@pytest.mark.parametrize("width", [1280, 640])
def test_axe_finds_nothing_serious_on_the_desk(page, width):
    opened(page, "Olive tree")
    opened(page, "Charged twice")
    page.set_viewport_size({"width": width, "height": 500})
    assert faults(page) == []


def test_whoever_enlarges_the_page_sees_the_whole_top_bar(page):
    page.set_viewport_size({"width": 640, "height": 450})
    for one in ("#play", "#nav-bar", "#pace", "#agent"):
        box = page.locator(one).bounding_box()
        assert box["x"] + box["width"] <= 640
