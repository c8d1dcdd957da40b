"""A backup holds everything that is kept, and a server of its own takes it back as it was."""

from __future__ import annotations

import errno
import os
import tracemalloc
from threading import Thread

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from guidance.cli import main
from guidance.errors import ConflictError, MalformedError, SetupError, StoreUnavailableError
from guidance.model import CountHabit, CountRule, FollowUp, KeepFollowUp, Publish, Schedule, TicketKey, Work
from guidance.ports import Account, Arrival, Change, Edition, Failure, Job
from guidance.store import EmbeddedValkey, RedisStore, keys, open_store
from guidance.store.backup import may_know_less
from tests.cast import KEY, NOW, case, minutes

SECRET_KEY = b"a key for tests only"


@pytest.fixture
def used(store):
    """A store with something of every kind."""
    one = FollowUp(
        id=f"f{KEY.shard}-1",
        account=KEY.account,
        ticket_id=KEY.ticket_id,
        comment_id="1",
        words="x",
        owner_id="12",
        due_at=NOW + minutes(60),
    )
    work = Work(id=f"wake:{KEY}:x", kind="wake", account=KEY.account, ticket_id=KEY.ticket_id, at=NOW)
    effects = [
        Publish(kind="hint", data={}),
        Schedule(work=work),
        KeepFollowUp(follow_up=one),
        CountRule(day="2026-03-04", group="Billing", rule="r.x", what="followed", agent_id="12"),
        CountHabit(id="e", agent_id="12", mute="all", until=NOW + minutes(60)),
    ]
    assert store.save(replace(case(), follow_ups=(one,)), effects, now=NOW)
    store.put_account(Account(id=KEY.account, base_url="https://x", secrets={"token": "a-very-secret-token"}))
    store.accept(
        Arrival(account=KEY.account, kind="webhook", body=b"\xff\x00", received_at=NOW, ticket_id="7", mark="m")
    )
    store.publish(Edition(number=1, files={"day": "text"}), change=Change(at=NOW, who="x", what="y", subject="z"))
    store.put_record("users", "lena@example.com", b"{}", expected=None)
    store.add_job(Job(id="j", who="x", at=NOW, asked={}), b"{}")
    store.remember("session:1", b"open", seconds=600)
    store.keep("reconcile:zendesk:acme", b"a cursor", seconds=600)
    store.watch(KEY.account, "12", [KEY.ticket_id], session="s", now=NOW)
    failure = Failure(id="3-1", kind="webhook", account=KEY.account, at=NOW, message="m")
    store.client.hset(keys.failures(3), failure.id, b"x")
    return store


def everything(store):
    """Every key with what it holds, and about how long it lives."""
    found = {}
    for name in store.client.scan_iter():
        kind = store.client.type(name).decode()
        read = {
            "string": store.client.get,
            "hash": store.client.hgetall,
            "set": store.client.smembers,
            "stream": store.client.xrange,
            "list": lambda one: store.client.lrange(one, 0, -1),
            "zset": lambda one: store.client.zrange(one, 0, -1, withscores=True),
        }
        found[name] = read[kind](name), round(store.client.ttl(name), -2)
    return found


PASSING = (b"{v:session:", b"watching", b"watchers", b":out")


def test_everything_that_is_kept_comes_back_and_sessions_do_not(used, tmp_path):
    before = everything(used)
    used.back_up(tmp_path / "backup")
    used.client.flushall()
    used.restore(tmp_path / "backup")
    assert everything(used) == {
        name: held for name, held in before.items() if not any(part in name for part in PASSING)
    }
    assert used.recall("session:1") is None
    assert used.account(KEY.account).secrets == {"token": "a-very-secret-token"}
    (entry,) = [one for shard in keys.shards() for one in used.claim(shard, "a worker")]
    assert entry.arrival.body == b"\xff\x00"


def test_a_backup_is_its_owners_alone_and_holds_no_open_secret(used, tmp_path):
    path = tmp_path / "backup"
    used.back_up(path)
    assert path.stat().st_mode & 0o777 == 0o600
    import gzip

    assert b"a-very-secret-token" not in gzip.decompress(path.read_bytes())
    assert [one.name for one in tmp_path.iterdir()] == ["backup"]


def test_a_place_where_nothing_can_be_written_is_named_and_nothing_is_left_there(used, tmp_path):
    with pytest.raises(SetupError, match="missing/backup can't be written: No such file or directory"):
        used.back_up(tmp_path / "missing" / "backup")


