"""The Freshdesk app as it is packaged, beside a ticket on the desk, which plays Freshworks' client."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SUBJECT = "Gift card and a delivery date"
UPSET = "Third time I ask. Still no answer, and I am so disappointed. When does it arrive?"
COLD = "Please send me a picture of the label."
MISSING = re.compile("let down")
IMAGES = Path(__file__).parents[2] / "docs" / "img"


def panel_of(page, subject=SUBJECT):
    page.get_by_role("button", name=subject).first.click()
    panel = page.frame_locator("iframe:not([hidden])")
    expect(panel.locator("#writing")).to_be_visible(timeout=20_000)
    return panel


def customer_writes(page, text):
    page.fill("#words", text)
    page.get_by_role("button", name="Send as the customer").click()
    expect(page.locator("#conversation li", has_text=text[:30]).last).to_be_visible()


def mails(desk_url):
    with urllib.request.urlopen(f"{desk_url}/desk/api/outbox") as answer:
        return json.load(answer)["mails"]


@pytest.mark.screenshots
def test_a_customers_message_gives_a_hint_and_the_panels_words_go_into_the_reply(page, desk_url, request):
    panel = panel_of(page)
    customer_writes(page, UPSET)
    expect(panel.locator(".say", has_text=MISSING).first).to_be_visible(timeout=15_000)

    panel.locator("#writing").fill(COLD)
    card = panel.locator(".card", has_text=MISSING).first
    expect(card).to_be_visible(timeout=15_000)
    if request.config.getoption("-m") == "screenshots":
        page.screenshot(path=IMAGES / "freshdesk-1-composer.png", animations="disabled")
    offered = card.locator(".offer-text").inner_text()
    card.get_by_role("button", name=re.compile("Insert")).click()
    expect(panel.locator("#writing")).to_have_value(re.compile(re.escape(offered)))

    panel.get_by_role("button", name="Put into the reply").click()
    expect(page.locator("#composer")).to_contain_text(COLD)
    expect(panel.get_by_text("It stands in Freshdesk’s editor now")).to_be_visible()
    before = len(mails(desk_url))
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#conversation li").last).to_contain_text(COLD)
    assert len(mails(desk_url)) == before + 1


def test_a_slip_in_the_panels_composer_is_asked_about_once_and_then_goes(page):
    panel = panel_of(page, "Ending my subscription")
    panel.locator("#writing").fill("Hello [Customer Name], your subscription ends on Friday.")
    panel.get_by_role("button", name="Put into the reply").click()
    expect(page.locator("#composer")).to_contain_text("your subscription ends")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Submit again", timeout=5_000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#conversation li").last).to_contain_text("your subscription ends", timeout=5_000)


def test_axe_finds_nothing_serious_in_the_panel_with_its_composer(page):
    page.emulate_media(reduced_motion="reduce")  # a card that fades in while axe looks has no contrast yet
    panel = panel_of(page, "Waiting for the call about my terrarium")
    customer_writes(page, UPSET)
    panel.locator("#writing").fill(COLD)
    expect(panel.locator(".card").first).to_be_visible(timeout=15_000)
    assert faults(_frame_of(page)) == []


def _frame_of(page):
    return page.locator("iframe:not([hidden])").element_handle().content_frame()


def test_words_for_a_note_go_into_a_note(page):
    panel = panel_of(page)
    panel.get_by_role("button", name="Private note").click()
    panel.locator("#writing").fill("Ana prefers the phone.")
    panel.get_by_role("button", name="Put into a note").click()
    expect(page.locator("#reply")).to_have_class(re.compile("is-note"))
    expect(page.locator("#composer")).to_contain_text("Ana prefers the phone.")


def test_what_an_agent_wrote_into_the_editor_stays_when_the_panels_words_come(page):
    panel = panel_of(page)
    composer = page.locator("#composer")
    expect(page.locator("#no-drafts")).to_be_visible()
    composer.fill("Hi Ana, one moment.")
    for words in ("It comes on Friday.", "It comes on Saturday."):
        panel.locator("#writing").fill(words)
        panel.get_by_role("button", name="Put into the reply").click()
        expect(composer).to_contain_text(words)
        expect(composer).to_contain_text("Hi Ana, one moment.")
    expect(composer).not_to_contain_text("Friday")


def test_the_panel_says_why_hints_come_only_where_one_writes_in_it(page):
    panel = panel_of(page)
    expect(panel.locator("#writing")).to_have_accessible_description(re.compile("Freshdesk shows apps no drafts"))


def test_no_page_ever_holds_the_installs_secret(page, desk_url):
    sent = []
    page.on("request", lambda request: sent.append((request.url, json.dumps(request.headers), request.post_data or "")))
    panel_of(page)
    opened = [one for one in sent if one[0].endswith("/desk/api/freshworks/invoke")]
    assert opened
    assert all("Bearer" not in headers and "secret" not in body for _, headers, body in opened)


def test_what_belongs_to_the_agent_alone_is_not_offered_to_one_who_is_only_claimed(page):
    panel = panel_of(page, "Waiting for the call about my terrarium")
    customer_writes(page, "This is ridiculous, I wrote four times and nobody answers. I am furious.")
    card = panel.locator(".card").first
    expect(card).to_be_visible(timeout=15_000)
    card.get_by_role("button", name="More about this hint").click()
    expect(card.get_by_role("button", name="Misread")).to_be_visible()
    expect(card.get_by_role("button", name="Quiet for an hour")).to_have_count(0)
