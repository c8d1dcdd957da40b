"""The sidebar on Zendesk's own SDK, as npm has it: an old copy that somebody republished, with the wire protocol of today.

Everything else is written against our stand-in; this says that the stand-in is no wish of ours. Needs node and a registry
of its packages, and is skipped where there is neither.
"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser_stories.test_desk import ANGRY, KIND, MISSING, customer_writes, erase, opened, types

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PACKAGES = ("zendesk_app_framework_sdk@2.0.11", "esbuild@0.28.2")
INSTALLS = (
    "npm",
    "install",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--fetch-retries=0",
    "--fetch-timeout=20000",
)
BUNDLES = ("node_modules/.bin/esbuild", "node_modules/zendesk_app_framework_sdk/lib/index.js", "--bundle")


def ran(command, folder):
    """Whether a command came to a good end in time."""
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=90).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@pytest.fixture(scope="module")
def published_sdk(tmp_path_factory):
    """The SDK in one file, as a page loads it."""
    if not shutil.which("npm"):
        pytest.skip("needs node")
    folder = tmp_path_factory.mktemp("sdk")
    (folder / "package.json").write_text("{}", "utf8")
    if not ran((*INSTALLS, *PACKAGES), folder):
        pytest.skip("needs a registry of npm's packages")
    assert ran((*BUNDLES, "--format=iife", "--global-name=ZAFClient", "--outfile=sdk.js"), folder)
    return folder / "sdk.js"


@pytest.fixture
def page(page, published_sdk):
    """The desk, on which every app gets the published SDK in the stand-in's place."""
    served = []

    def serve(route):
        served.append(route.request.url)
        route.fulfill(path=published_sdk, content_type="text/javascript")

    page.route("**/zaf_sdk.js", serve)
    page.reload()
    yield page
    assert served


def test_a_hint_its_line_and_a_promise_on_the_published_sdk(page):
    sidebar = opened(page, "Olive tree")
    customer_writes(page, ANGRY)
    types(page, "Hi Rana, please send me a picture of the label.")
    hint = sidebar.locator(".say", has_text=MISSING).first
    expect(hint).to_be_visible(timeout=15_000)

    card = sidebar.locator(".card", has_text=MISSING).first
    offered = card.locator(".offer-text").inner_text()
    card.get_by_role("button", name=re.compile("Insert")).click()
    expect(page.locator("#composer")).to_contain_text(offered)
    expect(hint).to_be_hidden(timeout=15_000)

    erase(page)
    types(page, f"{KIND} I'll call you tomorrow at 3pm.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#tasks")).to_contain_text("Follow up with Rana", timeout=20_000)


def test_a_send_is_asked_about_once_on_the_published_sdk(page):
    sidebar = opened(page, "Olive tree")
    types(page, "Dear [NAME], your olive tree comes on Friday.")
    placeholder = re.compile("placeholder", re.IGNORECASE)
    expect(sidebar.locator(".say", has_text=placeholder).first).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(placeholder).first).to_be_visible(timeout=10_000)
