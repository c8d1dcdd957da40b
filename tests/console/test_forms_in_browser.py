"""What becomes of what somebody typed: held where it can't be sent, asked for before it is left, and there again on the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.console.furnished import RULE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

HERE = "what you typed is still here"
TYPED = [
    ("words", "Never flagged, one a line", "Keep the words of all tickets", "The house words are changed"),
    ("network", "Name", "Add", "The address book is changed"),
    ("rules/house.day/overlays", "What it says, at most 140 characters", "Publish it there", "Published there"),
    ("try", "The customer wrote", "See what would be said", "All its conditions"),
]


@pytest.mark.parametrize(("path", "field", "button", "brings"), TYPED, ids=[one[0] for one in TYPED])
def test_what_was_typed_anywhere_outlives_the_session(browsing, house, path, field, button, brings):
    browsing.goto(f"{house.url}/console/{path}" + ("?rule=house.day" if path == "try" else ""))
    if path == "network":
        browsing.get_by_text("Add a partner").click()
    box = browsing.get_by_label(field).last if path != "words" else browsing.get_by_label(field).first
    box.fill("Say the very day")
    browsing.context.clear_cookies()
    browsing.get_by_role("button", name=button).first.click()
    expect(browsing.get_by_role("alert")).to_contain_text(HERE)
    assert faults(browsing) == []
    expect(box).to_have_value("Say the very day")
    browsing.context.add_cookies([house.anew()])
    browsing.get_by_role("button", name=button).first.click()
    expect(browsing.locator("main")).to_contain_text(brings)


def test_what_was_typed_is_held_while_the_service_does_not_answer(browsing, house):
    browsing.goto(f"{house.url}/console/words")
    box = browsing.get_by_label("Never flagged, one a line").first
    box.fill("Held")
    browsing.route("**/console/me", lambda route: route.abort())
    browsing.get_by_role("button", name="Keep the words of all tickets").first.click()
    expect(browsing.get_by_role("alert")).to_contain_text("does not answer just now")
    expect(box).to_have_value("Held")
    browsing.unroute("**/console/me")


def test_after_a_draft_is_saved_the_way_back_is_open(browsing, house):
    browsing.goto(f"{house.url}/console/rules")
    browsing.goto(f"{house.url}/console/files/day")
    browsing.locator("#text").fill(RULE + "# kept\n")
    browsing.get_by_role("button", name="Save the draft").click()
    expect(browsing.get_by_role("status").filter(has_text="The draft is saved")).to_be_visible()
    browsing.get_by_role("link", name="Rules", exact=True).first.click()
    browsing.go_back()
    assert "# kept" in browsing.locator("#text").input_value()
    browsing.go_back()
    expect(browsing.locator("#text")).to_be_visible()


def test_whoever_comes_back_to_try_it_finds_what_they_asked_and_its_answer(browsing, house):
    browsing.goto(f"{house.url}/console/try?rule=three-as.acknowledge")
    browsing.get_by_label("The customer wrote").fill("I am so disappointed, this is the third broken cup.")
    browsing.get_by_label("The agent is writing").fill("Please send me your order number.")
    browsing.get_by_role("button", name="See what would be said").click()
    browsing.locator(".tree").first.wait_for()
    browsing.get_by_role("link", name="Rules", exact=True).first.click()
    expect(browsing.get_by_role("heading", name="Rules", level=1)).to_be_visible()
    browsing.go_back()
    browsing.locator(".tree").first.wait_for(state="attached")
    assert browsing.get_by_label("The customer wrote").input_value().startswith("I am so disappointed")
    assert "disappointed" not in browsing.url


def test_whoever_comes_back_to_a_customer_finds_them_and_no_address_stands_in_the_pages_own(browsing, house):
    browsing.goto(f"{house.url}/console/customers")
    browsing.get_by_label("E-mail address or id").fill("900")
    browsing.get_by_role("button", name="Look it up").click()
    expect(browsing.get_by_role("heading", name="1 ticket")).to_be_visible()
    assert browsing.url.endswith("/console/customers")
    browsing.get_by_role("link", name="Rules", exact=True).first.click()
    expect(browsing.get_by_role("heading", name="Rules", level=1)).to_be_visible()
    browsing.go_back()
    expect(browsing.get_by_role("heading", name="1 ticket")).to_be_visible()


def test_whoever_goes_to_the_page_anew_begins_anew(browsing, house):
    browsing.goto(f"{house.url}/console/rules")
    browsing.goto(f"{house.url}/console/customers")
    browsing.get_by_label("E-mail address or id").fill("900")
    browsing.get_by_role("button", name="Look it up").click()
    expect(browsing.get_by_role("heading", name="1 ticket")).to_be_visible()
    browsing.get_by_role("link", name="Customers").click()
    expect(browsing.get_by_label("E-mail address or id")).to_have_value("")
    expect(browsing.get_by_role("heading", name="1 ticket")).to_have_count(0)


def test_a_merge_is_not_left_unasked(browsing, house):
    browsing.goto(f"{house.url}/console/files/flawed")
    browsing.locator("#editing input[name=seen]").evaluate("one => { one.value = 7 }")
    browsing.locator("#text").fill(RULE + "# mine\n")
    browsing.get_by_role("button", name="Save the draft").click()
    expect(browsing.get_by_role("heading", name="Two of you at flawed")).to_be_visible()
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    browsing.once("dialog", stay)
    browsing.get_by_role("link", name="Keep theirs").click()
    expect(browsing.locator("#text")).to_have_value(RULE + "# mine\n")
    assert asked == ["beforeunload"]
    browsing.get_by_role("button", name="Save this instead of theirs").click()
    expect(browsing.get_by_role("status").filter(has_text="The draft is saved")).to_be_visible()


def test_a_field_that_can_t_be_kept_is_told_before_anything_is_saved(browsing, house):
    browsing.goto(f"{house.url}/console/files/day")
    field = browsing.get_by_label("Times on one ticket")
    field.fill("2.5")
    browsing.get_by_role("button", name="Save the draft").click()
    expect(browsing.get_by_role("alert")).to_contain_text("“Times on one ticket, at most” can’t be kept as it stands")
    expect(field).to_be_focused()
    expect(field).to_have_value("2.5")
    assert browsing.url.endswith("/console/files/day")
    field.fill("2")
    browsing.get_by_role("button", name="Save the draft").click()
    expect(browsing.get_by_role("status").filter(has_text="The draft is saved")).to_be_visible()
    assert "per_ticket: 2" in browsing.locator("#text").input_value()


def test_what_is_wrong_with_a_field_is_not_behind_the_bar_that_saves(chromium, house):
    page = chromium.new_page(viewport={"width": 1180, "height": 620})
    page.context.add_cookies([house.anew()])
    page.goto(f"{house.url}/console/files/day")
    page.get_by_label("Weight; among equals").fill("heavy")
    wrong = page.locator(".wrong", has_text="A number from")
    expect(wrong).to_be_visible()
    covered = "one => { const { bottom } = one.getBoundingClientRect(); return bottom > document.querySelector('.sending').getBoundingClientRect().top }"
    assert not wrong.evaluate(covered)
    page.close()


def test_while_the_text_can_t_be_read_the_form_rests_and_tells_nothing_old(browsing, house):
    browsing.goto(f"{house.url}/console/files/day")
    browsing.locator("#text").fill(RULE.replace("say: Say which day it is.", 'say: ""'))
    expect(browsing.locator(".wrong:visible").first).to_be_visible()
    browsing.locator("#text").fill(RULE + "rules: [\n")
    expect(browsing.locator("#form-state")).to_contain_text("waits until the text can be read")
    expect(browsing.locator(".wrong:visible")).to_have_count(0)
    assert browsing.locator("#fields").evaluate("one => getComputedStyle(one).opacity") == "0.5"


def test_everything_is_silenced_only_once_that_was_asked(browsing, house):
    browsing.goto(f"{house.url}/console/words")
    silence = browsing.get_by_role("button", name="Pause all hints")
    expect(silence).to_be_hidden()
    browsing.get_by_text("Pause all hints…").click()
    expect(browsing.get_by_text("No agent of any helpdesk sees a hint")).to_be_visible()
    assert browsing.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(browsing) == []
    silence.click()
    expect(browsing.get_by_role("status").first).to_contain_text("Paused")
    browsing.get_by_role("button", name="Show hints again").click()
    expect(browsing.get_by_role("status").filter(has_text="Hints are shown again")).to_be_visible()


def test_rules_are_taken_out_of_force_only_once_that_was_asked(browsing, house):
    browsing.goto(f"{house.url}/console/files/day")
    out = browsing.get_by_role("button", name="Take it out of force")
    expect(out).to_be_hidden()
    browsing.get_by_text("Take it out of force…").click()
    expect(out).to_be_visible()
    expect(browsing.get_by_text("Versions has the way back")).to_be_visible()


def test_after_a_wrong_password_it_is_the_password_that_is_asked_for_again(chromium, house):
    page = chromium.new_page()
    page.goto(f"{house.url}/console/sign-in")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.get_by_label("E-mail address").fill("lena@example.com")
    page.get_by_label("Password").fill("not that one at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("Address or password is wrong.")
    expect(page.get_by_label("Password")).to_be_focused()
    page.close()


def test_a_line_that_another_page_tells_of_is_where_the_editor_begins(browsing, house):
    browsing.goto(f"{house.url}/console/files/day#line-7")
    expect(browsing.locator("#text")).to_be_focused()
    assert (
        browsing.locator("#text").evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd).trim()")
        == "title: Name the day"
    )
