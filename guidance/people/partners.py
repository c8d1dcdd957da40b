"""The partners' address book: kept by admins in the console, read by the sidebar. Each change goes into the trail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.network import Partner, unknown_field
from guidance.network.partners import FIELDS
from guidance.ports import Change, Store

_KIND = "partners"
_MOST = 200
_MOST_WORDS = 40
_LONGEST = {"name": 80, "contact": 80, "reach": 200, "hours": 120, "wording": 2_000}
_SHORTEST_WORD = 3
_decode = msgspec.json.Decoder(Partner).decode


class AddressBook:
    """The partners in the store, by name."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def all(self) -> list[Partner]:
        found = (_decode(stored) for stored in self._store.records(_KIND).values())
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    def required(self, partner_id: str) -> Partner:
        """The partner. Raises `NotFoundError`."""
        stored = self._store.record(_KIND, partner_id)
        if stored is None:
            raise NotFoundError("There is no such partner in the address book.")
        return _decode(stored)

    def put(self, partner: Partner, *, who: str, is_new: bool = False) -> Partner:
        """Keep a partner, in place of the one of that id. Raises `MalformedError`, `ConflictError` and `NotFoundError`."""
        checked = checked_partner(partner)
        stored = self._store.record(_KIND, checked.id)
        if is_new and stored is not None:
            raise ConflictError(f"“{checked.name}” is in the address book already.")
        if not is_new and stored is None:
            raise NotFoundError("There is no such partner in the address book.")
        if is_new and len(self._store.records(_KIND)) >= _MOST:
            raise MalformedError(f"The address book holds {_MOST} partners at most.", path="name")
        change = self._change(who, "added" if is_new else "changed", checked)
        if not self._store.put_record(_KIND, checked.id, msgspec.json.encode(checked), expected=stored, change=change):
            raise ConflictError("Somebody else changed this partner meanwhile; look again, then decide.")
        return checked

    def remove(self, partner: Partner, *, who: str) -> None:
        """Take a partner out. Raises `ConflictError` where somebody else changed them meanwhile."""
        before = msgspec.json.encode(partner)
        change = self._change(who, "removed", partner)
        if not self._store.put_record(_KIND, partner.id, None, expected=before, change=change):
            raise ConflictError("Somebody else changed this partner meanwhile; look again, then decide.")

    def _change(self, who: str, what: str, partner: Partner) -> Change:
        return Change(at=self._clock(), who=who, what=f"{what} {partner.name}", subject=f"partner:{partner.id}")


def checked_partner(partner: Partner) -> Partner:
    """A partner as it may be kept, with an id made of the name where it has none. Raises `MalformedError` with the field."""
    told = {field: getattr(partner, field).strip() for field in _LONGEST}
    for field, longest in _LONGEST.items():
        if len(told[field]) > longest:
            raise MalformedError(f"At most {longest} characters fit here.", path=field)
    if not told["name"]:
        raise MalformedError("A partner needs a name.", path="name")
    if unknown := unknown_field(told["wording"]):
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise MalformedError(f"There is no field {{{unknown}}}; the fields are {known}.", path="wording")
    partner_id = partner.id or _id_of(told["name"])
    return replace(partner, id=partner_id, words=_checked_words(partner.words), **told)


def _checked_words(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
    if len(kept) > _MOST_WORDS:
        raise MalformedError(f"At most {_MOST_WORDS} words or phrases fit here.", path="words")
    for word in kept:
        if not _SHORTEST_WORD <= len(word) <= _LONGEST["name"]:
            raise MalformedError(
                f"“{word}” can't tell a ticket: a word or phrase has {_SHORTEST_WORD} to {_LONGEST['name']} characters.",
                path="words",
            )
    return kept


def _id_of(name: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]
    if not found:
        raise MalformedError("A name needs a letter or a digit.", path="name")
    return found
