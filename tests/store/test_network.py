"""The network in the store: cards with all their entries, in one step, and nothing left when a ticket goes."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.model import OpenQuestion, Status, TicketKey
from guidance.network import card_of
from guidance.store import keys, network
from guidance.store.retention import family_of
from tests import cast
from tests.edges import ACME
from tests.network.people import DEV, LENA, ROSTER, ticket

ACCOUNT = cast.KEY.account
NOW = cast.NOW
BLANK = (
    "customer: The label printer prints blank pages since the new ribbon.",
    "agent 21: Hello, flip the ribbon cartridge, it sits upside down.",
)
VAT = (
    "customer: The VAT number on my invoice is missing.",
    "agent 7: I added the VAT number and sent the invoice again.",
)


def learned(store, ticket_id, comments, *, status=Status.SOLVED, at=NOW, **told):
    case = ticket(ticket_id, *comments, status=status, subject="", **told)
    store.learn(ACCOUNT, ticket_id, card_of(case), now=at)


def solvers(store, *words):
    return [one.card.solver_id for one in store.similar(ACCOUNT, words, count=10)]


def network_keys(store):
    return sorted(name.decode() for name in store.client.keys(f"{{w:{ACCOUNT}}}:*"))


@pytest.fixture
def two(store):
    learned(store, "1", BLANK, assignee=DEV)
    learned(store, "2", VAT, assignee=LENA)
    return store


def test_solved_tickets_are_found_by_their_words_the_likest_first(two):
    assert solvers(two, "ribbon", "cartridg") == ["21"]
    assert solvers(two, "invoic", "ribbon", "cartridg") == ["21", "7"]
    assert solvers(two, "nobodi", "said") == []


def test_a_card_that_changes_stands_once(two):
    learned(two, "1", BLANK, assignee=DEV)
    learned(two, "1", VAT, assignee=DEV)
    assert solvers(two, "ribbon") == []
    assert solvers(two, "invoic") == ["7", "7"]


def test_no_word_and_no_person_can_be_read_in_what_is_kept(two):
    learned(two, "3", BLANK, status=Status.OPEN)
    for name in two.client.keys("*"):
        kind = two.client.type(name)
        held = {b"string": lambda n: [two.client.get(n)], b"hash": lambda n: two.client.hvals(n)}.get(
            kind, lambda n: []
        )
        told = name + b"".join(held(name))
        for word in (b"ribbon", b"rana", b"Rana", b"900"):
            assert word not in told


def test_forgetting_takes_out_every_trace(two):
    two.forget(TicketKey(ACCOUNT, "1"))
    two.forget(TicketKey(ACCOUNT, "2"))
    assert network_keys(two) == []


def test_a_customer_s_tickets_are_found_for_erasure_where_only_a_card_is_kept(two):
    assert two.tickets_of(ACCOUNT, "900") == ["1", "2"]
    assert two.tickets_of(ACCOUNT, "RANA@example.com") == ["1", "2"]


def test_open_tickets_are_found_around_an_organization_without_the_customer_s_own(store):
    ana, ben = (replace(cast.RANA, id=str(n), email=f"{n}@x.example", organization="Ruiz Bakery") for n in (1, 2))
    for number, person in enumerate((ana, ben, ben), 1):
        learned(store, f"{number}", BLANK, status=Status.OPEN, requester=person)
    learned(store, "4", BLANK, requester=ben)
    found = store.around(ACCOUNT, ["organization:ruiz bakery"], but_not=["person:1"], count=9)
    assert [one.ticket_id for one in found] == ["3", "2"]
    assert [one.ticket_id for one in store.around(ACCOUNT, ["person:2@x.example"], but_not=[], count=1)] == ["3"]
    assert store.around(ACCOUNT, [], but_not=[], count=9) == []


def test_a_question_is_found_by_whom_it_was_put_to_until_it_is_answered(store):
    asked = OpenQuestion(agent_id="12", by_id="7", by_name="Lena Brandt", comment_id="2", at=NOW)
    card = card_of(ticket("5", *BLANK))
    store.learn(ACCOUNT, "5", card, [asked], now=NOW)
    assert store.asked_of(ACCOUNT, "12") == {"5": asked}
    assert store.asked_of(ACCOUNT, "7") == {}
    store.learn(ACCOUNT, "5", card, now=NOW)
    assert store.asked_of(ACCOUNT, "12") == {}


def test_who_rests_is_kept_until_then_or_until_it_is_taken_back(store):
    store.rest(ACCOUNT, "12", None)
    store.rest(ACCOUNT, "21", NOW + timedelta(hours=1))
    assert set(store.resting(ACCOUNT, now=NOW)) == {"12", "21"}
    assert set(store.resting(ACCOUNT, now=NOW + timedelta(hours=2))) == {"12"}
    store.take_part(ACCOUNT, "12")
    assert set(store.resting(ACCOUNT, now=NOW)) == {"21"}


def test_old_cards_go_and_an_account_that_leaves_takes_all_along(two):
    learned(two, "3", BLANK, at=NOW - timedelta(days=91), assignee=DEV)
    two.keep_roster(ACCOUNT, ROSTER)
    assert two.roster(ACCOUNT) == ROSTER
    two.put_account(ACME)
    assert two.tidy(now=NOW) == 1
    assert two.unknown(ACCOUNT, ["1", "2", "3"]) == ["3"]
    assert [name for name in network_keys(two) if family_of(name) is None] == []
    two.wipe(ACCOUNT)
    assert network_keys(two) == []


@pytest.mark.parametrize("status", [Status.OPEN, Status.SOLVED])
def test_old_cards_go_however_many_there_are_and_newer_ones_stay(store, monkeypatch, status):
    monkeypatch.setattr(network, "_SWEPT_AT_ONCE", 5)
    store.put_account(ACME)
    for number in range(1, 13):
        learned(store, f"{number}", BLANK, at=NOW - timedelta(days=91), status=status)
    learned(store, "20", BLANK, at=NOW - timedelta(days=89), status=status)
    store.client.zadd(keys.known(ACCOUNT, "open"), {"77": 1})  # of which there is no card any more
    assert store.tidy(now=NOW) == 13
    assert store.client.hkeys(keys.cards(ACCOUNT)) == [b"20"]
    assert store.client.zcard(keys.known(ACCOUNT, "open")) + store.client.zcard(keys.known(ACCOUNT, "solved")) == 1
