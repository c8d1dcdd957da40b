"""Webhooks lost, doubled and out of order: after reconcile every conversation is the helpdesk's, and nothing is there twice."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
import requests
from msgspec.structs import replace

from guidance.demo.helpdesk import REDACTED
from guidance.integrations import integrations
from guidance.integrations.zendesk.setup import FOR_TRIGGERS, TRIGGER_TEMPLATE
from guidance.model import TicketKey
from tests.connecting.conftest import Admin, fields_that_hold
from tests.connecting.test_connect_zendesk import ACCOUNT, connect  # noqa: F401

TICKETS = (4821, 4822, 4823, 4824)
CUSTOMER = ("Where is it?", "I wait and wait. This is ridiculous.", "Thank you, that helps.", "And the invoice?")
SECRET = "4111 1111 1111 1111"


class Amir(Admin):
    """An agent who answers tickets in the desk's Zendesk."""

    def __init__(self, desk):
        super().__init__(desk)
        passes = requests.post(f"{desk.url}/desk/api/sign-in", json={"agent": "amir"}, timeout=5).json()
        self.headers = {"Authorization": passes["zendesk"]["authorization"]}
        self.desk = desk

    def writes(self, ticket, text, *, public=True):
        self.call("PUT", f"tickets/{ticket}", {"ticket": {"comment": {"body": text, "public": public}}})

    def customer_writes(self, ticket, text):
        words = {"account": "zendesk:demo", "ticket": str(ticket), "text": text}
        assert requests.post(f"{self.desk.url}/desk/api/customer", json=words, timeout=5).ok

    def comment_saying(self, ticket, text):
        """The id of a comment by its words: we write notes of our own into these tickets, so the last one may be another."""
        comments = self.get(f"tickets/{ticket}/comments?sort=-created_at")["comments"]
        return next(one["id"] for one in comments if text in one["body"])


@pytest.fixture
def listening(connect, store, run, service, desk, admin):  # noqa: F811
    """A connected account, live everywhere, told of comments by events and by a trigger too, whose tasks are made at once."""
    assert connect("--bot").exit_code == 0
    body = {
        "name": "too",
        "endpoint": f"{service.url}/webhooks/zendesk/acme",
        "status": "active",
        "subscriptions": [FOR_TRIGGERS],
    }
    too = admin.call("POST", "webhooks", {"webhook": body})["webhook"]
    trigger = {
        "title": "Too",
        "conditions": {},
        "actions": [{"field": "notification_webhook", "value": [too["id"], TRIGGER_TEMPLATE]}],
    }
    admin.call("POST", "triggers", {"trigger": trigger})
    account = store.account(ACCOUNT)
    second = admin.get(f"webhooks/{too['id']}/signing_secret")["signing_secret"]["secret"]
    settings = {**account.settings, "live_in": None, "grace_for": 0}
    store.put_account(replace(account, secrets={**account.secrets, "webhook_old": second}, settings=settings))
    service.looks_anew()
    return store.account(ACCOUNT)


def weather(desk, **ordered):
    assert requests.post(f"{desk.url}/desk/api/weather", json=ordered, timeout=5).ok


def a_day_at_the_desk(amir, desk, chance, turns):
    """Customers and Amir write; a tenth of the webhooks is lost, a tenth comes twice, all are out of order."""
    promises = 0
    for turn in range(turns):
        weather(desk, drop=int(chance.random() < 0.1), double=int(chance.random() < 0.1), shuffle=chance.randint(2, 6))
        ticket = chance.choice(TICKETS)
        amir.customer_writes(ticket, f"{chance.choice(CUSTOMER)} ({turn})")
        if turn % 5 == 0:
            amir.writes(ticket, f"Hello, I'll call you tomorrow at {1 + turn % 4}pm.\n\nBox {turn}")
            promises += 1
        if turn % 7 == 0:
            amir.writes(ticket, f"A note for the team ({turn}).", public=False)
        if turn % 9 == 0:
            told = f"My card is {SECRET}, number {turn}."
            amir.customer_writes(ticket, told)
            weather(desk, drop=turn % 2, double=1, shuffle=0)
            amir.call("PUT", f"tickets/{ticket}/comments/{amir.comment_saying(ticket, told)}/redact", {"text": SECRET})
    return promises


def said(conversation):
    """What a conversation says, without comments in which something was blanked out: those may be gone from ours."""
    return [(c.id, c.author, c.visibility, c.text) for c in conversation.comments if REDACTED not in c.text]


def held(store, ticket):
    return store.load(TicketKey(ACCOUNT, str(ticket)))


def wait_until(holds, within=30.0):
    until = time.monotonic() + within
    while not holds():
        if time.monotonic() > until:
            return
        time.sleep(0.1)


def test_a_day_of_bad_weather_leaves_every_conversation_as_the_helpdesk_has_it(listening, run, store, desk):
    amir, chance = Amir(desk), random.Random(20417)
    promises = a_day_at_the_desk(amir, desk, chance, turns=60)
    weather(desk)
    client = integrations()["zendesk"].connect(listening)
    assert "changes" in run("reconcile", ACCOUNT).output

    def theirs(ticket):
        return said(client.fetch_conversation(str(ticket)).conversation)

    def is_whole():
        cases = {ticket: held(store, ticket) for ticket in TICKETS}
        is_clean = all(case and SECRET not in str(case) for case in cases.values())
        return is_clean and all(said(case.conversation) == theirs(ticket) for ticket, case in cases.items())

    wait_until(is_whole)
    for ticket in TICKETS:
        case = held(store, ticket)
        assert said(case.conversation) == theirs(ticket)
        assert fields_that_hold(SECRET, case) == []
        assert case.provisional == ()
    assert_nothing_is_doubled(store, amir, promises)


