"""Files that hold what customers wrote: nobody else on the machine may read them, and each is whole or not there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from guidance.errors import SetupError

STANDARD_OUTPUT = Path("-")

_OTHERS = 0o077


@contextmanager
def written_privately(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into, at `path` once all is written and on the disk; `-` is the standard output.

    Raises `SetupError` where it can't be written, and where `path` is a device or a pipe, whose place no file may take.
    """
    if path == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        _refuse_what_is_no_file(path)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise SetupError(f"{path} can't be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise SetupError(f"{path} is no file; name a file, or - for the standard output")


def close_to_others(path: Path) -> None:
    """Take every right on a file or folder from everybody but its owner; what belongs to somebody else stays as it is."""
    with suppress(OSError):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
