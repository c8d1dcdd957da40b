"""What a control is called, to somebody who hears the page: no two of one page have one name, and the focus is seen all around."""

from __future__ import annotations

import pytest

from tests.console.furnished import OWNER
from tests.edges import ACME

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def names(page, role):
    found = page.get_by_role(role).all()
    return [one.evaluate("one => (one.labels?.[0] ?? one).textContent.replace(/\\s+/g, ' ').trim()") for one in found]


@pytest.mark.parametrize("path", ["people", "words"])
@pytest.mark.parametrize("role", ["textbox", "button"])
def test_no_two_controls_of_one_kind_have_one_name(browsing, house, path, role):
    browsing.goto(f"{house.url}/console/{path}")
    found = names(browsing, role)
    assert found and len(found) == len(set(found)), found


def test_a_person_and_an_account_are_in_the_names_of_their_fields(browsing, house):
    browsing.goto(f"{house.url}/console/people")
    assert browsing.get_by_label("Role of Lena").count() == 1
    assert browsing.get_by_text(OWNER).count() == 1
    browsing.goto(f"{house.url}/console/words")
    assert browsing.get_by_role("button", name=f"Keep the words of all tickets of {ACME.id}").count() == 1


def test_the_focus_of_the_text_of_rules_is_seen_all_around(browsing, house):
    browsing.goto(f"{house.url}/console/files/day")
    browsing.locator("#text").focus()
    inside = "one => parseFloat(getComputedStyle(one).outlineOffset) <= -parseFloat(getComputedStyle(one).outlineWidth)"
    assert browsing.locator("#text").evaluate(inside)
