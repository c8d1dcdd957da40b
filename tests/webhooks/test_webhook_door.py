"""The webhooks' door, over real HTTP and on a real Valkey."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from guidance.integrations.zendesk.auth import FUTURE, PAST
from guidance.model import SHARDS
from guidance.rules import shipped_rulebook
from guidance.worker import Worker
from tests.edges import ACME, ACME_EU, SECRET, Served, comment_added, signed


@pytest.fixture
def served(store):
    store.put_account(ACME)
    store.put_account(ACME_EU)
    with Served(store) as server:
        yield server


def taken(store):
    """All that lies in the inboxes."""
    return [entry.arrival for shard in range(SHARDS) for entry in store.claim(shard, "reader")]


def test_a_signed_webhook_lies_in_the_inbox_as_it_came(served):
    body = comment_added()
    answer = served.webhook(body)
    assert (answer.status, answer.json()) == (200, {"accepted": True})
    (arrival,) = taken(served.store)
    assert arrival.body == body
    assert (arrival.account, arrival.ticket_id, arrival.kind) == ("zendesk:acme", "4821", "webhook")


def test_a_repeat_is_answered_200_and_not_taken_again(served):
    body = comment_added()
    served.webhook(body)
    again = served.webhook(body, headers=signed(body, at=datetime.now(UTC) - timedelta(seconds=20)))
    assert (again.status, again.json()) == (200, {"repeated": True})
    assert len(taken(served.store)) == 1


def test_a_delivery_is_known_again_for_as_long_as_its_signature_is_good(served):
    served.webhook(comment_added())
    (mark,) = served.store.client.scan_iter(match="*:mark:*")
    assert served.store.client.pttl(mark) > (PAST + FUTURE).total_seconds() * 1000


def test_two_events_of_one_ticket_are_both_taken(served):
    served.webhook(comment_added(event_id="ev-1"))
    served.webhook(comment_added(event_id="ev-2"))
    assert len(taken(served.store)) == 2


def test_freshdesk_gets_in_by_its_secret_and_the_same_note_twice_is_two_notes(served):
    body = b'{"freshdesk_webhook": {"ticket_id": "77", "triggered_event": "x"}}'
    for _ in range(2):
        answer = served.webhook(body, path="/webhooks/freshdesk/acme-eu", headers={"X-Guidance-Secret": SECRET})
        assert answer.status == 200
    assert [arrival.account for arrival in taken(served.store)] == ["freshdesk:acme-eu"] * 2


REFUSED = {
    "unknown account": {"path": "/webhooks/zendesk/nobody"},
    "unknown helpdesk": {"path": "/webhooks/otherdesk/acme"},
    "bad signature": {"headers": signed(b"something else")},
    "no signature": {"headers": {}},
    "another secret": {"headers": signed(comment_added(), secret="guessed")},
    "stale": {"headers": signed(comment_added(), at=datetime.now(UTC) - timedelta(seconds=330))},
    "from the future": {"headers": signed(comment_added(), at=datetime.now(UTC) + timedelta(days=1))},
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_whatever_is_not_authentic_looks_the_same(served, case):
    answer = served.webhook(comment_added(), **REFUSED[case])
    reference = served.webhook(comment_added(), path="/webhooks/zendesk/nobody-at-all")
    assert answer.status == reference.status == 401
    assert answer.body == reference.body
    assert sorted(answer.headers.keys()) == sorted(reference.headers.keys())
    assert taken(served.store) == []


def test_an_unknown_account_is_checked_for_as_long_as_a_known_one(served):
    body = comment_added(text="long " * 20_000)

    def seconds(path):
        began = time.perf_counter()
        served.webhook(body, path=path, headers=signed(body, secret="guessed"))
        return time.perf_counter() - began

    paths = ("/webhooks/zendesk/acme", "/webhooks/zendesk/nobody")
    times = [[seconds(path) for path in paths] for _ in range(40)]
    known, unknown = (min(pair[n] for pair in times) for n in range(2))
    assert 0.4 < known / unknown < 2.5


def test_an_authentic_body_that_is_no_object_is_taken_in_and_ends_among_the_failures(served):
    assert served.webhook(b"[1, 2").status == 200
    worker = Worker(served.store, shipped_rulebook, connect=lambda _account: served.desk)
    (entry,) = [one for shard in range(SHARDS) for one in served.store.claim(shard, worker.name)]
    worker.work(entry)
    (failure,) = served.store.failures()
    assert (failure.account, failure.message) == (ACME.id, "The body is no JSON object.")


def test_an_unauthentic_body_that_is_no_object_is_401(served):
    assert served.webhook(b"[1, 2", path="/webhooks/zendesk/nobody").status == 401


def test_a_body_over_one_mebibyte_is_413(served):
    answer = served.webhook(b"x" * ((1 << 20) + 1))
    assert (answer.status, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_body_of_just_one_mebibyte_is_read(served):
    assert served.webhook(b"x" * (1 << 20)).status == 200


def test_an_announced_length_over_the_limit_is_refused_before_it_arrives(served):
    with socket.create_connection(("127.0.0.1", served.port), 10) as caller:
        caller.sendall(b"POST /webhooks/zendesk/acme HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n{")
        assert caller.recv(100).split()[1] == b"413"


def test_get_is_not_allowed_and_says_so_in_json(served):
    answer = served.request("GET", "/webhooks/zendesk/acme")
    assert answer.status == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"


def test_a_dead_store_is_503_with_retry_after_and_comes_back_without_a_restart(served, valkey):
    body = comment_added()
    assert served.webhook(comment_added(event_id="before")).status == 200
    valkey._process.kill()
    valkey._process.wait()
    answer = served.webhook(body)
    assert answer.status == 503
    assert 0 < int(answer.headers["Retry-After"]) < 60
    assert answer.json()["error"]["code"] == "unavailable"
    valkey.ensure_running()
    assert served.webhook(body).status == 200
    assert len(taken(served.store)) == 2


def test_each_outcome_is_counted_under_its_account(served):
    body = comment_added(event_id="counted")
    before = served.request("GET", "/metrics").body.decode()
    served.webhook(body)
    served.webhook(body)
    served.webhook(body, headers={})
    after = served.request("GET", "/metrics").body.decode()
    for line in (
        'guidance_webhooks_accepted_total{account="zendesk:acme"}',
        'guidance_webhooks_repeated_total{account="zendesk:acme"}',
        'guidance_webhooks_refused_total{helpdesk="zendesk",reason="not_authentic"}',
    ):
        assert value(after, line) == value(before, line) + 1


def value(metrics, name):
    return next((float(line.rpartition(" ")[2]) for line in metrics.splitlines() if line.startswith(name)), 0.0)
