"""The command that starts the desk: what it says, and when."""

import socket
import subprocess
import sys
import time
import urllib.request

import msgspec
import pytest
from click.testing import CliRunner

from guidance.cli import main
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


def test_the_desks_address_is_told_once_the_desk_is_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    desk = DeskSettings(secrets=new_secrets(), desk_url=url, service_url="http://127.0.0.1:9")
    served = (
        "import sys, msgspec; from guidance.demo import DeskSettings, serve_desk; "
        "serve_desk(msgspec.json.decode(sys.stdin.buffer.read(), type=DeskSettings), port=int(sys.argv[1]))"
    )
    command = [sys.executable, "-c", served, url.rpartition(":")[2]]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
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


def test_one_port_for_desk_and_service_is_refused():
    answer = CliRunner().invoke(main, ["demo", "--port", "8766", "--service-port", "8766"])
    assert (answer.exit_code, "need a port each" in answer.output) == (2, True)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_command_that_starts_others_reads_nothing_of_rules_and_texts_before(command):
    told = (
        f"import sys, guidance.cli.{command}; sys.exit(any(one.startswith('guidance.signals') for one in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
