"""Approved texts as both helpdesks hold them, read every few hours, and believed within a minute."""

from __future__ import annotations

import pytest

from guidance.accounts import AccountBook
from guidance.errors import HelpdeskError
from guidance.integrations import integrations
from guidance.reconcile import Approving
from guidance.text.approved import approved_spans
from tests.contracts.desk import DeskStage
from tests.edges import ACME

INSERTED = "Hello Rana,\n\nWe apologize for any inconvenience this may have caused. Your parcel is on its way."


@pytest.mark.parametrize("helpdesk", ["zendesk", "freshdesk"])
def test_what_a_team_shares_is_approved_and_what_one_agent_keeps_is_not(desk, store, helpdesk):
    account = DeskStage(desk, helpdesk).account
    store.put_account(account)
    approving = Approving(store, lambda one: integrations()[helpdesk].connect(one))
    approving.run_if_due(account)
    approved = AccountBook(store).approved(account.id)
    assert approved_spans(INSERTED, approved)[1]
    assert not approved_spans("Calm down, please.", approved)[1]


class Moody:
    """A helpdesk that answers once."""

    def __init__(self):
        self.asked = 0

    def approved_texts(self):
        self.asked += 1
        if self.asked > 1:
            raise HelpdeskError("it is in trouble", status=503)
        return ["Your parcel is on its way."]


def test_an_account_is_read_every_few_hours_and_trouble_leaves_what_was_there(desk, store):
    account, moody = DeskStage(desk, "zendesk").account, Moody()
    store.put_account(account)
    approving = Approving(store, lambda _: moody)
    approving.run_if_due(account)
    approving.run_if_due(account)
    assert moody.asked == 1
    assert approving.run(account) == 0
    assert approved_spans("Your parcel is on its way.", AccountBook(store).approved(account.id))[1]


def test_what_is_approved_is_read_anew_after_a_minute_and_not_before(store):
    store.put_account(ACME)
    now = [0.0]
    book = AccountBook(store, clock=lambda: now[0])
    assert book.approved("zendesk:acme") == frozenset()
    Approving(store, lambda _: Moody()).run(ACME)
    assert book.approved("zendesk:acme") == frozenset()
    now[0] = 61.0
    assert book.approved("zendesk:acme") == frozenset({"your parcel is on its way"})
