"""The trail: all of it can be looked at, a page at a time, and found by a word."""

from __future__ import annotations

import pytest

from guidance.ports import Change
from tests.cast import NOW

PAGE = "/console/changes"


@pytest.fixture
def long(store):
    """More changes than stand on one page; the first of them is the oldest."""
    for number in range(1, 452):
        who = "mia@example.com" if number == 3 else "omar@example.com"
        store.note_change(Change(at=NOW, who=who, what=f"change {number}.", subject="rule:house.day"))


def test_older_changes_are_on_further_pages_which_are_told_of(owner, long):
    first = owner.get(PAGE).text
    assert "change 451." in first and "change 252." in first and "change 251." not in first
    assert "The newest 200" in first and 'href="/console/changes?page=2"' in first
    last = owner.get(f"{PAGE}?page=3").text
    assert "change 1." in last and "change 51." in last and "change 52." not in last
    assert "page=4" not in last and 'href="/console/changes?page=2"' in last


def test_what_stands_on_one_page_says_nothing_of_others(owner):
    assert "newest" not in owner.get(PAGE).text.partition("<main")[2]


def test_a_change_is_found_by_who_and_what_however_long_ago(owner, long):
    found = owner.get(f"{PAGE}?q=Mia+change").text
    assert "change 3." in found and "change 4." not in found
    assert "Nothing of that kind" in owner.get(f"{PAGE}?q=nobody").text


@pytest.mark.parametrize("number", ["0", "-1", "many", "99999999999999999999", "40"])
def test_a_page_that_there_is_not_is_no_fault(owner, long, number):
    assert owner.get(f"{PAGE}?page={number}").status_code == 200
