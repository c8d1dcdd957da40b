"""The people page: two owners who decide at the same time, and what the trail says of it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from guidance.people.users import Role, Users
from tests.console.conftest import address
from tests.edges import ACME

PAGE = "/console/people"


class Page:
    """The people page as an owner has it open."""

    def __init__(self, owner):
        self.owner, self.text = owner, owner.get(PAGE).text

    def form(self, email):
        """What the form of this person sends as it stands."""
        start = self.text.index(f'action="{PAGE}/{quote(email)}"')
        form = self.text[start : self.text.index("</form>", start)]
        fields = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
        return fields | {"role": re.search(r"<option selected>(\w+)", form)[1]}

    def send(self, email, **changed):
        return self.owner.client.post(f"{PAGE}/{email}", data=self.form(email) | changed)


@pytest.fixture
def users(store, clock):
    return Users(store, clock)


def test_a_page_that_was_open_meanwhile_gives_no_role_back(owner, users):
    noa = users.add("noa@example.com", "Noa", Role.OWNER, "four words make one", who="command line")
    page = Page(owner)
    users.change(noa, who="omar", what="now viewer", role=Role.VIEWER)
    answer = page.send("noa@example.com", groups="Delivery")
    told = unescape(answer.text)
    assert answer.status_code == 409
    assert "now they are: viewer, leads no group" in told
    assert Page(owner).form("noa@example.com")["role"] == "viewer"
    assert (users.required("noa@example.com").role, users.required("noa@example.com").groups) == (Role.VIEWER, ())


@pytest.mark.parametrize("changed", [{"groups": ("Billing",)}, {"agents": {ACME.id: "15"}}])
def test_groups_and_agent_ids_are_not_put_back_unseen_either(owner, users, changed):
    page = Page(owner)
    after = users.change(users.required(address(Role.LEAD)), who="omar", what="leads", **changed)
    assert page.send(address(Role.LEAD), role="viewer").status_code == 409
    assert users.required(address(Role.LEAD)) == after


def test_what_the_form_does_not_show_may_change_meanwhile(owner, users):
    page, lead = Page(owner), users.required(address(Role.LEAD))
    users.give_password(lead, "another four words here", who=lead.email, what="own password")
    assert page.send(address(Role.LEAD), groups="Delivery, Billing").status_code == 303
    assert users.required(address(Role.LEAD)).groups == ("Billing", "Delivery")


def test_the_trail_says_what_somebody_was_and_what_they_are(owner, users, store):
    Page(owner).send(address(Role.VIEWER), role="lead", groups="Delivery", **{f"agent:{ACME.id}": "7"})
    change = store.changes()[0]
    assert (change.before, change.after) == (
        "viewer, leads no group, no agent id",
        f"lead, leads Delivery, agent 7 in {ACME.id}",
    )
    assert (
        f"viewer, leads no group, no agent id → lead, leads Delivery, agent 7 in {ACME.id}"
        in owner.get("/console/changes").text
    )


def test_a_new_password_leaves_nothing_before_and_after_in_the_trail(users, store, people):
    lead = users.required(address(Role.LEAD))
    users.give_password(lead, "another four words here", who=lead.email, what="own password")
    assert (store.changes()[0].before, store.changes()[0].after) == ("", "")


def test_a_person_who_is_what_they_were_is_not_changed(owner, store):
    page, before = Page(owner), store.changes()
    answer = page.send(address(Role.VIEWER))
    assert "Nothing is other than it was, so nothing was changed." in owner.get(answer.location).text
    assert store.changes() == before


def test_the_trail_says_of_whom_the_role_stayed_what_did_not(owner, store):
    Page(owner).send(address(Role.VIEWER), groups="Delivery", **{f"agent:{ACME.id}": "7"})
    Page(owner).send(address(Role.VIEWER), groups="", **{f"agent:{ACME.id}": "7"})
    assert [one.what for one in store.changes()[:2]] == ["other groups", "other groups and other agent ids"]
    assert ': <span class="quiet">viewer, leads no group' in owner.get("/console/changes").text


def test_an_owner_ends_an_agents_calendar_link(owner, people, store):
    store.open_feed(ACME.id, "7", "a secret of theirs")
    form = {"account": ACME.id, "agent": " 7 ", "why": "it got around"}
    assert people[Role.EDITOR].post(f"{PAGE}/calendar-link", **form).status_code == 403
    answer = owner.post(f"{PAGE}/calendar-link", **form)
    assert "The calendar link is ended" in owner.get(answer.location).text
    assert store.feed("a secret of theirs") is None
    (change,) = store.changes(subject=f"account:{ACME.id}")
    assert (change.who, change.what, change.why) == (address(Role.OWNER), "ended a calendar link", "it got around")


def test_a_calendar_link_that_there_is_none_of_is_told_where_it_was_typed(owner, store):
    before = store.changes()
    answer = owner.post(f"{PAGE}/calendar-link", account=ACME.id, agent="8")
    assert answer.status_code == 400
    assert "There is no calendar link of an agent with this id." in answer.text
    assert re.search(r'name="agent"[^>]* value="8" aria-invalid="true"', answer.text)
    assert store.changes() == before
