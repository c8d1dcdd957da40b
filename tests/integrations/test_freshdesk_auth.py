"""Who may speak for Freshdesk: whoever knows the secret."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from guidance.errors import NotAuthenticError
from guidance.integrations.freshdesk import verify
from guidance.ports import Account
from tests.integrations.fixtures import body

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
ACCOUNT = Account(
    id="freshdesk:acme", base_url="https://acme.example", secrets={"webhook": "new sécret", "webhook_old": "old secret"}
)
REPLY = body("freshdesk", "customer_reply")


def basic(password, user="guidance"):
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize(
    "headers",
    [
        {"x-guidance-secret": "new sécret"},
        {"x-guidance-secret": "old secret"},
        basic("new sécret"),
        basic("old secret", ""),
    ],
)
def test_either_secret_is_good_in_the_header_or_as_password(headers):
    peek = verify(headers, REPLY, ACCOUNT, now=NOW)
    assert (peek.ticket_id, peek.mark) == ("318", None)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-guidance-secret": ""},
        {"x-guidance-secret": "another"},
        {"x-guidance-secret": "none"},
        {"x-guidance-secret": "no secret is set"},
        basic("another"),
        {"authorization": "Basic ???"},
        {"authorization": "Basic " + base64.b64encode(b"\xff\xfe:x").decode()},
        {"authorization": "Bearer new sécret"},
        {"authorization": "Basic"},
    ],
)
def test_nobody_else_is_let_in(headers):
    with pytest.raises(NotAuthenticError):
        verify(headers, REPLY, ACCOUNT, now=NOW)


@pytest.mark.parametrize("given", ["", "no secret is set"])
def test_an_account_without_a_secret_takes_nothing(given):
    with pytest.raises(NotAuthenticError):
        verify({"x-guidance-secret": given}, REPLY, Account(id="freshdesk:acme", base_url=""), now=NOW)


@pytest.mark.parametrize(
    ("situation", "ticket_id"),
    [
        ("simple_layout", "318"),
        ("unquoted_placeholders", "318"),
        ("unquoted_placeholders_with_two_tickets", None),
        ("ticket_id_that_is_no_number", None),
        ("unknown_payload", None),
        ("no_json_at_all", None),
    ],
)
def test_a_body_is_let_in_whatever_it_says_and_its_ticket_found_where_it_can_be(situation, ticket_id):
    raw = body("freshdesk", situation)
    assert verify({"x-guidance-secret": "old secret"}, raw, ACCOUNT, now=NOW).ticket_id == ticket_id
