"""A promise from its words to its end, as a person at the desk sees it; and no customer ever hears of it."""

from __future__ import annotations

import json
import re
import urllib.request
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser_stories.test_desk import board, customer_writes, erase, opened, picture, types

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SOON = 15_000
NEW_YORK = ZoneInfo("America/New_York")
FERN, POST = "How much light does a Boston fern need?", "Post on our page"


def in_new_york(**ahead):
    """What to put into the picker; to the second, for a story that waits for that moment."""
    return (datetime.now(NEW_YORK) + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%S")


def pace(page, name):
    page.select_option("#pace", name)
    page.wait_for_timeout(1_000)  # the service looks for news three times a second


def says(page, text):
    """Amir sends a public reply."""
    erase(page)
    types(page, text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#conversation li").last).to_contain_text(text[:40], timeout=SOON)


def promise(sidebar, words):
    return sidebar.locator(".promise", has_text=words)


def badge(sidebar, words, text, *, within=SOON):
    expect(promise(sidebar, words).locator(".badge").first).to_have_text(text, timeout=within)


def task_of(desk_url, words):
    return next(
        (one for one in board(desk_url)["tickets"] if one["is_task"] and words in one["comments"][0]["text"]), None
    )


def sees_only_what_was_written(desk_url):
    """No mail to a customer tells of a task or a follow-up."""
    mails = [json.dumps(mail) for mail in board(desk_url)["mails"]]
    assert not any(word in mail for mail in mails for word in ("Follow up", "Promised on", "marks the promise"))


@pytest.mark.screenshots
def test_a_dated_promise_is_corrected_in_its_grace_becomes_a_task_is_reminded_of_and_kept(page, desk_url, request):
    sidebar = opened(page, "Olive tree")
    pace(page, "grace")
    says(page, "Hi Rana, I'll get back to you about the olive tree tomorrow at 3pm.")
    one = promise(sidebar, "about the olive tree")
    badge(sidebar, "about the olive tree", "Planned")
    picture(page, "6-promise-in-grace", request)
    assert task_of(desk_url, "about the olive tree") is None
    pace(page, "brisk")
    one.get_by_role("button", name="Change time").click()
    soon = in_new_york(minutes=12, seconds=6)
    one.locator("input").fill(soon)
    expect(page.locator("#tasks")).to_contain_text("about the olive tree", timeout=45_000)
    badge(sidebar, "about the olive tree", re.compile("Task made|Due soon"))
    task = task_of(desk_url, "about the olive tree")
    assert datetime.fromisoformat(task["due_at"]) == datetime.fromisoformat(soon).replace(tzinfo=NEW_YORK)
    badge(sidebar, "about the olive tree", "Due soon", within=60_000)
    picture(page, "7-promise-due-soon", request)
    says(page, "Hi Rana, the nursery found your olive tree and it leaves today.")
    badge(sidebar, "about the olive tree", "Kept")
    expect(one).to_contain_text("the nursery found your olive tree")
    picture(page, "8-promise-kept", request)
    expect(page.locator("#tasks li", has_text="the olive tree")).to_contain_text("solved", timeout=SOON)
    pace(page, "at_once")
    sees_only_what_was_written(desk_url)


@pytest.mark.screenshots
def test_a_promise_without_a_time_asks_for_one_and_is_nudged(page, desk_url, request):
    sidebar = opened(page, "Charged twice")
    pace(page, "brisk")
    says(page, "I will check this with our bank and write to you.")
    one = promise(sidebar, "with our bank")
    expect(one).to_contain_text("When would be good?", timeout=SOON)
    expect(one).to_contain_text("Still without a time", timeout=40_000)
    picture(page, "9-promise-without-a-time", request)
    pace(page, "at_once")
    one.get_by_role("button", name="Tomorrow").click()
    badge(sidebar, "with our bank", re.compile("Planned|Making|Task made"))
    customer_writes(page, "Never mind, my bank has sorted it.")
    badge(sidebar, "with our bank", "Taken off")
    expect(one).to_contain_text("Never mind")
    sees_only_what_was_written(desk_url)


@pytest.mark.screenshots
def test_a_word_that_is_late_and_a_call_that_nobody_saw(page, desk_url, request):
    sidebar = opened(page, "A new home for my ficus")
    says(page, "I'll call you back about the pot. I will also write to you about the ficus.")
    call, word = promise(sidebar, "about the pot"), promise(sidebar, "about the ficus")
    for one in (call, word):
        expect(one).to_be_visible(timeout=SOON)
        one.locator("input").fill(in_new_york(seconds=8))
        expect(one).not_to_contain_text("No time named", timeout=SOON)
    badge(sidebar, "about the ficus", "Past its time", within=100_000)
    badge(sidebar, "about the pot", "Kept? Please say", within=20_000)
    expect(word).to_contain_text("A word now beats silence.")
    expect(sidebar.locator(".say", has_text="that time has passed").first).to_be_visible(timeout=SOON)
    picture(page, "10-promise-late-and-unconfirmed", request)
    call.get_by_role("button", name="Did it").click()
    badge(sidebar, "about the pot", "Kept")
    word.get_by_role("button", name="Not a promise").click()
    badge(sidebar, "about the ficus", "Taken off")


@pytest.mark.screenshots
def test_a_promise_goes_with_its_ticket_to_another_agent_and_into_another_ticket(page, desk_url, request):
    with urllib.request.urlopen(f"{desk_url}/desk/api/state") as answer:
        state = json.load(answer)
    source, target = (one for one in state["tickets"] if one["subject"] in (FERN, POST))
    page.select_option("#agent", "lena")
    sidebar = opened(page, source["subject"])
    says(page, "I'll send you the care guide tomorrow at 3pm.")
    expect(page.locator("#tasks")).to_contain_text("the care guide", timeout=30_000)
    page.select_option("#assignee", "amir")
    expect(page.locator("#tasks li", has_text="the care guide")).to_contain_text("Amir", timeout=30_000)
    page.select_option("#merge", target["id"])
    expect(sidebar.locator(".promise", has_text="the care guide")).to_be_hidden(timeout=SOON)
    there = opened(page, target["subject"])
    expect(promise(there, "the care guide")).to_be_visible(timeout=SOON)
    picture(page, "11-promise-merged", request)
    page.locator("#tasks li", has_text="the care guide").get_by_role("button", name="Mark as done").click()
    badge(there, "the care guide", "Kept")
    sees_only_what_was_written(desk_url)


@pytest.mark.screenshots
def test_solving_with_an_open_promise_asks_once_and_my_promises_lists_it(page, desk_url, request):
    sidebar = opened(page, "Charged twice")
    says(page, "I'll send you the corrected invoice tomorrow at 4pm.")
    expect(promise(sidebar, "corrected invoice")).to_be_visible(timeout=SOON)
    sidebar.get_by_role("button", name="My promises").click()
    expect(sidebar.get_by_role("region", name="My promises")).to_contain_text("corrected invoice", timeout=SOON)
    picture(page, "12-my-promises", request)
    sidebar.get_by_role("button", name="Calendar link").click()
    link = sidebar.locator(".link-field")
    expect(link).to_have_value(re.compile(r"/calendar/.+\.ics"))
    with urllib.request.urlopen(link.input_value()) as answer:
        told = answer.read().decode()
    assert "BEGIN:VEVENT" in told
    assert "invoice" not in told
    types(page, "All the best, Rana.")
    page.get_by_role("button", name="Send as solved").click()
    expect(page.locator("#notice")).to_contain_text("still open", timeout=SOON)
    page.get_by_role("button", name="Send as solved").click()
    expect(page.locator("#conversation li").last).to_contain_text("All the best", timeout=SOON)


@pytest.mark.screenshots
def test_my_promises_have_a_page_of_their_own_that_leads_to_the_ticket(page, desk_url, request):
    says_on(page, "A new home for my ficus", "I'll send you the light chart tomorrow at 4pm.")
    page.get_by_role("button", name="My promises", exact=True).click()
    mine = page.frame_locator("#nav-page iframe")
    expect(mine.get_by_role("heading", name="My promises")).to_be_visible(timeout=SOON)
    expect(mine.locator('[data-span="week"]')).to_contain_text("light chart", timeout=SOON)
    picture(page, "13-my-promises-page", request)
    page.set_viewport_size({"width": 400, "height": 800})
    assert mine.locator("html").evaluate("root => root.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    row = mine.locator(".promise", has_text="light chart")
    row.get_by_role("button", name=re.compile("#")).click()
    expect(page.locator("#nav-page")).to_be_hidden()
    expect(page.locator("#subject")).to_contain_text("A new home for my ficus")


@pytest.mark.screenshots
def test_a_reminder_that_a_rule_proposes_is_planned_at_one_click_and_by_nothing_else(page, desk_url, request):
    sidebar = opened(page, "Olive tree")
    day = f"{datetime.now(UTC) + timedelta(days=2):%A}"
    says(page, f"Hi Rana, the courier has it again. It will arrive on {day}, between nine and twelve.")
    card = sidebar.locator(".card", has_text="A delivery day was named")
    expect(card).to_be_visible(timeout=SOON)
    asked = promise(sidebar, "whether the delivery arrived")
    assert asked.count() == 0
    picture(page, "14-remind-me", request)
    card.get_by_role("button", name="Remind me").click()
    expect(asked).to_be_visible(timeout=SOON)
    expect(card).to_be_hidden(timeout=SOON)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 720})
    page.get_by_role("button", name="Sidebar", exact=True).click()
    asked.hover()  # scrolls there, and again where the row is drawn anew meanwhile
    expect(asked).to_be_in_viewport()
    assert sidebar.locator("html").evaluate("root => root.scrollWidth <= innerWidth")
    picture(page, "15-promises-narrow-dark", request)
    sees_only_what_was_written(desk_url)


def says_on(page, subject, text):
    sidebar = opened(page, subject)
    says(page, text)
    expect(promise(sidebar, text.split("send you ")[1].split(" tomorrow")[0])).to_be_visible(timeout=SOON)


def test_a_freshdesk_promise_becomes_a_task_there_and_ends_with_it(page, desk_url):
    sidebar = opened(page, "Gift card and a delivery date")
    says(page, "I'll get back to you about the gift card tomorrow at 3pm.")
    expect(page.locator("#tasks")).to_contain_text("the gift card", timeout=40_000)
    page.locator("#tasks li", has_text="the gift card").get_by_role("button", name="Mark as done").click()
    badge(sidebar, "the gift card", "Kept", within=30_000)
    sees_only_what_was_written(desk_url)
