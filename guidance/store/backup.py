"""Backup and restore: everything that is kept, as plain values in one file, which any server of any version takes back.

Secrets stay sealed, and the key that opens them is not in the file. Sessions and permissions are left out: people sign in again.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec
from msgspec import Struct

from guidance.errors import ConflictError, MalformedError, SetupError
from guidance.ports import Notebook
from guidance.store import keys
from guidance.store.base import reachable, text
from guidance.store.private import written_privately
from guidance.store.sealing import Sealed

FORMAT = "guidance backup 1"
_PASSING = (
    "{v:session:",
    "{v:console:",
    "{v:signin",
    "{v:tally:",
    "{v:oidc:",
    "{v:access:",
    "{v:alive:",
    "{v:forgotten:",
)
_PASSING_KINDS = ("out", "trimmed", "watchers", "watching", "budget", "waiting")
_FIRST = ("{v:reconciled:*", "{v:whole:*", "*:inbox")
"""Up to where all is known is written down before anything else, then what is on its way: what changes meanwhile is heard of again."""

_ACCOUNTS = keys.accounts().encode()
_AT_ONCE = 500
_LAST, _RESTORED = "backed-up", "restored"
_REMEMBERED_FOR = 365 * 86_400
_LOOKS_FIRST_FOR = 30 * 86_400
_DAMAGED = "is cut off or damaged: not all of it is there"


class Kept(Struct, frozen=True, array_like=True):
    """One key: its type, what it holds, and in how many milliseconds it ends (-1: never)."""

    name: bytes
    kind: str
    lives_for: int
    value: Any


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Kept).decode


class Backup(Sealed):
    """The part of the store that writes itself down and reads itself in."""

    def back_up(self, path: Path) -> int:
        """Write everything into a file that nobody else may read, `-` for the standard output; how many keys there were.

        Raises `SetupError` where the file can't be written.
        """
        count = 0
        with written_privately(path) as raw, gzip.open(raw, "wb") as file:
            file.write(_framed(FORMAT.encode()))
            for kept in self._everything():
                file.write(_framed(_encode(kept)))
                count += 1
        return count

    @reachable
    def restore(self, path: Path, *, without_key: bool = False) -> int:
        """Read a backup into an empty store; how many keys there were. `without_key`: also where its secrets stay locked here.

        Raises `ConflictError`, `MalformedError` and `SetupError`, before anything is written.
        """
        if int(self.client.dbsize()):
            raise ConflictError("the store is not empty; restore into a new one, so that nothing is mixed up")
        with _rereadable(path) as file:
            accounts = [
                one for one in _held(path, file) if one.name == _ACCOUNTS
            ]  # to its end: only there damage shows
            if not without_key and any(map(self._is_locked, accounts)):
                raise SetupError(
                    f"{path} was sealed with another key: set GUIDANCE_SECRET_KEY or GUIDANCE_KEY_FILE to the key of then; where "
                    "it is lost, --without-key restores all else, and each helpdesk is connected anew"
                )
            return self._put_all(_held(path, file))

    def _is_locked(self, accounts: Kept) -> bool:
        """Whether another key has sealed a secret of one of them."""
        return any(self.opened(stored).locked for _, stored in accounts.value)

    @reachable
    def _everything(self) -> Iterator[Kept]:
        seen: set[bytes] = set()
        for match in (*_FIRST, "*"):
            for name in self.client.scan_iter(match=match, count=_AT_ONCE):
                if name in seen or _is_passing(text(name)):
                    continue
                if match != "*":
                    seen.add(name)
                if (kept := self._written_down(name)) is not None:
                    yield kept

    def _written_down(self, name: bytes) -> Kept | None:
        kind = text(self.client.type(name))
        if kind == "none":
            return None
        lives_for, value = int(self.client.pttl(name)), _READ[kind](self.client, name)
        # What ended in this moment has nothing in it any more, and can't be put back.
        return Kept(name, kind, lives_for, value) if value or value == b"" else None

    def _put_all(self, held: Iterator[Kept]) -> int:
        """Put keys back, each once: a server that makes room while it lists them may name one twice."""
        names: set[bytes] = set()
        for kept in held:
            if kept.name not in names:
                self._put(kept)
                names.add(kept.name)
        return len(names)

    def _put(self, kept: Kept) -> None:
        _WRITE[kept.kind](self.client, kept.name, kept.value)
        if kept.lives_for > 0:
            self.client.pexpire(kept.name, kept.lives_for)


def note_backup(notebook: Notebook, at: datetime) -> None:
    """Remember that a backup was made then, for the doctor."""
    notebook.keep(_LAST, at.isoformat().encode(), seconds=_REMEMBERED_FOR)


def backed_up_at(notebook: Notebook) -> datetime | None:
    """When the last backup was made; None where none was for a year."""
    kept = notebook.recall(_LAST)
    return datetime.fromisoformat(kept.decode()) if kept else None


def note_restore(notebook: Notebook) -> None:
    """Remember for a month that what is kept here came out of a backup."""
    notebook.keep(_RESTORED, b"1", seconds=_LOOKS_FIRST_FOR)


def may_know_less(notebook: Notebook) -> bool:
    """Whether the helpdesk may hold tasks and notes of ours that a restored backup does not know of."""
    return notebook.recall(_RESTORED) is not None


_READ: dict[str, Any] = {
    "string": lambda client, name: client.get(name),
    "hash": lambda client, name: list(client.hgetall(name).items()),
    "list": lambda client, name: client.lrange(name, 0, -1),
    "set": lambda client, name: sorted(client.smembers(name)),
    "zset": lambda client, name: client.zrange(name, 0, -1, withscores=True),
    "stream": lambda client, name: [(entry, list(fields.items())) for entry, fields in client.xrange(name)],
}
_WRITE: dict[str, Any] = {
    "string": lambda client, name, value: client.set(name, value),
    "hash": lambda client, name, value: client.hset(name, mapping=dict(value)),
    "list": lambda client, name, value: client.rpush(name, *value),
    "set": lambda client, name, value: client.sadd(name, *value),
    "zset": lambda client, name, value: client.zadd(name, dict(value)),
    "stream": lambda client, name, value: [client.xadd(name, dict(fields), id=entry) for entry, fields in value],
}


def _is_passing(name: str) -> bool:
    """What lives for minutes, or opens doors."""
    return name.startswith(_PASSING) or name.rpartition("}:")[2].partition(":")[0] in _PASSING_KINDS


def _framed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


def _whole(file: gzip.GzipFile, count: int) -> bytes:
    body = file.read(count)
    if len(body) != count:
        raise EOFError
    return body


@contextmanager
def _rereadable(path: Path) -> Iterator[IO[bytes]]:
    """The file, which can be gone through again: it may be larger than our memory. What comes out of a pipe is laid down for that."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise MalformedError(f"{path} can't be read: {error.strerror}") from error
    with raw:
        if raw.seekable():
            yield raw
            return
        with TemporaryFile() as copy:
            copyfileobj(raw, copy)
            yield copy


def _held(path: Path, raw: IO[bytes]) -> Iterator[Kept]:
    """What a backup holds, from its beginning on. Raises `MalformedError`."""
    raw.seek(0)
    frames = _frames(path, raw)
    if next(frames, None) != FORMAT.encode():
        raise MalformedError(f"{path} is no backup of this version")
    try:
        yield from map(_decode, frames)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # the latter where a text is no UTF-8 any more
        raise MalformedError(f"{path} {_DAMAGED}") from None


def _frames(path: Path, raw: IO[bytes]) -> Iterator[bytes]:
    try:
        with gzip.open(raw, "rb") as file:
            while head := file.read(4):
                yield _whole(file, int.from_bytes(head, "big"))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        if str(error).startswith("Not a gzipped file"):
            raise MalformedError(f"{path} is no gzip file, so no backup of ours") from None
        raise MalformedError(f"{path} {_DAMAGED}") from None
    except OSError as error:
        raise MalformedError(f"{path} can't be read: {error.strerror}") from error
