"""What is wrong with a form is told in a sentence, beside the field, on the page where it was typed."""

from __future__ import annotations

from html import unescape

import pytest

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
            "A file's name has small letters, digits, dots and dashes.",
            'placeholder="say-the-date" value="für uns"',
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
