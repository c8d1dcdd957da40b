"""`guidance disconnect`: leaving with what is one's own, and with a word on what remains."""

from __future__ import annotations

import json

import pytest
import requests

from guidance.model import TicketKey
from tests import cast
from tests.connecting.test_connect_zendesk import ACCOUNT, connect  # noqa: F401


def leave(run, *options):
    return run("disconnect", ACCOUNT, *options)


@pytest.fixture
def left_with_a_promise(connect, store):  # noqa: F811
    """A connected account with one ticket, on which a call is promised."""
    from datetime import UTC, datetime

    from msgspec.structs import replace

    from guidance.pipeline import advance
    from guidance.rules import shipped_rulebook

    assert connect("--bot").exit_code == 0
    now = datetime.now(UTC)
    key = TicketKey(ACCOUNT, "4821")
    said = cast.amir_says("I'll call you tomorrow at 3pm.")
    event = replace(said, key=key, at=now, comment=replace(said.comment, at=now))
    case = replace(cast.case(), key=key)
    case = replace(case, conversation=replace(case.conversation, key=key))
    outcome = advance(case, event, shipped_rulebook(), now)
    assert store.save(outcome.case, outcome.effects, now=now)
    store.remember(f"access:{ACCOUNT}:12:4821", b"yes", seconds=60)


def test_leaving_deletes_the_webhook_and_says_what_remains(left_with_a_promise, run, admin, store):
    answer = leave(run)
    assert answer.exit_code == 0, answer.output
    assert admin.get("webhooks")["webhooks"] == []
    assert store.accounts() == []
    assert "the app stays installed" in answer.output
    assert "Still open: 1 promise, " in answer.output
    assert "I'll call you tomorrow at 3pm" in answer.output
    assert list(store.tickets(ACCOUNT)) == [TicketKey(ACCOUNT, "4821")]


def test_tickets_and_promises_are_taken_along(left_with_a_promise, run, tmp_path):
    file = tmp_path / "acme.jsonl"
    assert leave(run, "--export", file).exit_code == 0
    ticket, follow_up = map(json.loads, file.read_text().splitlines())
    assert "call you tomorrow" in ticket["ticket"]["comments"][0]["text"]
    assert follow_up["follow_up"]["ticket_id"] == "4821"
    assert file.stat().st_mode & 0o077 == 0


def test_an_account_without_tickets_leaves_an_empty_file_and_not_none(connect, run, tmp_path):  # noqa: F811
    connect("--bot")
    file = tmp_path / "acme.jsonl"
    assert "0 lines are written" in leave(run, "--export", file).output
    assert file.read_text() == ""


def test_a_wipe_leaves_no_key_that_names_the_account(left_with_a_promise, run, store, service):
    service.ends_its_work()  # else the worker may make a call of its own once the account is gone
    other = TicketKey(f"{ACCOUNT}-eu", "1")
    from guidance.conversations import empty_case

    assert store.save(empty_case(other), (), now=cast.NOW)
    assert leave(run, "--wipe", "--yes").exit_code == 0
    store.client.delete("{g}:accounts")
    left = [name.decode() for name in store.client.scan_iter() if ACCOUNT.encode() in name]
    assert [name for name in left if f"{ACCOUNT}-eu" not in name] == []
    assert store.load(other) is not None


def test_a_dry_run_leaves_all_as_it_is_and_names_what_would_go(left_with_a_promise, run, admin, store, service):
    answer = leave(run, "--wipe", "--dry-run")
    assert "1 ticket would be erased" in answer.output
    assert f"the webhook to {service.url}/webhooks/zendesk/acme would be deleted in Zendesk" in answer.output
    assert "the app stays installed in Zendesk until" in answer.output
    assert len(admin.get("webhooks")["webhooks"]) == 1
    assert store.account(ACCOUNT) is not None


def test_what_is_kept_of_an_account_that_was_disconnected_can_still_be_taken_along_and_erased(
    left_with_a_promise, run, store, service, tmp_path
):
    service.ends_its_work()
    assert (
        f"1 ticket kept here, each until its 90 days are over; `guidance disconnect {ACCOUNT} --wipe`"
        in leave(run).output
    )
    file = tmp_path / "acme.jsonl"
    answer = leave(run, "--wipe", "--yes", "--export", file)
    assert answer.exit_code == 0, answer.output
    assert "1 ticket erased here" in answer.output
    assert len(file.read_text().splitlines()) == 2
    assert list(store.tickets(ACCOUNT)) == []
    assert [one.what for one in store.changes()] == ["1 ticket erased", "disconnected", "connected"]
    assert "there is no account" in leave(run, "--wipe", "--yes").output


def test_a_wipe_is_asked_about(left_with_a_promise, run, store):
    answer = run("disconnect", ACCOUNT, "--wipe", given="n\n")
    assert answer.exit_code == 1
    assert store.account(ACCOUNT) is not None


def test_leaving_goes_on_where_the_helpdesk_does_not_answer(left_with_a_promise, run, desk, store, service):
    service.ends_its_work()  # else the worker, on a round of its own, may be the one who is not answered
    requests.post(f"{desk.url}/faults", json={"helpdesk": "zendesk", "next": ["500", "500"]}, timeout=5)
    answer = leave(run)
    assert answer.exit_code == 0
    assert "deleted in the helpdesk by hand" in answer.output
    assert store.accounts() == []