def assert_nothing_is_doubled(store, amir, promises):
    """Each promise once, and one task for each ticket on which something was promised."""

    def all_promises():
        return [one for ticket in TICKETS for one in store.follow_ups(ACCOUNT, ticket_id=str(ticket))]

    assert len(all_promises()) == promises
    wait_until(lambda: all(one.task_id for one in all_promises()))
    tasks = Counter(one["external_id"] for one in amir.get("tickets?per_page=100")["tickets"] if one["type"] == "task")
    promised_on = {one.ticket_id for one in all_promises()}
    assert (len(tasks), set(tasks.values())) == (len(promised_on), {1})
    assert len({one.task_id for one in all_promises()}) == len(promised_on)
    for ticket in TICKETS:
        for slot in held(store, ticket).slots:
            assert max(Counter((one.rule, one.slot) for one in slot.seen).values(), default=1) == 1


def test_a_ticket_deleted_while_nobody_listened_is_gone_after_reconcile(listening, run, store, desk, admin):
    amir = Amir(desk)
    amir.customer_writes(4824, "Hello?")
    wait_until(lambda: held(store, 4824) is not None)
    weather(desk, drop=9)
    admin.call("DELETE", "tickets/4824")
    run("reconcile", ACCOUNT)
    assert held(store, 4824).gone


def test_a_task_that_was_solved_while_nobody_listened_keeps_its_promise(listening, run, store, desk):
    amir = Amir(desk)
    amir.writes(4821, "Hello, I'll call you tomorrow at 3pm.")
    wait_until(lambda: any(one.task_id for one in store.follow_ups(ACCOUNT)))
    (promise,) = store.follow_ups(ACCOUNT)
    weather(desk, drop=9)
    amir.call("PUT", f"tickets/{promise.task_id}", {"ticket": {"status": "solved"}})
    run("reconcile", ACCOUNT)
    assert store.follow_up(ACCOUNT, promise.id).state == "kept"


def test_the_worker_makes_a_lost_webhook_good_by_itself(listening, store, desk):
    """Rounds are thirty seconds apart, Zendesk's export lags by one minute: within two minutes all told."""
    from guidance.reconcile import EVERY
    from guidance.worker import LOOKS_EVERY

    weather(desk, drop=2)
    Amir(desk).customer_writes(4822, "Is anybody there?")
    wait_until(lambda: (case := held(store, 4822)) and case.conversation.comments, within=EVERY + LOOKS_EVERY)
    assert "Is anybody there?" in held(store, 4822).conversation.comments[-1].text
    assert EVERY <= 45


def test_promises_of_a_ticket_merged_while_nobody_listened_go_over_to_the_other_one(listening, run, store, desk):
    amir = Amir(desk)
    amir.writes(4823, "Hello, I'll send you the care guide tomorrow at 3pm.")
    wait_until(lambda: any(one.task_id for one in store.follow_ups(ACCOUNT, ticket_id="4823")))
    weather(desk, drop=9)
    amir.call("POST", "tickets/4824/merge", {"ids": [4823]})
    run("reconcile", ACCOUNT)
    wait_until(lambda: store.follow_ups(ACCOUNT, ticket_id="4824"))
    (moved,) = store.follow_ups(ACCOUNT, ticket_id="4824")
    assert "care guide" in moved.words
    wait_until(lambda: all(one.moved_to for one in store.follow_ups(ACCOUNT, ticket_id="4823")))
    run("reconcile", ACCOUNT)
    assert len(store.follow_ups(ACCOUNT, ticket_id="4824")) == 1


def test_a_merge_that_repeats_the_promise_to_the_customer_makes_no_second_one(listening, run, store, desk):
    amir = Amir(desk)
    amir.writes(4823, "Hello, I'll send you the care guide tomorrow at 3pm.")
    wait_until(lambda: any(one.task_id for one in store.follow_ups(ACCOUNT, ticket_id="4823")))
    amir.call("POST", "tickets/4824/merge", {"ids": [4823], "target_comment_is_public": True})
    wait_until(lambda: store.follow_ups(ACCOUNT, ticket_id="4824"))
    run("reconcile", ACCOUNT)
    wait_until(lambda: "care guide" in held(store, 4824).conversation.comments[-1].text)
    assert held(store, 4824).conversation.comments[-1].is_public_reply
    (moved,) = store.follow_ups(ACCOUNT, ticket_id="4824")
    assert moved.moved_from.startswith("4823/")


def test_a_number_that_only_one_of_two_tickets_names_is_no_merge(listening, run, store, desk):
    amir = Amir(desk)
    amir.writes(4823, "Hello, I'll send you the care guide tomorrow at 3pm.")
    wait_until(lambda: any(one.task_id for one in store.follow_ups(ACCOUNT, ticket_id="4823")))
    weather(desk, drop=9)
    amir.writes(4823, "This is the same as #4822.", public=False)
    amir.call("PUT", "tickets/4823", {"ticket": {"tags": ["closed_by_merge"], "status": "closed"}})
    run("reconcile", ACCOUNT)
    assert held(store, 4823).merged_into is None
    assert store.follow_ups(ACCOUNT, ticket_id="4822") == []
