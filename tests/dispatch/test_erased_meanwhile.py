"""What is erased stays erased, whatever a worker has in its hands at that moment."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from guidance import worker as worker_module
from guidance.dispatch.learning import learn
from guidance.model import Colleague, TicketChanged, TicketKey
from guidance.ports import Arrival, Changes, Snapshot
from guidance.reconcile import Approving, Gatherer, Reconciler
from guidance.rules import shipped_rulebook
from guidance.store.inbox import OFTEN
from guidance.worker import Worker
from tests import cast
from tests.cast import KEY, NOW, RANA
from tests.dispatch.test_inbox import odd
from tests.edges import ACME

SAID = cast.rana_says("My new street is Olive Street.", 1)
NAMED = TicketChanged(key=KEY, event_id="named", at=NOW, requester=RANA, fields=("requester",))


MESSAGE = Arrival(
    account=KEY.account, kind="event", body=msgspec.json.encode(SAID), received_at=NOW, ticket_id=KEY.ticket_id
)


def arrived(store, arrival=MESSAGE):
    """A message of Rana's is in a worker's hands."""
    store.accept(arrival)
    (entry,) = store.claim(KEY.shard, "a worker")
    return entry


def at_call(monkeypatch, client, number, act):
    """`act` before the client's call of this number; whether there were so many."""
    execute, calls, acted = client.execute_command, [0], []

    def counted(*args, **told):
        calls[0] += 1
        if calls[0] == number and not acted:
            acted.append(act())
        return execute(*args, **told)

    monkeypatch.setattr(client, "execute_command", counted)
    return acted


def test_a_message_in_a_workers_hands_brings_no_erased_ticket_back_at_whatever_moment(clockwork, store, monkeypatch):
    moment = 0
    while True:
        moment += 1
        clockwork.advancing.take(KEY, [NAMED])
        entry = arrived(store)
        with monkeypatch.context() as patched:
            acted = at_call(patched, store.client, moment, lambda: clockwork.advancing.take(KEY, [SAID], entry=entry))  # noqa: B023
            store.forget(KEY)
        assert store.load(KEY) is None, moment
        if not acted:
            break
    assert moment > 9


@pytest.mark.parametrize("deliveries", [1, OFTEN + 1])
def test_a_webhook_that_can_not_be_read_brings_no_erased_ticket_back_at_whatever_moment(
    clockwork, store, monkeypatch, deliveries
):
    monkeypatch.setattr(worker_module, "MOST_BEGUN", 0)
    worker = Worker(store, shipped_rulebook, clock=lambda: clockwork.now)
    moment = 0
    while True:
        moment += 1
        clockwork.advancing.take(KEY, [NAMED])
        entry = replace(arrived(store, replace(odd(KEY.ticket_id), mark=None)), deliveries=deliveries)
        with monkeypatch.context() as patched:
            acted = at_call(patched, store.client, moment, lambda: store.forget(KEY))
            worker._try(entry)
        if not acted:
            break
        for left in store.claim(KEY.shard, "a worker"):
            worker.work(left)
        assert (store.load(KEY), store.failures()) == (None, []), moment
    assert moment > 1


def test_what_is_worked_out_on_a_ticket_brings_nothing_back_after_it_was_erased_and_begun_again(clockwork, store):
    clockwork.advancing.take(KEY, [SAID])
    erased = []

    def step(case, now):
        if not erased:
            store.forget(KEY)
            erased.append(clockwork.advancing.take(KEY, [cast.rana_says("Hello again.", 5)]))
        return replace(case, woken_at=now), (), None

    clockwork.advancing.attempt(KEY, step, readers=lambda *_: ())
    assert [one.text for one in store.load(KEY).conversation.comments] == ["Hello again."]


def test_a_card_that_is_worked_out_while_its_ticket_is_erased_is_not_kept(clockwork, store, monkeypatch):
    clockwork.advancing.take(KEY, [NAMED, SAID])
    load = store.load

    def erased_behind_our_back(key):
        case = load(key)
        monkeypatch.setattr(store, "load", load)
        store.forget(key)
        return case

    monkeypatch.setattr(store, "load", erased_behind_our_back)
    learn(clockwork.advancing, KEY)
    assert store.card(KEY.account, KEY.ticket_id) is None


def listed(number):
    key = TicketKey(ACME.id, str(number))
    return TicketChanged(key=key, event_id=f"e{number}", at=NOW, requester=RANA, fields=("requester",), listed=True)


def leaves(store):
    """`guidance disconnect --wipe`, in another process."""
    store.drop_account(ACME.id)
    store.wipe(ACME.id)


