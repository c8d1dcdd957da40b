"""The console's navigation: a few groups, of which each person sees what their role opens, and always where they are."""

from __future__ import annotations

import re

import pytest

from guidance.console.blueprint import doors_of
from guidance.console.navigation import GROUPS
from guidance.people.users import Role
from tests.console.test_every_page_in_browser import ELSEWHERE, PAGES

OF_ONESELF = "/console/me"


def links_of(html, label):
    """The links of the navigation with this label: (address, text, whether the reader is there)."""
    found = re.search(rf'<nav[^>]*aria-label="{label}">.*?</nav>', html, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)" (?:aria-current="(\w+)")?>([^<]+)</a>', found[0]) if found else []
    return [(path, text, current) for path, current, text in links]


@pytest.mark.parametrize(
    ("role", "groups", "results"),
    [
        (Role.VIEWER, ["Rules", "Results", "People and data"], ["Numbers"]),
        (Role.LEAD, ["Rules", "Results", "People and data"], ["Numbers", "Promises"]),
        (Role.OWNER, ["Rules", "Results", "House", "People and data"], ["Numbers", "Promises"]),
    ],
)
def test_everybody_sees_the_groups_and_pages_that_their_role_opens(people, role, groups, results):
    page = people[role].get("/console/numbers").text
    assert [text for _, text, _ in links_of(page, "Console")] == groups
    assert [text for _, text, _ in links_of(page, "Results")] == results


@pytest.mark.parametrize("role", list(Role))
def test_a_group_leads_to_a_page_that_its_reader_may_open(people, role):
    someone = people[role]
    for path, _, _ in links_of(someone.get("/console/rules").text, "Console"):
        assert someone.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "group", "name"),
    [
        ("/console/rules", "Rules", "All rules"),
        ("/console/rules/three-as.act", "Rules", "All rules"),
        ("/console/import", "Rules", "Versions"),
        ("/console/stored", "People and data", "Stored"),
    ],
)
def test_a_page_says_which_it_is_and_in_which_group(owner, path, group, name):
    page = owner.get(path).text
    assert [(text, current) for _, text, current in links_of(page, "Console") if current] == [(group, "true")]
    assert [(text, current) for _, text, current in links_of(page, group) if current] == [(name, "page")]


def test_every_page_lies_in_one_place_of_the_navigation():
    pages = {path for path in PAGES if path != OF_ONESELF}
    held = {path: sum(place.has(path) for group in GROUPS for place in group.places) for path in pages}
    assert {path for path, times in held.items() if times != 1} == set()


def test_a_place_asks_of_a_person_what_its_door_asks():
    doors = {door.path: door.may for door in doors_of(None) if door.method == "GET" and door.path not in ELSEWHERE}
    places = [place for group in GROUPS for place in group.places]
    assert [place.path for place in places if doors[place.path] is not place.may] == []
