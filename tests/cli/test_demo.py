"""The command that starts the desk: what it says, and when."""

import importlib
import socket
import subprocess
import sys
import time
import urllib.request

import msgspec
import pytest

from guidance.demo import DeskSettings, new_secrets
from guidance.errors import SetupError


def test_a_service_that_ends_at_once_is_told_at_once(tmp_path):
    demo = importlib.import_module("guidance.cli.demo")
    desk = DeskSettings(secrets=new_secrets(), desk_url="http://127.0.0.1:9", service_url="http://127.0.0.1:9")
    service = subprocess.Popen([sys.executable, "-c", ""])
    service.wait(20)
    begun = time.monotonic()
    with pytest.raises(SetupError, match="the service ended"):
        demo._register(desk, demo._environment(desk, tmp_path, 9), service)
    assert time.monotonic() - begun < 20


def test_the_desks_address_is_told_once_the_desk_is_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    desk = DeskSettings(secrets=new_secrets(), desk_url=url, service_url="http://127.0.0.1:9")
    process = subprocess.Popen([sys.executable, "-m", "guidance.demo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdin.write(msgspec.json.encode(desk))
        process.stdin.close()
        assert process.stdout.readline().decode().split() == ["desk", url]
        with urllib.request.urlopen(f"{url}/healthz", timeout=20) as answer:
            assert answer.status == 200
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()
