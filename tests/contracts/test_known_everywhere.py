"""A helpdesk is found by its folder; some places know helpdesks by name, and a new one is missing there until somebody adds it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from guidance.cli.connect import HELPDESKS, connect
from guidance.demo import demo_accounts
from guidance.integrations import integrations
from tests.contracts.desk import secrets
from tests.contracts.scripted import STAGES
from tests.integrations.fixtures import ACCOUNTS, situations

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("helpdesk", integrations())
def test_a_helpdesk_can_be_connected_by_a_command_of_its_own(helpdesk):
    assert helpdesk in HELPDESKS
    assert connect.get_command(None, helpdesk).name == helpdesk


@pytest.mark.parametrize("helpdesk", integrations())
def test_a_helpdesk_is_played_to_the_tests_by_script_and_on_the_desk(helpdesk):
    assert helpdesk in STAGES
    assert helpdesk in {account.helpdesk for account in demo_accounts("http://127.0.0.1:1", secrets())}


@pytest.mark.parametrize("helpdesk", integrations())
def test_a_helpdesk_has_bodies_as_they_arrive_each_beside_what_it_stands_for(helpdesk):
    assert helpdesk in ACCOUNTS
    assert [name for folder, name in situations(".event.json") if folder == helpdesk]


def test_no_helpdesk_may_know_another():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["tool"]["importlinter"]["contracts"]
    (apart,) = [one["modules"] for one in contracts if one["type"] == "independence"]
    assert set(apart) == {f"guidance.integrations.{helpdesk}" for helpdesk in integrations()}
