"""`guidance doctor` on a whole service with both helpdesks connected: everything is looked at, and nothing is changed by it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from tests.connecting.test_connect_zendesk import connect  # noqa: F401


@pytest.fixture
def connected(connect, run, desk):  # noqa: F811
    assert connect("--bot").exit_code == 0
    told = ("--base-url", f"{desk.url}/freshdesk", "--api-key", desk.settings.secrets.freshdesk_api_key)
    assert run("connect", "freshdesk", "acme", *told, "--bot").exit_code == 0


def found_by(run):
    answer = run("doctor", "--json")
    told = [json.loads(line) for line in answer.output.splitlines()]
    return answer.exit_code, {(one["about"], one["told"].partition(": ")[0]): one for one in told}


def customer_writes(desk, account, ticket):
    words = {"account": account, "ticket": ticket, "text": "Is anybody there?"}
    assert requests.post(f"{desk.url}/desk/api/customer", json=words, timeout=5).status_code == 201


def test_both_helpdesks_are_looked_at_from_credentials_to_the_last_webhook(connected, run, desk, store):
    _, before = found_by(run)
    assert "and no webhook has come yet" in before["webhooks", "zendesk:acme"]["told"]
    customer_writes(desk, "zendesk:demo", "4821")
    customer_writes(desk, "freshdesk:demo", "318")
    until = time.monotonic() + 15
    while store.waiting() or any(not store.recall(f"heard:{one}:acme") for one in ("zendesk", "freshdesk")):
        assert time.monotonic() < until, "no webhook arrived and was worked off"
        time.sleep(0.05)
    code, found = found_by(run)
    assert code == 0, found
    shown = (Path(__file__).parents[2] / "docs" / "doctor.md").read_text("utf8")
    assert [about for about, _ in found if f"`{about}`" not in shown] == []
    for account in ("zendesk:acme", "freshdesk:acme"):
        assert found["access", account]["state"] == "good"
        assert "who may do all that is needed" in found["access", account]["told"]
        assert "calls a minute are left; we take half of them at most" in found["calls", account]["told"]
        assert found["webhooks", account]["told"].endswith("the last webhook came less than a minute ago")


def test_its_signed_tests_leave_no_trace_but_the_answer(connected, run, store):
    for _ in range(3):
        found_by(run)
    until = time.monotonic() + 10
    while store.waiting():
        assert time.monotonic() < until, "they were never worked off"
        time.sleep(0.05)
    assert store.failures() == []
    assert [list(store.cases(one.id, count=10)) for one in store.accounts()] == [[], []]
    assert store.recall("heard:zendesk:acme") is None


def test_a_key_that_was_withdrawn_is_told_with_what_to_do(connected, run, store):
    account = store.account("freshdesk:acme")
    store.put_account(replace(account, secrets=account.secrets | {"api_key": "gone"}))
    code, found = found_by(run)
    assert code == 1
    told = found["access", "freshdesk:acme"]
    assert (told["state"], "connect the account again" in told["told"]) == ("bad", True)
