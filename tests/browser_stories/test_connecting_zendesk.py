"""docs/zendesk.md by hand: a desk that knows nothing of us, the commands as they are printed there, and an agent's browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser_stories.conftest import STARTS_WITHIN, answers, free_port
from tests.browser_stories.test_desk import MISSING, customer_writes, opened, picture, types

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ANGRY = "You charged me twice again and nobody answers me. This is ridiculous, I am furious."
COLD = "Please send me the last four digits of your card so that I can look."


class BareDesk:
    """A desk before anybody connected it, with what it prints for another terminal."""

    def __init__(self, folder):
        self.folder = folder
        self.port, self.service_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["demo", "--bare", "--port", str(self.port), "--service-port", str(self.service_port)]
        self.log = (folder / "desk.log").open("w+")
        self.process = subprocess.Popen(self._command(*command), stdout=self.log, stderr=subprocess.DEVNULL)

    def starts(self):
        """Wait until it answers, and read what it printed."""
        self._wait()
        self.told = (self.folder / "desk.log").read_text()
        self.environment = dict(re.findall(r"^export (\w+)=(.*)$", self.told, re.MULTILINE))

    def run(self, *arguments):
        """A command in another terminal, in the environment that the desk printed."""
        done = subprocess.run(
            self._command(*arguments),
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def close(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

    def _wait(self):
        until = time.monotonic() + STARTS_WITHIN
        places = (f"{self.url}/healthz", f"http://127.0.0.1:{self.service_port}/readyz")
        while not all(answers(place) for place in places):
            assert self.process.poll() is None, "the desk ended at once"
            assert time.monotonic() < until, "the desk did not start in time"
            time.sleep(0.1)

    def _command(self, *arguments):
        return [sys.executable, "-m", "guidance.cli", *arguments]


@pytest.fixture
def bare(tmp_path):
    desk = BareDesk(tmp_path)
    try:
        desk.starts()
        yield desk
    finally:
        desk.close()


@pytest.fixture
def agent_page(chromium, bare):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, timezone_id="America/New_York")
    page = context.new_page()
    page.goto(bare.url)
    yield page
    context.close()


def connect(bare):
    (line,) = re.findall(r"^guidance (connect zendesk .*)$", bare.told, re.MULTILINE)
    assert "Zendesk's own test has arrived" in bare.run(*line.split())
    bare.run("package", "zendesk", "--to", str(bare.folder))
    upload = urllib.request.Request(f"{bare.url}/desk/api/install", (bare.folder / "guidance-zendesk.zip").read_bytes())
    assert urllib.request.urlopen(upload, timeout=5).status == 200
    assert "the sidebar opens" in bare.run(*line.split(), "--app")


@pytest.mark.screenshots
def test_from_nothing_to_a_hint_for_one_group_and_to_silence_elsewhere(bare, agent_page, request):
    connect(bare)
    sidebar = opened(agent_page, "Charged twice")
    expect(sidebar.get_by_text("isn’t switched on for this team yet")).to_be_visible(timeout=15_000)
    picture(agent_page, "zendesk-1-shadow", request)

    assert re.search(r"[1-9]\d* replies in [1-9]\d* conversations", bare.run("pilot", "zendesk:demo"))
    assert "live for group:Billing" in bare.run("live", "zendesk:demo", "--group", "Billing")
    customer_writes(agent_page, ANGRY)
    types(agent_page, COLD)
    expect(sidebar.locator(".say", has_text=MISSING).first).to_be_visible(timeout=15_000)
    picture(agent_page, "zendesk-2-live", request)

    elsewhere = opened(agent_page, "Olive tree")
    customer_writes(agent_page, "Third time I write. Still no tree. This is ridiculous.")
    types(agent_page, "Please send me a picture of the label.")
    expect(elsewhere.get_by_text("isn’t switched on for this team yet")).to_be_visible(timeout=15_000)
    agent_page.wait_for_timeout(4_000)
    assert elsewhere.locator(".say:visible").count() == 0
