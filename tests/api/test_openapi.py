"""The API's document: that it names every door there is, and that what is sent and answered keeps to it."""

from __future__ import annotations

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from msgspec.structs import replace
from schemathesis.checks import content_type_conformance, not_a_server_error, response_schema_conformance
from schemathesis.checks import status_code_conformance as status_is_documented

from guidance.accounts import AccountBook
from guidance.app.openapi import document
from guidance.console.sessions import COOKIE
from guidance.console.sessions import Sessions as ConsoleSessions
from guidance.dispatch import Advancing
from guidance.people.users import Role, Users
from guidance.ports import Job
from guidance.rules import shipped_rulebook
from guidance.store import open_store
from tests import cast
from tests.conftest import KEY as STORE_KEY
from tests.edges import ACME, SETTINGS, Served

CHECKS = [not_a_server_error, response_schema_conformance, status_is_documented, content_type_conformance]
KNOWN = {"account_id": ACME.id, "ticket_id": "4821", "rule_id": "three-as.acknowledge", "job_id": "known"}
"""What half of the calls ask for, so that they get past the first door."""


@pytest.fixture(scope="module")
def served(valkey):
    """The application with a ticket, a promise, a backtest, an owner of the console and Amir's sidebar."""
    valkey.ensure_running()
    store = open_store(valkey.url, key=STORE_KEY, max_connections=96)
    store.client.flushall()
    store.put_account(replace(ACME, settings={"leads": {"12": ["Billing"]}}))
    with Served(store, clock=lambda: cast.NOW) as served:
        events = [
            cast.rana_says("Third time I write. Still no parcel, and I am so disappointed. Where is it?"),
            cast.amir_says("I'm so sorry, Rana. I'll call you tomorrow at 3pm."),
            cast.rana_says("That is the fourth promise. I am fed up and want my money back.", 3),
        ]
        Advancing(store, AccountBook(store), shipped_rulebook, lambda: cast.NOW).take(cast.KEY, events)
        users = Users(store, lambda: cast.NOW, offload=lambda call, *args: "no password")
        users.add("lena@example.com", "Lena", Role.OWNER, "four words make one", who="command line")
        asked = {"what": "rules in force", "over": "an upload"}
        store.add_job(Job(id="known", who="lena@example.com", at=cast.NOW, asked=asked), b"{}")
        console = ConsoleSessions(SETTINGS.secret_key, store, users, lambda: cast.NOW)
        served.token = console.begin("lena@example.com")
        served.csrf = console.csrf_of(served.token)
        advice = served.request("GET", f"/api/v1/tickets/{ACME.id}/4821/advice", headers=served.bearer()).json()
        served.known = KNOWN | {"follow_up_id": advice["follow_ups"][0]["id"], "hint": advice["hints"][0]["id"]}
        yield served
    store.close()


API = schemathesis.openapi.from_dict(document()).exclude(path="/api/v1/stream")
"""The stream is left out: it never ends by itself; tests/stream is about it."""


def test_every_door_of_the_api_is_in_the_document_and_no_other(served):
    written = {(method.upper(), path) for path, doors in document()["paths"].items() for method in doors}
    doors = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in served.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert doors == written


def test_the_document_is_served_to_everybody(served):
    answer = served.request("GET", "/api/v1/openapi.json")
    assert (answer.status, answer.json()["openapi"]) == (200, "3.1.0")


def test_a_door_says_who_may_come():
    unguarded = [path for path, doors in document()["paths"].items() for one in doors.values() if not one["security"]]
    assert unguarded == ["/api/v1/openapi.json"]


def check(case, served, *, is_known):
    if is_known:
        case.path_parameters = {name: served.known.get(name, value) for name, value in case.path_parameters.items()}
    case.headers = {**(case.headers or {}), "X-CSRF-Token": served.csrf, **served.bearer("12")}
    case.cookies = {COOKIE: served.token}
    case.call_and_validate(base_url=f"http://127.0.0.1:{served.port}", checks=CHECKS)


@API.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_nothing_breaks_and_the_answer_is_as_documented(case, served):
    check(case, served, is_known=True)


@pytest.mark.soak
@API.parametrize()
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_nothing_breaks_many_times_over(case, served):
    check(case, served, is_known=hash(str(case.path_parameters)) % 3 > 0)
