"""`guidance serve` as a whole: real processes, killed in every way."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guidance.errors import SetupError
from guidance.model import SHARDS
from guidance.serve import PROGRAMS, Parent
from guidance.settings import Settings
from guidance.sidebar import Sessions
from guidance.store import EmbeddedValkey, open_store
from tests.edges import ACME, Sidebar, comment_added, signed

WITHIN = 60.0
"""Seconds for what comes true at once on a machine with nothing else to do."""


def until(told, *, within=WITHIN):
    """What `told()` gives once it is true."""
    ends_at = time.monotonic() + within
    while time.monotonic() < ends_at:
        if found := told():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come true in time")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Service:
    """`guidance serve` in a process of its own, on a data folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GUIDANCE_")},
            "GUIDANCE_DATA": str(folder / "data"),
            "GUIDANCE_KEY_FILE": str(folder / "key"),
            "GUIDANCE_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self.lines = []
        self.log = folder / "log"

    def start(self):
        command = [sys.executable, "-m", "guidance.cli", "serve"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=log)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        until(self.is_ready)
        return self

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.decode().rstrip())
        self.process.stdout.close()

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.process.wait(WITHIN)
        self.reader.join(WITHIN)
        return code

    def pid(self, name):
        """The latest process under this name that a line told of."""
        told = [line for line in self.lines if line.startswith(name)]
        found = [found.group(1) for line in told if (found := re.search(r"process (\d+)", line))]
        return int(found[-1])

    def request(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def is_ready(self):
        try:
            status, told = self.request("GET", "/readyz")
        except OSError:
            return False
        return status == 200 and json.loads(told)["worker"]["seen"]

    @contextmanager
    def store(self):
        key = (self.folder / "key").read_bytes()
        opened = open_store(None, data_dir=self.folder / "data", key=key, max_connections=2)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def running(folder):
    one = Service(folder)
    try:
        one.start()
        with one.store() as store:
            store.put_account(ACME)
        yield one
    finally:
        if one.process.poll() is None:
            one.end()


@pytest.fixture
def service(tmp_path):
    """A service that the test may end."""
    with running(tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """A service for all tests that leave it whole."""
    with running(tmp_path_factory.mktemp("service")) as one:
        yield one


BODY = comment_added(text="Where is my parcel?")


@pytest.fixture(scope="module")
def cut_down(tmp_path_factory):
    """A service whose parent was killed while a webhook that was answered 200 lay in its inbox, and the processes it had."""
    with running(tmp_path_factory.mktemp("service")) as one:
        os.kill(one.pid("worker"), signal.SIGSTOP)
        assert one.request("POST", "/webhooks/zendesk/acme", BODY, signed(BODY))[0] == 200
        pids = [one.pid(name) for name in ("store", "web", "worker", "jobs")]
        one.end(signal.SIGKILL)
        yield one, pids


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_says_what_it_starts_and_stops_in_good_order(service):
    names = [line.split()[0] for line in service.lines]
    assert names == ["store", "web", "worker", "jobs", "address"]
    pids = [service.pid(name) for name in ("store", "web", "worker")]
    assert service.end() == 0
    assert service.lines[-1] == "stopped"
    assert not any(is_alive(pid) for pid in pids)


@pytest.mark.parametrize("name", ["web", "worker", "store"])
def test_a_killed_process_is_started_again(steady, name):
    before = steady.pid(name)
    os.kill(before, signal.SIGKILL)
    until(lambda: steady.pid(name) != before and steady.is_ready())


def test_nothing_is_left_behind_when_the_parent_is_killed(cut_down):
    _, pids = cut_down
    until(lambda: not any(is_alive(pid) for pid in pids))


def test_what_was_answered_200_survives_the_death_of_everything(cut_down):
    service, pids = cut_down
    until(lambda: not any(is_alive(pid) for pid in pids))
    survivor = EmbeddedValkey(service.folder / "data")
    survivor.start()
    with service.store() as store:
        entries = [entry for shard in range(SHARDS) for entry in store.claim(shard, "another", idle_ms=0)]
        assert [entry.arrival.body for entry in entries] == [BODY]
    survivor.stop()


def test_a_second_service_on_the_same_data_says_so_in_one_sentence(steady):
    other = {**steady.environment, "GUIDANCE_PORT": str(free_port())}
    ended = subprocess.run([sys.executable, "-m", "guidance.cli", "serve"], env=other, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "is in use by another guidance" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_port_in_use_is_told_before_anything_is_started(steady):
    ended = subprocess.run(
        [sys.executable, "-m", "guidance.cli", "serve"], env=steady.environment, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert f"127.0.0.1:{steady.port} can't be listened on" in ended.stderr
    assert "process" not in ended.stdout


def test_rules_that_can_not_be_read_are_told_before_anything_is_started(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.yaml").write_text("pack: ours\n")
    environment = {**Service(tmp_path).environment, "GUIDANCE_RULES": str(tmp_path / "rules")}
    command = [sys.executable, "-m", "guidance.cli", "serve"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=WITHIN)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "ours.yaml:1: `version` is missing" in ended.stderr
    assert "nothing was started; mend this in" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_store_s_address_of_an_unknown_kind_is_refused_before_anything_is_started(tmp_path, monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    settings = Settings(data_dir=tmp_path, redis_url="http://store", secret_key=b"0123456789abcdef", port=free_port())
    told = []
    with pytest.raises(SetupError, match="GUIDANCE_REDIS_URL begins with one of redis://"):
        Parent(settings, PROGRAMS, told.append).run()
    assert told == []


def test_ctrl_c_ends_streams_and_stops_within_seconds(service):
    with service.store() as store:
        sessions = Sessions((service.folder / "key").read_bytes(), store, lambda: datetime.now(UTC))
        token = sessions.open(ACME.id, "12").token
    with closing(Sidebar(service.port, {"Authorization": f"Bearer {token}"})) as stream:
        stream.block()
        began = time.monotonic()
        assert service.end(signal.SIGINT) == 0
        assert time.monotonic() - began < 8
        with pytest.raises(EOFError):
            stream.event()


def chunks(count, size):
    chunk = b"%x\r\n%b\r\n" % (size, b"x" * size)
    return chunk * count + b"0\r\n\r\n"


def test_a_chunked_body_over_the_limit_is_413_on_the_real_server(steady):
    head = b"POST /webhooks/zendesk/acme HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", steady.port), 10) as caller:
        caller.sendall(head + chunks(24, 1 << 16))
        response = http.client.HTTPResponse(caller)
        response.begin()
        assert response.status == 413
        assert json.loads(response.read())["error"]["code"] == "too_large"


def test_a_body_without_end_is_cut_off(steady):
    head = b"POST /webhooks/zendesk/acme HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n%b\r\n" % (1 << 16, b"x" * (1 << 16))
    with socket.create_connection(("127.0.0.1", steady.port), 10) as caller:
        caller.sendall(head)
        with pytest.raises(OSError):
            for _ in range(4096):
                caller.sendall(chunk)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (
            b"GET /healthz HTTP/1.1\r\n" + b"".join(b"X-%d: secret\r\n" % n for n in range(120)) + b"\r\n",
            "got more than 100 headers",
        ),
        (b"secret\r\n\r\n", "Invalid HTTP method"),
        (
            b"POST /webhooks/zendesk/acme HTTP/1.1\r\nContent-Length: secret\r\n\r\n",
            "invalid literal for int() with base 10",
        ),
    ],
    ids=["headers", "line", "length"],
)
def test_what_is_no_request_is_one_line_in_the_log_without_its_words(steady, sent, reason):
    before = len(steady.log.read_text().splitlines())
    with socket.create_connection(("127.0.0.1", steady.port), 10) as caller:
        caller.sendall(sent)
        assert caller.recv(64).startswith(b"HTTP/1.1 400 ")
    until(lambda: "web.unreadable_request" in "".join(steady.log.read_text().splitlines()[before:]))
    told = [json.loads(line) for line in steady.log.read_text().splitlines()[before:]]
    assert reason in [one.get("reason") for one in told]
    assert "secret" not in json.dumps(told)


def test_a_chunked_body_within_the_limit_is_read(steady):
    body = comment_added(event_id="chunked")
    headers = "".join(f"{name}: {value}\r\n" for name, value in signed(body).items())
    head = f"POST /webhooks/zendesk/acme HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n{headers}\r\n".encode()
    with socket.create_connection(("127.0.0.1", steady.port), 10) as caller:
        caller.sendall(head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
        response = http.client.HTTPResponse(caller)
        response.begin()
        assert response.status == 200


def test_metrics_of_all_processes_come_together(steady):
    def metrics():
        return steady.request("GET", "/metrics")[1].decode().splitlines()

    lag = until(lambda: next((line for line in metrics() if line.startswith("guidance_loop_lag_seconds ")), None))
    assert 0 <= float(lag.split()[1]) < 5
    assert "guidance_store_durable 1.0" in metrics()
    assert any(line.startswith("guidance_worked_seconds_count") for line in metrics())


def test_logs_hold_no_ticket_text(steady):
    body = comment_added(text="xylophone marmalade", event_id="logged").replace(b'"author"', b'"nobody"')
    assert steady.request("POST", "/webhooks/zendesk/acme", body, signed(body))[0] == 200
    until(lambda: "webhook.quarantined" in steady.log.read_text())
    assert "xylophone" not in steady.log.read_text()
