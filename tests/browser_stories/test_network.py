"""The people around a ticket and the agent's own day, as agents at the desk see them; and what the next one does not see."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser_stories.test_desk import IMAGES, customer_writes, erase, opened, picture, types

pytestmark = [pytest.mark.browser, pytest.mark.screenshots, pytest.mark.timeout(180)]

SOON = 20_000
PLANT, PALMS, FICUS = "My prayer plant looks ill", "Twelve palms for our showroom", "A new home for my ficus"
MITES = "Spider mites, I had two of those: neem oil once a week, and shower the leaves from below."
ABUSE = "You useless idiots, are you too stupid to read? Shut up with your excuses, you make me sick."


@pytest.fixture(autouse=True)
def patience():
    """The first of many pages on a busy machine takes its time."""
    expect.set_options(timeout=SOON)
    yield
    expect.set_options(timeout=5_000)


def part(sidebar, name):
    return sidebar.locator(f'[data-part="{name}"]')


def signs_in(page, agent):
    page.select_option("#agent", agent)


def notes(page, text):
    """The agent who is signed in writes an internal note."""
    page.get_by_label("Internal note").check()
    erase(page)
    types(page, text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#conversation li").last).to_contain_text(text[:40], timeout=SOON)
    page.get_by_label("Public reply").check()


def shows(page, subject, name, text):
    """Open a ticket until a part of its network says this: what the service gathers at first may still be on its way."""
    until = time.monotonic() + 60
    while True:
        sidebar = opened(page, subject)
        try:
            expect(part(sidebar, name)).to_contain_text(text, timeout=4_000)
        except AssertionError:
            assert time.monotonic() < until
            opened(page, FICUS if subject != FICUS else PLANT)
        else:
            return sidebar


def days(page):
    """What the panel keeps of the agent's day in this browser."""
    frame = next(one for one in page.frames if "/sidebar/" in one.url)
    return json.loads(frame.evaluate("JSON.stringify(Object.values(localStorage).map((one) => JSON.parse(one)))"))


def rough_tickets(page):
    return sum(len(day.get("rough", {})) for kept in days(page) for day in kept.values())


def waits_until(page, holds):
    until = time.monotonic() + SOON / 1000
    while not holds():
        assert time.monotonic() < until
        page.wait_for_timeout(100)


def shot(place, name, request):
    """A part of the panel alone."""
    if request.config.getoption("-m") == "screenshots":
        place.screenshot(path=IMAGES / f"{name}.png")


def test_colleagues_who_solved_the_like_are_named_and_asked_in_a_note(page, request):
    sidebar = shows(page, PLANT, "help", "Dev Anand")
    expect(part(sidebar, "help")).not_to_contain_text(re.compile(r"\d"))
    shot(part(sidebar, "help"), "network-who-can-help", request)
    part(sidebar, "help").get_by_role("button", name="Ask in a note").click()
    expect(page.get_by_label("Internal note")).to_be_checked()
    expect(page.locator("#composer")).to_contain_text(
        "@Dev, this ticket about “My prayer plant looks ill” reads like one"
    )
    expect(page.locator("#composer")).to_contain_text("can the plant be saved?")
    picture(page, "network-ask-in-a-note", request)


def test_what_is_being_written_is_never_mixed_with_a_note(page):
    sidebar = shows(page, PLANT, "help", "Dev Anand")
    types(page, "Dear Tomás")
    part(sidebar, "help").get_by_role("button", name="Ask in a note").click()
    expect(part(sidebar, "help")).to_contain_text("Here is the note to copy")
    expect(page.locator("#composer")).to_have_text("Dear Tomás")
    expect(page.get_by_label("Public reply")).to_be_checked()


def test_whoever_does_not_want_to_be_named_is_not(page):
    signs_in(page, "dev")
    sidebar = shows(page, PALMS, "partners", "NordPost")
    sidebar.get_by_role("button", name="My day").click()
    sidebar.get_by_role("button", name="Don’t name me").click()
    expect(sidebar.locator(".today")).to_contain_text("You are not named to colleagues.")
    signs_in(page, "amir")
    sidebar = opened(page, PLANT)
    expect(sidebar.locator(".state")).to_be_visible(timeout=SOON)
    expect(part(sidebar, "help")).to_have_count(0)
    signs_in(page, "dev")
    sidebar = opened(page, PALMS)
    sidebar.get_by_role("button", name="My day").click()
    sidebar.get_by_role("button", name="Name me again").click()
    expect(sidebar.locator(".today")).to_contain_text("Colleagues may be told")


