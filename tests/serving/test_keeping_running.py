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
