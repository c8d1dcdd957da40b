"""What credentials reach, by reading alone: on the demo desk over real HTTP, and refused by `responses`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests
from msgspec.structs import replace

from guidance.errors import HelpdeskError
from guidance.integrations import integrations
from tests.contracts.desk import DeskStage
from tests.contracts.scripted import STAGES

LISTED = (200, {}, "[]")
READ = {
    "zendesk": ("users", "macros/active", "satisfaction_ratings"),
    "freshdesk": ("agents", "tickets", "canned_response_folders", "surveys/satisfaction_ratings"),
}


@pytest.fixture
def scripted(request, mock):
    stage = STAGES[request.param](mock)
    for path in READ[request.param]:
        stage.on("GET", path, {} if request.param == "zendesk" else lambda _: LISTED)
    if request.param == "zendesk":
        stage.on("GET", "users/me", lambda _: {"user": stage.users[77]})
    return stage


both = pytest.mark.parametrize("scripted", STAGES, indirect=True)
only_zendesk = pytest.mark.parametrize("scripted", ["zendesk"], indirect=True)
only_freshdesk = pytest.mark.parametrize("scripted", ["freshdesk"], indirect=True)


@pytest.mark.parametrize("name", STAGES)
def test_on_the_desk_all_is_allowed_and_nothing_is_written(desk, name):
    stage = DeskStage(desk, name)
    before = requests.get(f"{desk.url}/desk/api/state", timeout=5).json()["tickets"]
    standing = stage.client.standing()
    assert standing.acts_as.startswith("Guidance")
    assert (standing.lacks, standing.misses) == ((), ())
    assert 0 < standing.calls_left < standing.calls_a_minute
    assert abs(standing.at - datetime.now(UTC)) < timedelta(seconds=5)
    assert requests.get(f"{desk.url}/desk/api/state", timeout=5).json()["tickets"] == before


@both
def test_where_the_helpdesk_counts_nothing_nothing_is_said_of_calls(scripted):
    standing = scripted.client.standing()
    assert (standing.calls_a_minute, standing.calls_left, standing.at) == (None, None, None)
    assert (standing.lacks, standing.misses) == ((), ())


@pytest.mark.parametrize(
    ("scripted", "path", "lacks", "misses"),
    [
        ("zendesk", "tickets", ("read tickets",), ()),
        ("zendesk", "users", ("read users",), ()),
        ("zendesk", "macros/active", (), ("read macros",)),
        ("zendesk", "satisfaction_ratings", (), ("read survey answers",)),
        ("freshdesk", "tickets", ("read tickets",), ()),
        ("freshdesk", "agents", ("read agents",), ()),
        ("freshdesk", "canned_response_folders", (), ("read canned responses",)),
        ("freshdesk", "surveys/satisfaction_ratings", (), ("read survey answers",)),
    ],
    indirect=["scripted"],
)
def test_what_is_refused_is_named(scripted, path, lacks, misses):
    scripted.suffer("GET", path, (403, {}, "{}"))
    standing = scripted.client.standing()
    assert (standing.lacks, standing.misses) == (lacks, misses)


@both
def test_trouble_is_no_refusal(scripted):
    scripted.suffer("GET", "tickets", (503, {}, "{}"))
    with pytest.raises(HelpdeskError) as raised:
        scripted.client.standing()
    assert raised.value.status == 503


@only_zendesk
def test_a_customer_s_token_may_not_act_as_an_agent(scripted):
    scripted.users[77] = {"id": 77, "name": "Rana Haddad", "role": "end-user"}
    assert scripted.client.standing().lacks == ("act as an agent: Rana Haddad is nobody on the staff",)


@only_zendesk
def test_a_token_that_reaches_for_reading_only_may_not_write_tickets(scripted, mock):
    told = {"access_token": "N3W", "scope": "tickets:read users:read"}
    mock.add("POST", "https://acme.example/oauth/tokens", body=json.dumps(told))
    account = replace(scripted.account, secrets={"client_secret": "s"}, config={"client_id": "c"})
    standing = integrations()["zendesk"].connect(account).standing()
    assert standing.lacks == ("write tickets: the token reaches for `tickets:read users:read` only",)


@only_freshdesk
def test_a_key_of_an_agent_who_sees_some_tickets_is_too_little(scripted):
    scripted.agents[77]["ticket_scope"] = 2
    (lacking,) = scripted.client.standing().lacks
    assert lacking == "see all tickets: the key's agent sees some only; give them global access"
