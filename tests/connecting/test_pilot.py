"""From nothing to a hint for one group, and none elsewhere: as an admin goes about it, over real HTTP."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager

import pytest
import requests

from guidance.sidebar import Sessions
from tests.conftest import KEY
from tests.connecting.test_connect_zendesk import ACCOUNT, connect, install  # noqa: F401
from tests.edges import Sidebar

BILLING, PLANTS = "4823", "4821"
"""Henrik's ticket, of the group Billing, and Rana's, of Plant care; both are Amir's to answer."""

AMIR = "36000001"
ANGRY = "This is the third time I write about this. I am really disappointed. Where is my money?"
COLD = "Please send us your order number so that we can look into the matter."


@pytest.fixture
def connected(connect, desk, run, tmp_path):  # noqa: F811
    assert connect("--bot").exit_code == 0
    assert install(run, desk, tmp_path).status_code == 200
    assert connect("--app").exit_code == 0


class Agent:
    """Amir, at the sidebar of one service."""

    def __init__(self, service, store):
        from datetime import UTC, datetime

        self.service = service
        session = Sessions(KEY, store, lambda: datetime.now(UTC)).open(ACCOUNT, AMIR)
        self.headers = {"Authorization": f"Bearer {session.token}"}
        self.base = f"{service.url}/api/v1"

    def opens(self, *tickets):
        answer = requests.put(f"{self.base}/stream/watch", json={"tickets": tickets}, headers=self.headers, timeout=5)
        assert answer.ok, answer.text
        return [self.advice(ticket) for ticket in tickets]

    def advice(self, ticket):
        return requests.get(f"{self.base}/tickets/{ACCOUNT}/{ticket}/advice", headers=self.headers, timeout=5).json()

    def types(self, ticket, text=COLD):
        body = {"text": text, "visibility": "public", "settled": True, "seq": 1}
        told = requests.post(
            f"{self.base}/tickets/{ACCOUNT}/{ticket}/draft", json=body, headers=self.headers, timeout=5
        )
        return told.json()

    def waits_for(self, ticket, told, within=10.0):
        """Ask for advice on the ticket until it tells what is waited for."""
        until = time.monotonic() + within
        while not told(self.advice(ticket)):
            assert time.monotonic() < until, "it was never told"
            time.sleep(0.05)

    def waits_for_the_whole_ticket(self, ticket):
        """The sidebar has asked for the ticket; the worker fetches it."""
        self.waits_for(ticket, lambda advice: advice["complete"])

    @contextmanager
    def streaming(self):
        stream = Sidebar(self.service.server.server_port, self.headers)
        try:
            yield stream
        finally:
            stream.close()


@pytest.fixture
def amir(service, store, connected):
    return Agent(service, store)


def customer_writes(desk, ticket, text=ANGRY):
    words = {"account": "zendesk:demo", "ticket": ticket, "text": text}
    assert requests.post(f"{desk.url}/desk/api/customer", json=words, timeout=5).status_code == 201


def next_of(stream, ticket):
    """The next advice on a ticket that the stream brings."""
    while True:
        event = stream.event()
        if event["event"] == "hint" and event["data"]["ticket"] == ticket:
            return event["data"]["advice"]


def test_before_anybody_goes_live_a_customers_message_is_heard_and_nobody_sees_a_thing(amir, desk, store):
    amir.opens(BILLING)
    amir.waits_for_the_whole_ticket(BILLING)
    with amir.streaming() as stream:
        customer_writes(desk, BILLING)
        assert next_of(stream, BILLING)["hints"] == []
    advice = amir.types(BILLING)
    assert (advice["shadow"], advice["hints"], advice["facts"]) == (True, [], [])


