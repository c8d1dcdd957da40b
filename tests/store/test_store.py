"""The Store port on a real Valkey."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Thread
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.errors import MalformedError, SetupError, StoreUnavailableError
from guidance.model import SHARDS, CountHabit, FollowUp, KeepFollowUp, Publish, Schedule, TicketKey, Work
from guidance.ports import Account, Arrival, Failure, Job
from guidance.store import EmbeddedValkey, embedded, keys, open_store
from guidance.store.embedded import server_binary
from guidance.store.retention import family_of
from tests.cast import KEY, NOW, RANA, times_saved

SHARD = KEY.shard


def arrival(mark=None, body=b"{}"):
    return Arrival(account=KEY.account, kind="webhook", body=body, received_at=NOW, ticket_id=KEY.ticket_id, mark=mark)


def work(name="w", at=NOW, **told):
    return Work(id=name, kind="wake", account=KEY.account, ticket_id=KEY.ticket_id, at=at, **told)


def saved(store, *effects, case=None, entry=None, now=NOW):
    return store.save(case or empty_case(KEY), effects, entry=entry, now=now)


def rana_s(key, requester=RANA):
    """A new ticket of Rana's, or of another customer."""
    case = empty_case(key)
    return replace(case, conversation=replace(case.conversation, requester=requester))


def test_a_marked_arrival_is_taken_once(store):
    assert store.accept(arrival("m"))
    assert not store.accept(arrival("m"))
    assert len(store.claim(SHARD, "a")) == 1


def test_arrivals_without_a_mark_are_all_taken(store):
    assert store.accept(arrival())
    assert store.accept(arrival())
    assert len(store.claim(SHARD, "a")) == 2


def test_an_entry_is_handed_to_one_worker_only(store):
    store.accept(arrival())
    assert len(store.claim(SHARD, "a")) == 1
    assert store.claim(SHARD, "b") == []


def test_what_a_dead_worker_left_is_handed_to_the_next_one(store):
    store.accept(arrival())
    store.claim(SHARD, "dead")
    (entry,) = store.claim(SHARD, "alive", idle_ms=0)
    assert entry.deliveries >= 2
    store.acknowledge(entry)
    assert store.claim(SHARD, "alive", idle_ms=0) == []


def test_a_case_is_saved_and_read_again_without_what_is_handed_in(store):
    case = replace(empty_case(KEY), promised=("1",))
    assert saved(store, case=case)
    held = store.load(KEY)
    assert (held, times_saved(held)) == (replace(case, version=held.version), 1)


