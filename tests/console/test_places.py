"""Groups, brands and agents by name: one that no helpdesk has is told where it is typed, and never kept in silence."""

from __future__ import annotations

from html import unescape

import pytest

from guidance.errors import HelpdeskError
from guidance.model import Colleague, Roster
from guidance.people.users import Role, Users
from tests.cast import NOW
from tests.console.conftest import address
from tests.console.test_people import Page
from tests.edges import ACME

RULE = "/console/rules/three-as.acknowledge"


@pytest.fixture
def staffed(desk):
    """The helpdesk has two groups, a brand, and an agent 7."""
    desk.teams = lambda: ["group:Delivery", "group:Plant care", "brand:Fern & Field"]
    desk.agent = lambda agent_id: Colleague(id="7", name="Lena Brandt") if agent_id == "7" else None
    return desk


def led(owner, groups="", agent_id=""):
    return Page(owner).send(address(Role.LEAD), groups=groups, **{f"agent:{ACME.id}": agent_id})


def lead(store, clock):
    return Users(store, clock).required(address(Role.LEAD))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"groups": "Nonexistent"}, "No helpdesk here has a group “Nonexistent”. There are Delivery, Plant care."),
        ({"groups": "Delivery, Plant cares"}, "group “Plant cares”. Did you mean “Plant care”?"),
        ({"agent_id": "abc"}, "There is no agent abc in zendesk:acme."),
        ({"agent_id": "8"}, "There is no agent 8 in zendesk:acme."),
    ],
)
def test_a_group_or_agent_that_there_is_not_is_told_beside_what_was_typed(owner, store, clock, staffed, given, told):
    answer = led(owner, **given)
    assert answer.status_code == 400
    page = unescape(answer.text)
    assert told in page
    assert f'value="{next(iter(given.values()))}" aria-invalid="true" aria-describedby="problem"' in page
    assert (lead(store, clock).groups, lead(store, clock).agents) == ((), {})


def test_a_group_and_an_agent_that_there_are_are_kept(owner, store, clock, staffed):
    assert led(owner, "delivery, Plant care", "7").status_code == 303
    assert (lead(store, clock).groups, lead(store, clock).agents) == (("Plant care", "delivery"), {ACME.id: "7"})


def test_what_the_roster_has_is_believed_without_a_call(owner, store, clock, desk):
    desk.agent = desk.teams = lambda *_: pytest.fail("the helpdesk was asked")
    store.keep_roster(ACME.id, Roster(at=NOW, colleagues=(Colleague(id="7", name="Lena", groups=("Delivery",)),)))
    assert led(owner, "delivery", "7").status_code == 303
    assert '<option value="Delivery">' in owner.get("/console/people").text


def test_where_the_helpdesk_can_not_say_nothing_is_refused(owner, store, clock, desk):
    def silent(*_):
        raise HelpdeskError("no answer came")

    desk.agent = desk.teams = silent
    assert led(owner, "Delivery", "7").status_code == 303
    assert lead(store, clock).groups == ("Delivery",)


def test_a_group_that_is_gone_holds_up_no_other_change_of_its_lead(owner, store, clock, staffed):
    users = Users(store, clock)
    users.change(lead(store, clock), who="lena", what="leads", groups=("Archive",), agents={ACME.id: "900"})
    assert led(owner, "Archive, Delivery", "900").status_code == 303
    assert lead(store, clock).groups == ("Archive", "Delivery")


STAGE = {"account": ACME.id, "kind": "group", "name": "Nowhere", "stage": "live", "was": ""}


def test_a_stage_for_a_group_that_there_is_not_is_refused_beside_the_rule(editor, store, staffed):
    answer = editor.post(f"{RULE}/stage", **STAGE)
    assert answer.status_code == 400
    assert "There is no group “Nowhere” in zendesk:acme. There are Delivery, Plant care." in answer.text
    assert "stages_in" not in store.account(ACME.id).settings
    assert editor.post(f"{RULE}/stage", **STAGE | {"name": "PLANT CARE"}).status_code == 303
    assert editor.post(f"{RULE}/stage", **STAGE | {"kind": "brand", "name": "Fern & Field"}).status_code == 303


def test_a_stage_of_a_group_that_is_gone_can_be_taken_back(editor, store, desk, staffed):
    desk.teams = lambda: ["group:Nowhere"]
    editor.post(f"{RULE}/stage", **STAGE)
    desk.teams = lambda: ["group:Delivery"]
    assert editor.post(f"{RULE}/stage", **STAGE | {"stage": "as elsewhere", "was": "live"}).status_code == 303
    assert store.account(ACME.id).settings["stages_in"] == {}


def test_a_rule_is_other_for_no_group_that_there_is_not(editor, store, staffed):
    form = {"account": ACME.id, "kind": "group", "name": "Nowhere", "seen": "nothing", "say": "Name what went wrong."}
    answer = editor.post(f"{RULE}/overlays", **form)
    assert answer.status_code == 400
    assert "There is no group “Nowhere” in zendesk:acme" in answer.text
    assert store.edition().number == 0


def test_words_are_kept_for_no_group_that_there_is_not(editor, staffed):
    form = {"account": ACME.id, "kind": "group", "name": "Nowhere", "words": "Calm down", "seen": ""}
    answer = editor.post("/console/words", **form)
    assert answer.status_code == 400
    assert "There is no group “Nowhere” in zendesk:acme" in answer.text
    assert "Calm down" in answer.text
