"""What the parent does about programs that end, or that can't be started just now."""

from __future__ import annotations

import signal
import subprocess

from guidance.serve import Child, Program, _how


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
