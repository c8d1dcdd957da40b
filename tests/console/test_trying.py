"""The try-it box: what it says of what it was given."""

from __future__ import annotations

import re
from html import unescape

import pytest

from guidance.console.trying import HELD
from guidance.hints.holdout import HOLDOUT
from guidance.hints.stages import OFF_HERE
from guidance.model import Stage
from guidance.rules.schema import RuleStatus
from tests.console.test_publishing import drafted

ASKED = {"last": "Third time I write. Ridiculous.", "draft": "Send your number.", "channel": "email"}


def test_a_rule_s_tree_names_each_condition_once(editor):
    told = editor.post("/console/try", **ASKED, rule="three-as.acknowledge").text
    assert "Why three-as.acknowledge fires" in told
    tree = told.partition('class="tree"')[2]
    assert "all of (" not in tree and "any of (" not in tree
    assert "draft.visibility public" in tree


def test_what_is_held_back_is_told_in_words(editor):
    given = {
        "last": "Third time I write. I'm really disappointed. Where is the tree?",
        "draft": "That's not our fault, you should have read it.",
    }
    told = unescape(editor.post("/console/try", **ASKED | given, rule="dialogue.drop-the-defense").text)
    assert re.search(r">dialogue\.drop-the-defense</a>: <a [^>]*>[\w.-]+</a> is shown instead</li>", told)
    assert re.search(r"It fires, and is held back: <a [^>]*>[\w.-]+</a> is shown instead\.", told)


@pytest.mark.parametrize("because", ["family", "budget", "cap", "mastered", *Stage, *RuleStatus, HOLDOUT, OFF_HERE])
def test_there_are_words_for_whatever_holds_a_hint_back(because):
    assert because in {*HELD, Stage.LIVE, RuleStatus.STABLE}


def test_a_rule_that_there_is_not_is_told_beside_what_would_be_said(editor):
    told = editor.post("/console/try", **ASKED, rule="three-as.acknowlege").text
    assert "There is no rule `three-as.acknowlege` to explain; did you mean `three-as.acknowledge`?" in told
    assert "<h2 " in told.partition("aria-live")[2]


def test_a_conversation_that_can_t_be_read_is_told_with_its_place(editor):
    given = '{"id": 1, "comments": [{"id": 1, "author": "nobody", "text": "x"}]}'
    told = editor.post("/console/try", conversation=given, channel="email")
    assert told.status_code == 422
    assert "at comments[0].author" in told.text
    assert "JSON ends in the middle" in editor.post("/console/try", conversation="{", channel="email").text


def test_a_silent_rule_says_what_it_lacks_and_has_the_rest_behind_it(editor):
    told = editor.post("/console/try", **ASKED | {"last": "Which pot fits?"}, rule="three-as.acknowledge").text
    assert "Why three-as.acknowledge is silent" in told
    assert "It would have spoken with <code>" in told
    assert "<details ><summary>All its conditions</summary>" in told


def test_a_rule_of_a_draft_leads_to_the_draft_and_any_other_to_its_page(editor):
    drafted(editor)
    told = editor.post("/console/try", last="Which day will it come?", draft="Soon.", channel="email", file="day").text
    assert '<a href="/console/files/day">house.day</a>' in told
    told = editor.post("/console/try", **ASKED, file="day").text
    assert '<a href="/console/rules/three-as.acknowledge">' in told
