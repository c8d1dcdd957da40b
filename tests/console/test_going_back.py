"""The way back to an earlier version: with all that it takes along in view, a reason, and a trail that each rule's page tells."""

from __future__ import annotations

from html import unescape

import pytest

from tests.console.furnished import RULE
from tests.console.test_publishing import drafted, published

LATER = RULE.replace("Name the day", "Name the day first")
WEEK = RULE.replace("house.day", "house.week").replace("which day", "which week").replace("Which day", "Which week")


@pytest.fixture
def versions(editor):
    """Three of them: a rule, a second file, the first one changed."""
    drafted(editor)
    published(editor)
    drafted(editor, WEEK, name="week")
    published(editor, name="week")
    editor.post("/console/files/day", text=LATER, seen="0")
    published(editor, seen=1)
    return editor


def back(someone, number, head, why="it told too much"):
    return someone.post(f"/console/versions/{number}/restore", head=str(head), why=why)


def test_going_back_asks_for_a_reason_and_says_which_versions_it_takes_back(versions, store):
    told = unescape(versions.get("/console/versions/1").text)
    assert "This also takes back versions 2 and 3" in told
    assert "published week" in told.partition("This also takes back")[2]
    refused = back(versions, 1, 3, why=" ")
    assert (refused.status_code, store.edition().number) == (400, 3)
    assert "Say why" in refused.text
    assert back(versions, 1, 3).status_code == 303
    assert store.edition().files == {"day": RULE}


def test_whoever_goes_back_after_somebody_published_looks_again_on_the_same_page(versions, store):
    refused = back(versions, 1, 2)
    assert (refused.status_code, store.edition().number) == (409, 3)
    told = unescape(refused.text)
    assert told.count('id="problem"') == 1
    assert told.index("Somebody published since this page was loaded") < told.index("What it changed")
    assert "This also takes back versions 2 and 3" in told


def test_the_last_version_but_one_takes_back_the_last_alone(versions):
    assert "This takes back version 3 alone" in unescape(versions.get("/console/versions/2").text)


def test_the_list_leads_to_what_would_change_and_goes_nowhere_by_itself(versions):
    told = versions.get("/console/versions").text
    assert "/restore" not in told
    assert '/console/versions/2#back"' in told


def test_a_rules_history_has_what_was_published_of_it_and_taken_back(versions):
    back(versions, 2, 3)
    history = versions.get("/console/rules/house.day").text.partition("<h2>History</h2>")[2]
    assert history.index("went back to version 2") < history.index("published day")
    other = versions.get("/console/rules/house.week").text.partition("<h2>History</h2>")[2]
    assert "went back" not in other
    assert "published week" in other


def test_one_file_of_an_earlier_version_comes_back_as_a_draft(versions, store):
    assert "/console/versions/1/files/day" in versions.get("/console/versions/1").text
    answer = versions.post("/console/versions/1/files/day")
    assert answer.location.startswith("/console/files/day")
    assert published(versions, seen=1).status_code == 303
    assert store.edition().files == {"day": RULE, "week": WEEK}


def test_a_file_of_an_earlier_version_overwrites_nobodys_draft(versions, store):
    versions.post("/console/files/day", text=LATER + "# mine\n", seen="0")
    answer = versions.post("/console/versions/1/files/day")
    assert (answer.status_code, "has a draft of it" in answer.text) == (409, True)
    assert b"# mine" in store.record("drafts", "day")
