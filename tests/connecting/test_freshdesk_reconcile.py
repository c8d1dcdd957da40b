"""Freshdesk's webhooks lost, doubled and out of order: reconcile makes every conversation the helpdesk's, and nothing is there twice."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
import requests
from msgspec.structs import replace

from guidance.integrations import integrations
from guidance.model import TicketKey
from tests.connecting.conftest import fields_that_hold

ACCOUNT = "freshdesk:acme"
CUSTOMER = ("Where is it?", "I wait and wait. This is ridiculous.", "Thank you, that helps.", "And the invoice?")
SECRET = "4111 1111 1111 1111"


class Amir:
    """An agent who answers tickets in the desk's Freshdesk."""

    def __init__(self, desk):
        self.desk, self.base = desk, f"{desk.url}/freshdesk/api/v2"
        passes = requests.post(f"{desk.url}/desk/api/sign-in", json={"agent": "amir"}, timeout=5).json()
        self.headers = {"Authorization": passes["freshdesk"]["authorization"]}

    def call(self, method, path, body=None):
        answer = requests.request(method, f"{self.base}/{path}", json=body, headers=self.headers, timeout=5)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def replies(self, ticket, text):
        self.call("POST", f"tickets/{ticket}/reply", {"body": text})

    def notes(self, ticket, text):
        return self.call("POST", f"tickets/{ticket}/notes", {"body": text, "private": True})["id"]

    def customer_writes(self, ticket, text):
        words = {"account": "freshdesk:demo", "ticket": str(ticket), "text": text}
        assert requests.post(f"{self.desk.url}/desk/api/customer", json=words, timeout=5).ok

    def comment_saying(self, ticket, text):
        """The id of a comment by its words: we write notes of our own into these tickets, so the last one may be another."""
        comments = self.call("GET", f"tickets/{ticket}/conversations?per_page=100")
        return next(one["id"] for one in reversed(comments) if text in one["body_text"])

    def tasks(self):
        return [one for one in self.call("GET", "tickets?per_page=100") if "guidance-followup" in one["tags"]]


@pytest.fixture
def listening(run, desk, store, service):
    """A connected account, live everywhere, whose tasks are made at once and whose calls are all ours."""
    key = desk.settings.secrets.freshdesk_api_key
    told = ("--base-url", f"{desk.url}/freshdesk", "--api-key", key, "--bot", "--share", "1")
    answer = run("connect", "freshdesk", "acme", *told)
    assert answer.exit_code == 0, answer.output
    account = store.account(ACCOUNT)
    store.put_account(replace(account, settings={**account.settings, "live_in": None, "grace_for": 0}))
    service.looks_anew()
    return store.account(ACCOUNT)


@pytest.fixture
def amir(desk, listening):
    return Amir(desk)


def weather(desk, **ordered):
    assert requests.post(f"{desk.url}/desk/api/weather", json=ordered, timeout=5).ok


def a_day_at_the_desk(amir, desk, chance, tickets, turns):
    """Customers and Amir write; a tenth of the webhooks is lost, a tenth comes twice, all are out of order."""
    promises = 0
    for turn in range(turns):
        weather(desk, drop=int(chance.random() < 0.1), double=int(chance.random() < 0.1), shuffle=chance.randint(2, 6))
        ticket = chance.choice(tickets)
        amir.customer_writes(ticket, f"{chance.choice(CUSTOMER)} ({turn})")
        if turn % 5 == 0:
            amir.replies(ticket, f"Hello, letter {turn} is here. I'll call you tomorrow at {1 + turn % 4}pm.")
            promises += 1
        if turn % 7 == 0:
            note = amir.notes(ticket, f"A note for the team ({turn}). Card {SECRET}.")
            amir.call("PUT", f"conversations/{note}", {"body": f"A note for the team ({turn})."})
        if turn % 9 == 0:
            told = f"My card is {SECRET}, number {turn}."
            amir.customer_writes(ticket, told)
            amir.call("DELETE", f"conversations/{amir.comment_saying(ticket, told)}")
    return promises


def said(conversation):
    return [(c.id, c.author, c.visibility, c.text) for c in conversation.comments]


def held(store, ticket):
    return store.load(TicketKey(ACCOUNT, str(ticket)))


def wait_until(holds, within=40.0):
    until = time.monotonic() + within
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)


def test_a_day_of_bad_weather_leaves_every_conversation_as_the_helpdesk_has_it(amir, listening, run, store, desk):
    tickets = [one["id"] for one in amir.call("GET", "tickets?per_page=100")]
    promises = a_day_at_the_desk(amir, desk, random.Random(318), tickets, turns=40)
    weather(desk)
    client = integrations()["freshdesk"].connect(listening)
    assert "changes" in run("reconcile", ACCOUNT).output

    def is_whole():
        return all(
            (case := held(store, ticket))
            and said(case.conversation) == said(client.fetch_conversation(str(ticket)).conversation)
            and not case.provisional
            for ticket in tickets
        )

    wait_until(is_whole)
    for ticket in tickets:
        case = held(store, ticket)
        assert said(case.conversation) == said(client.fetch_conversation(str(ticket)).conversation)
        assert fields_that_hold(SECRET, case) == []
        assert case.provisional == ()
        for slot in case.slots:
            assert max(Counter((one.rule, one.slot) for one in slot.seen).values(), default=1) == 1
    wait_until(lambda: all(one.task_id for one in store.follow_ups(ACCOUNT)))
    assert len(store.follow_ups(ACCOUNT)) == promises
    tasks = Counter(tag for one in amir.tasks() for tag in one["tags"] if tag.startswith("fu-"))
    made = {one.task_id for one in store.follow_ups(ACCOUNT) if one.task_id}
    assert made == {str(one["id"]) for one in amir.tasks()}  # promises of one ticket may share a task
    assert set(tasks.values()) == {1}


def test_a_ticket_deleted_while_nobody_listened_is_gone_after_reconcile(amir, run, store, desk):
    ticket = amir.call("GET", "tickets")[0]["id"]
    amir.customer_writes(ticket, "Hello?")
    wait_until(lambda: held(store, ticket) is not None)
    weather(desk, drop=9)
    amir.call("DELETE", f"tickets/{ticket}")
    run("reconcile", ACCOUNT)
    assert held(store, ticket).gone


def test_a_task_that_was_solved_while_nobody_listened_keeps_its_promise(amir, run, store, desk):
    ticket = amir.call("GET", "tickets")[0]["id"]
    amir.replies(ticket, "Hello, I'll call you tomorrow at 3pm.")
    wait_until(lambda: any(one.task_id for one in store.follow_ups(ACCOUNT)))
    (promise,) = store.follow_ups(ACCOUNT)
    weather(desk, drop=9)
    amir.call("PUT", f"tickets/{promise.task_id}", {"status": 4})
    run("reconcile", ACCOUNT)
    assert store.follow_ups(ACCOUNT, ticket_id=str(ticket))[0].state == "kept"
