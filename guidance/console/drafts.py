"""Drafts of the house's rule files, shared by everybody who may write: each save is compared with what its writer saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import unified_diff

import msgspec
from msgspec import Struct

from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.ports import Change, Edition
from guidance.rules import Pack
from guidance.rules.archive import checked_name
from guidance.rules.extracting import own_copy
from guidance.rules.loader import file_of
from guidance.rules.yamlfile import LIMIT

_KIND = "drafts"


class DraftFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file as somebody is writing it. `base`: the published text that it began from; `version` counts saves."""

    name: str
    text: str
    base: str = ""
    version: int = 0
    who: str = ""
    at: datetime | None = None


_decode = msgspec.json.Decoder(DraftFile).decode


class Drafts:
    """The drafts in the store."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def all(self) -> dict[str, DraftFile]:
        return {name: _decode(one) for name, one in sorted(self._wiring.store.records(_KIND).items())}

    def get(self, name: str) -> DraftFile | None:
        stored = self._wiring.store.record(_KIND, checked_name(name))
        return _decode(stored) if stored else None

    def open(self, name: str) -> DraftFile:
        """The draft, else one that begins from the published text, or the shipped rule of its name; version 0 was never saved."""
        found = self.get(name)
        if found:
            return found
        files = self.published().files
        return DraftFile(name=name, text=self.before(name, files), base=files.get(name, ""))

    def of_rule(self, rule_id: str) -> DraftFile:
        """Where a rule is changed: the house's own file, or a copy of the shipped rule that will stand in its place, not yet saved.

        Raises `NotFoundError` for a rule that is not in force.
        """
        rulebook = self._wiring.rulebook()
        rule = rulebook.rules.get(rule_id)
        if rule is None:
            raise NotFoundError("There is no rule of that name in force.")
        source = next(pack.source for pack in rulebook.packs if pack.label == rule.pack)
        return self.open(source if source in self.published().files else checked_name(rule_id))

    def shipped(self, name: str) -> str:
        """With what changing the shipped rule of this name begins; '' where there is none, and a file of this name is all new."""
        source = next((pack.source for pack in self._wiring.rulebook.packs if _has(pack, name)), None)
        return own_copy(file_of(source), name) if source else ""

    def before(self, name: str, files: Mapping[str, str]) -> str:
        """What a file of this name is compared with: the one among these, else the shipped rule that it stands in for."""
        return files[name] if name in files else self.shipped(name)

    def published(self) -> Edition:
        return self._wiring.store.edition() or Edition()

    def save(self, name: str, text: str, *, seen: int, who: str, base: str | None = None) -> DraftFile:
        """Save a draft over version `seen`. Raises `ConflictError` where another version is there, `MalformedError` over 1 MiB."""
        if len(text) > LIMIT:
            raise MalformedError(f"a file may have 1 MiB, this one has {len(text):,} characters", path="text")
        stored = self._wiring.store.record(_KIND, checked_name(name))
        held = _decode(stored) if stored else None
        if (held.version if held else 0) != seen:
            raise ConflictError(_other(held))
        begun = base if base is not None else held.base if held else self.published().files.get(name, "")
        draft = DraftFile(name=name, text=text, base=begun, version=seen + 1, who=who, at=self._wiring.clock())
        if not self._wiring.store.put_record(_KIND, name, msgspec.json.encode(draft), expected=stored):
            raise ConflictError(_other(self.get(name)))
        return draft

    def drop(self, draft: DraftFile, *, change: Change | None = None) -> bool:
        """Forget a draft as it was read; False where it has changed since."""
        return self._wiring.store.put_record(
            _KIND, draft.name, None, expected=msgspec.json.encode(draft), change=change
        )


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ, with some around them: (`+`, `-`, `@` or a space, the line)."""
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    return [(line[:1], line[1:] if line[:1] != "@" else line) for line in lines if line[:3] not in ("---", "+++")]


def _has(pack: Pack, rule_id: str) -> bool:
    return any(rule.id == rule_id for rule in pack.rules)


def _other(held: DraftFile | None) -> str:
    if held is None:
        return "Somebody else published or dropped this draft meanwhile."
    return f"{held.who} saved this draft meanwhile."
