"""Whose data it is: all that a customer has left here, whichever address a ticket names, and what was uploaded of them."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from guidance.app import create_app
from guidance.model import Card, Status, TicketKey
from guidance.network import known_as
from guidance.ports import Job
from tests import cast
from tests.console.test_evidence import started
from tests.edges import ACME, SETTINGS, Integrated

RANA = "rana@example.com"


@pytest.fixture
def customers(owner):
    """The page's forms, sent of one customer of acme's."""
    return lambda door, who=RANA, account=ACME.id: owner.post(f"/console/customers/{door}", account=account, who=who)


@pytest.fixture
def wrote(store, clock):
    """A ticket on which somebody wrote."""

    def put(ticket, email, requester_id=cast.RANA.id):
        key = TicketKey(ACME.id, ticket)
        person = replace(cast.RANA, id=requester_id, email=email)
        comments = (cast.rana_says("I live at 12 Olive Street").comment,)
        conversation = replace(cast.case().conversation, key=key, requester=person, comments=comments)
        held = replace(cast.case(), key=key, conversation=conversation, readers=())
        assert store.save(held, [], now=clock())
        return key

    return put


@pytest.fixture
def uploaded(store, clock):
    """A backtest over a file that names somebody."""

    def put(email, name="uploaded"):
        said = {"id": "1", "author": "requester", "text": "I live at 12 Olive Street"}
        body = {"id": "up:1", "requester": {"id": "900", "email": email}, "comments": [said]}
        waits = Job(id=name, who="omar@example.com", at=clock(), asked={"account": ""})
        store.add_job(waits, json.dumps(body).encode())
        return name

    return put


@pytest.mark.parametrize("other", [None, "rana@old.example"])
def test_an_address_leads_to_all_tickets_of_the_person_who_has_it(customers, wrote, store, other):
    keys = [wrote("1", RANA), wrote("2", other)]
    assert "2 tickets" in customers("find").text
    assert [one["ticket"] for one in customers("export").json["tickets"]] == ["1", "2"]
    assert customers("erase").status_code == 303
    assert [store.load(key) for key in keys] == [None, None]


def test_a_ticket_of_nobody_known_leads_to_no_other(customers, wrote, store):
    named, other = wrote("1", RANA, requester_id=""), wrote("2", "noor@example.com", requester_id="")
    customers("erase")
    assert store.load(named) is None
    assert store.load(other) is not None


def test_a_customer_who_stands_in_an_upload_alone_is_erased(customers, uploaded, store):
    name, other = uploaded(RANA), uploaded("noor@example.com", "other")
    assert customers("erase").status_code == 303
    assert (store.job(name), store.upload_of(name)) == (None, None)
    assert store.job(other)
    assert customers("erase").status_code == 404


@pytest.mark.parametrize("written", ["Rana@Example.com", "RANA@EXAMPLE.COM"])
def test_an_upload_names_an_address_however_it_is_written(customers, uploaded, wrote, store, written):
    wrote("1", RANA)
    name = uploaded(written)
    customers("erase")
    assert (store.job(name), store.upload_of(name)) == (None, None)


@pytest.mark.parametrize("before", [1, 4, len(RANA)])
def test_an_address_is_found_wherever_a_large_upload_is_divided(customers, store, clock, before):
    waits = Job(id="large", who="omar@example.com", at=clock(), asked={"account": ""})
    store.add_job(waits, b"x" * (3 * (1 << 20) - before) + RANA.upper().encode() + b"x" * 100)
    assert customers("export").json["named_in"]["backtests"] == ["large"]
    assert customers("export", "noor@example.com").status_code == 404


def test_a_large_upload_is_read_and_looked_through_a_piece_at_a_time_where_it_holds_up_nobody(
    store, clock, desk, owner
):
    offloaded = []

    def offload(call, *args):
        offloaded.append((call.__name__, max(map(len, args), default=0)))
        return call(*args)

    helpdesks = {name: Integrated(name, desk) for name in ("zendesk", "freshdesk")}
    app = create_app(SETTINGS, store=store, clock=clock, helpdesks=helpdesks, offload=offload)
    owner.client.application = app
    said = {"id": "1", "author": "requester", "text": "Where is it?", "at": "2026-03-04T14:35:00Z"}
    body = json.dumps({"id": "up:1", "comments": [said]}).encode() + b"\n"
    body *= (3 << 20) // len(body)
    told = started(owner, body)
    assert store.upload_of(told.location.rpartition("/")[2]) == body
    owner.post("/console/customers/find", account=ACME.id, who=RANA)
    assert ("read", 0) in offloaded
    looks = [size for name, size in offloaded if name == "_mentions"]
    assert len(looks) == 4 and max(looks) <= (1 << 20) + len(RANA)


def test_an_address_that_nobody_has_takes_no_backtest_along(customers, store, clock):
    store.add_job(Job(id="stored", who="omar@example.com", at=clock(), asked={"account": ACME.id}), None)
    assert customers("erase", "nobody@example.com").status_code == 404
    assert store.job("stored")


def test_a_rule_file_names_an_address_however_it_is_written(customers, owner, wrote):
    wrote("1", RANA)
    owner.post("/console/files", name="day")
    owner.post("/console/files/day", text="# Rana@Example.com said so", seen="1")
    assert "/console/files/day" in customers("find", "RANA@example.com").text


def test_a_ticket_of_which_only_its_card_is_kept_leaves_with_the_others(customers, store, clock):
    card = Card(
        ticket_id="7",
        status=Status.SOLVED,
        group="Plant care",
        solver_id="12",
        own=(known_as("900"),),
        circle=(known_as("900"),),
    )
    store.learn(ACME.id, "7", card, now=clock())
    assert "1 ticket" in customers("find", "900").text
    (told,) = customers("export", "900").json["tickets"]
    assert (told["ticket"], told["card"]["status"], told["card"]["solver_id"]) == ("7", "solved", "12")
    assert store.changes()[0].what.startswith("exported a customer's 1 ticket in")


def test_what_waits_of_a_customer_without_a_ticket_leaves_as_a_file(customers, uploaded):
    name = uploaded(RANA)
    told = customers("export").json
    assert (told["tickets"], told["named_in"]["backtests"]) == ([], [name])


def test_whoever_is_looked_for_in_another_account_is_pointed_to_where_they_are(customers, wrote, store):
    store.put_account(replace(ACME, id="zendesk:other"))
    wrote("1", RANA)
    told = customers("find", account="zendesk:other").text
    assert "Nothing of this customer is stored from zendesk:other." in told
    assert "In zendesk:acme this address or id is known" in told