def test_of_two_who_save_the_same_version_one_wins(store):
    case = empty_case(KEY)
    results = []
    threads = [
        Thread(target=lambda n=n: results.append(saved(store, case=replace(case, promised=(str(n),)))))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 7 + [True]
    assert times_saved(store.load(KEY)) == 1


def test_who_loses_changes_nothing(store):
    saved(store)
    assert not saved(store, Publish(kind="hint", data={}), Schedule(work=work()))
    assert store.read_stream(SHARD, "0") == []
    assert store.due(SHARD, now=NOW, lease_for=60) == []


def test_saving_acknowledges_its_entry_in_the_same_step(store):
    store.accept(arrival())
    (entry,) = store.claim(SHARD, "a")
    assert saved(store, entry=entry)
    assert store.claim(SHARD, "b", idle_ms=0) == []


def test_an_entry_that_another_worker_finished_is_not_worked_again(store):
    store.accept(arrival())
    (entry,) = store.claim(SHARD, "a")
    saved(store, entry=entry)
    stored = store.load(KEY)
    seen = CountHabit(id="e", agent_id="12", count="rule@2026-03-04")
    assert saved(store, Publish(kind="hint", data={}), seen, case=stored, entry=entry)
    assert times_saved(store.load(KEY)) == 1
    assert store.read_stream(SHARD, "0") == []
    assert store.habits(KEY.account, "12", now=NOW).counted == ()


def test_stream_entries_carry_shard_and_account(store):
    saved(store, Publish(kind="hint", agent_id="12", data={"x": 1}))
    (entry,) = store.read_stream(SHARD, "0")
    assert entry.id.startswith(f"{SHARD}-")
    assert (entry.account, entry.ticket_id, entry.kind, entry.agent_id, entry.data) == (
        KEY.account,
        KEY.ticket_id,
        "hint",
        "12",
        {"x": 1},
    )


def test_a_stream_that_was_never_trimmed_reaches_back_for_ever(store):
    saved(store, Publish(kind="hint", data={}))
    assert store.stream_reaches_back(SHARD, 0)


def test_what_sidebars_were_told_goes_in_time_also_where_nothing_is_told_any_more(store):
    saved(store, Publish(kind="hint", data={"quote": "my street is Olive Street"}))
    now = datetime.now(UTC)
    store.tidy(now=now)
    assert len(store.read_stream(SHARD, "0")) == 1
    assert store.stream_reaches_back(SHARD, 0)
    store.tidy(now=now + timedelta(minutes=11))
    assert store.read_stream(SHARD, "0") == []
    assert not store.stream_reaches_back(SHARD, 0)
    assert store.stream_reaches_back(SHARD, int((now + timedelta(minutes=2)).timestamp() * 1000))


def test_an_arrival_that_can_not_be_read_holds_up_none_of_the_others_and_can_be_looked_at(store):
    for one in (b"\xc1 broken", b"\x81\xa7account\xacfreshdesk:ex"):
        store.client.xadd(keys.inbox(SHARD), {"a": one})
    store.accept(arrival())
    store.client.xadd(keys.inbox(SHARD), {"b": b""})
    assert [one.arrival.ticket_id for one in store.claim(SHARD, "a")] == [KEY.ticket_id]
    failures = store.failures()
    assert sorted(one.body for one in failures) == [b"", b"\x81\xa7account\xacfreshdesk:ex", b"\xc1 broken"]
    assert sorted(one.account for one in failures) == ["", "", "freshdesk:ex"]
    assert store.waiting() == 1


def test_what_can_not_be_read_is_erased_with_the_one_whose_words_are_in_it(store):
    store.client.xadd(keys.inbox(SHARD), {"a": b"\xc1 Rana@Example.com"})
    store.client.xadd(keys.inbox(SHARD), {"a": b"\xc1 somebody else"})
    assert store.forget_arrivals(KEY.account, ticket_ids=(), words=["rana@example.com"]) == 1
    store.claim(SHARD, "a")
    assert store.forget_arrivals(KEY.account, ticket_ids=(), words=["somebody"]) == 1
    assert store.failures() == []


def test_work_that_can_not_be_read_holds_up_none_of_the_rest(store):
    saved(store, Schedule(work=work("a")), Schedule(work=work("b")))
    store.client.hset(keys.work(SHARD), "a", b"\xc1 broken")
    assert [one.id for one in store.due(SHARD, now=NOW, lease_for=1)] == ["b"]
    (failure,) = store.failures()
    assert (failure.kind, failure.body) == ("work", b"\xc1 broken")
    assert store.client.zscore(keys.due(SHARD), "a") is None
    with pytest.raises(MalformedError, match="can't be tried again"):
        store.retry(failure.id, now=NOW)


def test_due_work_is_claimed_once_until_its_lease_is_over(store):
    saved(store, Schedule(work=work()))
    assert [one.attempt for one in store.due(SHARD, now=NOW, lease_for=60)] == [1]
    assert store.due(SHARD, now=NOW + timedelta(seconds=59), lease_for=60) == []
    assert [one.attempt for one in store.due(SHARD, now=NOW + timedelta(seconds=61), lease_for=60)] == [2]


def test_many_workers_claim_each_piece_once(store):
    saved(store, *(Schedule(work=work(f"w{n}")) for n in range(40)))
    claimed = []
    threads = [
        Thread(target=lambda: claimed.extend(store.due(SHARD, now=NOW, lease_for=60, count=40))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.id for one in claimed) == sorted(f"w{n}" for n in range(40))


def test_work_that_is_done_is_forgotten_and_work_put_off_comes_again(store):
    saved(store, Schedule(work=work("a")), Schedule(work=work("b")))
    first, second = store.due(SHARD, now=NOW, lease_for=1)
    store.done(first)
    store.postpone(second, at=NOW + timedelta(minutes=5))
    assert store.due(SHARD, now=NOW + timedelta(minutes=4), lease_for=1) == []
    assert [one.id for one in store.due(SHARD, now=NOW + timedelta(minutes=6), lease_for=1)] == [second.id]


def test_work_planned_anew_while_it_was_done_stays(store):
    saved(store, Schedule(work=work("a")))
    (claimed,) = store.due(SHARD, now=NOW, lease_for=1)
    saved(store, Schedule(work=work("a", at=NOW + timedelta(hours=1))), case=store.load(KEY))
    store.done(claimed)
    assert [one.id for one in store.due(SHARD, now=NOW + timedelta(hours=2), lease_for=1)] == ["a"]


def test_work_planned_anew_has_no_attempts_behind_it(store):
    saved(store, Schedule(work=work("a")))
    store.due(SHARD, now=NOW, lease_for=1)
    saved(store, Schedule(work=work("a")), case=store.load(KEY))
    assert [one.attempt for one in store.due(SHARD, now=NOW, lease_for=1)] == [1]


def test_what_is_counted_for_a_while_ends_a_while_after_the_first_time(store):
    assert store.tally("tries", seconds=900) == 1
    store.client.expire(keys.value("tally:tries"), 10)
    assert store.tally("tries", seconds=900) == 2
    assert store.client.ttl(keys.value("tally:tries")) <= 10


def test_work_given_up_is_a_failure_and_can_be_retried(store):
    saved(store, Schedule(work=work("a")))
    (claimed,) = store.due(SHARD, now=NOW, lease_for=1)
    body = msgspec.msgpack.encode(replace(claimed, attempt=0))
    store.give_up(claimed, Failure(id=f"{SHARD}-x", kind="wake", account=KEY.account, at=NOW, message="no", body=body))
    assert store.due(SHARD, now=NOW + timedelta(hours=1), lease_for=1) == []
    assert store.retry(f"{SHARD}-x", now=NOW)
    assert [one.id for one in store.due(SHARD, now=NOW, lease_for=1)] == ["a"]


def test_who_watches_is_known_until_they_look_away(store):
    store.watch(KEY.account, "12", [KEY.ticket_id], session="s", now=NOW)
    assert store.watchers(KEY, now=NOW) == ["12"]
    assert store.watchers(KEY, now=NOW + timedelta(minutes=3)) == []
    store.watch(KEY.account, "12", ["9"], session="s", now=NOW)
    assert store.watchers(KEY, now=NOW) == []


def test_an_agent_watches_a_ticket_until_the_last_of_their_windows_looks_away(store):
    store.watch(KEY.account, "12", [KEY.ticket_id], session="one", now=NOW)
    store.watch(KEY.account, "12", [KEY.ticket_id, "9"], session="two", now=NOW)
    assert store.watchers(KEY, now=NOW) == ["12"]
    store.watch(KEY.account, "12", ["9"], session="two", now=NOW)
    assert store.watchers(KEY, now=NOW) == ["12"]
    store.watch(KEY.account, "12", [], session="one", now=NOW)
    assert store.watchers(KEY, now=NOW) == []
    assert store.watchers(TicketKey(KEY.account, "9"), now=NOW) == ["12"]


def test_what_a_ticket_waits_for_is_due_as_soon_as_somebody_opens_it_and_what_a_worker_is_at_stays_with_it(store):
    waits, leased = work(f"fetch:{KEY}:", NOW + timedelta(minutes=20)), NOW + timedelta(seconds=50)
    saved(store, Schedule(work=waits))
    assert store.due(SHARD, now=NOW, lease_for=60) == []
    store.watch(KEY.account, "12", [KEY.ticket_id], session="s", now=NOW)
    (claimed,) = store.due(SHARD, now=NOW, lease_for=60)
    store.watch(KEY.account, "13", [KEY.ticket_id], session="t", now=leased)
    assert store.due(SHARD, now=leased, lease_for=60) == []
    store.postpone(claimed, at=NOW + timedelta(minutes=20))
    store.watch(KEY.account, "12", [KEY.ticket_id], session="s", now=NOW)
    assert store.due(SHARD, now=NOW, lease_for=60) == []


def test_windows_that_are_long_gone_are_not_kept_with_a_ticket_that_stays_open(store):
    for number in range(4):
        store.watch(KEY.account, "12", [KEY.ticket_id], session=f"s{number}", now=NOW + timedelta(minutes=3 * number))
    assert store.client.hlen(keys.watchers(KEY)) == 1


def test_a_habit_effect_counts_once_however_often_it_comes(store):
    effect = CountHabit(id="e", agent_id="12", count="shown@2026-03-04", mute="three-as.acknowledge")
    store.count(KEY.account, [effect, effect], now=NOW)
    habits = store.habits(KEY.account, "12", now=NOW)
    assert [(one.name, one.times) for one in habits.counted] == [("shown@2026-03-04", 1)]
    assert [mute.what for mute in habits.muted] == ["three-as.acknowledge"]


def test_secrets_are_sealed_at_rest_and_open_with_the_same_key_alone(store, valkey):
    store.put_account(Account(id="zendesk:acme", base_url="https://x", secrets={"token": "a-very-secret-token"}))
    assert b"a-very-secret-token" not in store.client.hget("{g}:accounts", "zendesk:acme")
    assert store.account("zendesk:acme").secrets == {"token": "a-very-secret-token"}
    other = open_store(valkey.url, key=b"quite another key")
    assert (other.account("zendesk:acme").secrets, [*other.account("zendesk:acme").locked]) == ({}, ["token"])
    other.close()


def test_forgetting_a_ticket_leaves_nothing_of_it(store):
    saved(store, Schedule(work=work(f"wake:{KEY}:x")))
    store.forget(KEY)
    assert store.load(KEY) is None
    assert store.due(SHARD, now=NOW + timedelta(days=1), lease_for=1) == []


def test_what_a_far_promise_keeps_longer_is_told_to_be_kept_longer(store):
    told = {"account": KEY.account, "ticket_id": KEY.ticket_id, "owner_id": "12", "due_at": NOW + timedelta(days=300)}
    promise = FollowUp(id=f"f{SHARD}-1", comment_id="1", words="I'll call Rana", **told)
    saved(store, KeepFollowUp(follow_up=promise), case=replace(rana_s(KEY), follow_ups=(promise,)))
    longer = {family_of(key.decode()) for key in store.client.keys("*") if store.client.ttl(key) > 91 * 24 * 3600}
    assert {"case", "followups", "requester"} <= {family.shape for family in longer}
    assert [one.shape for one in longer if "90 days" in one.lifetime and "promise falls due" not in one.lifetime] == []


def test_a_server_that_lost_its_scripts_gets_them_again(store):
    store.accept(arrival())
    store.client.script_flush()
    assert store.accept(arrival())


def test_what_was_accepted_survives_kill_9_of_the_server(tmp_path):
    server = EmbeddedValkey(tmp_path / "data")
    server.start()
    store = open_store(server.url, key=b"a key for tests only")
    for number in range(50):
        store.accept(arrival(f"m{number}"))
    os.kill(server.pid, signal.SIGKILL)
    with pytest.raises(StoreUnavailableError):
        for _ in range(100):
            store.accept(arrival())
            time.sleep(0.01)
    while not server.ensure_running():
        time.sleep(0.01)
    assert sum(len(store.claim(shard, "a", count=200)) for shard in range(SHARDS)) >= 50
    store.close()
    server.stop()


def test_a_data_folder_in_use_is_one_clear_sentence(tmp_path):
    server = EmbeddedValkey(tmp_path / "data")
    server.start()
    with pytest.raises(SetupError, match="is in use by another guidance"):
        EmbeddedValkey(tmp_path / "data").start()
    server.stop()


def test_a_socket_path_that_is_too_long_is_one_clear_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("GUIDANCE_RUN_DIR", str(tmp_path / ("x" * 120)))
    with pytest.raises(SetupError, match="too long"):
        EmbeddedValkey(tmp_path / "data")


def test_a_missing_binary_is_one_clear_sentence(monkeypatch):
    monkeypatch.setattr("guidance.store.embedded.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetupError, match="no Valkey or Redis server"):
        server_binary()


def test_no_server_is_left_behind_when_its_parent_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from guidance.store import EmbeddedValkey\n"
        "s = EmbeddedValkey(Path(sys.argv[1])); s.start(); print(s.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "data")], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while time.monotonic() < until and _lives(pid):
        time.sleep(0.02)
    assert not _lives(pid)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(status) and not status.startswith("Z")


def test_shards_spread_over_all_sixteen():
    assert {TicketKey("zendesk:acme", str(n)).shard for n in range(500)} == set(range(SHARDS))


def test_times_are_kept_to_the_millisecond(store):
    at = datetime(2026, 3, 4, 10, 0, 0, 123000, tzinfo=UTC)
    saved(store, Schedule(work=work(at=at)))
    assert store.due(SHARD, now=at - timedelta(milliseconds=1), lease_for=1) == []
    assert len(store.due(SHARD, now=at, lease_for=1)) == 1


def test_a_due_time_keeps_the_offset_in_which_it_was_promised(store):
    due_at = datetime(2026, 3, 5, 15, 0, tzinfo=ZoneInfo("America/New_York"))
    promise = FollowUp(
        id=f"f{SHARD}-1", account=KEY.account, ticket_id=KEY.ticket_id, comment_id="1", words="x", due_at=due_at
    )
    saved(store, KeepFollowUp(follow_up=promise), case=replace(empty_case(KEY), follow_ups=(promise,)))
    offset = timedelta(hours=-5)
    assert store.load(KEY).follow_ups[0].due_at.utcoffset() == offset
    assert store.follow_ups(KEY.account)[0].due_at.utcoffset() == offset


@pytest.mark.parametrize("due_at", [NOW, None], ids=["due", "undated"])
def test_an_open_promise_goes_with_its_ticket_when_that_has_outlived_its_time(store, due_at):
    store.put_account(Account(id=KEY.account, base_url="https://x"))
    other = TicketKey(KEY.account, next(str(n) for n in range(9_999) if TicketKey(KEY.account, str(n)).shard == SHARD))
    for key in (KEY, other):
        told = {"account": key.account, "ticket_id": key.ticket_id, "owner_id": "12", "due_at": due_at}
        promise = FollowUp(id=f"f{SHARD}-{key.ticket_id}", comment_id="1", words="I'll call Rana", **told)
        case = replace(empty_case(key), follow_ups=(promise,))
        saved(store, KeepFollowUp(follow_up=promise), case=case)
    store.client.delete(keys.case(KEY))  # as the server does in time
    store.tidy(now=NOW + timedelta(days=91))
    assert [one.ticket_id for one in store.follow_ups(KEY.account)] == [other.ticket_id]
    assert [one.ticket_id for one in store.follow_ups(KEY.account, owner_id="12")] == [other.ticket_id]
    assert store.client.hkeys(keys.follow_ups(SHARD, KEY.account)) == [f"f{SHARD}-{other.ticket_id}".encode()]


def test_an_account_is_changed_as_it_is_at_that_moment(store):
    account = Account(id="zendesk:acme", base_url="https://acme.example", secrets={"refresh_token": "1"})
    store.put_account(account)
    meanwhile = [lambda: store.swap_secrets(account.id, {"refresh_token": "2"}, expected={"refresh_token": "1"})]

    def paused(known):
        if meanwhile:
            assert meanwhile.pop()()
        return replace(known, settings={"paused": True})

    changed = store.change_account(account.id, paused)
    assert changed == store.account(account.id)
    assert (changed.secrets, changed.settings) == ({"refresh_token": "2"}, {"paused": True})
    assert store.change_account("zendesk:nobody", paused) is None


def test_a_pair_of_tokens_is_kept_whatever_else_of_the_account_changes_meanwhile(store, monkeypatch):
    account = Account(id="zendesk:acme", base_url="https://acme.example", secrets={"refresh_token": "1"})
    store.put_account(account)
    run, paused = store.run, []

    def first_somebody_pauses(*told):
        if not paused:
            paused.append(True)
            store.put_account(replace(account, settings={"paused": True}))
        return run(*told)

    monkeypatch.setattr(store, "run", first_somebody_pauses)
    assert store.swap_secrets(account.id, {"refresh_token": "2"}, expected={"refresh_token": "1"})
    assert store.account(account.id).secrets == {"refresh_token": "2"}
    assert not store.swap_secrets(account.id, {"refresh_token": "3"}, expected={"refresh_token": "1"})


def test_a_job_whose_process_ends_as_it_takes_it_is_taken_by_the_next(store, monkeypatch):
    for name, at in (("second", NOW + timedelta(seconds=1)), ("first", NOW)):
        store.add_job(Job(id=name, who="lena@example.com", at=at, asked={}), None)
    with monkeypatch.context() as patched:
        patched.setattr(store, "run", lambda *_: sys.exit())
        with pytest.raises(SystemExit):
            store.take_job(now=NOW, idle_for=30, wait=0)
    taken = [store.take_job(now=NOW, idle_for=30, wait=0) for _ in range(3)]
    assert [one and one.id for one in taken] == ["first", "second", None]


def test_a_ticket_is_named_under_whose_it_is_alone_and_under_nobody_once_it_is_erased(store):
    saved(store)
    assert store.client.keys("*:requester:*") == []
    for requester in (RANA, replace(RANA, id="901"), RANA):
        saved(store, case=replace(rana_s(KEY, requester), version=store.load(KEY).version))
        (index,) = store.client.keys("*:requester:*")
        assert store.client.smembers(index) == {KEY.ticket_id.encode()}
        assert store.tickets_of(KEY.account, requester.id) == [KEY.ticket_id]
    store.forget(KEY)
    assert store.client.keys("*:requester:*") == []


def test_a_ticket_that_went_to_another_customer_is_the_former_ones_no_more(store):
    for requester in (RANA, replace(RANA, id="901", name="Sami Haddad")):
        kept = store.load(KEY) or empty_case(KEY)
        saved(store, case=replace(kept, conversation=replace(kept.conversation, requester=requester)))
    assert (store.tickets_of(KEY.account, "900"), store.tickets_of(KEY.account, "901")) == ([], [KEY.ticket_id])


def test_a_requesters_tickets_are_found_for_as_long_as_the_one_that_is_kept_longest(store):
    far = FollowUp(
        id=f"f{SHARD}-1",
        account=KEY.account,
        ticket_id=KEY.ticket_id,
        comment_id="",
        words="back in the autumn",
        owner_id="7",
        due_at=NOW + timedelta(days=200),
        due_kind="time",
    )
    other = next(key for n in range(10_000) if (key := TicketKey(KEY.account, str(n))).shard == SHARD)
    saved(store, case=replace(rana_s(KEY), follow_ups=(far,)))
    saved(store, case=rana_s(other))
    (index,) = store.client.keys("*:requester:*")
    assert store.client.ttl(index) >= store.client.ttl(f"{{s{SHARD}}}:case:{KEY}") > 90 * 86_400


@pytest.mark.parametrize("name", ["²-1", "9" * 5000 + "-1", "16-1", "-1-1", ""])
def test_what_can_be_no_failures_id_is_none(store, name):
    assert store.failure(name) is None
    assert not store.drop_failure(name)


def test_a_store_that_still_reads_its_data_is_waited_for(tmp_path, monkeypatch):
    asked = tmp_path / "asked"
    seconds = SimpleNamespace(monotonic=lambda: asked.stat().st_size if asked.exists() else 0, sleep=time.sleep)
    monkeypatch.setattr(embedded, "time", seconds)
    monkeypatch.setattr(embedded, "server_binary", lambda: loading_for(tmp_path, pings=60))
    store = EmbeddedValkey(tmp_path)
    store.start()
    assert asked.stat().st_size == 60
    store.stop()


def test_waiting_for_a_store_s_data_ends_when_it_is_wanted_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "server_binary", lambda: loading_for(tmp_path, pings=10**9))
    store = EmbeddedValkey(tmp_path, is_wanted=lambda: not any(tmp_path.glob("asked")))
    with pytest.raises(SetupError, match="still reads"):
        store.start()
    store.stop()


def loading_for(folder, *, pings):
    """A server that says so many times that it is loading, then that it is there."""
    program = folder / "loading-server"
    program.write_text(
        f"#!{sys.executable}\n"
        "import socket, sys\n"
        "listener = socket.socket(socket.AF_UNIX)\n"
        "listener.bind(sys.argv[sys.argv.index('--unixsocket') + 1])\n"
        "listener.listen()\n"
        f"left = {pings}\n"
        "while True:\n"
        "    caller, _ = listener.accept()\n"
        "    while asked := caller.recv(4096):\n"
        "        if b'HELLO' in asked:\n"
        "            caller.sendall(b'%1\\r\\n+proto\\r\\n:3\\r\\n')\n"
        "        for _ in range(asked.count(b'SETINFO')):\n"
        "            caller.sendall(b'+OK\\r\\n')\n"
        "        for _ in range(asked.count(b'PING')):\n"
        "            left -= 1\n"
        f"            open({str(folder / 'asked')!r}, 'a').write('.')\n"
        "            caller.sendall(b'-LOADING reading its data\\r\\n' if left > 0 else b'+PONG\\r\\n')\n"
    )
    program.chmod(0o700)
    return program


def test_failures_go_in_time_however_many_newer_ones_there_are(store):
    def failed(number, days):
        one = Failure(
            id=f"3-{number}", kind="webhook", account=KEY.account, at=NOW - timedelta(days=days), message="no"
        )
        return msgspec.msgpack.encode(one)

    newer = {f"3-{number}": failed(number, 29) for number in range(10_000)}
    store.client.hset(keys.failures(3), mapping={**newer, "3-old": failed("old", 31)})
    assert store.tidy(now=NOW) == 1
    assert store.failure("3-old") is None
    assert len(store.failures(count=20_000)) == 10_000


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_an_upload_comes_back_as_it_was_whole_and_in_pieces(store, size):
    body = bytes(number % 251 for number in range(1 << 12)) * (size // (1 << 12)) + b"y" * (size % (1 << 12))
    store.add_job(Job(id="j", who="lena@example.com", at=NOW, asked={}), body)
    assert store.upload_of("j") == body
    *pieces, last = list(store.upload_pieces("j", overlap=3)) or [b""]
    assert b"".join([*(one[:-3] for one in pieces), last]) == body
    assert all(one[-3:] == after[:3] for one, after in zip(pieces, [*pieces[1:], last], strict=False))


def test_what_was_never_uploaded_has_no_pieces(store):
    assert list(store.upload_pieces("nothing", overlap=3)) == []
