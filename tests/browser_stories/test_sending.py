"""What a person at the desk sends goes out once, and takes no other ticket's words with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SOON = 15_000
SENT = "It is on its way to you, Rana."


class Held:
    """Replies on their way to the helpdesk, until a test lets them go."""

    def __init__(self, page):
        self.routes = []
        self.are_free = False
        page.route("**/zendesk/api/v2/tickets/*", self.hold)

    def hold(self, route):
        if route.request.method == "PUT":
            self.routes.append(route)
        if self.are_free or route.request.method != "PUT":
            route.continue_()

    def let_go(self, page):
        """Let go what is held by now, and what comes only yet: the panel may still be looking at it."""
        with page.expect_response(lambda answer: answer.request.method == "PUT" and "/zendesk/api/" in answer.url):
            self.are_free = True
            for route in list(self.routes):
                route.continue_()


def opened(page, subject):
    page.locator("#tickets").get_by_role("button", name=subject).click()
    page.locator("#composer").focus()


@pytest.fixture
def sending(page):
    """A reply of ours is on its way, and stays so."""
    held = Held(page)
    opened(page, "Olive tree")
    page.keyboard.type(SENT)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply")).to_have_attribute("aria-busy", "true", timeout=SOON)
    return held


def test_a_reply_that_is_on_its_way_is_not_sent_again(page, sending):
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    sending.let_go(page)
    expect(page.locator("#reply")).not_to_have_attribute("aria-busy", "true", timeout=SOON)
    expect(page.locator("#notice")).to_have_text("")
    expect(page.locator("#composer")).to_have_text("")
    assert len(sending.routes) == 1


def test_what_is_begun_on_another_ticket_stays_when_a_reply_is_out_and_the_sent_words_go(page, sending):
    opened(page, "Charged twice")
    page.keyboard.type("Dear Tom")
    sending.let_go(page)
    expect(page.locator("#conversation")).not_to_contain_text(SENT)
    expect(page.locator("#composer")).to_have_text("Dear Tom")
    opened(page, "Olive tree")
    expect(page.locator("#conversation")).to_contain_text(SENT)
    expect(page.locator("#composer")).to_have_text("")
    opened(page, "Charged twice")
    expect(page.locator("#composer")).to_have_text("Dear Tom")


def test_a_ticket_whose_reply_is_on_its_way_alone_is_busy(page, sending):
    opened(page, "Charged twice")
    expect(page.locator("#reply")).not_to_have_attribute("aria-busy", "true", timeout=SOON)
    opened(page, "Olive tree")
    expect(page.locator("#reply")).to_have_attribute("aria-busy", "true", timeout=SOON)
    sending.let_go(page)
    expect(page.locator("#reply")).not_to_have_attribute("aria-busy", "true", timeout=SOON)


def test_words_written_on_while_a_reply_goes_out_are_not_lost(page, sending):
    page.keyboard.type(" And one more thing.")
    sending.let_go(page)
    expect(page.locator("#reply")).not_to_have_attribute("aria-busy", "true", timeout=SOON)
    expect(page.locator("#composer")).to_contain_text("And one more thing.")
