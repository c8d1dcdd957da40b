"""A form is sent once, however long its answer takes; whoever is still on its page may send it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

WORDS = "**/console/words"
HASTE = """
  const later = setTimeout;
  globalThis.setTimeout = (call, ms) => later(call, Math.min(ms, 10));
  addEventListener("keydown", (event) => event.key === "F9" && stop());
"""
"""What is waited for is over at once, and a key stops what loads: while a page waits for the next one, nothing can be asked of it."""


@pytest.fixture
def hasty(chromium, house):
    """A window of its own, in haste, and the owner signed in."""
    context = chromium.new_context()
    context.add_cookies([house.anew()])
    context.add_init_script(HASTE)
    yield context.new_page()
    context.close()


class Sending:
    """The form of house words, sent with the mouse, and its requests, which nobody answers."""

    def __init__(self, page, house, words):
        page.goto(f"{house.url}/console/words")
        page.get_by_label("Never flagged, one a line").first.fill(words)
        place = page.get_by_role("button", name="Keep the words of all tickets").first.bounding_box()
        self.page, self.middle = page, (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        self.requests = []
        page.route(WORDS, lambda route: self.requests.append(route))

    def press(self):
        self.page.mouse.click(*self.middle)

    def is_done(self):
        expect(self.page.get_by_role("status").filter(has_text="The house words are changed")).to_be_visible()


def test_a_form_whose_answer_takes_long_is_not_sent_again_by_a_second_press(hasty, house):
    sending = Sending(hasty, house, "Held")
    for _ in range(2):
        sending.press()
        hasty.wait_for_timeout(300)  # that nothing more is sent can only be waited for
    assert len(sending.requests) == 1
    hasty.unroute(WORDS)
    sending.is_done()


def test_a_form_that_somebody_stopped_on_its_way_can_be_sent_again(hasty, house):
    sending = Sending(hasty, house, "Held again")
    for _ in range(2):
        with hasty.expect_request(WORDS):
            sending.press()
        hasty.keyboard.press("F9")
    assert len(sending.requests) == 2


def test_a_form_that_is_answered_with_a_file_can_be_sent_again(hasty, house):
    hasty.goto(f"{house.url}/console/customers")
    hasty.get_by_label("E-mail address or id").fill("900")
    hasty.get_by_role("button", name="Look it up").click()
    for _ in range(2):
        with hasty.expect_download() as brought:
            hasty.get_by_role("button", name="Export as a file").click()
        assert brought.value.suggested_filename == "customer.json"
