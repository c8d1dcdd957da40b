"""When what a rule proposes falls due."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from guidance.hints.proposing import propose
from guidance.model import Moment
from guidance.rules import Fired, Situation, shipped_rulebook
from guidance.rules.schema import Proposal
from tests.cast import NOW, RANA, case

BOOK = shipped_rulebook()


def test_business_hours_pass_where_the_account_is_open_and_not_where_the_customer_is():
    known = case()
    in_tokyo = replace(known.conversation, requester=replace(RANA, time_zone="Asia/Tokyo"))
    wanted = Proposal(what=("Call Rana",), after=3, unit="business_hours")
    rule = replace(next(iter(BOOK.rules.values())), follow_up=wanted)
    situation = Situation(replace(known, conversation=in_tokyo), Moment.CUSTOMER, NOW, ear=BOOK.ear)
    proposed = propose(Fired(rule=rule, evidence=()), situation)
    assert proposed.due_at == datetime(2026, 3, 4, 18, 15, tzinfo=UTC)
    assert proposed.due_at.utcoffset().total_seconds() == 9 * 3600
