"""What the parent does about programs that end, or that can't be started just now."""

from __future__ import annotations

import signal
import subprocess

from guidance import serve
from guidance.errors import SetupError
from guidance.serve import Child, Program, _how
from guidance.settings import Settings


def test_a_program_that_can_not_be_started_just_now_is_tried_again_later(monkeypatch):
    now = [0.0]
    child = Child(Program("web", ("web",)), {}, clock=lambda: now[0])

    def refused(*_args, **_told):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert child.keep_running() == "web can't be started (Resource temporarily unavailable); it is tried again in 1 s"
    assert child.keep_running() is None
    now[0] = 1.5
    assert "in 2 s" in child.keep_running()
    assert child.pid is None


def test_an_end_by_any_signal_is_told():
    assert _how(-signal.SIGKILL) == "killed by SIGKILL"
    assert _how(-40) == "killed by signal 40"
    assert _how(3) == "exit code 3"


class Ended:
    """A process that has ended as soon as it is looked at."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        return -9


def test_a_worker_is_told_after_which_ones_it_comes_until_one_has_been_steady(monkeypatch):
    now, started = [0.0], []

    def start(command, **_told):
        started.append([word for word in command if word.startswith("--after")])
        return Ended(100 + len(started))

    monkeypatch.setattr(subprocess, "Popen", start)
    child = Child(Program("worker", ("worker",), inherits=True), {}, clock=lambda: now[0])
    child.start()
    for lasted in (5, 5, 300):
        now[0] += lasted
        child.keep_running()
        now[0] += 40
        child.keep_running()
    assert started == [[], ["--after=101"], ["--after=101", "--after=102"], ["--after=103"]]


def test_other_programs_are_told_nothing_of_those_before(monkeypatch):
    commands = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_told: commands.append(command) or Ended(7))
    child = Child(Program("web", ("web",)), {}, clock=lambda: 0.0)
    child.start()
    child.keep_running()
    child.keep_running()
    assert commands[0] == commands[1]


class Dying:
    """A store of our own that dies as soon as it has started."""

    pid = 7

    def __init__(self):
        self.starts = 0

    def ended(self):
        return 1

    def ensure_running(self):
        self.starts += 1
        return True


def test_a_store_that_dies_again_and_again_rests_longer_each_time_and_says_that_the_disk_is_full(monkeypatch, tmp_path):
    now, told, store = [100.0], [], Dying()
    monkeypatch.setattr(serve, "full_disk", lambda _folder: "the disk under var is full: 0 bytes free; make room")
    parent = serve.Parent(Settings(data_dir=tmp_path), (), told.append, clock=lambda: now[0])
    parent._store_begins()
    for _ in range(60):
        parent._look_at(store)
        now[0] += 0.2
    assert store.starts == 4
    ends = [line for line in told if line.startswith("store ended")]
    assert ends[0] == "store ended (the disk under var is full: 0 bytes free; make room); it starts again now"
    assert ends[-1].endswith("it starts again in 8 s; `guidance doctor` and the messages above say why")


def test_a_store_that_can_not_be_started_is_tried_again_after_a_pause_that_doubles(monkeypatch, tmp_path):
    now, told, store = [100.0], [], Dying()

    def refused():
        store.starts += 1
        raise SetupError("the disk under var is full: 0 bytes free; make room")

    store.ensure_running = refused
    parent = serve.Parent(Settings(data_dir=tmp_path), (), told.append, clock=lambda: now[0])
    for _ in range(50):
        parent._look_at(store)
        now[0] += 0.2
    assert store.starts == 4
    assert told[0].startswith(
        "the store can't be started: the disk under var is full: 0 bytes free; make room; it is tried again in 1 s"
    )
