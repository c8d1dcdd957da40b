"""A key that is lost, or another than before: what it locks is told, holds up nothing else, and can be connected anew."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from guidance.cli import main
from guidance.ports import Account
from guidance.store import open_store
from tests.cli.test_connect_freshdesk import admin, connect  # noqa: F401
from tests.edges import ACME_EU, Served, comment_added, signed

OTHER = "quite another key than before"
LOST = Account(id="zendesk:lost", base_url="http://127.0.0.1:1/zendesk", secrets={"webhook": "w", "client_secret": "c"})


@pytest.fixture
def run(valkey, store, monkeypatch):
    """A command line with a key of today, on a store where one account was sealed with that of before."""
    store.put_account(LOST)
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", OTHER)
    monkeypatch.setenv("COLUMNS", "200")
    today = open_store(valkey.url, key=OTHER.encode())
    today.put_account(ACME_EU)
    today.close()
    return lambda *arguments, given=None: CliRunner().invoke(main, [str(one) for one in arguments], input=given)


def test_accounts_are_listed_with_what_is_locked(run):
    told = run("accounts").output
    assert "webhook (sealed with another key)" in told
    assert "freshdesk:acme-eu" in told
    lines = map(json.loads, run("accounts", "list", "--json").output.splitlines())
    assert [one.get("locked") for one in lines] == [None, ["client_secret", "webhook"]]


@pytest.mark.parametrize(
    "command",
    [
        ["pause"],
        ["shadow", LOST.id],
        ["accounts", "put"],
    ],
)
def test_a_change_beside_the_secrets_goes_through_and_keeps_them_for_the_right_key(run, store, command):
    answer = run(*command, given=json.dumps({"id": LOST.id, "settings": {"grace_for": 60}}))
    assert answer.exit_code == 0, answer.output
    assert store.account(LOST.id).secrets == LOST.secrets
    assert store.account(LOST.id).settings


def test_a_new_secret_takes_the_place_of_a_locked_one(run, valkey):
    given = json.dumps({"id": LOST.id, "secrets": {"webhook": "new", "client_secret": None}})
    assert run("accounts", "put", given=given).exit_code == 0
    today = open_store(valkey.url, key=OTHER.encode())
    assert (today.account(LOST.id).secrets, today.account(LOST.id).locked) == ({"webhook": "new"}, {})
    today.close()


@pytest.mark.parametrize("command", [["accounts", "drop", LOST.id], ["disconnect", LOST.id, "--wipe", "--yes"]])
def test_a_locked_account_can_be_left(run, store, command):
    answer = run(*command)
    assert answer.exit_code == 0, answer.output
    assert store.account(LOST.id) is None


def test_the_doctor_names_it_and_looks_at_all_else(run):
    told = run("doctor").output
    assert f"✗ accounts    {LOST.id}: its secrets were sealed with another key: start with the key of before" in told
    assert "! ratings" in told or "✓ ratings" in told


def test_its_webhooks_are_to_be_sent_again_and_those_of_others_are_taken(run, valkey):
    today = open_store(valkey.url, key=OTHER.encode(), max_connections=96)
    with Served(today) as served:
        body = comment_added()
        answer = served.webhook(body, path="/webhooks/zendesk/lost", headers=signed(body))
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        secret = {"X-Guidance-Secret": ACME_EU.secrets["webhook"]}
        assert served.webhook(b'{"ticket_id": 1}', path="/webhooks/freshdesk/acme-eu", headers=secret).status == 200
        told = served.request("GET", "/readyz").json()["store"]
        assert (told["reachable"], told["accounts"], told["locked"]) == (True, 2, 1)
    today.close()


def test_a_helpdesk_is_connected_anew_over_what_is_locked(connect, store, valkey, monkeypatch):  # noqa: F811
    assert connect("--bot").exit_code == 0
    before = store.account("freshdesk:acme").secrets
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", OTHER)
    answer = connect()
    assert answer.exit_code == 0, answer.output
    today = open_store(valkey.url, key=OTHER.encode())
    kept = today.account("freshdesk:acme")
    assert (kept.locked, sorted(kept.secrets)) == ({}, ["api_key", "install", "webhook"])
    assert kept.secrets["install"] in answer.output
    assert kept.secrets["install"] != before["install"]
    today.close()


@pytest.fixture
def backup(store, tmp_path):
    store.put_account(LOST)
    store.keep("something", b"else", seconds=600)
    store.back_up(tmp_path / "backup")
    return tmp_path / "backup"


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """A new machine with a key of its own."""
    monkeypatch.delenv("GUIDANCE_REDIS_URL", raising=False)
    monkeypatch.setenv("GUIDANCE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", OTHER)
    return lambda *told: CliRunner().invoke(main, [str(one) for one in told])


def test_a_backup_of_another_key_is_refused_before_anything_is_filled_in(backup, elsewhere, tmp_path):
    refused = elsewhere("restore", backup)
    assert refused.exit_code == 1
    assert (
        "was sealed with another key: set GUIDANCE_SECRET_KEY or GUIDANCE_KEY_FILE to the key of then" in refused.output
    )
    assert elsewhere("restore", backup, "--without-key").exit_code == 0


def test_without_its_key_all_else_is_restored_and_it_is_said_what_is_to_be_connected(backup, elsewhere):
    answer = elsewhere("restore", backup, "--without-key")
    assert answer.exit_code == 0, answer.output
    assert f"! {LOST.id}: its secrets were sealed with another key" in answer.output
