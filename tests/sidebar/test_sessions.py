"""Sessions: a quarter of an hour, renewed while used, ended for good when revoked."""

from __future__ import annotations

import jwt
import pytest
from flask import Flask, request

from guidance.errors import NotAuthenticError
from guidance.sidebar import Sessions
from tests.sidebar.panel import Clock

SECRET = b"a secret of this installation"


class Door:
    """Sessions behind a request of their own."""

    def __init__(self, store):
        self.clock = Clock()
        self.sessions = Sessions(SECRET, store, self.clock)
        self.app = Flask("door")

    def knock(self, token, *, ask="of", header="Bearer {}"):
        with self.app.test_request_context(headers={"Authorization": header.format(token)}):
            return getattr(self.sessions, ask)(request)


@pytest.fixture
def door(store):
    return Door(store)


def test_a_session_is_of_one_agent_and_one_account(door):
    session = door.knock(door.sessions.open("zendesk:acme", "12").token)
    assert (session.account, session.agent_id, session.claimed) == ("zendesk:acme", "12", False)


def test_a_session_token_ends_after_a_quarter_of_an_hour(door):
    opened = door.sessions.open("zendesk:acme", "12")
    door.clock.forward(minutes=14, seconds=59)
    door.knock(opened.token)
    door.clock.forward(seconds=1)
    with pytest.raises(NotAuthenticError, match="Reload the page"):
        door.knock(opened.token)


def test_a_renewed_session_goes_on_and_is_the_same(door):
    opened = door.sessions.open("zendesk:acme", "12")
    door.clock.forward(minutes=10)
    renewed = door.knock(opened.token, ask="renew")
    door.clock.forward(minutes=10)
    assert door.knock(renewed.token).id == opened.session.id


def test_a_renewal_token_outlives_a_lunch_and_opens_nothing_else(door):
    opened = door.sessions.open("zendesk:acme", "12")
    door.clock.forward(hours=2)
    with pytest.raises(NotAuthenticError):
        door.knock(opened.renewal)
    renewed = door.knock(opened.renewal, ask="renew")
    assert door.knock(renewed.token).agent_id == "12"


def test_no_renewal_leads_beyond_ten_hours(door):
    opened = door.sessions.open("zendesk:acme", "12")
    door.clock.forward(hours=9, minutes=55)
    last = door.knock(opened.renewal, ask="renew")
    assert last.expires_in == last.renewable_for == 300
    door.clock.forward(minutes=5)
    for token in (last.token, last.renewal, opened.renewal):
        with pytest.raises(NotAuthenticError):
            door.knock(token, ask="renew")


def test_a_revoked_session_ends_at_once_with_all_its_tokens(door):
    opened = door.sessions.open("zendesk:acme", "12")
    other = door.sessions.open("zendesk:acme", "12")
    door.sessions.revoke(opened.session.id)
    for token, ask in ((opened.token, "of"), (opened.token, "renew"), (opened.renewal, "renew")):
        with pytest.raises(NotAuthenticError):
            door.knock(token, ask=ask)
    assert door.knock(other.token).agent_id == "12"


@pytest.mark.parametrize("header", ["{}", "Basic {}", "Bearer", "Bearer  ", ""])
def test_only_a_bearer_header_counts(door, header):
    with pytest.raises(NotAuthenticError):
        door.knock(door.sessions.open("zendesk:acme", "12").token, header=header)


def test_a_token_of_another_installation_or_algorithm_is_none(door, store):
    strange = Sessions(b"a secret of somebody else's", store, door.clock).open("zendesk:acme", "12")
    claims = jwt.decode(door.sessions.open("zendesk:acme", "12").token, options={"verify_signature": False})
    for token in (strange.token, jwt.encode(claims, "", algorithm="none"), "x.y.z"):
        with pytest.raises(NotAuthenticError):
            door.knock(token)


def test_the_installations_key_itself_signs_no_session(door):
    claims = jwt.decode(door.sessions.open("zendesk:acme", "12").token, options={"verify_signature": False})
    with pytest.raises(NotAuthenticError):
        door.knock(jwt.encode(claims, SECRET.ljust(32, b"."), algorithm="HS256"))


def test_a_session_is_bound_to_the_agent_it_was_opened_for(door, store):
    """Even a token with our signature counts for nothing beside another agent's session."""
    opened = door.sessions.open("zendesk:acme", "12")
    store.release(f"session:{opened.session.id}")
    store.remember(f"session:{opened.session.id}", b"zendesk:acme|7", seconds=60)
    with pytest.raises(NotAuthenticError):
        door.knock(opened.token)
