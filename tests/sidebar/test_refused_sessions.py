"""Sessions that open nothing, for Zendesk's sidebar and Freshdesk's panel alike: altered, of another kind, from elsewhere, revoked."""

from __future__ import annotations

import json
from datetime import timedelta

import jwt
import pytest
from msgspec.structs import replace

from guidance.sidebar import Sessions
from tests.edges import ACME_EU, Served
from tests.sidebar.panel import Panel, account

INSTALL = "the secret of this install"
ORIGIN = "https://apps.example.com"


class Opening:
    """An agent at ticket 4821 of one helpdesk; another account of the same helpdesk is connected beside it."""

    def __init__(self, helpdesk, served, clock):
        self.helpdesk, self.served, self.clock = helpdesk, served, clock
        self.account = {"zendesk": "zendesk:acme", "freshdesk": "freshdesk:acme-eu"}[helpdesk]
        self.other = f"{helpdesk}:other"

    def session(self):
        """As the helpdesk's own door opens it."""
        if self.helpdesk == "zendesk":
            return Panel(self.served, self.clock).session()
        headers = {"Authorization": f"Bearer {INSTALL}", "Content-Type": "application/json"}
        body = json.dumps({"agent": "12", "origin": ORIGIN})
        return self.served.request("POST", "/sidebar/freshdesk", body, headers).json()

    def knocks(self, token):
        """What each door of the ticket answers to this token, the stream's included."""
        return {path: self.call(method, path, body, token).status for method, path, body in self.doors()}

    def call(self, method, path, body, token):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return self.served.request(method, path, None if body is None else json.dumps(body), headers)

    def doors(self, account_id=None):
        ticket = f"/api/v1/tickets/{account_id or self.account}/4821"
        yield "GET", f"{ticket}/advice", None
        yield "POST", f"{ticket}/draft", {"text": "Hello Rana"}
        yield "POST", f"{ticket}/hints/h_1/feedback", {"verdict": "done"}
        yield "POST", f"{ticket}/hints/h_1/follow-up", {}
        if account_id is None:
            yield "GET", "/api/v1/follow-ups?ticket=4821", None
            yield "PUT", "/api/v1/stream/watch", {"tickets": ["4821"]}

    def claims(self, token):
        return jwt.decode(token, options={"verify_signature": False})


@pytest.fixture(params=["zendesk", "freshdesk"])
def opening(request, store, clock):
    fresh = replace(ACME_EU, secrets={"webhook": "w", "install": INSTALL}, origins=(ORIGIN,))
    for one in (account(), fresh, replace(account(), id="zendesk:other"), replace(fresh, id="freshdesk:other")):
        store.put_account(replace(one, secrets={"webhook": "w"}) if one.id.endswith("other") else one)
    with Served(store, clock=clock) as served:
        yield Opening(request.param, served, clock)


def refused(opening, token):
    return set(opening.knocks(token).values()) == {401}


def test_a_session_that_was_altered_opens_no_door(opening):
    head, claims, mark = opening.session()["token"].split(".")
    told = json.loads(jwt.utils.base64url_decode(claims)) | {"sub": "7"}
    forged = jwt.utils.base64url_encode(json.dumps(told).encode()).decode()
    assert refused(opening, f"{head}.{forged}.{mark}")


def test_a_session_of_another_audience_opens_no_door_though_we_signed_it(opening):
    """The installation signs other things with keys of their own; even the session's own key must say whom it is for."""
    session = opening.session()
    key = opening.served.sessions._key
    claims = opening.claims(session["token"])
    assert refused(opening, jwt.encode(claims | {"aud": "guidance-console"}, key, algorithm="HS256"))


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_a_session_by_another_algorithm_opens_no_door(opening, algorithm):
    key = "" if algorithm == "none" else opening.served.sessions._key.ljust(64, b"\0")
    assert refused(opening, jwt.encode(opening.claims(opening.session()["token"]), key, algorithm=algorithm))


def test_a_session_of_another_installation_opens_no_door(opening, store, clock):
    strange = Sessions(b"the key of another installation", store, clock).open(opening.account, "12")
    assert refused(opening, strange.token)


def test_a_renewal_token_opens_no_door(opening):
    assert refused(opening, opening.session()["renewal"])


def test_a_session_opens_no_ticket_of_another_account(opening):
    token = opening.session()["token"]
    for method, path, body in opening.doors(opening.other):
        answer = opening.call(method, path, body, token)
        assert (path, answer.status) == (path, 403)


def test_a_ticket_that_the_agent_may_not_open_is_refused_at_every_door_and_never_watched(opening):
    opening.served.desk.closed.add("4821")
    token = opening.session()["token"]
    for method, path, body in opening.doors():
        answer = opening.call(method, path, body, token)
        if path.endswith("/watch"):
            assert (answer.status, answer.json()) == (200, {"tickets": [], "refused": ["4821"]})
        else:
            assert (path, answer.status) == (path, 403)


def test_after_its_revocation_a_session_opens_no_door_and_is_not_renewed(opening):
    session = opening.session()
    opening.served.sessions.revoke(opening.claims(session["token"])["sid"])
    assert refused(opening, session["token"])
    assert opening.call("GET", "/api/v1/stream", None, session["token"]).status == 401
    for token in (session["token"], session["renewal"]):
        assert opening.call("POST", "/sidebar/renew", None, token).status == 401


def test_after_its_end_a_session_opens_no_door(opening, clock):
    session = opening.session()
    clock.now += timedelta(minutes=15)
    assert refused(opening, session["token"])
