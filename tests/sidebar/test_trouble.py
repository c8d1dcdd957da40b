"""Trouble that is none of the agent's: told in the same words at every door, counted, and no more promised than will be."""

from __future__ import annotations

import http.client

import pytest
from prometheus_client import REGISTRY

from guidance.errors import HelpdeskError, StoreUnavailableError
from tests.sidebar.panel import account

ADVICE = "/api/v1/tickets/zendesk:acme/4821/advice"
HAND_OVER = "/api/v1/follow-ups/hand-over"
DOORS = ["/api/v1/follow-ups", "/api/v1/me", ADVICE, "/api/v1/stream", "/console/rules"]


def unavailable():
    return REGISTRY.get_sample_value("guidance_store_unavailable_total")


def away(*_, **__):
    raise StoreUnavailableError


@pytest.fixture
def silent(panel):
    """The helpdesk fails with this error, whatever it is asked."""

    def fail_with(error):
        def fail(*_):
            raise error

        panel.served.desk.may_open = panel.served.desk.agent = fail

    return fail_with


@pytest.mark.parametrize("path", DOORS)
def test_whoever_is_turned_away_for_want_of_the_store_is_counted_and_reads_the_same_words(panel, monkeypatch, path):
    session, before = panel.session(), unavailable()
    monkeypatch.setattr(panel.served.store, "recall", away)
    headers = {"Cookie": "guidance_console=x"}
    answer = panel.call("GET", path, session=session, headers=headers)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "reach its store just now; ask again in a moment." in answer.body.decode()
    assert unavailable() == before + 1


def test_a_panel_that_can_not_be_opened_for_want_of_the_store_is_counted(panel, monkeypatch):
    before = unavailable()
    monkeypatch.setattr(panel.served.store, "remember", away)
    assert panel.open(panel.token()).status == 503
    assert unavailable() == before + 1


def test_a_helpdesk_that_is_silent_about_a_ticket_is_told_of_as_that(panel, silent):
    session = panel.session()
    silent(HelpdeskError("no answer came", retry_after=7))
    answer = panel.call("GET", ADVICE, session=session)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "7")
    assert "whether you may see this ticket" in answer.json()["error"]["message"]


def test_a_helpdesk_that_is_silent_about_anything_else_is_not_told_as_if_a_ticket_had_been_asked_for(
    panel, store, silent
):
    store.put_account(account(leads={"12": ["Billing"]}))
    session = panel.session()
    silent(HelpdeskError("no answer came", retry_after=7))
    answer = panel.call("POST", HAND_OVER, {"away": "7", "to": "8"}, session=session)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "7")
    assert answer.json()["error"]["message"] == "The helpdesk does not answer just now; ask again in a moment."


@pytest.mark.parametrize(("method", "path"), [("GET", ADVICE), ("POST", HAND_OVER)])
def test_of_what_the_helpdesk_refuses_for_good_nothing_is_promised(panel, store, silent, method, path):
    store.put_account(account(leads={"12": ["Billing"]}))
    session = panel.session()
    silent(HelpdeskError("the key was revoked", status=401, permanent=True))
    answer = panel.call(method, path, {"away": "7", "to": "8"} if method == "POST" else None, session=session)
    error = answer.json()["error"]
    assert (answer.status, answer.headers["Retry-After"], error["code"]) == (503, None, "helpdesk_refused")
    assert "again" not in error["message"] and "moment" not in error["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/tickets/zendesk:acme/4821/draft"),
        ("PUT", "/api/v1/stream/watch"),
        ("POST", "/webhooks/zendesk/acme"),
    ],
)
def test_a_body_over_the_limit_that_comes_in_pieces_is_told_to_be_too_large_at_every_door(panel, method, path):
    connection = http.client.HTTPConnection("127.0.0.1", panel.served.port, timeout=10)
    pieces = (b"x" * (1 << 16) for _ in range(17))
    headers = {"Authorization": f"Bearer {panel.session()['token']}", "Transfer-Encoding": "chunked"}
    connection.request(method, path, pieces, headers, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 413
    assert b"This is more than 1 MiB, the most that is taken here at a time." in answer.read()
    connection.close()