def test_a_partner_is_called_on_and_their_promise_becomes_a_follow_up(page, request):
    sidebar = shows(page, PALMS, "partners", "Jonas Weber")
    expect(part(sidebar, "circle")).to_contain_text("Others at Dahl Interiors")
    expect(part(sidebar, "circle")).to_contain_text("Charged twice in November")
    shot(part(sidebar, "partners"), "network-partner", request)
    shot(part(sidebar, "circle"), "network-circle", request)
    part(sidebar, "partners").get_by_role("button", name="Start a note").click()
    expect(page.locator("#composer")).to_contain_text("Hello Jonas Weber,")
    expect(page.locator("#composer")).not_to_contain_text("Sofie")
    notes(page, "NordPost will deliver the palms tomorrow at 3pm, says Jonas.")
    expect(part(sidebar, "partners")).to_contain_text("will deliver the palms", timeout=SOON)
    shot(part(sidebar, "partners"), "network-partner-promised", request)
    part(sidebar, "partners").get_by_role("button", name="Remind me").click()
    promise = sidebar.locator(".promise", has_text="NordPost will deliver the palms")
    expect(promise).to_be_visible(timeout=SOON)
    expect(promise.locator(".badge").first).to_have_text(re.compile("Task made|Due soon"), timeout=45_000)
    promise.get_by_role("button", name="Did it").click()
    sidebar.get_by_role("button", name="My day").click()
    expect(sidebar.locator('.today [data-part="good"]')).to_contain_text("A promise kept")
    shot(sidebar.locator(".today"), "my-day", request)


def test_a_colleague_s_question_waits_for_the_one_who_was_asked_alone(page, request):
    signs_in(page, "lena")
    lena = opened(page, PALMS)
    notes(page, "@Amir, could you ask Sofie whether the showroom has a loading dock?")
    expect(part(lena, "waiting")).to_have_count(0)
    signs_in(page, "amir")
    amir = shows(page, PALMS, "waiting", "whether the showroom has a loading dock")
    expect(part(amir, "waiting")).to_contain_text("Lena Brandt asks you")
    shot(part(amir, "waiting"), "network-a-colleague-waits", request)
    part(amir, "waiting").get_by_role("button", name="Answer in a note").click()
    types(page, "it has, at the back.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(part(amir, "waiting")).to_have_count(0, timeout=SOON)


def test_the_note_that_helped_is_recalled_for_the_two_whom_it_concerns(page, request):
    signs_in(page, "dev")
    opened(page, PLANT)
    notes(page, MITES)
    signs_in(page, "amir")
    opened(page, PLANT)
    types(
        page,
        "Hi Tomás, those are spider mites. Shower the leaves from below, then neem oil once a week, and the plant lives.",
    )
    page.get_by_role("button", name="Send as solved").click()
    amir = shows(page, PLANT, "favour", "Dev Anand’s note got this solved")
    shot(part(amir, "favour"), "network-return-the-favour", request)
    part(amir, "favour").get_by_role("button", name="Thank in a note").click()
    expect(page.locator("#composer")).to_contain_text("Thank you, Dev.")
    page.once("dialog", lambda dialog: dialog.accept())  # the note is not sent, so it goes
    signs_in(page, "dev")
    shows(page, PLANT, "favour", "Your note got this solved for Amir Khalil")
    signs_in(page, "lena")
    lena = opened(page, PLANT)
    expect(lena.get_by_role("button", name="My day")).to_be_visible(timeout=SOON)
    expect(part(lena, "favour")).to_have_count(0)


def test_a_hand_over_offers_the_name_of_whoever_takes_over(page, request):
    sidebar = opened(page, "How much light does a Boston fern need?")
    expect(page.locator("#facts")).to_contain_text("with Lena Brandt", timeout=SOON)
    types(
        page,
        "Hi Priya, yes, it is happy at a north-facing window. For the watering I am passing you on to another team.",
    )
    card = sidebar.locator(".card", has_text="Lena takes over")
    expect(card).to_be_visible(timeout=SOON)
    expect(card.locator(".offer-text")).to_contain_text("Lena from our Plant care team takes over from here")
    shot(card, "network-introduce", request)


def test_after_a_run_of_abuse_a_break_is_suggested_and_nobody_else_learns_of_it(page, request):
    called = []
    page.on("request", lambda one: called.append((one.method, one.url, one.post_data or "")))
    for number, subject in enumerate((FICUS, "Post on our page", PALMS), 1):
        sidebar = opened(page, subject)
        customer_writes(page, ABUSE)
        waits_until(page, lambda number=number: rough_tickets(page) == number)
    rest = sidebar.locator(".rest-inner")
    expect(rest).to_contain_text("A few minutes away from the screen", timeout=SOON)
    shot(rest, "grace", request)
    rest.get_by_role("button", name="Thanks").click()
    expect(rest).to_have_count(0)
    assert not any("rough" in url or "rest" in body for _, url, body in called)
    assert not re.search("idiots|Sofie|Grace|palms", json.dumps(days(page)))


def test_the_console_keeps_the_address_book_and_the_panel_fits_a_narrow_dark_place(page, chromium):
    address = page.locator("#console").get_attribute("href")
    password = page.locator("#console-password").inner_text()
    owner = page.locator("#welcome code").first.inner_text()
    context = chromium.new_context(viewport={"width": 400, "height": 900}, color_scheme="dark")
    console = context.new_page()
    console.goto(address)
    console.get_by_label("E-mail address").fill(owner)
    console.get_by_label("Password").fill(password)
    console.get_by_role("button", name="Sign in", exact=True).click()
    expect(console.get_by_role("heading", name="Rules")).to_be_visible()
    console.goto(f"{address.rstrip('/')}/network")
    expect(console.get_by_text("NordPost").first).to_be_visible()
    assert console.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
    page.emulate_media(color_scheme="dark")
    shows(page, PALMS, "partners", "NordPost")
    frame = next(one for one in page.frames if "/sidebar/" in one.url)
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
