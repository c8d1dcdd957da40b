"""`guidance serve`: a small parent that starts everything, starts again what dies, and leaves nothing behind.

The parent does no work of its own, so it has nothing to die of. Its children are asked to end with it by the kernel.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from msgspec import Struct
from prometheus_client.multiprocess import mark_process_dead

from guidance.errors import SetupError
from guidance.settings import Settings
from guidance.store import EmbeddedValkey, check_url, ending_with_parent, full_disk

STOPS_WITHIN = 30.0
"""Seconds for children to finish what they are at, before they are killed: longer than a call to a helpdesk takes."""

_LOOKS_EVERY = 0.2
_LONGEST_PAUSE = 30.0
_STEADY_AFTER = 60.0
"""What ran for so many seconds is taken for sound, and its next restart is at once."""

_ADVISED_AFTER = 3
"""Of what died so often in a row it is told what to do: it will hardly mend by itself."""

_MOST_ENDED = 8
"""Of so many processes that ended one soon after the other their successor is told."""


class Program(Struct, frozen=True):
    """Something that `serve` keeps running: `arguments` follow `guidance` on its command line.

    `inherits`: it is told which processes it comes after, and goes on with what they were at.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = {}
    inherits: bool = False


PROGRAMS = (Program("web", ("web",)), Program("worker", ("worker",), inherits=True), Program("jobs", ("jobs",)))


