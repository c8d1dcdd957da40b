"""Freshdesk from nothing: connect, package, open the sidebar, live for one group, a hint there and none elsewhere, and leave."""

from __future__ import annotations

import json
import re
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from guidance.cli import COMMANDS
from guidance.cli.connect_freshdesk import freshdesk
from guidance.cli.demo import demo
from guidance.cli.disconnect import disconnect
from guidance.cli.live import live
from guidance.integrations import integrations
from guidance.integrations.freshdesk.validating import problems
from guidance.ports import TaskRequest

ACCOUNT = "freshdesk:acme"
ORIGIN = "https://apps.example.com"
BILLING, PLANTS = "Ending my subscription", "Gift card and a delivery date"
ANGRY = "This is the third time I write about this. I am really disappointed. Where is my money?"
COLD = "Please send us your order number so that we can look into the matter."


@pytest.fixture
def connected(run, desk):
    def connecting(*options):
        told = ("--base-url", f"{desk.url}/freshdesk", "--api-key", desk.settings.secrets.freshdesk_api_key)
        return run("connect", "freshdesk", "acme", *told, "--bot", *options)

    answer = connecting()
    assert answer.exit_code == 0, answer.output
    return connecting


class Agent:
    """Amir, at the app as Freshworks shows it: his id is claimed, the account is proven by the install's secret."""

    def __init__(self, service, desk, secret):
        passes = requests.post(f"{desk.url}/desk/api/sign-in", json={"agent": "amir"}, timeout=5).json()
        headers = {"Authorization": f"Bearer {secret}"}
        body = {"agent": passes["freshdesk"]["id"], "origin": ORIGIN}
        answer = requests.post(f"{service.url}/sidebar/freshdesk", json=body, headers=headers, timeout=5)
        assert answer.ok, answer.text
        self.headers = {"Authorization": f"Bearer {answer.json()['token']}", "Origin": ORIGIN}
        self.base = f"{service.url}/api/v1/tickets/{ACCOUNT}"

    def advice(self, ticket):
        answer = requests.get(f"{self.base}/{ticket}/advice", headers=self.headers, timeout=5)
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        return answer.json()

    def types(self, ticket, text=COLD):
        body = {"text": text, "visibility": "public", "settled": True, "seq": 1}
        return requests.post(f"{self.base}/{ticket}/draft", json=body, headers=self.headers, timeout=5).json()

    def waits_for(self, ticket, holds):
        until = time.monotonic() + 15
        while not holds(self.advice(ticket)):
            assert time.monotonic() < until, "it was never told"
            time.sleep(0.05)


@pytest.fixture
def amir(service, store, desk, connected):
    return Agent(service, desk, store.account(ACCOUNT).secrets["install"])


def tickets(desk):
    board = requests.get(f"{desk.url}/desk/api/state", timeout=5).json()
    return {one["subject"]: one["id"] for one in board["tickets"] if one["helpdesk"] == "freshdesk"}


def customer_writes(desk, ticket):
    words = {"account": "freshdesk:demo", "ticket": ticket, "text": ANGRY}
    assert requests.post(f"{desk.url}/desk/api/customer", json=words, timeout=5).status_code == 201


def test_after_one_group_goes_live_its_tickets_get_hints_and_no_other_does(amir, desk, run):
    billing, plants = tickets(desk)[BILLING], tickets(desk)[PLANTS]
    for ticket in (billing, plants):
        amir.waits_for(ticket, lambda advice: advice.get("complete"))
        assert amir.types(ticket)["shadow"] is True
    assert "live for group:Billing" in run("live", ACCOUNT, "--group", "billing").output
    amir.waits_for(billing, lambda advice: advice.get("shadow") is False)
    for ticket in (billing, plants):
        customer_writes(desk, ticket)
    amir.waits_for(billing, lambda advice: bool(advice.get("hints")))
    assert "three-as.acknowledge" in [hint["rule"] for hint in amir.types(billing)["hints"]]
    assert amir.types(plants)["hints"] == []
    assert requests.get(f"{desk.url}/desk/api/outbox", timeout=5).json()["mails"] == []


def test_the_report_says_what_would_have_been_said_and_changes_nothing(connected, run, store, desk, service):
    service.ends_its_work()  # which looks for missed changes by itself
    before = list(store.tickets(ACCOUNT))
    answer = run("pilot", ACCOUNT, "--replies", "50", "--json")
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output)["replies"] >= 1
    assert "Amir" not in answer.output
    assert list(store.tickets(ACCOUNT)) == before


