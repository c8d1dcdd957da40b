"""What every door of the application has in common, and what operators ask."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
import structlog
from flask import request
from msgspec.structs import replace

from guidance import telemetry
from guidance.app import create_app
from guidance.dispatch.heard import Heard
from guidance.dispatch.living import say_alive
from guidance.errors import HelpdeskError, StoreUnavailableError
from guidance.ports import Arrival
from tests.edges import ACME, ACME_EU, SETTINGS, Served


@pytest.fixture
def served(store):
    with Served(store) as server:
        yield server


def failing(served, error):
    """A door that fails with this error."""

    def fail():
        raise error

    served.app.add_url_rule("/failing", view_func=fail)
    return served.request("GET", "/failing")


@pytest.mark.parametrize(("proxies", "origin"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_who_calls_is_believed_from_as_many_proxies_as_there_are(store, proxies, origin):
    app = create_app(replace(SETTINGS, proxies=proxies), store=store)
    app.add_url_rule("/origin", view_func=lambda: request.remote_addr or "")
    told = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9"}
    assert app.test_client().get("/origin", headers=told).text == origin


def test_healthz_needs_nothing(served):
    answer = served.request("GET", "/healthz")
    assert (answer.status, answer.json()) == (200, {"status": "ok"})


def test_pages_of_any_origin_may_read_that_the_service_is_up_and_nothing_more_about_it(served):
    told = {
        path: served.request("GET", path, headers={"Origin": "https://1.apps.zdusercontent.com"}).headers
        for path in ("/healthz", "/readyz", "/metrics")
    }
    assert [path for path, headers in told.items() if "Access-Control-Allow-Origin" in headers] == ["/healthz"]
    assert told["/healthz"]["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in told["/healthz"]


def test_readyz_tells_of_a_worker_that_is_missing_and_webhooks_are_taken_in_all_the_same(served):
    answer = served.request("GET", "/readyz")
    assert (answer.status, answer.json()["worker"]) == (200, {"seen": False})
    say_alive(served.store, "a worker", datetime.now(UTC))
    answer = served.request("GET", "/readyz")
    told = answer.json()
    assert (answer.status, told["status"], told["worker"]) == (200, "ready", {"seen": True})
    assert told["store"]["durable"] is True
    assert told["store"]["accounts"] == 0
    assert told["rulebook"]["version"]


def test_readyz_counts_open_steps_and_names_nothing_of_the_house(served):
    served.store.put_account(ACME)
    served.store.put_account(replace(ACME_EU, secrets={}))
    answer = served.request("GET", "/readyz")
    assert answer.json()["store"]["open_steps"] == {"webhook": 1, "app": 2, "live": 0}
    told = answer.body.decode()
    assert not [word for word in ("acme", served.store.health()["version"]) if word in told]


def test_readyz_is_503_where_the_store_is_away_and_comes_back(served, valkey):
    valkey._process.kill()
    valkey._process.wait()
    answer = served.request("GET", "/readyz")
    assert (answer.status, answer.json()["store"]["reachable"]) == (503, False)
    valkey.ensure_running()
    assert served.request("GET", "/readyz").status == 200


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/nowhere", "/api/v1/stream"])
def test_every_answer_has_the_security_headers(served, path):
    headers = served.request("GET", path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_what_is_not_there_is_404_in_json(served):
    answer = served.request("GET", "/nowhere")
    assert (answer.status, answer.json()["error"]["code"]) == (404, "not_found")
    assert answer.json()["error"]["message"] == "There is nothing at this address."


def test_a_method_that_is_not_allowed_names_those_that_are(served):
    answer = served.request("DELETE", "/healthz")
    assert answer.status == 405
    assert "does not take that method" in answer.json()["error"]["message"]
    assert "GET" in answer.headers["Allow"]


def test_a_store_out_of_reach_says_when_to_come_back(served):
    answer = failing(served, StoreUnavailableError(retry_after=7))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "7")


def comes_back(answer):
    """Whether Zendesk sends it once more: only for a wait below a minute, by its own documentation."""
    return 0 < int(answer.headers["Retry-After"]) < 60


def test_a_helpdesk_that_fails_is_503_and_never_quoted(served):
    answer = failing(served, HelpdeskError("the customer's words"))
    assert (answer.status, comes_back(answer)) == (503, True)
    assert b"customer" not in answer.body


@pytest.fixture
def log():
    """What is logged, as JSON lines."""
    before = structlog.get_config()
    stream = io.StringIO()
    telemetry.configure_logging("test", stream=stream)
    yield stream
    structlog.configure(**before)


def test_an_error_that_nobody_foresaw_is_503_and_logged_without_its_words(served, log):
    answer = failing(served, KeyError("the customer's words"))
    assert (answer.status, comes_back(answer)) == (503, True)
    assert b"customer" not in answer.body
    (line,) = [json.loads(one) for one in log.getvalue().splitlines() if "web.fault" in one]
    assert (line["error"], line["process"], line["door"]) == ("KeyError", "test", "/failing")
    assert any("fail" in place for place in line["at"])
    assert "customer" not in log.getvalue()


def test_metrics_are_in_prometheus_s_format(served):
    answer = served.request("GET", "/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert b"# TYPE guidance_webhooks_accepted_total counter" in answer.body
    assert b"guidance_store_durable 1.0" in answer.body


def test_what_waits_what_failed_and_when_something_was_last_heard_of_are_metrics(served):
    served.store.put_account(ACME)
    now = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
    arrival = Arrival(account=ACME.id, kind="webhook", body=b"{}", received_at=now)
    served.store.accept(arrival)
    Heard(served.store).note(arrival)
    say_alive(served.store, "a worker", now)
    told = served.request("GET", "/metrics").body.decode().splitlines()
    assert "guidance_webhooks_waiting 1.0" in told
    assert "guidance_failures 0.0" in told
    figures = {
        line.split(" ")[0]: float(line.split(" ")[1])
        for line in told
        if "_timestamp_seconds" in line and "#" not in line
    }
    assert figures['guidance_webhooks_last_timestamp_seconds{account="zendesk:acme"}'] == now.timestamp()
    assert figures["guidance_worker_seen_timestamp_seconds"] == now.timestamp()


def test_metrics_are_answered_where_the_store_is_away(served, valkey):
    valkey._process.kill()
    valkey._process.wait()
    answer = served.request("GET", "/metrics")
    assert (answer.status, b"guidance_store_durable 0.0" in answer.body) == (200, True)
    assert b"guidance_failures" not in answer.body
