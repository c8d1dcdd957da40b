"""Freshdesk's door: the install's secret opens a session for an agent whom nobody proves, and what such a session may do."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from tests.edges import ACME, ACME_EU, Served

INSTALL = "the secret of this install"
ORIGIN = "https://apps.example.com"
FRESH = replace(
    ACME_EU, secrets={"webhook": "w", "install": INSTALL, "install_old": "the one before"}, origins=(ORIGIN,)
)


@pytest.fixture
def served(store, clock):
    store.put_account(FRESH)
    with Served(store, clock=clock) as running:
        yield running


def opening(served, *, secret=INSTALL, agent="12", origin=ORIGIN, scheme="Bearer"):
    headers = {"Authorization": f"{scheme} {secret}", "Content-Type": "application/json"}
    return served.request("POST", "/sidebar/freshdesk", json.dumps({"agent": agent, "origin": origin}), headers)


def call(served, method, path, body=None, *, token=None):
    headers = {"Authorization": f"Bearer {token or opening(served).json()['token']}", "Origin": ORIGIN}
    return served.request(method, path, None if body is None else json.dumps(body), headers)


def test_the_installs_secret_opens_a_claimed_session_with_a_renewal_for_the_working_day(served):
    answer = opening(served)
    told = answer.json()
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert (told["account"], told["agent"], told["claimed"]) == ("freshdesk:acme-eu", "12", True)
    assert (told["expires_in"], told["renewable_for"]) == (900, 36_000)


@pytest.mark.parametrize("secret", [INSTALL, "the one before"])
def test_two_secrets_hold_while_one_is_rotated(served, secret):
    assert opening(served, secret=secret).status == 200


@pytest.mark.parametrize(
    ("secret", "scheme"),
    [("", "Bearer"), ("w", "Bearer"), (INSTALL + "x", "Bearer"), (INSTALL, "Basic"), ("no secret is set", "Bearer")],
)
def test_any_other_secret_is_refused(served, secret, scheme):
    assert opening(served, secret=secret, scheme=scheme).status == 401


def test_another_helpdesks_install_secret_opens_nothing_here(served, store):
    store.put_account(replace(ACME, secrets={"webhook": "w", "install": "zendesk's"}))
    assert opening(served, secret="zendesk's").status == 401


def test_who_is_no_agent_of_the_account_is_refused(served):
    served.desk.agent = lambda agent_id: None
    assert opening(served, agent="999").status == 403


def test_a_page_from_an_unknown_origin_is_refused_in_words_that_help(served):
    answer = opening(served, origin="https://elsewhere.example.com")
    assert answer.status == 403
    assert "--origin" in answer.json()["error"]["message"]


def test_the_first_origin_is_taken_in_and_no_other_after_it(served, store):
    store.put_account(replace(FRESH, origins=()))
    assert opening(served).status == 200
    assert store.account(FRESH.id).origins == (ORIGIN,)
    assert opening(served, origin="https://elsewhere.example.com").status == 403


@pytest.mark.parametrize("origin", ["", "*", "null", "https://x.example/path", "javascript:alert(1)"])
def test_what_is_no_origin_is_no_origin(served, store, origin):
    store.put_account(replace(FRESH, origins=()))
    assert opening(served, origin=origin).status == 400
    assert store.account(FRESH.id).origins == ()


def test_a_renewal_token_opens_nothing_but_the_next_session(served):
    opened = opening(served).json()
    assert call(served, "GET", "/api/v1/tickets/freshdesk:acme-eu/318/advice", token=opened["renewal"]).status == 401
    renewed = call(served, "POST", "/sidebar/renew", token=opened["renewal"])
    assert (renewed.status, renewed.json()["claimed"]) == (200, True)
    assert renewed.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_a_claimed_agent_gets_hints_feedback_and_this_tickets_promises(served):
    assert call(served, "GET", "/api/v1/tickets/freshdesk:acme-eu/318/advice").status == 200
    draft = {"text": "Hello", "seq": 3}
    assert call(served, "POST", "/api/v1/tickets/freshdesk:acme-eu/318/draft", draft).json()["seq"] == 3
    assert call(served, "GET", "/api/v1/follow-ups?ticket=318").status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/follow-ups", None),
        ("PATCH", "/api/v1/follow-ups/f1-0123", {"state": "kept"}),
        ("PUT", "/api/v1/quiet", {"span": "hour"}),
        ("DELETE", "/api/v1/quiet", None),
        ("POST", "/api/v1/tickets/freshdesk:acme-eu/318/hints/h/feedback", {"verdict": "dismissed", "mute": "today"}),
        ("GET", "/api/v1/tickets/zendesk:acme/4821/advice", None),
    ],
)
def test_and_nothing_that_reaches_beyond_the_ticket(served, method, path, body):
    assert call(served, method, path, body).status == 403


def test_a_ticket_that_the_claimed_agent_may_not_open_stays_closed(served):
    served.desk.closed.add("318")
    assert call(served, "GET", "/api/v1/tickets/freshdesk:acme-eu/318/advice").status == 403


@pytest.mark.parametrize(
    "origin", ["https://", "https://[x", "https://a℀b", "https://exämple.com", "https://:1", "https://a:b"]
)
def test_what_is_no_origin_is_refused_and_never_learned(served, store, origin):
    store.put_account(replace(FRESH, origins=()))
    answer = opening(served, origin=origin)
    assert (answer.status, answer.json()["error"]["path"]) == (400, "origin")
    assert store.account(FRESH.id).origins == ()
