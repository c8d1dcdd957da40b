"""A reply on which a rule was called misread becomes a `silent` example with one click, without names and without who said so."""

from __future__ import annotations

import pytest
import re2
from msgspec.structs import replace

from guidance.errors import MalformedError, NotFoundError
from guidance.hints import dismiss
from guidance.hints.counting import judged
from guidance.people.users import Role, Users
from guidance.rules import PackFile, read_pack
from guidance.rules.silencing import with_silent
from tests.cast import KEY, NOW, amir_says, case, rana_says
from tests.console.conftest import address
from tests.console.furnished import RULE
from tests.console.test_publishing import drafted, flaws, published

ID = "house.day"
LAST = "Which day? Write to rana@example.com. Thanks, Rana Haddad"
REPLY = "Soon, Rana. Best, Amir Khan"


@pytest.fixture
def judged_misread(people, store, clock):
    """A rule of the house in force, and Amir who called it misread on Rana's ticket; the editor is agent 12 there, the owner nobody."""
    drafted(people[Role.EDITOR])
    published(people[Role.EDITOR])
    users = Users(store, clock)
    users.change(users.required(address(Role.EDITOR)), who="x", what="reads tickets", agents={KEY.account: "12"})
    before = case()
    comments = (rana_says(LAST).comment, amir_says(REPLY).comment)
    before = replace(before, conversation=replace(before.conversation, comments=comments))
    after = dismiss(before, "12", ID, "", "misread", NOW)
    assert store.save(after, list(judged(before, after, NOW)), now=NOW)
    return people


def test_the_rules_page_shows_the_reply_without_names_tickets_or_who_said_so(judged_misread):
    told = judged_misread[Role.EDITOR].get(f"/console/rules/{ID}").text
    section = told[told.index("Called misread") : told.index("<h2>Source")]
    assert "Which day? Write to [e-mail]. Thanks, Rana Haddad" in section
    assert "The rule fires here today." in section
    shown = re2.sub(r'value="[0-9a-f]+"', "", section)  # what a form carries is drawn by lot, and may hold any figures
    assert KEY.ticket_id not in shown and "12" not in shown.replace("4812", "")


def test_whoever_may_not_open_the_ticket_sees_nothing_of_it(judged_misread, desk, store):
    assert "Called misread" not in judged_misread[Role.OWNER].get(f"/console/rules/{ID}").text
    desk.closed.add(KEY.ticket_id)
    assert "Called misread" not in judged_misread[Role.EDITOR].get(f"/console/rules/{ID}").text


def test_one_click_writes_the_example_into_a_draft_and_the_editor_says_what_to_mend(judged_misread, store):
    editor = judged_misread[Role.EDITOR]
    page = editor.get(f"/console/rules/{ID}").text
    misread = page.partition('name="misread" value="')[2].partition('"')[0]
    assert editor.post(f"/console/rules/{ID}/silent", misread=misread).location == "/console/files/day"
    draft = editor.get("/console/files/day").text
    assert "this example must be silent, and fires" in draft
    text = with_silent(
        RULE,
        ID,
        {
            "last": ["Which day? Write to [e-mail]. Thanks, Rana Haddad"],
            "draft": "Soon, Rana. Best, Amir Khan",
            "requester": "Rana Haddad",
        },
    )
    assert [one["line"] for one in flaws(editor, text)] == [15]
    assert store.edition().files == {"day": RULE}
    assert editor.post(f"/console/rules/{ID}/silent", misread="another").status_code == 404


def test_a_word_that_was_taken_back_leaves_nothing(judged_misread, store):
    held = store.load(KEY)
    assert store.save(replace(held, slots=()), [], now=NOW)
    assert "Called misread" not in judged_misread[Role.EDITOR].get(f"/console/rules/{ID}").text


def test_every_other_line_stays_as_it_is_and_the_words_survive():
    given = {"last": 'She said: "soon", {really} — #1', "draft": "One\nTwo"}
    text = with_silent(RULE, ID, given)
    assert [line for line in text.splitlines() if line not in RULE.splitlines()] == [text.splitlines()[14]]
    (rule,) = read_pack(PackFile("day", text)).rules
    assert rule.examples.silent[0].given == given


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (RULE.replace("silent:\n        - ", "silent: [").rstrip() + "]\n", MalformedError),
        ("rules: [", MalformedError),
        ("- a list", NotFoundError),
        (RULE.replace("id: house.day", "id: house.other"), NotFoundError),
    ],
)
def test_a_file_that_is_laid_out_otherwise_is_left_to_its_writer(text, error):
    with pytest.raises(error):
        with_silent(text, ID, {"last": "x"})
