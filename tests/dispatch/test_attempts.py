"""The one way in which a case changes: a step on it, taken again where somebody else was first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.errors import StoreUnavailableError
from guidance.ports import Arrival
from guidance.rules import shipped_rulebook
from tests.cast import AMIR, KEY, NOW, rana_says, times_saved
from tests.edges import ACME

SAID = rana_says("Where is my parcel?")


@pytest.fixture
def advancing(store):
    store.put_account(ACME)
    advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: NOW)
    advancing.take(KEY, [SAID])
    return advancing


def test_a_step_is_taken_again_on_the_case_as_somebody_else_saved_it(advancing):
    seen = []

    def rates(case, _now):
        seen.append([comment.id for comment in case.conversation.comments])
        if len(seen) == 1:
            advancing.take(KEY, [rana_says("Hello?", 2)])
        return replace(case, estimated=0.5), (), case.readers

    assert advancing.attempt(KEY, rates, readers=lambda *_: [AMIR]) == (AMIR,)
    assert seen == [["1"], ["1", "2"]]
    held = advancing.store.load(KEY)
    assert (held.estimated, times_saved(held)) == (0.5, 3)


def test_a_step_that_never_gets_through_says_that_it_may_be_tried_again(advancing):
    def is_late(case, _now):
        advancing.store.save(advancing.store.load(KEY), (), now=NOW)
        return replace(case, estimated=0.5), (), None

    with pytest.raises(StoreUnavailableError) as caught:
        advancing.attempt(KEY, is_late, readers=lambda *_: [])
    assert caught.value.retry_after == 1


def test_nothing_is_written_where_nothing_changed_and_an_arrival_is_done_with_all_the_same(advancing, store):
    version = store.load(KEY).version
    advancing.take(KEY, [SAID])
    assert store.load(KEY).version == version
    store.accept(Arrival(account=ACME.id, kind="event", body=b"{}", received_at=NOW, ticket_id=KEY.ticket_id))
    shard, entries = next((n, found) for n in range(16) if (found := store.claim(n, "w")))
    advancing.take(KEY, [SAID], entry=entries[0])
    assert store.claim(shard, "w", idle_ms=0) == []
