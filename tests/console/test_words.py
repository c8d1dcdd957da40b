"""The house words' page: who keeps them, what can't be kept, and that they hold from the next draft on."""

from __future__ import annotations

import pytest

from guidance.accounts import AccountBook, settings_of
from guidance.dispatch import Advancing
from guidance.people.users import Role
from guidance.rules import shipped_rulebook
from tests.cast import KEY, NOW, rana_says
from tests.console.conftest import address
from tests.edges import ACME

MOTTO = "Calm down and carry on"
SAID = "Third time I write and my parcel is still missing. I am really disappointed. Where is it?"
DRAFT = f"I am sorry, Rana. It comes on Friday. Our motto has it: {MOTTO}."
CURT = "feelings.answer-calmly"


def kept(someone, words=MOTTO, *, seen="", kind="", name="", why="It is on our vans"):
    return someone.post("/console/words", account=ACME.id, words=words, seen=seen, kind=kind, name=name, why=why)


def words_of(store):
    return settings_of(store.account(ACME.id)).house_words


def test_words_are_kept_told_on_the_page_and_noted_with_who_and_why(editor, store):
    assert kept(editor, f"  {MOTTO} \n\ncalm down AND carry on\nNo  Worries Plan\n").status_code == 303
    assert words_of(store) == {"": (MOTTO, "No Worries Plan")}
    assert MOTTO in editor.get("/console/words").text
    (change,) = store.changes(subject=f"account:{ACME.id}")
    assert (change.who, change.what) == (address(Role.EDITOR), "house words of all tickets")
    assert (change.before, change.after, change.why) == ("", f"{MOTTO}, No Worries Plan", "It is on our vans")


def test_a_group_s_words_are_its_own_and_an_empty_box_takes_them_back(editor, store):
    kept(editor, "Sorry! Café", kind="group", name="Plant care")
    kept(editor, MOTTO, kind="brand", name="Fern & Field")
    assert words_of(store) == {"brand:Fern & Field": (MOTTO,), "group:Plant care": ("Sorry! Café",)}
    assert kept(editor, "", seen="Sorry! Café", kind="group", name="Plant care").status_code == 303
    assert words_of(store) == {"brand:Fern & Field": (MOTTO,)}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"words": ""}, "Write a name or a saying"),
        ({"words": " \n\t"}, "Write a name or a saying"),
        ({"words": "x" * 81}, "has 81 characters"),
        ({"words": "\n".join(f"name {n}" for n in range(301))}, "At most 300 words"),
        ({"words": "apolog*"}, "a star stands for nothing"),
        ({"words": "!?"}, "too short"),
        ({"words": "a"}, "too short"),
        ({"kind": "group", "name": " "}, "Which group?"),
        ({"kind": "galaxy", "name": "x"}, "everywhere, for a group, or for a brand"),
    ],
)
def test_what_can_t_be_kept_is_told_kindly_and_stays_in_its_box(editor, store, given, told):
    answer = kept(editor, **given)
    assert answer.status_code == 400
    assert told in answer.text
    assert given.get("words", MOTTO).strip()[:70] in answer.text
    assert words_of(store) == {}


def test_an_account_has_room_for_two_thousand(editor, store):
    for place in range(6):
        kept(editor, "\n".join(f"name {place} {n}" for n in range(300)), kind="group", name=f"Team {place}")
    answer = kept(editor, "\n".join(f"more {n}" for n in range(300)), kind="group", name="Team 7")
    assert (answer.status_code, "it would be 2,100" in answer.text) == (400, True)


def test_the_second_of_two_people_sees_the_first_one_s_words_and_keeps_their_own_in_the_box(people, store):
    kept(people[Role.EDITOR])
    answer = kept(people[Role.OWNER], "Sorry! Café")
    assert answer.status_code == 409
    assert "Somebody else changed these words" in answer.text and "Sorry! Café</textarea>" in answer.text
    assert words_of(store) == {"": (MOTTO,)}


def test_a_group_spelled_another_way_is_the_same_group(editor, store):
    kept(editor, kind="group", name="Billing")
    assert kept(editor, "Sorry! Café", kind="group", name="BILLING").status_code == 409
    assert words_of(store) == {"group:Billing": (MOTTO,)}


def test_a_lead_and_a_viewer_keep_no_words(people):
    for role in (Role.LEAD, Role.VIEWER):
        assert kept(people[role]).status_code == 403
        assert people[role].get("/console/words").status_code == 403


def test_an_unknown_account_is_told_so(editor):
    assert editor.post("/console/words", account="zendesk:nobody", words=MOTTO).status_code == 404


def test_markup_in_a_word_stays_text(editor):
    kept(editor, "<script>alert(1)</script>")
    assert "<script>alert" not in editor.get("/console/words").text


def test_try_it_says_what_a_house_word_held_back(editor):
    form = {"last": SAID, "draft": DRAFT, "channel": "email", "account": ACME.id}
    assert f">{CURT}</a>: it rests on house words" not in editor.post("/console/try", **form).text
    kept(editor)
    assert f">{CURT}</a>: it rests on house words" in editor.post("/console/try", **form).text


def test_words_of_a_group_hold_where_the_ticket_is_of_that_group(editor):
    kept(editor, kind="group", name="Plant care")
    form = {"last": SAID, "draft": DRAFT, "channel": "email", "account": ACME.id}
    assert f">{CURT}</a>: it rests on house words" not in editor.post("/console/try", **form).text
    assert f">{CURT}</a>: it rests on house words" in editor.post("/console/try", **form, group="plant care").text


def test_a_ticket_that_is_open_has_them_from_the_next_draft_on(editor, store):
    kept(editor)
    advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: NOW)
    advancing.take(KEY, [rana_says(SAID)])
    assert advancing.opened(KEY, NOW).settings.house_words == {"": (MOTTO,)}