def test_a_pipe_or_device_keeps_its_place_and_no_file_takes_it(used, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SetupError, match="pipe is no file; name a file, or - for the standard output"):
        used.back_up(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_a_backup_goes_to_the_standard_output_where_that_is_asked_for(used, at_home, tmp_path):
    used.back_up(tmp_path / "backup")
    at_home("restore", tmp_path / "backup")
    answer = at_home("backup", "-")
    (tmp_path / "again").write_bytes(answer.stdout_bytes)
    used.client.flushall()
    assert used.restore(tmp_path / "again") > 5
    assert "keys written" in answer.stderr


def test_a_disk_that_is_full_is_one_sentence_and_leaves_no_half(used, tmp_path, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SetupError, match="backup can't be written: No space left on device"):
        used.back_up(tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_goes_away_leaves_no_half_of_a_backup(tmp_path):
    gone = open_store("redis://127.0.0.1:1", key=SECRET_KEY)
    with pytest.raises(StoreUnavailableError):
        gone.back_up(tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_use_is_not_mixed_up_with_a_backup(used, tmp_path):
    used.back_up(tmp_path / "backup")
    with pytest.raises(ConflictError, match="not empty"):
        used.restore(tmp_path / "backup")


@pytest.mark.parametrize(
    ("how", "told"),
    [("other", "is no gzip file, so no backup of ours"), ("cut", "is cut off"), ("damaged", "is cut off or damaged")],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_written(used, tmp_path, how, told):
    path = tmp_path / "backup"
    used.back_up(path)
    whole = path.read_bytes()
    middle = len(whole) // 2
    hurt = {
        "other": b"something else",
        "cut": whole[:-40],
        "damaged": whole[:middle] + bytes(20) + whole[middle + 20 :],
    }
    path.write_bytes(hurt[how])
    used.client.flushall()
    with pytest.raises(MalformedError, match=told):
        used.restore(path)
    assert used.client.dbsize() == 0


def test_damage_is_told_wherever_it_lies(used, tmp_path):
    path = tmp_path / "backup"
    used.back_up(path)
    whole = path.read_bytes()
    used.client.flushall()
    for place in range(20, len(whole) - 20, 40):
        path.write_bytes(whole[:place] + bytes(20) + whole[place + 20 :])
        with pytest.raises(MalformedError):
            used.restore(path)
    assert used.client.dbsize() == 0


@pytest.fixture
def at_home(monkeypatch, tmp_path):
    """An installation whose store is its own, with no service running."""
    monkeypatch.delenv("GUIDANCE_REDIS_URL", raising=False)
    monkeypatch.setenv("GUIDANCE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", SECRET_KEY.decode())
    return lambda *told: CliRunner().invoke(main, [str(one) for one in told])


def test_our_own_store_is_restored_and_backed_up_while_no_service_runs(used, at_home, tmp_path):
    used.back_up(tmp_path / "backup")
    assert "accounts: zendesk:acme" in at_home("restore", tmp_path / "backup").output
    again = at_home("backup", tmp_path / "again")
    assert again.exit_code == 0, again.output
    assert (tmp_path / "again").stat().st_size > 500
    refused = at_home("restore", tmp_path / "again")
    assert (refused.exit_code, "the store is not empty" in refused.output) == (1, True)


def test_a_backup_from_the_wrong_folder_is_no_empty_file_but_a_word_about_it(at_home, tmp_path):
    answer = at_home("backup", tmp_path / "backup")
    assert answer.exit_code == 1
    assert f"there is no store in {tmp_path / 'data'}" in answer.output
    assert not (tmp_path / "backup").exists()


def test_nothing_is_restored_under_a_service_that_runs(used, at_home, tmp_path):
    used.back_up(tmp_path / "backup")
    running = EmbeddedValkey(tmp_path / "data")
    running.start()
    try:
        refused = at_home("restore", tmp_path / "backup")
        assert "is in use by another guidance" in refused.output
        assert at_home("backup", tmp_path / "beside").exit_code == 0
    finally:
        running.stop()


def test_the_commands_take_a_store_from_one_server_to_another(used, valkey, tmp_path, monkeypatch):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", SECRET_KEY.decode())
    assert CliRunner().invoke(main, ["backup", str(tmp_path / "backup")]).exit_code == 0
    used.client.flushall()
    ran = CliRunner().invoke(main, ["restore", str(tmp_path / "backup")])
    assert ran.exit_code == 0, ran.output
    assert "accounts: zendesk:acme" in ran.output
    store = open_store(valkey.url, key=SECRET_KEY)
    assert store.edition().files == {"day": "text"}
    store.close()


def test_what_ends_while_it_is_written_down_is_left_out_and_the_rest_can_be_restored(used, tmp_path, monkeypatch):
    kind = used.client.type

    def ends_now(name):
        found = kind(name)
        if b"reconcile" in name or name.endswith(b":jobs"):
            used.client.delete(name)
        return found

    monkeypatch.setattr(used.client, "type", ends_now)
    path = tmp_path / "kept.gz"
    count = used.back_up(path)
    used.client.flushall()
    assert used.restore(path) == count
    assert used.job("j") is None
    assert used.account(KEY.account) is not None


def test_up_to_where_all_is_known_is_written_down_first_and_what_is_on_its_way_next(used, tmp_path, monkeypatch):
    used.keep("reconciled:zendesk:acme", b"a place", seconds=600)
    used.keep("whole:zendesk:acme", b"2026-03-04T12:00:00+00:00", seconds=600)
    kind, asked = used.client.type, []

    def noted(name):
        asked.append(name.decode())
        return kind(name)

    monkeypatch.setattr(used.client, "type", noted)
    count = used.back_up(tmp_path / "kept.gz")
    assert [name.partition(":")[2] for name in asked[:2]] == [
        "reconciled:zendesk:acme}:value",
        "whole:zendesk:acme}:value",
    ]
    assert asked[2].endswith(":inbox")
    assert len(asked) == len(set(asked)) == count


def test_a_restored_store_is_said_to_be_one_and_its_tickets_are_woken(used, at_home, tmp_path):
    used.back_up(tmp_path / "backup")
    used.client.flushall()
    assert at_home("restore", tmp_path / "backup").exit_code == 0
    assert at_home("backup", tmp_path / "again").exit_code == 0
    used.restore(tmp_path / "again")
    assert may_know_less(used)
    assert [
        one.data for one in used.due(KEY.shard, now=NOW + minutes(10**6), lease_for=1) if one.id.endswith("restored")
    ]


def test_a_key_that_the_server_names_twice_while_it_is_backed_up_is_put_back_once(used, tmp_path, monkeypatch):
    scan = used.client.scan_iter
    with monkeypatch.context() as patched:
        patched.setattr(used.client, "scan_iter", lambda **told: (name for one in scan(**told) for name in (one, one)))
        used.back_up(tmp_path / "backup")
    before = everything(used)
    used.client.flushall()
    used.restore(tmp_path / "backup")
    assert everything(used) == {
        name: held for name, held in before.items() if not any(part in name for part in PASSING)
    }


def test_a_backup_is_restored_out_of_a_pipe(used, tmp_path):
    used.back_up(tmp_path / "backup")
    used.client.flushall()
    os.mkfifo(tmp_path / "pipe")
    writing = Thread(target=lambda: (tmp_path / "pipe").write_bytes((tmp_path / "backup").read_bytes()))
    writing.start()
    assert used.restore(tmp_path / "pipe") > 5
    writing.join()


def peak_of(act):
    """How many bytes are needed at once."""
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_restore_needs_no_room_for_all_tickets_at_once(store, tmp_path):
    store.put_account(Account(id=KEY.account, base_url="https://x"))
    for number in range(200):
        body = os.urandom(10_000).hex()
        ticket = replace(case(), key=TicketKey(KEY.account, str(number)), promised=(body,))
        store.save(ticket, [], now=NOW)
    store.back_up(tmp_path / "backup")
    store.client.flushall()
    assert peak_of(lambda: store.restore(tmp_path / "backup")) < 2_000_000
    assert peak_of(lambda: store.mend(now=NOW)) < 2_000_000


def test_work_that_can_not_be_read_ends_no_restore_and_is_put_aside_by_whoever_claims_it(store):
    store.client.hset(keys.work(3), "fetch:x:", b"\xc1 broken")
    store.mend(now=NOW)
    assert store.due(3, now=NOW, lease_for=1) == []
    assert [one.body for one in store.failures()] == [b"\xc1 broken"]


def test_where_putting_right_is_cut_off_a_restored_store_is_known_for_one_all_the_same(
    used, valkey, tmp_path, monkeypatch
):
    def cut_off(_store, *, now):
        raise StoreUnavailableError("away")

    used.back_up(tmp_path / "backup")
    used.client.flushall()
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", SECRET_KEY.decode())
    monkeypatch.setattr(RedisStore, "mend", cut_off)
    ran = CliRunner().invoke(main, ["restore", str(tmp_path / "backup")])
    assert (ran.exit_code, "away" in ran.output) == (1, True), ran.output
    assert may_know_less(used)
