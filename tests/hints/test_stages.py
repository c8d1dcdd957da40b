"""Stages: an account's for all its tickets, and another one for the tickets of a group or brand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.hints.stages import standing
from guidance.model import AccountSettings, Channel, Stage, Ticket
from guidance.rules import shipped_rulebook

RULE = "three-as.acknowledge"
BOOK = shipped_rulebook()


def stands(ticket, rule=RULE, **settings):
    return standing(BOOK.rules[rule], AccountSettings(**settings), ticket)


def ticket(group=None, brand=None):
    return Ticket(channel=Channel.EMAIL, group=group, brand=brand)


def test_a_rule_may_be_live_for_one_group_and_in_the_shadow_elsewhere():
    stages = {"stages": {RULE: Stage.SHADOW}, "stages_in": {"group:plant care": {RULE: Stage.LIVE}}}
    assert stands(ticket("Plant care"), **stages) == "live"
    assert stands(ticket("Billing"), **stages) == "shadow"
    assert stands(ticket(), **stages) == "shadow"


@pytest.mark.parametrize(("group", "expected"), [("Plant care", "draft"), ("Billing", "shadow")])
def test_the_group_goes_before_the_brand_and_the_brand_before_the_account(group, expected):
    narrow = {"group:plant care": {RULE: Stage.DRAFT}, "brand:fern": {RULE: Stage.SHADOW}}
    assert stands(ticket(group, "Fern"), stages={RULE: Stage.LIVE}, stages_in=narrow) == expected


def test_what_a_group_says_of_a_whole_pack_goes_before_what_the_account_says_of_the_rule():
    narrow = {"group:plant care": {"three-as": Stage.SHADOW}}
    assert stands(ticket("Plant care"), stages={RULE: Stage.LIVE}, stages_in=narrow) == "shadow"


def test_a_rule_that_is_off_as_shipped_is_on_where_a_group_has_it_live():
    rule = next(one.id for one in BOOK.rules.values() if not one.on)
    narrow = {"group:plant care": {rule: Stage.LIVE}}
    assert stands(ticket("Plant care"), rule, stages_in=narrow) == "live"
    assert stands(ticket("Billing"), rule, stages_in=narrow) == "off by default"


def test_a_pack_whose_name_holds_an_at_sign_has_a_stage_as_a_pack():
    rule = replace(BOOK.rules[RULE], pack="team@acme@3")
    assert standing(rule, AccountSettings(stages={"team@acme": Stage.SHADOW}), ticket()) == "shadow"
