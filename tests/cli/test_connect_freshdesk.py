"""`guidance connect freshdesk` on the desk's Freshdesk: from nothing, again, in part, and where something stands in the way."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
import pytest
import requests
from click.testing import CliRunner
from msgspec.structs import replace

from guidance.cli.connect_freshdesk import freshdesk
from guidance.errors import SetupError
from guidance.integrations.freshdesk import parse, verify
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.setup import Setup
from guidance.model import CommentAdded, TicketChanged
from tests.conftest import KEY
from tests.contracts.desk import DeskServer

SERVICE = "https://guidance.example.com"
ENDPOINT = f"{SERVICE}/webhooks/freshdesk/acme"


class Admin:
    """Whoever looks after the account's automations, with the account's own key."""

    def __init__(self, desk):
        self.desk = desk
        account = desk.accounts["freshdesk"]
        self.key = account.secrets["api_key"]
        self.base = f"{account.base_url}/api/v2"

    def call(self, method, path, body=None):
        answer = requests.request(method, f"{self.base}/{path}", json=body, auth=(self.key, "X"), timeout=5)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def rules(self):
        return [
            (kind, rule)
            for kind in (1, 4)
            for rule in self.call("GET", f"automations/{kind}/rules")
            if rule["actions"][0].get("url") == ENDPOINT
        ]

    def webhook(self):
        """The action of each rule of ours."""
        return {rule["actions"][0]["content"]["event"]: rule["actions"][0] for _, rule in self.rules()}


@pytest.fixture
def admin():
    with DeskServer() as desk:
        yield Admin(desk)


@pytest.fixture
def connect(admin, valkey, store, monkeypatch):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", KEY.decode())
    monkeypatch.setenv("GUIDANCE_PUBLIC_URL", SERVICE)

    def run(*options, key=None):
        told = ["acme", "--base-url", f"{admin.desk.url}/freshdesk", "--api-key", key or admin.key, *options]
        return CliRunner().invoke(freshdesk, told)

    return run


def test_what_others_changed_while_it_was_at_work_stays_as_they_left_it(connect, store, monkeypatch):
    connect("--bot")
    me = Setup.me

    def meanwhile(setup):
        store.change_account("freshdesk:acme", lambda one: replace(one, settings={**one.settings, "paused": True}))
        store.change_account("freshdesk:acme", lambda one: replace(one, origins=("https://learned.example",)))
        return me(setup)

    monkeypatch.setattr(Setup, "me", meanwhile)
    assert connect("--rotate").exit_code == 0
    kept = store.account("freshdesk:acme")
    assert (kept.settings["paused"], kept.origins) == (True, ("https://learned.example",))
    assert kept.secrets["webhook"] != kept.secrets["webhook_old"]


def test_from_nothing_all_rules_are_made_and_the_account_is_kept_in_shadow(connect, admin, store):
    answer = connect("--bot")
    assert answer.exit_code == 0, answer.output
    assert sorted(admin.webhook()) == [
        "agent_reply", "customer_reply", "private_note", "public_note", "ticket_created", "ticket_updated",
    ]  # fmt: skip
    account = store.account("freshdesk:acme")
    assert account.settings["live_in"] == []
    assert account.settings["bot_id"] == str(admin.call("GET", "agents/me")["id"])
    assert account.settings["hours"]["weekly"]["mon"] == [["09:00", "17:00"]]
    assert {one["custom_headers"]["x-guidance-secret"] for one in admin.webhook().values()} == {
        account.secrets["webhook"]
    }
    assert account.secrets["install"] in answer.output
    assert account.secrets["webhook"] not in answer.output
    assert admin.key not in answer.output


def test_what_a_task_is_is_given_as_the_page_has_it(connect, store):
    assert connect("--bot", "--tasks", "child").exit_code == 0
    assert store.account("freshdesk:acme").config["tasks"] == "child"


def test_each_rule_is_for_one_performer_and_says_so(connect, admin):
    connect("--bot")
    who = {rule["actions"][0]["content"]["event"]: rule.get("performer", {}).get("type") for _, rule in admin.rules()}
    assert who == {
        "ticket_created": None, "customer_reply": 2, "agent_reply": 1, "public_note": 1, "private_note": 1, "ticket_updated": 3,
    }  # fmt: skip


def test_what_a_rule_sends_is_let_in_and_understood(connect, admin, store):
    connect("--bot")
    account = store.account("freshdesk:acme")
    action = admin.webhook()["customer_reply"]
    body = msgspec.json.encode(
        action["content"]
        | {"ticket_id": "318", "requester_name": "Rana", "comment": "Rana : <div>Where is it?</div>", "updated_at": ""}
    )
    now = datetime.now(UTC)
    assert verify(action["custom_headers"], body, account, now=now).ticket_id == "318"
    assert [type(one) for one in parse(body, account, received_at=now)] == [TicketChanged, CommentAdded]


def test_again_changes_nothing_and_shows_no_secret(connect, admin, store):
    connect("--bot")
    before, kept = admin.rules(), store.account("freshdesk:acme")
    answer = connect("--bot")
    assert admin.rules() == before
    assert store.account("freshdesk:acme") == kept
    assert answer.output.count("is kept") == 7
    assert "shown this once" not in answer.output


def test_hours_that_an_admin_set_themselves_stay_as_they_are(connect, store):
    connect("--bot")
    theirs = {
        "time_zone": "Europe/Berlin",
        "weekly": {"sat": [["10:00", "14:00"]]},
        "holidays": ["2026-12-25"],
        "country": "DE",
    }
    own = {"own_hours": True, "hours": theirs}
    store.change_account("freshdesk:acme", lambda one: replace(one, settings={**one.settings, **own}))
    assert "your own stay" in connect("--bot").output
    assert store.account("freshdesk:acme").settings["hours"] == theirs


def test_holidays_of_which_freshdesk_does_not_tell_stay_beside_its_hours(connect, store):
    connect("--bot")
    theirs = {"holidays": ["2026-12-25"], "country": "DE"}
    store.change_account("freshdesk:acme", lambda one: replace(one, settings={**one.settings, "hours": theirs}))
    connect("--bot")
    kept = store.account("freshdesk:acme").settings["hours"]
    assert {name: kept[name] for name in theirs} == theirs
    assert kept["weekly"]["mon"] == [["09:00", "17:00"]]


def test_a_rule_that_somebody_changed_or_switched_off_is_put_right(connect, admin):
    connect("--bot")
    (kind, first), (other, second) = admin.rules()[:2]
    admin.call("PUT", f"automations/{kind}/rules/{first['id']}", {"active": False})
    spoiled = [{**second["actions"][0], "content": {"event": "?"}}]
    admin.call("PUT", f"automations/{other}/rules/{second['id']}", {"actions": spoiled})
    answer = connect("--bot")
    assert answer.output.count("is changed") == 2
    assert admin.rules()[0][1]["active"] is True
    assert len(admin.webhook()) == 6


def test_thin_sends_no_text_and_no_names(connect, admin):
    connect("--bot", "--thin")
    for action in admin.webhook().values():
        told = msgspec.json.encode(action["content"]).decode()
        assert not re.search(r"\{\{ticket\.(subject|description|latest|requester\.(name|email)|agent)", told)
        assert "{{ticket.id}}" in told


def test_dry_run_says_what_it_would_do_and_does_nothing(connect, admin, store):
    answer = connect("--bot", "--dry-run")
    assert answer.output.count("would be made") == 6
    assert admin.rules() == []
    assert store.account("freshdesk:acme") is None


def test_rotating_keeps_the_old_secrets_beside_the_new_ones(connect, admin, store):
    connect("--bot")
    before = store.account("freshdesk:acme").secrets
    answer = connect("--bot", "--rotate")
    after = store.account("freshdesk:acme").secrets
    assert (after["webhook_old"], after["install_old"]) == (before["webhook"], before["install"])
    assert after["webhook"] != before["webhook"]
    assert {one["custom_headers"]["x-guidance-secret"] for one in admin.webhook().values()} == {after["webhook"]}
    assert after["install"] in answer.output
    assert "the old secrets hold for 7 days; --at-once ends them now" in answer.output


@pytest.mark.parametrize("how", [["--rotate", "--at-once"], ["--at-once"]])
def test_a_secret_that_has_leaked_ends_at_once(connect, store, how):
    connect("--bot")
    connect("--rotate")
    answer = connect(*how)
    assert answer.exit_code == 0, answer.output
    after = store.account("freshdesk:acme")
    assert sorted(after.secrets) == ["api_key", "install", "webhook"]
    assert "old_until" not in after.config
    assert "the old secrets have ended" in answer.output


def test_a_wrong_key_is_said_so_and_nothing_is_kept(connect, store):
    answer = connect("--bot", key="wrong")
    assert isinstance(answer.exception, SetupError)
    assert "does not accept this key" in str(answer.exception)
    assert store.account("freshdesk:acme") is None


def test_rules_before_ours_are_named_where_only_the_first_one_runs(connect, admin):
    theirs = {"name": "Thank the customer", "position": 1, "actions": [{"field_name": "priority", "value": 2}]}
    admin.call("POST", "automations/1/rules", theirs)
    answer = connect("--bot")
    assert "Thank the customer" in answer.output


def test_disconnecting_takes_our_rules_out_and_leaves_all_others(connect, admin, store):
    connect("--bot")
    account = store.account("freshdesk:acme")
    told = Setup(FreshdeskApi(account), ENDPOINT).remove()
    assert len(told) == 6
    assert admin.rules() == []
    assert admin.call("GET", "automations/4/rules")


def test_what_a_new_ticket_must_have_is_taken_down(connect, store):
    connect("--bot", "--task-field", "type=Question", "--task-field", "cf_team=7")
    assert store.account("freshdesk:acme").config["task_fields"] == {
        "type": "Question",
        "custom_fields": {"cf_team": 7},
    }
    assert isinstance(connect("--task-field", "nonsense").exception, SetupError)
