"""Helpdesk accounts as the service uses them: read often, so kept for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

import msgspec
from msgspec.structs import replace

from guidance.model import AccountSettings, Calibration
from guidance.ports import Account, Store

KEPT_FOR = 1.5
"""Seconds for which an account is believed to be as it was: a pause must show within two."""


APPROVED_FOR = 60.0
"""Seconds for which approved texts and fits are believed to be as they were; a new macro may be a surprise for so long."""


class AccountBook:
    """The accounts of this installation, each kept for a moment after it was read."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._approved: dict[str, tuple[float, bytes, frozenset[str]]] = {}
        self._fits: dict[str, tuple[float, Calibration]] = {}
        self._kept: dict[str, tuple[float, Account | None]] = {}
        self._lock = Lock()

    def get(self, account_id: str) -> Account | None:
        """The account, None where there is none. Raises `StoreUnavailableError`."""
        now = self._clock()
        with self._lock:
            kept = self._kept.get(account_id)
        if kept is not None and now - kept[0] < KEPT_FOR:
            return kept[1]
        return self.read(account_id)

    def read(self, account_id: str) -> Account | None:
        """The account as it is in the store at this moment. Raises `StoreUnavailableError`."""
        now, account = self._clock(), self._store.account(account_id)
        with self._lock:
            if len(self._kept) > 1000:
                self._kept.clear()
            self._kept[account_id] = (now, account)
        return account

    def with_known(self, settings: AccountSettings) -> AccountSettings:
        """The settings with what is handed in beside them: approved sentences, and the estimate's fit. Raises `StoreUnavailableError`."""
        fit = self._fit(settings.account) if settings.estimate_shown else Calibration()
        return replace(settings, approved=self.approved(settings.account), calibration=fit)

    def _fit(self, account_id: str) -> Calibration:
        now, known = self._clock(), self._fits.get(account_id)
        if known is None or now - known[0] >= APPROVED_FOR:
            known = self._fits[account_id] = (now, calibration_of(self._store, account_id))
        return known[1]

    def approved(self, account_id: str) -> frozenset[str]:
        """The account's approved sentences, as they were within the last minute. Raises `StoreUnavailableError`."""
        now, known = self._clock(), self._approved.get(account_id)
        if known is not None and now - known[0] < APPROVED_FOR:
            return known[2]
        kept = self._store.recall(approved_name(account_id)) or b""
        told = known[2] if known is not None and known[1] == kept else _sentences(kept)
        self._approved[account_id] = (now, kept, told)
        return told

    def forget(self) -> None:
        """Read every account anew from here on: something was decided."""
        with self._lock:
            self._kept.clear()

    def all(self) -> list[Account]:
        """Every account, read anew."""
        return self._store.accounts()


def approved_name(account_id: str) -> str:
    """Under which name an account's approved sentences are kept."""
    return f"approved:{account_id}"


def calibration_name(account_id: str) -> str:
    """Under which name the fit of an account's estimate is kept."""
    return f"calibration:{account_id}"


def calibration_of(store: Store, account_id: str) -> Calibration:
    """How an account's estimate is fitted to what its customers answered; not at all where that is not known."""
    kept = store.recall(calibration_name(account_id))
    return msgspec.json.decode(kept, type=Calibration) if kept else Calibration()


def _sentences(kept: bytes) -> frozenset[str]:
    return frozenset(msgspec.msgpack.decode(kept, type=list[str])) if kept else frozenset()


def settings_of(account: Account) -> AccountSettings:
    """An account's settings as the core knows them; what can't be read stays at its default."""
    known = AccountSettings.__struct_fields__
    told = {name: value for name, value in account.settings.items() if name in known}
    return msgspec.convert({**told, "account": account.id}, AccountSettings)


def open_steps(account: Account) -> tuple[str, ...]:
    """What is still to be done before agents see something: `webhook`, `app`, `live`, in this order; empty where all is."""
    settings = settings_of(account)
    done = {
        "webhook": bool(account.secrets.get("webhook")),
        "app": bool(account.config.get("public_key") or account.secrets.get("install")),
        "live": settings.live_in is None or bool(settings.live_in),
    }
    return tuple(step for step, is_done in done.items() if not is_done)
