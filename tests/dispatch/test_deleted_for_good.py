"""What the helpdesk deletes for good goes from here, too; what lies in its bin stays as it was for as long as it can be restored."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from guidance.dispatch.learning import learn
from guidance.integrations.zendesk.events import parse
from guidance.model import Fetched, Status, TaskChanged, TicketChanged, TicketDeleted
from guidance.ports import Arrival
from guidance.rules import shipped_rulebook
from guidance.worker import Worker
from tests.cast import KEY, NOW, RANA, amir_says, case, minutes, rana_says
from tests.dispatch.clockwork import AFTER, BEFORE, Died, S
from tests.edges import ACME

STREET = rana_says("My new street is Olive Street 12.", 1)
NAMED = TicketChanged(key=KEY, event_id="named", at=NOW, requester=RANA, fields=("requester",))
CALL = "Hi Rana, I'll call you tomorrow at 3pm about Olive Street 12."
WORDS = ("Olive", "Rana", "call you")


def is_deleted(clockwork, *, for_good=True):
    event = TicketDeleted(key=KEY, event_id=f"d{clockwork.now}", at=clockwork.now, for_good=for_good)
    clockwork.advancing.take(KEY, [event])
    return clockwork


def is_restored(clockwork):
    conversation = replace(case().conversation, comments=(STREET.comment, amir_says(CALL).comment))
    event = Fetched(key=KEY, event_id=f"f{clockwork.now}", at=clockwork.now, conversation=conversation)
    clockwork.advancing.take(KEY, [event])
    return clockwork


@pytest.fixture
def promised(clockwork):
    """Rana wrote her address, and Amir promised a call."""
    clockwork.advancing.take(KEY, [NAMED, STREET])
    return clockwork.promise(CALL)


def kept_words(store):
    """Which of her words stand in the ticket itself or in lists of promises."""
    held = msgspec.json.encode([store.load(KEY), store.follow_ups(ACME.id), settled(store)]).decode()
    return [word for word in WORDS if word in held]


def settled(store):
    return store.settled_follow_ups(ACME.id, since=NOW - timedelta(days=1))


def test_its_words_go_at_once_from_the_ticket_and_from_its_promises(promised, store):
    assert kept_words(store) == list(WORDS)
    is_deleted(promised.later(minutes=1))
    assert kept_words(store) == []
    assert store.recall("erased")
    assert store.tickets_of(ACME.id, RANA.id) == []


def test_what_was_only_heard_of_goes_with_it(clockwork, store):
    clockwork.advancing.take(KEY, [rana_says("My street is Olive Street.", 1, id="p:1", provisional=True)])
    is_deleted(clockwork)
    assert kept_words(store) == []
    assert store.recall("erased")


def test_its_promises_are_withdrawn_and_their_task_is_ended_without_their_words(promised):
    is_deleted(promised.later(minutes=11).runs()).runs()
    update = promised.helpdesk.updates[-1]
    assert (promised.state, update.is_done, [word for word in WORDS if word in update.subject]) == (
        S.WITHDRAWN,
        True,
        [],
    )


def test_a_day_later_nothing_is_left_of_it(promised, store):
    is_deleted(promised.later(minutes=11).runs()).runs()
    promised.later(hours=25).runs()
    assert (store.load(KEY), settled(store), store.was_forgotten(KEY)) == (None, [], True)
    assert all(KEY.ticket_id not in str(store.client.hkeys(name)) for name in store.client.scan_iter("*:work"))


@pytest.mark.parametrize(
    "fault", [("before", BEFORE), ("after", AFTER), ("before", Died())], ids=["before", "after", "died"]
)
def test_a_task_that_was_under_way_is_ended_all_the_same(promised, fault):
    promised.helpdesk.faults = [fault]
    promised.later(minutes=11)
    if isinstance(fault[1], Died):
        promised.dies()
    else:
        promised.runs()
    is_deleted(promised)
    for _ in range(4):
        promised.later(minutes=2).runs()
    assert [one.is_done for one in promised.helpdesk.updates[-1:]] == [True] * len(promised.tasks)


def test_a_task_is_ended_though_the_helpdesk_is_in_trouble_for_hours(promised, store):
    promised.later(minutes=11).runs()
    promised.helpdesk.faults = [("before", BEFORE)] * 6
    is_deleted(promised)
    for _ in range(20):
        promised.later(hours=1).runs()
    assert promised.helpdesk.updates[-1].is_done
    promised.later(hours=6).runs()
    assert store.load(KEY) is None


@pytest.mark.parametrize("at", [1, 30], ids=["written before", "dated after it"])
def test_what_comes_late_is_not_taken_in(promised, store, at):
    is_deleted(promised.later(minutes=20))
    promised.advancing.take(KEY, [rana_says("It is Olive Street 12.", at, id="9"), NAMED])
    is_restored(promised.later(minutes=20))
    assert kept_words(store) == []
    assert store.load(KEY).gone


def test_a_ticket_that_lay_in_the_bin_before_goes_as_well(promised, store):
    is_deleted(promised.later(minutes=11).runs(), for_good=False).runs()
    assert kept_words(store) == list(WORDS)
    is_deleted(promised.later(minutes=5)).runs()
    assert kept_words(store) == []
    promised.later(hours=25).runs()
    assert store.load(KEY) is None


def test_what_lies_in_the_bin_stays_as_it_was_for_thirty_days_and_no_longer(promised, store):
    is_deleted(promised, for_good=False).later(days=29).runs()
    assert kept_words(store) == list(WORDS)
    promised.later(days=2).runs()
    assert (store.load(KEY), settled(store)) == (None, [])
    assert store.recall("erased")


def test_what_is_heard_of_late_has_time_enough_to_end_its_task(promised, store):
    promised.later(minutes=11).runs().later(days=60)
    event = TicketDeleted(key=KEY, event_id="d", at=promised.now - timedelta(days=40))
    promised.advancing.take(KEY, [event])
    promised.runs()
    assert (store.load(KEY) is not None, promised.helpdesk.updates[-1].is_done) == (True, True)


def test_what_was_restored_stays(promised, store):
    is_deleted(promised, for_good=False)
    is_restored(promised.later(days=2)).later(days=40).runs()
    assert store.load(KEY).conversation.comments


def test_of_a_ticket_that_was_never_here_nothing_is_begun_and_its_card_goes(clockwork, store):
    solved = replace(case().conversation.ticket, status=Status.SOLVED)
    event = TicketChanged(key=KEY, event_id="s", at=NOW, ticket=solved, fields=("status",))
    clockwork.advancing.take(KEY, [NAMED, STREET, event])
    learn(clockwork.advancing, KEY)
    store.forget_work(f":{KEY}:")
    store.client.delete(f"{{s{KEY.shard}}}:case:{KEY}")
    assert store.card(ACME.id, KEY.ticket_id)
    worker = Worker(store, shipped_rulebook, clock=lambda: clockwork.now)
    told = (
        TicketDeleted(key=KEY, event_id="d", at=NOW),
        TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id="f", task_id="77"),
    )
    for one in told:
        body = msgspec.json.encode(one)
        store.accept(Arrival(account=ACME.id, kind="event", body=body, received_at=NOW, ticket_id=KEY.ticket_id))
    for entry in store.claim(KEY.shard, "a worker"):
        worker.work(entry)
    assert (store.load(KEY), store.waiting(), store.card(ACME.id, KEY.ticket_id)) == (None, 0, None)


@pytest.mark.parametrize(
    ("name", "for_good"), [("permanently_deleted", True), ("soft_deleted", False), ("marked_as_spam", False)]
)
def test_zendesk_says_which_it_is(name, for_good):
    body = {"type": f"zen:event-type:ticket.{name}", "id": "e", "time": "2026-03-04T15:20:00Z", "account_id": 1}
    told = {**body, "subject": "zen:ticket:4821", "detail": {"id": "4821", "requester_id": "900"}, "event": {}}
    (event,) = parse(json.dumps(told).encode(), ACME, received_at=NOW + minutes(5))
    assert event.for_good is for_good