def test_after_one_group_goes_live_its_tickets_get_hints_and_no_other_does(amir, desk, run):
    assert "live for group:Billing" in run("live", ACCOUNT, "--group", "billing").output
    amir.opens(BILLING, PLANTS)
    for ticket in (BILLING, PLANTS):
        amir.waits_for_the_whole_ticket(ticket)
    amir.waits_for(BILLING, lambda advice: not advice["shadow"])
    with amir.streaming() as stream:
        customer_writes(desk, BILLING)
        next_of(stream, BILLING)
        customer_writes(desk, PLANTS)
        assert next_of(stream, PLANTS)["hints"] == []
    told = amir.types(BILLING)
    assert not told["shadow"]
    assert "three-as.acknowledge" in [hint["rule"] for hint in told["hints"]]
    assert amir.types(PLANTS)["hints"] == []
    assert "in shadow: nobody sees anything" in run("shadow", ACCOUNT).output


def test_a_group_that_is_not_there_is_named_with_those_that_are(connected, run):
    answer = run("live", ACCOUNT, "--group", "Biling")
    assert (answer.exit_code, answer.output) == (
        1,
        f"guidance: {ACCOUNT} has no group Biling; it has group:Plant care, group:Billing, brand:Fern & Field\n",
    )


def test_a_group_that_is_not_there_can_not_go_into_shadow_and_one_that_is_there_already_is_said_to_be(connected, run):
    run("live", ACCOUNT, "--group", "Billing")
    assert "has no group Biling; it has group:Plant care" in run("shadow", ACCOUNT, "--group", "Biling").output
    told = run("shadow", ACCOUNT, "--group", "Plant care").output
    assert "group:Plant care: in shadow already." in told
    assert "is live for group:Billing" in told


def test_some_groups_and_everywhere_at_once_is_refused(connected, run, store):
    answer = run("live", ACCOUNT, "--group", "Billing", "--everywhere")
    assert (answer.exit_code, "--everywhere is all groups and brands" in answer.output) == (2, True)
    assert store.account(ACCOUNT).settings["live_in"] == []


def held_by(desk):
    """How many conversations the small Zendesk holds, and how many replies agents sent in them."""
    tickets = requests.get(f"{desk.url}/desk/api/state", timeout=5).json()["tickets"]
    ours = [one for one in tickets if one["helpdesk"] == "zendesk" and not one["is_task"]]
    replies = [c for one in ours for c in one["comments"] if c["is_public"] and c["author"]["role"] != "end-user"]
    return len(ours), len(replies)


def test_the_report_says_what_would_have_been_said_names_no_agent_and_changes_nothing(connected, run, store, desk):
    answer = run("pilot", ACCOUNT, "--replies", "50", "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert (told["conversations"], told["replies"]) == held_by(desk)
    assert "Amir" not in answer.output
    assert list(store.tickets(ACCOUNT)) == []
    assert f"{ACCOUNT} is in shadow" in run("pilot", ACCOUNT, "--replies", "50").output
    assert requests.get(f"{desk.url}/desk/api/outbox", timeout=5).json()["mails"] == []


def test_the_report_stops_at_the_replies_it_was_asked_for(connected, run):
    told = json.loads(run("pilot", ACCOUNT, "--replies", "1", "--json").output)
    assert told["replies"] == 1


def test_the_report_waits_where_the_helpdesk_asks_for_it(connected, run, desk, service):
    service.ends_its_work()  # else the worker, on a round of its own, may be the one who is refused
    requests.post(f"{desk.url}/faults", json={"helpdesk": "zendesk", "next": ["429", "429"]}, timeout=5)
    answer = run("pilot", ACCOUNT, "--replies", "1", "--json")
    assert (answer.exit_code, json.loads(answer.output)["replies"]) == (0, 1)


def test_a_backtest_fetches_the_last_tickets_of_an_account_and_keeps_none(connected, run, store, desk):
    answer = run("backtest", "--account", ACCOUNT, "--last", "3", "--processes", "1")
    assert answer.exit_code == 0, answer.output
    assert "in 3 conversations" in answer.output
    assert "0 new, 0 gone, 0 changed" in answer.output
    assert list(store.cases(ACCOUNT, count=10)) == []


@pytest.mark.parametrize("told", [(), ("--account", ACCOUNT, __file__)], ids=["neither", "both"])
def test_a_backtest_is_over_a_file_or_over_an_account(run, told):
    answer = run("backtest", *told)
    assert answer.exit_code == 2
    assert "Name CONVERSATIONS, or an --account whose last tickets to fetch." in answer.output
