"""What is wrong with a form is told in a sentence, beside the field, on the page where it was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest

from guidance.people.users import Role
from tests.console.test_publishing import drafted, published
from tests.edges import ACME

INVALID = ' aria-invalid="true" aria-describedby="problem"'
HELD = {"account": ACME.id}


@pytest.mark.parametrize(
    ("path", "form", "told", "field"),
    [
        ("try", {"draft": "Hello."}, "Write what the customer wrote.", '<textarea name="last" rows="4"'),
        (
            "try",
            {"conversation": "Hello there", "last": "x"},
            "The conversation can't be used: this is no JSON that can be read.",
            '<textarea name="conversation" rows="4" spellcheck="false"',
        ),
        (
            "people",
            {"email": "noa", "role": "viewer", "password": "four words make one"},
            "Write an e-mail address, as in lena@example.com.",
            '<input name="email" type="email" required value="noa"',
        ),
        (
            "people",
            {"email": "noa@example.com", "role": "viewer", "password": "short"},
            "A password has 12 to 256 characters; a few words make a good one.",
            'minlength="12"',
        ),
        (
            "files",
            {"name": "für uns"},
            "A file's name has small letters from a to z, digits, dots and dashes.",
            'first is a letter or a digit" value="für uns"',
        ),
        ("holdout", HELD | {"percent": "21", "was": "0"}, "A holdout is a whole number", 'value="21" required'),
        (
            "customers/find",
            HELD | {"who": " "},
            "Write the customer's e-mail address or id.",
            'name="who" required value=""',
        ),
        ("words", HELD | {"words": "!?", "seen": ""}, "“!?” is too short", 'name="words" rows="4" spellcheck="false"'),
        ("network/partners", {"name": " "}, "A partner needs a name.", 'name="name" required maxlength="80" value=" "'),
        ("me/password", {"old": "four words make one", "new": "short"}, "A password has 12", 'required minlength="12"'),
        ("me/password", {"old": "another", "new": "x" * 12}, "Your current password is another one.", 'name="old"'),
    ],
)
def test_what_is_wrong_is_told_where_it_was_typed(owner, path, form, told, field):
    answer = owner.post(f"/console/{path}", **form)
    page = unescape(answer.text)
    assert answer.status_code in (400, 422)
    assert "That did not work" not in page
    assert page.count('id="problem"') == 1
    assert f'id="problem">{told}' in page
    before, invalid, _ = page.partition(INVALID)
    assert invalid and page.count("aria-invalid") == 1
    assert (
        field in before.rpartition("<label")[2] + before.rpartition("<textarea")[1] + before.rpartition("<textarea")[2]
    )


def test_what_can_t_be_other_in_a_group_is_told_beside_its_box(editor):
    form = HELD | {"kind": "group", "name": "Plant care", "seen": "nothing", "weight": "heavy"}
    page = unescape(editor.post("/console/rules/three-as.acknowledge/overlays", **form).text)
    before, invalid, _ = page.partition(INVALID)
    assert invalid and 'name="weight"' in before.rpartition("<label")[2]
    assert 'id="problem">Weight: ' in page


ROW = HELD | {"stage": "shadow", "was": "draft"}
PLANTS = HELD | {"kind": "group", "name": "plant care"}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("rules/three-as.acknowledge/overlays", PLANTS | {"seen": "nothing", "weight": "heavy"}),
        ("rules/three-as.act/stage", ROW),
        ("rules/three-as.act/stage", ROW | PLANTS),
        ("rules/three-as.act/stage", ROW | PLANTS | {"was": ""}),
        ("words", HELD | {"words": "!?", "seen": ""}),
        ("words", PLANTS | {"words": "!?", "seen": ""}),
        ("holdout", HELD | {"percent": "21", "was": "0"}),
        ("files/day/publish", {"seen": "9"}),
        ("versions/0/restore", {"head": "7"}),
    ],
)
def test_a_reason_is_typed_once_whatever_else_is_to_be_mended(owner, path, form):
    drafted(owner)
    published(owner)
    drafted(owner, seen=0)
    owner.post("/console/rules/three-as.act/stage", **PLANTS, stage="live", was="")
    page = owner.post(f"/console/{path}", why="because it helps", **form).text
    assert re.findall(r'name="why"[^>]* value="([^"]+)"', page) == ["because it helps"]


@pytest.mark.parametrize("where", [HELD, PLANTS])
def test_a_stage_that_somebody_else_moved_meanwhile_stays_chosen_where_it_was_chosen(owner, where):
    owner.post("/console/rules/three-as.act/stage", **where, stage="live", was="")
    page = owner.post("/console/rules/three-as.act/stage", **where, stage="shadow", was="draft").text
    assert (
        re.findall(r"<option selected>([^<]+)", page.partition("<tbody>")[2].partition("</table>")[0]).count("shadow")
        == 1
    )


@pytest.mark.parametrize("way", ["export", "erase"])
def test_of_a_customer_nobody_knows_there_is_nothing_to_take_and_the_page_says_so(owner, way):
    answer = owner.post(f"/console/customers/{way}", **HELD, who="nobody@example.com")
    assert answer.status_code == 404
    assert "Nothing of this customer is stored from" in answer.text
    assert 'value="nobody@example.com"' in answer.text


def test_an_error_page_speaks_in_sentences(editor):
    page = editor.post("/console/rules/three-as.act/stage", **HELD, stage="loud").text
    assert '<p role="alert">A stage is one of draft, shadow, live.</p>' in page


@pytest.mark.parametrize("text", ["rules: [", "rules: [\n", "rules: [\n\n\n"])
def test_what_is_never_closed_is_told_on_a_line_that_there_is(editor, text):
    (flaw,) = editor.send("POST", "/api/v1/rules/lint", {"name": "day", "text": text}).json["flaws"]
    assert flaw["line"] == 1


def test_a_door_says_whose_it_is(people):
    assert "Only owners open this page; you are a viewer." in people[Role.VIEWER].get("/console/people").text
    assert "Only editors and owners may do this; you are a lead." in people[Role.LEAD].post("/console/pause").text
    told = people[Role.VIEWER].send("POST", "/api/v1/rules/lint", {}).json["error"]["message"]
    assert told == "Only leads, editors and owners may do this; you are a viewer."


def test_an_address_is_written_as_it_is_at_the_head_of_no_sentence(owner):
    form = {"email": "omar@example.com", "role": "viewer", "password": "four words make one"}
    assert (
        "There is somebody of the address omar@example.com here already." in owner.post("/console/people", **form).text
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [("a" * 200, "at most 100 characters"), ("büro", "small letters from a to z")],
)
def test_a_name_that_can_t_be_a_files_is_told_by_what_is_wrong_with_it(editor, name, told):
    assert told in unescape(editor.post("/console/files", name=name).text)


def test_beginning_a_file_that_there_is_says_so(editor):
    assert "done" not in editor.post("/console/files", name="day").location
    assert "There is a file of this name already" in editor.get(editor.post("/console/files", name="day").location).text


@pytest.mark.parametrize("q", ["which day", "WHICH day", "easier to wait", "name day", "as everywhere"])
def test_a_rule_is_found_by_what_agents_read(editor, q):
    drafted(editor)
    published(editor)
    found = editor.client.get("/console/rules", query_string={"q": q}).text
    assert (">house.day<" in found) is (q != "as everywhere")
