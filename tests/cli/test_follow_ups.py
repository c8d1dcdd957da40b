"""`guidance follow-ups` on a real store."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from guidance.cli import main
from guidance.conversations import empty_case
from guidance.model import FollowUp, FollowUpState, KeepFollowUp, TicketKey
from tests.conftest import KEY
from tests.edges import ACME

NOW = datetime.now(UTC)


@pytest.fixture
def run(valkey, store, monkeypatch):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", KEY.decode())
    monkeypatch.setenv("COLUMNS", "200")
    store.put_account(ACME)
    return lambda *arguments: CliRunner().invoke(main, ["follow-ups", *arguments])


def keep(store, number, **told):
    key = TicketKey(ACME.id, str(number))
    one = FollowUp(
        id=f"f{key.shard}-{number:016x}",
        account=ACME.id,
        ticket_id=key.ticket_id,
        comment_id="1",
        words="I'll call",
        noted_at=NOW,
        **told,
    )
    case = store.load(key) or empty_case(key)
    assert store.save(replace(case, follow_ups=(one,)), [KeepFollowUp(follow_up=one)], now=NOW)
    return one


def test_open_promises_are_listed_by_due_time_without_their_words(run, store):
    keep(store, 2)
    keep(store, 1, due_at=NOW + timedelta(days=1), state=FollowUpState.PLANNED)
    answer = run()
    assert answer.output.index("planned") < answer.output.index("no time named")
    assert "I'll call" not in answer.output
    assert [json.loads(line)["words"] for line in run("list", "--json").output.splitlines()] == ["I'll call"] * 2


def test_however_many_there_are_none_is_cut_off(run, store):
    key = TicketKey(ACME.id, "1")
    many = [
        FollowUp(id=f"f{key.shard}-{n:016x}", account=ACME.id, ticket_id="1", comment_id="1", words="I'll call")
        for n in range(1_002)
    ]
    assert store.save(empty_case(key), [KeepFollowUp(follow_up=one) for one in many], now=NOW)
    assert len(run("list", "--json").output.splitlines()) == 1_002
    left = CliRunner().invoke(main, ["disconnect", ACME.id, "--dry-run"])
    assert "Still open: 1002 promises" in left.output


def test_late_ones_are_asked_for_alone(run, store):
    keep(store, 1, due_at=NOW - timedelta(hours=1), state=FollowUpState.LATE)
    keep(store, 2, due_at=NOW + timedelta(hours=1), state=FollowUpState.PLANNED)
    assert len(run("list", "--late", "--json").output.splitlines()) == 1


def test_the_record_is_by_week_and_gives_no_rate_over_fewer_than_five(run, store):
    kept = {"state": FollowUpState.KEPT, "settled_at": NOW}
    for number in range(3):
        keep(store, number, **kept)
    keep(store, 3, late_at=NOW, **kept)
    assert "too few" in run("record").output
    keep(store, 4, state=FollowUpState.BROKEN, settled_at=NOW)
    assert "60%" in run("record").output


def test_an_account_that_is_not_there_is_said_so(run):
    assert "no account zendesk:nobody" in run("list", "--account", "zendesk:nobody").output