def test_a_page_of_changes_that_is_taken_in_while_its_account_is_wiped_makes_no_ticket(clockwork, store):
    class Helpdesk:
        def changes(self, *, since, cursor=None):
            return Changes(events=tuple(map(listed, range(100, 106))), cursor="c")

    def take(key, events):
        if key.ticket_id == "103":
            leaves(store)
        return clockwork.advancing.take(key, events)

    Reconciler(store, lambda _: Helpdesk(), take, lambda: clockwork.now).run(ACME)
    assert list(store.tickets(ACME.id)) == []


def test_a_webhook_in_a_workers_hands_while_its_account_is_wiped_goes_without_a_trace(clockwork, store, monkeypatch):
    entry = arrived(store)
    with monkeypatch.context() as patched:
        patched.setattr(store, "forget_arrivals", lambda *_, **__: 0)  # it came in just after these were gone through
        leaves(store)
    clockwork.advancing.take(KEY, [SAID], entry=entry)
    assert (store.load(KEY), store.waiting()) == (None, 0)


def test_a_night_of_gathering_keeps_no_card_of_an_account_that_is_wiped_meanwhile(clockwork, store):
    class Helpdesk:
        def fetch_conversation(self, ticket_id):
            if ticket_id == "8":
                leaves(store)
            conversation = replace(cast.case().conversation, comments=(SAID.comment,))
            return Snapshot(conversation=conversation, updated_at=NOW)

        def recent_tickets(self, count):
            return ["7", "8", "9"]

    gatherer = Gatherer(store, lambda _: Helpdesk(), lambda: clockwork.now)
    gatherer.begin_night(ACME)
    gatherer.bring_cards(ACME, 3)
    assert store.unknown(ACME.id, ["7", "8", "9"]) == ["7", "8", "9"]


class Spare:
    """A helpdesk of which much is read in spare time; `meanwhile` happens while it answers."""

    def __init__(self, meanwhile):
        self._meanwhile = meanwhile

    def approved_texts(self):
        self._meanwhile()
        return ["Our bank account is 4411 0000."]

    def colleagues(self):
        self._meanwhile()
        return [Colleague(id="12", name="Amir Khan")]

    def recent_tickets(self, count):
        self._meanwhile()
        return [KEY.ticket_id]

    def fetch_conversation(self, ticket_id):
        self._meanwhile()
        conversation = replace(cast.case().conversation, comments=(SAID.comment,))
        return Snapshot(conversation=conversation, updated_at=NOW)


def test_what_is_read_of_an_account_in_spare_time_while_it_is_wiped_is_not_kept(clockwork, store):
    helpdesk = Spare(lambda: leaves(store))
    gatherer = Gatherer(store, lambda _: helpdesk, lambda: clockwork.now)
    for reads in (Approving(store, lambda _: helpdesk).run, gatherer.bring_roster, gatherer.begin_night):
        store.put_account(ACME)
        reads(ACME)
        assert not store.holds_of(ACME.id)


@pytest.mark.parametrize("moment", ["while it is fetched", "while its card is kept"])
def test_an_older_ticket_that_is_erased_while_it_is_gathered_leaves_no_card(clockwork, store, monkeypatch, moment):
    is_late = moment == "while its card is kept"
    gatherer = Gatherer(store, lambda _: Spare(lambda: None if is_late else store.forget(KEY)), lambda: clockwork.now)
    gatherer.begin_night(ACME)
    learn_it = store.learn

    def erased_before(account, ticket_id, card, *questions, **told):
        monkeypatch.setattr(store, "learn", learn_it)
        store.forget(KEY)
        learn_it(account, ticket_id, card, *questions, **told)

    if is_late:
        monkeypatch.setattr(store, "learn", erased_before)
    gatherer.bring_cards(ACME, 1)
    assert store.card(ACME.id, KEY.ticket_id) is None


def test_a_card_of_a_ticket_that_goes_on_after_it_was_erased_stays(clockwork, store):
    def goes_on():
        store.forget(KEY)
        clockwork.advancing.take(KEY, [NAMED, SAID])
        learn(clockwork.advancing, KEY)

    gatherer = Gatherer(store, lambda _: Spare(goes_on), lambda: clockwork.now)
    store.keep(f"backlog:{ACME.id}", msgspec.json.encode([KEY.ticket_id]), seconds=60)
    gatherer.bring_cards(ACME, 1)
    assert store.card(ACME.id, KEY.ticket_id) is not None


@pytest.mark.parametrize("connected", [True, False])
def test_a_ticket_is_begun_for_as_long_as_its_account_is_connected(clockwork, store, connected):
    if not connected:
        store.drop_account(ACME.id)
    clockwork.advancing.take(KEY, [SAID])
    assert (store.load(KEY) is not None) is connected
