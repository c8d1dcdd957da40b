"""Groups, brands and agents by name: one that no helpdesk has is told where it is typed, and never kept in silence."""

from __future__ import annotations

from html import unescape

import pytest

from guidance.errors import HelpdeskError
from guidance.model import Colleague, Roster
from guidance.people.users import Role, Users
from tests.cast import NOW
from tests.console.conftest import address
from tests.console.furnished import RULE as YAML
from tests.console.test_people import Page
from tests.console.test_publishing import drafted, published
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


def doubts(someone, text):
    told = someone.send("POST", "/api/v1/rules/lint", {"name": "day", "text": text}).json
    assert told["flaws"] == []
    return [(one["line"], one["message"]) for one in told["warnings"]]


def only_in(group):
    when, given = f"when: {{all: [{{ticket.group: [{group}]}}, {{last.says: [which day]}}]}}", f"group: {group}, last"
    return YAML.replace("when: {last.says: [which day]}", when).replace("{last: ", "{" + given + ": ")


def test_a_group_that_no_helpdesk_has_is_a_warning_in_a_file_of_rules(editor, staffed):
    told = "no helpdesk here has a group “Plant cares”. Did you mean “Plant care”? Until there is one, this holds for no ticket"
    assert doubts(editor, only_in("Plant cares")) == [(9, told)]
    assert doubts(editor, only_in("plant care")) == []
    drafted(editor, only_in("Plant cares"))
    assert told in unescape(editor.get("/console/files/day/publish").text)
    assert published(editor).status_code == 303


def test_where_an_overlay_holds_is_looked_at_in_its_own_account(editor, staffed):
    text = 'pack: ours\nversion: 1\ntitle: Ours\nfor: {account: "zendesk:acme", brand: Fern}\nchanges: {three-as.act: {weight: 2}}\n'
    ((line, told),) = doubts(editor, text)
    assert (line, "a brand “Fern”. There are Fern & Field." in told) == (4, True)


def test_where_the_helpdesk_can_t_say_no_name_is_doubted(editor, desk):
    assert doubts(editor, only_in("Plant cares")) == []


def test_a_helpdesk_is_not_asked_at_every_key(editor, desk, clock):
    asked = []
    desk.teams = lambda: asked.append(1) or ["group:Delivery"]
    for _ in range(3):
        doubts(editor, only_in("Plant care"))
    assert len(asked) == 1
    clock.move(minutes=2)
    doubts(editor, only_in("Plant care"))
    assert len(asked) == 2


def test_the_form_offers_the_names_that_there_are(editor, staffed):
    form = editor.send("POST", "/api/v1/rules/form", {"name": "day", "text": YAML}).json["form"]
    notes = {
        one["name"]: one["note"] for one in form["fields"] if one["name"].endswith(("ticket.group", "ticket.brand"))
    }
    assert notes["when.ticket.group"] == "A line each. There are Delivery, Plant care."
    assert notes["except.ticket.brand"] == "A line each. There are Fern & Field."