def test_the_zip_is_written_as_freshworks_takes_it_and_always_the_same(run, tmp_path):
    first = run("package", "freshdesk", "--to", tmp_path)
    assert first.exit_code == 0, first.output
    target = tmp_path / "guidance-freshdesk.zip"
    before = target.read_bytes()
    with zipfile.ZipFile(target) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert problems(files) == []
    run("package", "freshdesk", "--to", tmp_path)
    assert target.read_bytes() == before


def test_the_desks_app_opens_with_the_secret_that_connect_made(connected, store, desk, service):
    secret = store.account(ACCOUNT).secrets["install"]
    order = {"template": "openSession", "body": json.dumps({"agent": "43000002", "origin": desk.url})}
    refused = requests.post(f"{desk.url}/desk/api/freshworks/invoke", json=order, timeout=5)
    assert refused.json()["status"] == 401
    requests.post(f"{desk.url}/desk/api/freshworks/install", json={"install_secret": secret}, timeout=5)
    opened = requests.post(f"{desk.url}/desk/api/freshworks/invoke", json=order, timeout=5).json()
    assert json.loads(opened["response"])["claimed"] is True


def test_leaving_takes_the_rules_out_and_says_what_remains(connected, run, store, desk):
    answer = run("disconnect", ACCOUNT, "--wipe", "--yes")
    assert answer.exit_code == 0, answer.output
    assert answer.output.count("is deleted in Freshdesk") == 6
    assert "the app stays in Freshdesk" in answer.output
    assert store.account(ACCOUNT) is None
    key = (desk.settings.secrets.freshdesk_api_key, "X")
    for kind in (1, 4):
        rules = requests.get(f"{desk.url}/freshdesk/api/v2/automations/{kind}/rules", auth=key, timeout=5).json()
        assert rules == []


ROOT = Path(__file__).parents[2]


def test_every_write_to_freshdesk_is_on_the_page_and_none_touches_a_customer(connected, run, desk, store, monkeypatch):
    written, send = set(), HTTPAdapter.send

    def recording(self, request, **kwargs):
        if request.url.startswith(f"{desk.url}/freshdesk") and request.method != "GET":
            path = urlsplit(request.url).path.removeprefix("/freshdesk")
            known = re.sub(r"rules/[0-9]+$", "rules/{id}", path)
            written.add(f"{request.method} {known}")
        return send(self, request, **kwargs)

    monkeypatch.setattr(HTTPAdapter, "send", recording)
    state = lambda: requests.get(f"{desk.url}/desk/api/state", timeout=5).json()  # noqa: E731
    before = state()
    ticket = next(one for one in before["tickets"] if one["helpdesk"] == "freshdesk" and one["assignee"])
    task = TaskRequest(
        follow_up_id="f3-9c2b1f04a7d8e651",
        account=ACCOUNT,
        ticket_id=ticket["id"],
        subject="Follow up",
        body="Promised: a call",
        due_at=datetime.now(UTC) + timedelta(days=1),
        assignee_id=ticket["assignee"]["id"],
    )
    integrations()["freshdesk"].connect(store.account(ACCOUNT)).create_task(task)
    assert connected("--rotate").exit_code == 0
    assert run("disconnect", ACCOUNT).exit_code == 0
    assert connected().exit_code == 0
    page = (ROOT / "docs" / "writes.md").read_text("utf8")
    assert {one.split()[0] for one in written} == {"POST", "PUT", "DELETE"}
    assert {one for one in written if f"`{one}`" not in page} == set()
    after = state()
    assert after["mails"] == before["mails"]
    assert [one for one in after["tickets"] if not one["is_task"]] == before["tickets"]


def test_every_command_of_the_page_for_freshdesk_is_there():
    page = (ROOT / "docs" / "freshdesk.md").read_text("utf8")
    named = {found for found in re.findall(r"guidance ([a-z]+)", page) if found not in ("service", "for")}
    assert named <= set(COMMANDS), named - set(COMMANDS)
    told = set(re.findall(r"(--[a-z][a-z-]+)", page))
    known = {
        name for command in (freshdesk, demo, disconnect, live) for option in command.params for name in option.opts
    }
    known |= {name for option in freshdesk.params for name in option.secondary_opts}
    assert told - known == set()
