"""The command that starts the desk: what it says where the service beside it does not come up."""

import importlib
import subprocess
import sys
import time

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
