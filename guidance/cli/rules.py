"""`guidance rules`: the house's published rules in a folder, so that they live in git, and back again."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from guidance.cli.noting import WHO
from guidance.cli.opening import opened_store
from guidance.dispatch.rulebooks import base_packs
from guidance.errors import ConflictError, MalformedError, PackError
from guidance.ports import Change, Edition
from guidance.rules.archive import checked_name
from guidance.rules.loader import files_in
from guidance.rules.overlays import flaws_of_all
from guidance.settings import read_settings
from guidance.text.foreign import read_json

MARK = ".guidance-version"
"""The file that says which published version a folder was pulled from, and how its files were then."""


class Pulled(Struct, frozen=True):
    """What MARK holds: the version, and each file's hash."""

    version: int = 0
    files: dict[str, str] = {}


@click.group()
def rules() -> None:
    """The house's published rules in a folder: pull them, push them."""


@rules.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def pull(folder: Path) -> None:
    """Write the published files into FOLDER, one .yaml each; those that were pulled before and are gone are removed.

    Where a file was changed here since it was pulled, nothing is written.
    """
    with opened_store() as store:
        edition = store.edition() or Edition()
    pulled = _pulled(folder)
    held = {Path(file.source).stem: file.text for file in files_in(folder)}
    _refuse_changed(held, edition.files, pulled)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in edition.files.items():
        (folder / f"{name}.yaml").write_text(text, "utf8")
    gone = [name for name in pulled.files if name in held and name not in edition.files]
    for name in gone:
        (folder / f"{name}.yaml").unlink()
    _note(folder, edition)
    removed = f", {len(gone)} removed" if gone else ""
    click.echo(f"version {edition.number}: {len(edition.files)} files in {folder}{removed}")


@rules.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--why", default="", help="The reason, for the trail of changes.")
@click.option("--who", default=WHO, help="Who pushes, for the trail of changes.")
def push(folder: Path, why: str, who: str) -> None:
    """Publish FOLDER's files whole, as one version, unless one has a problem or somebody published since the pull."""
    files = {checked_name(Path(file.source).stem): file.text for file in files_in(folder)}
    with opened_store() as store:
        head = store.edition() or Edition()
        if (pulled := _pulled(folder).version) != head.number:
            raise ConflictError(
                f"version {head.number} is in force, and {folder} was pulled from version {pulled}; "
                "pull into another folder, merge, and push again"
            )
        if files == head.files:
            click.echo(f"version {head.number} is in force already, word for word")
            return
        _refuse_flaws(files)
        now = datetime.now(UTC)
        edition = Edition(number=head.number + 1, files=files, at=now, who=who, why=why)
        told = {"before": f"version {head.number}", "after": f"version {edition.number}"}
        change = Change(at=now, who=who, what=f"pushed {len(files)} files", subject="rulebook", why=why, **told)
        if not store.publish(edition, change=change):
            raise ConflictError("somebody else published at this very moment; pull, merge, and push again")
    _note(folder, edition)
    click.echo(f"version {edition.number} is in force: {len(files)} files")


def _pulled(folder: Path) -> Pulled:
    """What was pulled into a folder; version 0 where nothing was."""
    mark = folder / MARK
    try:
        return read_json(mark.read_bytes(), Pulled) if mark.exists() else Pulled()
    except MalformedError as error:
        raise MalformedError(f"{mark} can't be read; pull into another folder") from error


def _note(folder: Path, edition: Edition) -> None:
    hashes = {name: _hash(text) for name, text in sorted(edition.files.items())}
    (folder / MARK).write_bytes(msgspec.json.format(msgspec.json.encode(Pulled(edition.number, hashes))) + b"\n")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_changed(held: dict[str, str], published: dict[str, str], pulled: Pulled) -> None:
    """Work that was not pushed yet must not be lost."""
    changed = [
        name
        for name, text in sorted(held.items())
        if (name in published or name in pulled.files)
        and text != published.get(name)
        and _hash(text) != pulled.files.get(name)
    ]
    if changed:
        raise ConflictError(f"changed here and not pushed: {', '.join(changed)}; pull into another folder and merge")


def _refuse_flaws(files: dict[str, str]) -> None:
    found = flaws_of_all(base_packs(read_settings().rules_dir), files)
    if found:
        problems = [f"{name}.yaml:{flaw.line}: {flaw.message}" for name, flaw in found]
        raise PackError(problems)
