"""What people decide: console users, drafts of rules, account settings, each changed by comparing what was there, and who did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from guidance.ports import Account, Change
from guidance.store import keys, scripts
from guidance.store.base import milliseconds, reachable, text
from guidance.store.retention import CHANGES_LIVE_FOR
from guidance.store.sealing import Sealed

_changes = msgspec.json.Decoder(Change)


class Records(Sealed):
    """The part of the store that keeps small named records, and the trail of who changed what and why."""

    @reachable
    def records(self, kind: str) -> dict[str, bytes]:
        return {text(name): value for name, value in self.client.hgetall(keys.records(kind)).items()}

    @reachable
    def record(self, kind: str, name: str) -> bytes | None:
        found: bytes | None = self.client.hget(keys.records(kind), name)
        return found

    @reachable
    def put_record(
        self, kind: str, name: str, value: bytes | None, *, expected: bytes | None, change: Change | None = None
    ) -> bool:
        return self._replace(keys.records(kind), name, value, expected, change, is_news=False)

    @reachable
    def change_settings(
        self, account_id: str, settings: dict[str, Any], *, expected: dict[str, Any], change: Change
    ) -> bool:
        stored = self.client.hget(keys.accounts(), account_id)
        account = msgspec.json.decode(stored, type=Account) if stored else None
        if account is None or account.settings != expected:
            return False
        changed = msgspec.json.encode(msgspec.structs.replace(account, settings=settings))
        return self._replace(keys.accounts(), account_id, changed, stored, change, is_news=True)

    @reachable
    def swap_secrets(self, account_id: str, secrets: Mapping[str, str], *, expected: Mapping[str, str]) -> bool:
        is_swapped = False

        def swap(account: Account) -> Account:
            nonlocal is_swapped
            is_swapped = expected.items() <= account.secrets.items()
            return msgspec.structs.replace(account, secrets={**account.secrets, **secrets}) if is_swapped else account

        return self.change_account(account_id, swap) is not None and is_swapped

    @reachable
    def change_account(self, account_id: str, change: Callable[[Account], Account]) -> Account | None:
        while stored := self.client.hget(keys.accounts(), account_id):
            before = self.opened(stored)
            after = change(before)
            is_news = after != msgspec.structs.replace(before, secrets=after.secrets)
            told = self.closed(after), stored, None
            if after == before or self._replace(keys.accounts(), account_id, *told, is_news=is_news):
                return after
        return None

    def _replace(
        self,
        name: str,
        field: str,
        value: bytes | None,
        expected: bytes | None,
        change: Change | None,
        *,
        is_news: bool,
    ) -> bool:
        """Set a field where it is as expected. `is_news`: whoever keeps a copy is to read anew, and open sidebars ask anew."""
        told = [field, expected or b"", value or b"", int(is_news), *self.told(change)]
        return bool(self.run(scripts.REPLACE, [name, keys.changes(), keys.revision()], told))

    def told(self, change: Change | None) -> tuple[bytes, int]:
        """A change as the scripts take it: its entry, and up to when older ones go."""
        if change is None:
            return b"", 0
        return msgspec.json.encode(change), milliseconds(change.at - CHANGES_LIVE_FOR)

    @reachable
    def changes(self, *, subject: str | None = None, count: int = 200) -> list[Change]:
        """Newest first; `subject` narrows, over at most 5,000 of them."""
        read = self.client.xrevrange(keys.changes(), count=count if subject is None else 5000)
        found = (_changes.decode(fields[b"e"]) for _, fields in read)
        return [one for one in found if subject in (None, one.subject)][:count]

    @reachable
    def note_change(self, change: Change) -> None:
        entry, oldest = self.told(change)
        self.client.xadd(keys.changes(), {"e": entry}, minid=oldest, approximate=True)

    @reachable
    def revision(self) -> int:
        return int(self.client.get(keys.revision()) or 0)

    @reachable
    def tally(self, name: str, *, seconds: int) -> int:
        return int(self.run(scripts.TALLY, [keys.value(f"tally:{name}")], [seconds]))

    @reachable
    def untally(self, name: str) -> None:
        self.run(scripts.UNTALLY, [keys.value(f"tally:{name}")], [])

    @reachable
    def prolong(self, name: str, *, seconds: int) -> None:
        self.client.expire(keys.value(name), seconds)

    @reachable
    def keep(self, name: str, value: bytes, *, seconds: int) -> None:
        self.client.set(keys.value(name), value, ex=seconds)
