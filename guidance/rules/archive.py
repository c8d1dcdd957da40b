"""Rule files as a ZIP or a folder of YAML: how they leave a console and come back, or go to another one or to git."""

from __future__ import annotations

import io
import lzma
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from zipfile import BadZipFile, ZipFile, ZipInfo

from guidance.errors import MalformedError
from guidance.rules.yamlfile import LIMIT

MOST_FILES = 200
LONGEST_NAME = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
_ENDINGS = (".yaml", ".yml")
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error, lzma.LZMAError)
"""What the ways to pack raise on bytes that are damaged, or packed in a way that is not known here."""

_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)


def checked_name(name: str) -> str:
    """A file's name, without its ending. Raises `MalformedError`."""
    if len(name) > LONGEST_NAME:
        raise MalformedError(f"A file's name has at most {LONGEST_NAME} characters.", path="name")
    if not _NAME.fullmatch(name):
        raise MalformedError("A file's name has small letters from a to z, digits, dots and dashes.", path="name")
    return name


def packed(files: Mapping[str, str]) -> bytes:
    """Files (name -> text) as a ZIP of `<name>.yaml`; the same files give the same bytes."""
    held = io.BytesIO()
    with ZipFile(held, "w") as archive:
        for name, text in sorted(files.items()):
            archive.writestr(ZipInfo(f"{name}.yaml", _BEGINNING_OF_TIME), text)
    return held.getvalue()


def unpacked(name: str, body: bytes) -> dict[str, str]:
    """The files (name -> text) of an upload: a ZIP of YAML files, flat or in one folder, or one YAML file called `name`.

    Raises `MalformedError`, which names the file. Never holds more than 200 files of 1 MiB, whatever a ZIP promises.
    """
    if not body.startswith(b"PK"):
        if not name.endswith(_ENDINGS):
            raise MalformedError("a ZIP, or a file whose name ends in .yaml, is needed here", path=name[:100])
        return dict([_file(name, body)])
    try:
        with ZipFile(io.BytesIO(body)) as archive:
            members = list(_members(archive))
    except _BROKEN as error:
        raise MalformedError("this is no ZIP that can be read") from error
    files = dict(members)
    if twice := next((name for name, times in Counter(name for name, _ in members).items() if times > 1), None):
        raise MalformedError("two files of this ZIP have this name; give each its own", path=f"{twice}.yaml")
    if not files:
        raise MalformedError("there is no .yaml file in this ZIP")
    return files


def _members(archive: ZipFile) -> Iterator[tuple[str, str]]:
    members = [one for one in archive.infolist() if one.filename.endswith(_ENDINGS) and "__MACOSX" not in one.filename]
    if len(members) > MOST_FILES:
        raise MalformedError(f"at most {MOST_FILES} files are taken at once, this ZIP has {len(members)}")
    for member in members:
        with archive.open(member) as opened:
            yield _file(member.filename.rpartition("/")[2], opened.read(LIMIT + 1))


def _file(filename: str, body: bytes) -> tuple[str, str]:
    if len(body) > LIMIT:
        raise MalformedError("a file may have 1 MiB", path=filename)
    stem, _, _ = filename.rpartition(".")
    try:
        return checked_name(stem), body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise MalformedError("this is not UTF-8 text", path=filename) from None
    except MalformedError as error:
        raise MalformedError(f"{error} Then comes .yaml.", path=filename[:100]) from None
