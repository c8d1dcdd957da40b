"""The form beside a file's text, where the service is slow, away, or wants to be signed in to again: what was typed in a field is not lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.console.furnished import RULE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

ASKED = "**/api/v1/rules/form"
TWO = RULE + RULE.partition("rules:\n")[2].replace("house.day", "house.hour")


@pytest.fixture
def editor(browsing, house):
    """The editor over what is published, its form read; after the test nothing is held back."""
    browsing.context.add_cookies([house.anew()])
    house.store.put_record("drafts", "day", None, expected=house.store.record("drafts", "day"))
    browsing.goto(f"{house.url}/console/files/day")
    expect(browsing.get_by_label("Title")).to_have_value("Name the day")
    yield browsing
    browsing.unroute_all(behavior="ignoreErrors")


def save(page):
    page.get_by_role("button", name="Save the draft").click()


def titled(title, text=RULE):
    """The text with another title for its first rule."""
    return text.replace("title: Name the day\n    moments", f"title: {title}\n    moments", 1)


def is_saved(page):
    return expect(page.get_by_role("status").filter(has_text="The draft is saved")).to_be_visible()


def test_a_field_that_no_service_answered_for_is_written_when_the_draft_is_saved(editor):
    editor.route(ASKED, lambda route: route.abort())
    field = editor.get_by_label("Title")
    field.fill("Name the very day")
    expect(editor.locator("#form-state")).to_contain_text("doesn’t answer just now")
    field.blur()
    expect(field).to_have_value("Name the very day")
    expect(field).to_have_attribute("aria-invalid", "false")
    save(editor)
    expect(editor.get_by_role("alert")).to_contain_text("Nothing is saved yet, and what you typed is still here")
    expect(field).to_have_value("Name the very day")
    assert faults(editor) == []
    editor.unroute(ASKED)
    save(editor)
    is_saved(editor)
    assert editor.locator("#text").input_value() == titled("Name the very day")


def test_a_field_that_is_left_while_it_is_written_keeps_what_was_typed(editor):
    held = []
    editor.route(ASKED, lambda route: held.append(route), times=1)
    field = editor.get_by_label("Title")
    with editor.expect_request(ASKED):
        field.fill("Name the very day")
    field.blur()
    editor.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")
    expect(field).to_have_value("Name the very day")
    held[0].continue_()
    expect(editor.locator("#text")).to_have_value(titled("Name the very day"))
    expect(field).to_have_value("Name the very day")


def test_what_is_right_stays_so_where_an_answer_to_what_was_wrong_comes_late(editor):
    held = []
    editor.route(ASKED, lambda route: held.append(route), times=1)
    field = editor.get_by_label("Times on one ticket")
    with editor.expect_request(ASKED):
        field.fill("2.5")
    field.fill("2")
    held[0].continue_()
    expect(editor.locator("#text")).to_have_value(re.compile("per_ticket: 2"))
    expect(field).to_have_attribute("aria-invalid", "false")
    save(editor)
    is_saved(editor)


def test_what_waits_to_be_written_is_written_into_its_own_rule(editor):
    editor.locator("#text").fill(TWO)
    rule = editor.locator("#which")
    expect(rule).to_be_visible()
    editor.route(ASKED, lambda route: route.abort())
    editor.get_by_label("Title").fill("Name the very day")
    rule.select_option(label="house.hour")
    expect(rule).to_have_value("0")
    expect(editor.get_by_label("Title")).to_have_value("Name the very day")
    editor.unroute(ASKED)
    rule.select_option(label="house.hour")
    expect(editor.locator("#text")).to_have_value(titled("Name the very day", TWO))
    expect(rule).to_have_value("1")
    expect(editor.get_by_label("Title")).to_have_value("Name the day")


def test_a_field_typed_into_after_the_session_ended_outlives_it(editor, house):
    editor.locator("#text").fill(RULE + "# precious\n")
    editor.context.clear_cookies()
    editor.get_by_label("Title").fill("Name the very day")
    expect(editor.locator("#form-state")).to_contain_text("Sign in first")
    save(editor)
    expect(editor.get_by_role("alert").filter(has_text="Your session has ended")).to_be_visible()
    expect(editor.get_by_role("link", name="Sign in in another tab")).to_be_visible()
    assert faults(editor) == []
    editor.context.add_cookies([house.anew()])
    save(editor)
    is_saved(editor)
    assert editor.locator("#text").input_value() == titled("Name the very day") + "# precious\n"


def test_whoever_signs_in_again_elsewhere_goes_on_in_the_form(editor, house):
    editor.context.clear_cookies()
    field = editor.get_by_label("Title")
    field.fill("Name the very day")
    expect(editor.locator("#form-state")).to_contain_text("Sign in first")
    editor.context.add_cookies([house.anew()])
    field.fill("Name that very day")
    expect(editor.locator("#text")).to_have_value(titled("Name that very day"))
    expect(editor.locator("#form-state")).to_have_text("")
    expect(editor.locator("#state")).to_have_text("Every example keeps what it promises.")