class Rest:
    """When something that died may start again: at once after the first time, then after a pause that doubles."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._deaths = 0
        self._began_at = 0.0
        self._ends_at = 0.0

    @property
    def is_over(self) -> bool:
        return self._clock() >= self._ends_at

    @property
    def was_steady(self) -> bool:
        """Whether what began last ran for long."""
        return self._clock() - self._began_at >= _STEADY_AFTER

    def begin(self) -> None:
        """It runs now."""
        self._began_at = self._clock()

    def after_death(self, *, is_start: bool = False) -> str:
        """When it starts again, in words, with what to do where it keeps dying. `is_start`: it could not even be started."""
        self._deaths = 0 if self.was_steady and not is_start else self._deaths + 1
        doublings = self._deaths - (1 if is_start else 2)
        pause = 0.0 if doublings < 0 else min(2.0**doublings, _LONGEST_PAUSE)
        self._ends_at = self._clock() + pause
        advice = "; `guidance doctor` and the messages above say why" if self._deaths >= _ADVISED_AFTER else ""
        return f"{f'in {pause:.0f} s' if pause else 'now'}{advice}"


class Child:
    """One program, running or waiting to be started again."""

    def __init__(
        self, program: Program, environment: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.program = program
        self._environment = {**os.environ, **environment, **program.environment}
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = Rest(clock)
        self._ended: list[int] = []

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        after = (f"--after={pid}" for pid in self._ended) if self.program.inherits else ()
        command = [sys.executable, "-m", "guidance.cli", *self.program.arguments, *after]
        self._process = subprocess.Popen(  # noqa: S603 - in a group of its own: Ctrl-C is the parent's to pass on, in order
            ending_with_parent(command), env=self._environment, stdin=subprocess.DEVNULL, process_group=0
        )
        self._rest.begin()

    def keep_running(self) -> str | None:
        """Start the program again where it has died, after a pause that doubles. A line to tell where something changed."""
        if self._process is None:
            return self._start_again() if self._rest.is_over else None
        code = self._process.poll()
        if code is None:
            return None
        return self._take_note(self._process, code)

    def _start_again(self) -> str:
        try:
            self.start()
        except OSError as error:  # the machine is short of memory or processes: that must not end the others
            again = self._rest.after_death(is_start=True)
            return f"{self.program.name} can't be started ({error.strerror}); it is tried again {again}"
        return f"{self.program.name} started again (process {self.pid})"

    def _take_note(self, process: subprocess.Popen[bytes], code: int) -> str:
        was_steady, again = self._rest.was_steady, self._rest.after_death()
        self._process = None
        # One that ran for long has taken over what lay with those before it.
        self._ended = [process.pid] if was_steady else [*self._ended, process.pid][-_MOST_ENDED:]
        self._count_no_more(process.pid)
        return f"{self.program.name} ended ({_how(code)}); it starts again {again}"

    def _count_no_more(self, pid: int) -> None:
        """Drop the gauges of a process that has ended; its counters stay."""
        if folder := self._environment.get("PROMETHEUS_MULTIPROC_DIR"):
            mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]

    def tell_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait(self, until: float) -> None:
        """Wait for the end of the program; kill it once the clock says `until`."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, until - self._clock()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Parent:
    """The whole service on one machine: the store where it is ours, then the programs."""

    def __init__(
        self,
        settings: Settings,
        programs: Sequence[Program],
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._say = say
        self._valkey = None if settings.redis_url else EmbeddedValkey(settings.data_dir, self._is_wanted)
        self._store_rest = Rest(clock)
        self._store_runs = False
        self._metrics_dir = Path(tempfile.mkdtemp(prefix="guidance-metrics-"))
        self._children = [Child(program, {"PROMETHEUS_MULTIPROC_DIR": str(self._metrics_dir)}) for program in programs]
        self._is_stopping = False

    def run(self) -> None:
        """Start everything, keep it running until SIGTERM or SIGINT, stop it in good order. Raises `SetupError`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            self._start()
            while not self._is_stopping:
                self._look()
                time.sleep(_LOOKS_EVERY)
        except SetupError:
            if not self._is_stopping:
                raise
        finally:
            self._end()

    def _start(self) -> None:
        if self.settings.redis_url:
            check_url(self.settings.redis_url)
        check_address(self.settings)
        if self._valkey:
            self._valkey.start()
            self._store_begins()
            self._say(f"store     Valkey on {self.settings.data_dir}, every write on disk (process {self._valkey.pid})")
        for child in self._children:
            child.start()
            self._say(f"{child.program.name:<9} process {child.pid}")
        self._say(f"address   {self.settings.url}")

    def _look(self) -> None:
        """Start again what has died."""
        if self._valkey:
            self._look_at(self._valkey)
        for child in self._children:
            if told := child.keep_running():
                self._say(told)

    def _look_at(self, valkey: EmbeddedValkey) -> None:
        """Start the store again where it has died, and say why where that can be seen."""
        code = valkey.ended()
        if code is not None and self._store_runs:
            self._store_runs = False
            why = full_disk(self.settings.data_dir) or _how(code)
            self._say(f"store ended ({why}); it starts again {self._store_rest.after_death()}")
        if self._store_runs or not self._store_rest.is_over:
            return
        try:
            valkey.ensure_running()
        except (SetupError, OSError) as error:
            self._say(
                f"the store can't be started: {error}; it is tried again {self._store_rest.after_death(is_start=True)}"
            )
        else:
            self._store_begins()
            self._say(f"store started again (process {valkey.pid})")

    def _store_begins(self) -> None:
        self._store_runs = True
        self._store_rest.begin()

    def _is_wanted(self) -> bool:
        return not self._is_stopping

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _end(self) -> None:
        """Children first: what they still save must find the store."""
        until = time.monotonic() + STOPS_WITHIN
        for child in self._children:
            child.tell_to_stop()
        for child in self._children:
            child.wait(until)
        if self._valkey:
            self._valkey.stop()
        shutil.rmtree(self._metrics_dir, ignore_errors=True)
        if self._is_stopping:
            self._say("stopped")


def check_address(settings: Settings) -> None:
    """Raise `SetupError` where somebody else listens there already, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.create_server((settings.host, settings.port), family=family):
            pass
    except OSError as error:
        where = settings.listens_at
        why = str(error.strerror).partition(" (while")[0]
        raise SetupError(f"{where} can't be listened on ({why}); set GUIDANCE_HOST or GUIDANCE_PORT") from error


def serve(settings: Settings, *, programs: Sequence[Program] = PROGRAMS, say: Callable[[str], None] = print) -> None:
    """Run the service until it is told to stop. `programs`: what to keep running beside the store. Raises `SetupError`."""
    Parent(settings, programs, say).run()


def _how(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"exit code {code}"
    named = {one.value: one.name for one in signal.Signals}
    return f"killed by {named.get(-code, f'signal {-code}')}"
