"""The command that starts the desk: what it says where the service beside it does not come up."""

import subprocess
import sys
import time

import pytest

from guidance.cli.demo import environment_of
from guidance.cli.desk import register
from guidance.demo import DeskSettings, new_secrets
from guidance.errors import SetupError


def test_a_service_that_ends_at_once_is_told_at_once(tmp_path):
    desk = DeskSettings(secrets=new_secrets(), desk_url="http://127.0.0.1:9", service_url="http://127.0.0.1:9")
    service = subprocess.Popen([sys.executable, "-c", ""])
    service.wait(20)
    begun = time.monotonic()
    with pytest.raises(SetupError, match="the service ended"):
        register(desk, environment_of(tmp_path, 9, 9), service)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_command_that_starts_others_reads_nothing_of_rules_and_texts_before(command):
    told = (
        f"import sys, guidance.cli.{command}; sys.exit(any(one.startswith('guidance.signals') for one in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
