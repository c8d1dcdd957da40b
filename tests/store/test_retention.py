"""Every kind of key lives as long as its row says: a store in which there is one of each, on a real Valkey."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from guidance.model import (
    CountHabit,
    CountRule,
    FollowUp,
    FollowUpState,
    KeepFollowUp,
    OpenQuestion,
    Publish,
    Schedule,
    Status,
    Work,
)
from guidance.ports import Account, Arrival, CallAsk, CallCount, Change, Edition, Failure, Job
from guidance.store.retention import CASES_LIVE_FOR, FAMILIES, family_of, span
from tests.cast import KEY, NOW, case
from tests.network.people import ROSTER, card

ACCOUNT, SHARD = KEY.account, KEY.shard
TOLD = re.compile(r"(?P<count>\d+|a) (?P<unit>minute|hour|day|year)s?\b")
ONE = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "year": timedelta(days=365),
}
SWEPT = {"out", "failures", "records", "changes", "jobs"}
"""Kinds that hold old and new beside each other: what has had its time is taken out, and the key stays."""


def told_of(family):
    """How long a row says that its keys live; None where it names no time."""
    found = TOLD.search(family.lifetime)
    return (1 if found["count"] == "a" else int(found["count"])) * ONE[found["unit"]] if found else None


def ticket_in(store):
    """A ticket with a promise that was kept and one that is open, planned work, news, and counts."""
    told = {"account": ACCOUNT, "ticket_id": KEY.ticket_id, "owner_id": "12", "comment_id": "1", "words": "I'll call"}
    promises = [
        FollowUp(id=f"f{SHARD}-1", **told),
        FollowUp(id=f"f{SHARD}-2", state=FollowUpState.KEPT, settled_at=NOW, **told),
    ]
    effects = [
        Publish(kind="hint", data={}),
        Schedule(work=Work(id="w", kind="wake", account=ACCOUNT, ticket_id=KEY.ticket_id, at=NOW)),
        CountRule(day="2026-03-04", group="", rule="r.x", what="dismissed:misread", agent_id="12"),
        CountHabit(id="e", agent_id="12", count="shown@2026-03-04"),
        *(KeepFollowUp(follow_up=one) for one in promises),
    ]
    assert store.save(replace(case(), follow_ups=tuple(promises)), effects, now=NOW)
    assert store.due(SHARD, now=NOW, lease_for=60, worker="w")


def arrivals_in(store):
    """One that waits, and one that failed."""
    for mark in ("m", "n"):
        store.accept(Arrival(account=ACCOUNT, kind="webhook", body=b"{}", received_at=NOW, ticket_id="1", mark=mark))
    entry = next(one for shard in range(16) for one in store.claim(shard, "a", count=1))
    store.quarantine(entry, Failure(id=f"{entry.shard}-1", kind="webhook", account=ACCOUNT, at=NOW, message="no"))


def people_in(store):
    store.put_account(Account(id=ACCOUNT, base_url="https://x"))
    store.watch(ACCOUNT, "12", [KEY.ticket_id], session="s", now=NOW)
    store.open_feed(ACCOUNT, "12", "secret")
    store.remember("session:1", b"1", seconds=60)
    store.hear(ACCOUNT, CallCount(total=100, remaining=0, resets_in=60), share=1, now=NOW)
    assert store.spend(ACCOUNT, CallAsk(credits=1, floor=0, share=1, usual=100, name="n"), now=NOW)


def network_in(store):
    asked = OpenQuestion(agent_id="12", by_id="7", by_name="Lena", comment_id="1", at=NOW)
    store.keep_roster(ACCOUNT, ROSTER)
    store.learn(ACCOUNT, "1", card("1", words={"mites": 3}), now=NOW)
    store.learn(ACCOUNT, "2", card("2", status=Status.OPEN, circle=("900",)), [asked], now=NOW)
    store.rest(ACCOUNT, "12", None)


def console_in(store):
    change = Change(at=NOW, who="lena", what="saved", subject="file:x")
    draft = msgspec.json.encode({"at": NOW})
    assert store.put_record("drafts", "x", draft, expected=None, change=change)
    assert store.publish(Edition(number=1), change=change)
    store.add_job(Job(id="waits", who="lena", at=NOW, asked={}), b"{}")
    store.add_job(Job(id="done", who="lena", at=NOW, asked={}, state="done"), None)


@pytest.fixture
def filled(store):
    """A store with a key of every kind."""
    ticket_in(store)
    store.trim_streams(datetime.now(UTC) + timedelta(minutes=11))
    ticket = store.load(KEY)
    assert store.save(ticket, [Publish(kind="hint", data={})], now=NOW)
    for fill in (arrivals_in, people_in, network_in, console_in):
        fill(store)
    return store


def lives_of(store):
    """Each key's family and how long the server keeps it; None where until it is taken away."""
    for key in store.client.keys("*"):
        left = store.client.pttl(key)
        yield key.decode(), family_of(key.decode()), timedelta(milliseconds=left) if left > 0 else None


def test_every_kind_of_key_has_its_row_and_every_row_its_kind_of_key(filled):
    found = {key: family for key, family, _ in lives_of(filled)}
    assert [key for key, family in found.items() if family is None] == []
    assert {one.shape for one in FAMILIES} - {family.shape for family in found.values()} == set()


def is_kept_as_told(family, left):
    """Whether the server keeps a key for what its row says; where that is as long as another one, for no more than a ticket's time."""
    told = told_of(family)
    if family.shape == "value" or (told and family.shape in SWEPT):
        return True
    if told is None:
        return left is None or left <= CASES_LIVE_FOR
    return left is not None and told - ONE["minute"] / 2 < left <= told


def test_the_server_keeps_each_key_for_as_long_as_its_row_says(filled):
    wrong = [(key, one.lifetime, left) for key, one, left in lives_of(filled) if not is_kept_as_told(one, left)]
    assert wrong == []


@pytest.mark.parametrize(
    ("shape", "look"),
    [
        ("failures", lambda store: store.failures()),
        ("jobs", lambda store: store.job("done")),
        ("records", lambda store: store.records("drafts")),
    ],
)
def test_what_holds_old_and_new_beside_each_other_is_swept_in_time(filled, shape, look):
    told = next(told_of(one) for one in FAMILIES if one.shape == shape)
    filled.tidy(now=NOW + told - ONE["minute"])
    assert look(filled)
    filled.tidy(now=NOW + told + ONE["minute"])
    assert not look(filled)


def test_the_trail_of_changes_reaches_back_as_far_as_its_row_says(store):
    (told,) = (told_of(one) for one in FAMILIES if one.shape == "changes")
    later = datetime.now(UTC) + told
    for number in range(300):  # entries go by whole nodes, of a hundred
        store.note_change(Change(at=later - ONE["minute"], who="lena", what=str(number), subject="file:x"))
    assert len(store.changes(count=1_000)) == 300
    store.note_change(Change(at=later + ONE["minute"], who="lena", what="last", subject="file:x"))
    assert len(store.changes(count=1_000)) < 300


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=120), "2 minutes"),
        (timedelta(hours=6), "6 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=400), "400 days"),
        (timedelta(days=365), "a year"),
        (timedelta(days=730), "2 years"),
    ],
)
def test_a_time_is_told_in_the_largest_unit_that_it_is_a_number_of(time, words):
    assert span(time) == words
