"""docs/privacy.md says what the code does, and the code keeps nothing of agents that the table does not name."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

import guidance
from guidance.app.figures import figures_of
from guidance.app.openapi import document
from guidance.dispatch.heard import Heard
from guidance.ports import Arrival
from guidance.store.agents_own import AGENTS_OWN
from guidance.store.retention import FAMILIES
from tests.edges import ACME

TEXT = (Path(__file__).parents[1] / "docs" / "privacy.md").read_text("utf8")
ELSEWHERE = ("guidance.demo", "guidance.cli", "guidance.integrations")
"""The desk is no installation; the command line keeps nothing; what helpdesks send is tamed into our own types."""

NAMES_AN_AGENT = re.compile(
    r"agent|owner|author(?!iz)|assignee|reader|^who$|^by$|email|leads|bot_id|away|solver|helper|^by_"
    r"|owned|colleague|signed_name|next_name|takes_over|can_help|^asked$|^to$|acts_as"
)
OF_NOBODY = {
    "Operation.who",  # whom a door is for
    "Compared.agent_hours",  # a sum over all
    "CountRule.by",  # how much to add
    "Hits.by_rule",  # counts
    "Promise.owner",  # `agent` or `company`
    "Job.asked",  # what a backtest is of
    "Brief.asked",  # a customer's question, taken apart
    "Proposal.to",  # a role, as a rule names it
    "Standing.acts_as",  # the account as whom we write
    "Person.email",  # the customer's
    "WirePerson.email",
    "AccountSettings.bot_id",  # the account as whom we write
    "AccountSettings.agent_locale",  # one for the whole account
}


def types():
    for module in pkgutil.walk_packages(guidance.__path__, "guidance."):
        if not module.name.startswith(ELSEWHERE):
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, type) and issubclass(one, Struct) and one.__module__ == module.name:
                    yield one


FIELDS = {f"{one.__name__}.{name}" for one in types() for name in one.__struct_fields__}


def test_every_field_that_names_an_agent_is_in_the_table():
    told = {field for one in AGENTS_OWN for field in one.fields}
    naming = {field for field in FIELDS if NAMES_AN_AGENT.search(field.partition(".")[2])}
    assert naming - told - OF_NOBODY == set()
    assert told - FIELDS == set(), "the table names fields that are gone"


def rows_under(heading):
    """The first cell of each row of the table under a heading."""
    lines = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].splitlines()
    rows = [line.strip("| ").partition(" | ")[0].strip("`") for line in lines if line.startswith("| ")]
    return sorted(rows[1:])


def test_the_page_has_a_row_for_each_of_these_and_no_other():
    assert rows_under("What is stored") == sorted(one.shape for one in FAMILIES)
    assert rows_under("What is tied to an agent") == sorted(one.what for one in AGENTS_OWN)


@pytest.mark.parametrize("one", AGENTS_OWN, ids=lambda one: one.what[:40])
def test_the_page_says_of_agents_what_the_code_says(one):
    assert f"| {one.what} | {one.purpose} | {one.seen_by} | {one.lifetime} |" in TEXT


@pytest.mark.parametrize("one", FAMILIES, ids=lambda one: one.shape)
def test_the_page_says_of_each_kind_what_the_code_says(one):
    told = "yes" if one.holds_text else "no"
    assert f"| `{one.shape}` | {one.purpose} | {told} | {one.lifetime} | {one.erased} |" in TEXT


def test_no_door_of_the_api_can_be_narrowed_down_to_an_agent():
    asked = {
        one["name"]
        for doors in document()["paths"].values()
        for operation in doors.values()
        for one in operation["parameters"]
    }
    assert [name for name in asked if NAMES_AN_AGENT.search(name)] == []


def test_no_metric_is_tied_to_an_agent_or_a_ticket(store):
    store.put_account(ACME)
    Heard(store).note(Arrival(account=ACME.id, kind="webhook", body=b"{}", received_at=datetime.now(UTC)))
    figures = list(text_string_to_metric_families(figures_of(store).decode()))
    declared = {name for metric in REGISTRY._collector_to_names for name in getattr(metric, "_labelnames", ())}
    labels = declared | {name for figure in figures for sample in figure.samples for name in sample.labels}
    assert labels == {"account", "helpdesk", "reason", "kind"}
    assert "guidance_webhooks_last_timestamp_seconds" in {figure.name for figure in figures if figure.samples}
