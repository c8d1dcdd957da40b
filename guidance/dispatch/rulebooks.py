"""The rulebook in force, and who notices that something was decided: rules, stages, a pause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Event

import structlog

from guidance.errors import PackError, StoreUnavailableError
from guidance.ports import Edition, Offload, Store, here
from guidance.rules import Pack, Rulebook, load_rulebook, read_packs, shipped_files
from guidance.rules.collecting import set_aside
from guidance.rules.loader import files_in
from guidance.rules.overlays import house_rulebook, usable

log = structlog.get_logger()

LOOKS_EVERY = 0.3
"""Seconds between two looks at the store's revision: a hint may be in an open sidebar two seconds after publishing."""


@lru_cache(maxsize=8)
def base_packs(folder: Path | None) -> tuple[Pack, ...]:
    """The packs that the house's own lie over: the shipped ones, and those of the installation's folder. Raises `PackError`."""
    return tuple(read_packs([*shipped_files(), *(files_in(folder) if folder else ())]))


class LiveRulebook:
    """The rulebook in force: asked each time, renewed by `look`. One that can't be compiled leaves the last good one in place.

    Before the first look it is the one of the shipped packs and the folder's. Where there is no last good one, as after a
    restart, or it was not whole either, files of the house that can't be used are left out. `problems`: why not all of the edition is in force, a line each.

    `offload` runs what takes long where it holds up nobody: gevent's threads in a web process.
    """

    def __init__(self, store: Store, folder: Path | None = None, *, offload: Offload = here) -> None:
        self._store = store
        self._folder = folder
        self._packs = base_packs(folder)
        self._offload = offload
        self._edition = -1
        self._rulebook: Rulebook | None = None
        self._is_whole = False
        self.problems: tuple[str, ...] = ()

    def __call__(self) -> Rulebook:
        if self._rulebook is None:
            self._rulebook = load_rulebook(self._folder)
        return self._rulebook

    @property
    def packs(self) -> Sequence[Pack]:
        return self._packs

    @property
    def edition(self) -> int:
        """The number of the edition that this process follows."""
        return self._edition

    def look(self) -> bool:
        """Take up the edition in force. True where that is another one than before.

        Raises `StoreUnavailableError`, and `PackError` where the packs beneath the house's can't be used either.
        """
        edition = self._store.edition() or Edition()
        if edition.number == self._edition:
            return False
        try:
            self._rulebook = self._offload(self._compiled, edition.files)
            self._is_whole, self.problems = True, ()
        except PackError as error:
            log.error("rulebook.unusable", edition=edition.number, problems=len(error.problems))  # noqa: TRY400 - its words are the house's
            self.problems = error.problems
            if not self._is_whole:
                self._rulebook = self._offload(self._compiled, usable(self._packs, edition.files))
        self._edition = edition.number
        set_aside()
        return True

    def _compiled(self, files: Mapping[str, str]) -> Rulebook:
        return house_rulebook(self._packs, files) if files else load_rulebook(self._folder)


class Noticing:
    """Looks at the store's revision again and again; where it has moved on, the rulebook is renewed and all of `tell` are called."""

    def __init__(self, store: Store, rulebook: LiveRulebook, tell: Sequence[Callable[[], None]]) -> None:
        self._store = store
        self._rulebook = rulebook
        self._tell = tell
        self._revision: int | None = None

    def look(self) -> bool:
        """One look; whether there was news. Raises `StoreUnavailableError`."""
        revision = self._store.revision()
        if revision == self._revision:
            return False
        is_first = self._revision is None
        self._rulebook.look()
        self._revision = revision
        if not is_first:
            for tell in self._tell:
                tell()
        return True

    def run(self, stopping: Event) -> None:
        """Look until stopped; a store out of reach is waited for."""
        while not stopping.wait(LOOKS_EVERY):
            try:
                self.look()
            except StoreUnavailableError:
                continue
            except Exception:
                log.exception("noticing.fault")
