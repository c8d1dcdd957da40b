"""What an account that leaves takes along beside its tickets: what nobody has worked off yet, and what backtests quote."""

from __future__ import annotations

import pytest

from guidance.conversations import empty_case
from guidance.errors import MalformedError
from guidance.model import CountRule, Schedule, TicketKey, Work
from guidance.ports import Arrival, Job
from guidance.store import keys
from tests.cast import NOW

ACCOUNT, OTHER = "zendesk:acme", "zendesk:acme-eu"


def arrived(store, account, ticket_id=None):
    body = b'{"text": "12 Olive Street"}'
    assert store.accept(Arrival(account=account, kind="webhook", body=body, received_at=NOW, ticket_id=ticket_id))


def waiting(store):
    """Whose arrivals wait for a worker."""
    claimed = [one for shard in keys.shards() for one in store.claim(shard, "a worker")]
    return sorted(one.arrival.account for one in claimed)


def test_what_nobody_has_worked_off_goes_with_its_account(store):
    arrived(store, ACCOUNT, "99")
    arrived(store, ACCOUNT)
    arrived(store, OTHER, "99")
    store.wipe(ACCOUNT)
    assert waiting(store) == [OTHER]


def test_what_is_planned_goes_with_its_account_wherever_it_lies(store):
    mine, theirs = TicketKey(ACCOUNT, "99"), TicketKey(OTHER, "99")
    for key in (mine, theirs):
        work = Work(id=f"forward:{key}:moved", kind="forward", account=key.account, ticket_id="99", at=NOW)
        assert store.save(empty_case(TicketKey(key.account, "1")), [Schedule(work=work)], now=NOW)
    store.wipe(ACCOUNT)
    left = [one.account for shard in keys.shards() for one in store.due(shard, now=NOW, lease_for=1)]
    assert left == [OTHER]


def test_what_can_not_be_read_goes_where_it_names_the_account(store):
    for body in (b"\xc1 zendesk:acme Olive Street", b"\xc1 zendesk:other Olive Street"):
        store.client.xadd(keys.inbox(3), {"a": body})
    store.wipe(ACCOUNT)
    assert [fields[b"a"] for _, fields in store.client.xrange(keys.inbox(3))] == [b"\xc1 zendesk:other Olive Street"]


def test_backtests_over_an_accounts_conversations_go_with_it_and_those_of_others_stay(store):
    for name, account, state in (("done", ACCOUNT, "done"), ("runs", ACCOUNT, "running"), ("other", OTHER, "done")):
        quoted = {"hits": [{"text": "12 Olive Street"}]}
        store.add_job(Job(id=name, who="omar", at=NOW, asked={"account": account}, state=state, found=quoted), b"")
    store.wipe(ACCOUNT)
    assert [one.id for one in store.jobs()] == ["other"]
    assert store.upload_of("runs") is None


def kept_of(store, account):
    """A ticket of the account, and a vote."""
    effects = [CountRule(day="2026-03-04", group="Billing", rule="r.x", what="followed", agent_id="12")]
    assert store.save(empty_case(TicketKey(account, "99")), effects, now=NOW)


def votes(store, account):
    return store.votes(account, since=NOW.date())


@pytest.mark.parametrize("named", ["zendesk:*", "zendesk:acm?", "zendesk:[a-z]cme", "*:*"])
def test_a_pattern_is_no_account_and_nothing_is_found_or_goes_for_it(store, named):
    kept_of(store, ACCOUNT)
    assert (store.holds_of(named), list(store.cases(named, count=9)), votes(store, named)) == (False, [], {})
    assert store.wipe(named) == 0
    assert [key.ticket_id for key in store.tickets(ACCOUNT)] == ["99"]
    assert votes(store, ACCOUNT) == {"r.x": (1, 0, 1)}


@pytest.mark.parametrize("named", ["zendesk", "zendesk:acme:99", "zendesk:", ":", ""])
def test_the_beginning_of_accounts_names_is_none_and_nothing_goes_for_it(store, named):
    kept_of(store, ACCOUNT)
    assert not store.holds_of(named)
    with pytest.raises(MalformedError, match="zendesk:acme"):
        store.wipe(named)
    assert [key.ticket_id for key in store.tickets(ACCOUNT)] == ["99"]
