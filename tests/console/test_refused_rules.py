"""Rules that were published before and are refused by now, as after an upgrade: whoever may write rules sees which, where and why."""

from __future__ import annotations

import pytest

from guidance.app.creating import noticing_of
from guidance.people.users import Role
from guidance.ports import Change, Edition
from tests.cast import NOW
from tests.console.furnished import RULE

LATE = RULE.replace("    title:", "    level: loud\n    title:", 1)
OTHER = RULE.replace("house.day", "house.other")


@pytest.fixture
def in_force(app, store):
    """Put these files in force as an earlier version might have, and let this process take them up."""

    def put(**files):
        edition = Edition(number=store.edition().number + 1, files=files)
        assert store.publish(edition, change=Change(at=NOW, who="lena@example.com", what="published", subject="file"))
        noticing_of(app).look()

    return put


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.LEAD])
def test_the_rules_page_tells_file_line_rule_and_what_would_be_right(people, in_force, role):
    in_force(day=LATE, other=OTHER)
    shown = people[role].get("/console/rules").text
    assert "can’t be used as it stands" in shown
    line = LATE.splitlines().index("    level: loud") + 1
    assert (
        f'<a href="/console/files/day#line-{line}">day, line {line}</a> <code>house.day</code>: `level` is one of'
        in shown
    )


def test_every_other_page_leads_there(owner, in_force):
    in_force(day=LATE)
    assert 'href="/console/rules#refused"' in owner.get("/console/versions").text
    in_force(day=RULE)
    assert "#refused" not in owner.get("/console/versions").text


def test_who_can_not_mend_them_is_not_told(people, in_force):
    in_force(day=LATE)
    assert "can’t be used" not in people[Role.VIEWER].get("/console/rules").text


def test_put_right_and_published_they_are_in_force_again(editor, app, store, in_force):
    in_force(day=LATE, other=OTHER)
    editor.post("/console/files/day", text=RULE, seen="0")
    assert editor.post("/console/files/day/publish", seen="1", stage="live", why="level").status_code == 303
    noticing_of(app).look()
    assert "can’t be used" not in editor.get("/console/rules").text
    assert editor.get("/console/rules/house.day").status_code == 200


def test_of_several_each_can_be_put_right_by_itself_or_taken_out(app, editor, in_force):
    in_force(day=LATE, other=OTHER.replace("[draft]", "[later]"), third=LATE.replace("house.day", "house.third"))
    editor.post("/console/files/day", text=RULE, seen="0")
    assert editor.post("/console/files/day/publish", seen="1", stage="live", why="level").status_code == 303
    assert editor.get("/console/rules/house.day").status_code == 200
    assert "other, line" in editor.get("/console/rules").text
    assert editor.post("/console/files/third/remove").status_code == 303
    assert "third, line" not in editor.get("/console/rules").text


def test_an_earlier_version_with_such_a_file_is_not_gone_back_to(editor, in_force):
    in_force(day=LATE)
    in_force(day=RULE)
    answer = editor.post("/console/versions/1/restore", head="2", why="so")
    assert (answer.status_code, "`level` is one of" in answer.text) == (409, True)
