"""What a page is on paper: what was found, and nothing to click on."""

from __future__ import annotations

import pytest

from tests.console.furnished import OWNER

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

A4_WIDE = 718
"""Pixels of A4 between margins of a centimetre."""

PAPER = {"width": A4_WIDE, "height": 1040}


@pytest.fixture(scope="module")
def paper(chromium, house):
    """A page as it is printed by somebody whose screen is dark."""
    context = chromium.new_context(viewport=PAPER, color_scheme="dark")
    context.add_cookies([house.anew()])
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    context.close()


@pytest.mark.parametrize(
    "path", ["rules", "rules/three-as.acknowledge", "changes", "versions", "numbers", "files/day", "people", "stored"]
)
def test_on_paper_a_page_has_all_its_columns_and_no_way_to_go(paper, house, path):
    paper.goto(f"{house.url}/console/{path}")
    assert paper.locator("nav:visible, .top:visible, button:visible").count() == 0
    assert paper.evaluate("document.documentElement.scrollWidth") <= A4_WIDE
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible').length"
    assert paper.locator(".wide:visible, pre:visible, textarea:visible").evaluate_all(cut) == 0
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(41, 50, 57)"


def test_on_paper_a_file_of_rules_is_whole(paper, house):
    paper.goto(f"{house.url}/console/files/day")
    assert paper.locator("#text").evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def test_on_paper_it_is_said_whose_a_page_of_people_is(paper, house):
    paper.goto(f"{house.url}/console/people")
    assert paper.get_by_text(OWNER).is_visible()
