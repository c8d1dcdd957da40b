"""The demo desk as anybody gets it (`guidance demo`), and a real Chromium in front of it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

STARTS_WITHIN = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    """Whether it does, and has its worker, where it says anything of one."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200 and b'"seen":false' not in answer.read()
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def desk_url():
    """A desk for the stories of one file: what one of them promised is nothing that another one finds."""
    port, service_port = free_port(), free_port()
    command = [sys.executable, "-m", "guidance.cli", "demo", "--port", str(port), "--service-port", str(service_port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + STARTS_WITHIN
        places = (f"http://127.0.0.1:{port}/healthz", f"http://127.0.0.1:{service_port}/readyz")
        while not all(answers(place) for place in places):
            assert process.poll() is None, "the desk ended at once"
            assert time.monotonic() < until, "the desk did not start in time"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With a story that fails comes what the panels showed: an element that is not there tells nothing of what is."""
    report = yield
    page = item.funcargs.get("page")
    if call.when == "call" and report.failed and page is not None:
        shown = [frame.locator("#guidance").all_inner_texts() for frame in page.frames[1:]]
        report.sections.append(("The panels", "\n---\n".join("\n".join(texts) for texts in shown)))
    return report


@pytest.fixture
def page(chromium, desk_url):
    """A fresh page on the desk; anything that a script trips over fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, timezone_id="America/New_York")
    opened = context.new_page()
    stumbled = []
    opened.on("pageerror", lambda error: stumbled.append(str(error)))
    opened.goto(desk_url)
    yield opened
    context.close()
    assert stumbled == []
