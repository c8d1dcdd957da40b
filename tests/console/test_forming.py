"""The form's door: what it answers for texts that load, that do not, and for what can't be written."""

from __future__ import annotations

import pytest

from guidance.people.users import Role
from tests.console.furnished import RULE


def asked(someone, text=RULE, **told):
    return someone.send("POST", "/api/v1/rules/form", {"name": "day", "text": text, **told})


def changed(someone, field, value, text=RULE):
    return asked(someone, text, change={"field": field, "value": value})


def test_a_lead_reads_and_writes_by_form_and_nothing_is_kept(people, store):
    lead = people[Role.LEAD]
    told = asked(lead).json
    assert [one["id"] for one in told["rules"]] == ["house.day"]
    title = told["form"]["fields"][0]
    assert (title["name"], title["value"], title["first"], title["last"]) == ("title", "Name the day", 7, 7)
    told = changed(lead, "say", "Say by which day.").json
    assert told["text"] == RULE.replace("Say which day it is.", "Say by which day.")
    assert store.records("drafts") == {}
    assert asked(people[Role.VIEWER]).status_code == 403


def test_what_is_wrong_stands_beside_its_field(editor):
    told = changed(editor, "last.says", "x").status_code
    assert told == 404
    told = changed(editor, "say", "long " * 40).json
    flaws = {field["name"]: field["flaws"] for field in told["form"]["fields"] if field["flaws"]}
    assert list(flaws) == ["say"]
    refused = changed(editor, "per_day", "often")
    assert (refused.status_code, refused.json["error"]["path"]) == (400, "per_day")
    assert "A whole number" in refused.json["error"]["message"]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("rules: [\n- no", 2, "no YAML"),
        ("", 1, "the file is empty"),
        ("a: &x b\n", 1, "anchors and aliases"),
        ("rules: soon\n", 1, "there is no rule in this file yet"),
        ("- a\n", 1, "there is no rule in this file yet"),
        ("a" * 1_100_000, 1, "a pack may have 1 MiB"),
        ("x: " + "[" * 5000, 1, "this nests too deeply"),
    ],
)
def test_a_text_without_a_form_says_why_and_where(editor, text, line, told):
    answer = asked(editor, text)
    assert answer.status_code == 200
    assert (answer.json["form"], answer.json["line"]) == (None, line)
    assert told in answer.json["problem"]
    assert answer.json["text"] == text


def test_a_rule_that_does_not_load_has_its_form_all_the_same(editor):
    told = asked(editor, RULE.replace("moments: [draft]", "moments: [noon]\n    limit: often\n    hint: soon")).json
    assert told["form"] is None and "twice" in told["problem"]
    told = asked(editor, RULE.replace("moments: [draft]", "moments: [noon]\n    limit: often")).json
    assert {field["name"]: field["flaws"] for field in told["form"]["fields"]}["moments"] != []


def test_another_rule_of_the_file_is_asked_for_by_its_place(editor):
    two = RULE + RULE.partition("rules:\n")[2].replace("house.day", "house.two")
    assert asked(editor, two, rule=1).json["form"]["rule"] == "house.two"
    assert asked(editor, two, rule=9).json["form"]["rule"] == "house.day"
