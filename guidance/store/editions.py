"""Editions: every published version of the house's own rules, and which one is in force."""

from __future__ import annotations

import msgspec

from guidance.ports import Change, Edition
from guidance.store import keys, scripts
from guidance.store.base import reachable, text
from guidance.store.records import Records

_edition = msgspec.json.Decoder(Edition)


class Editions(Records):
    """The part of the store that keeps rulebooks. An edition is written whole, in one step, or not at all."""

    @reachable
    def edition(self, number: int | None = None) -> Edition | None:
        wanted = text(self.client.hget(keys.editions(), "head") or b"0") if number is None else str(number)
        stored = self.client.hget(keys.editions(), wanted)
        if stored is None:
            return Edition() if wanted == "0" else None
        return _edition.decode(stored)

    @reachable
    def editions(self) -> list[Edition]:
        stored = self.client.hgetall(keys.editions())
        found = [_edition.decode(value) for name, value in stored.items() if name != b"head"]
        return sorted(
            (msgspec.structs.replace(one, files={}) for one in found), key=lambda one: one.number, reverse=True
        )

    @reachable
    def publish(self, edition: Edition, *, change: Change) -> bool:
        told = [str(edition.number - 1), str(edition.number), msgspec.json.encode(edition), *self.told(change)]
        return bool(self.run(scripts.PUBLISH, [keys.editions(), keys.changes(), keys.revision()], told))
