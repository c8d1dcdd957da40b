"""Helpdesk accounts as the service uses them: read often, so kept for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec
import structlog
from msgspec.structs import replace

from guidance.accounts.believed import Believed
from guidance.errors import HelpdeskError
from guidance.model import AccountSettings, Calibration
from guidance.ports import Account, Store

log = structlog.get_logger()

KEPT_FOR = 1.5
"""Seconds for which an account is believed to be as it was: a pause must show within two."""

STEPS = ("webhook", "app", "live")
"""From a connected account to hints that agents see."""

APPROVED_FOR = 60.0
"""Seconds for which approved texts and fits are believed to be as they were; a new macro may be a surprise for so long."""


LOCKED = "its secrets were sealed with another key: start with the key of before, or run `guidance connect` again"
_LOCKED_FOR = 60.0


class AccountBook:
    """The accounts of this installation, each kept for a moment after it was read."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._accounts = Believed(store.account, seconds=KEPT_FOR, clock=clock)
        self._approved = Believed(self._read_approved, seconds=APPROVED_FOR, clock=clock)
        self._fits = Believed(lambda account_id: calibration_of(store, account_id), seconds=APPROVED_FOR, clock=clock)

    def get(self, account_id: str) -> Account | None:
        """The account, None where there is none. Raises `StoreUnavailableError`."""
        return self._accounts.get(account_id)

    def read(self, account_id: str) -> Account | None:
        """The account as it is in the store at this moment. Raises `StoreUnavailableError`."""
        return self._accounts.read(account_id)

    def with_known(self, settings: AccountSettings) -> AccountSettings:
        """The settings with what is handed in beside them: approved sentences, and the estimate's fit. Raises `StoreUnavailableError`."""
        fit = self._fits.get(settings.account) if settings.estimate_shown else Calibration()
        return replace(settings, approved=self.approved(settings.account), calibration=fit)

    def approved(self, account_id: str) -> frozenset[str]:
        """The account's approved sentences, as they were within the last minute. Raises `StoreUnavailableError`."""
        return self._approved.get(account_id)

    def forget(self) -> None:
        """Read every account anew from here on: something was decided."""
        self._accounts.forget()

    def all(self) -> list[Account]:
        """Every account, read anew."""
        return self._store.accounts()

    def _read_approved(self, account_id: str) -> frozenset[str]:
        return _sentences(self._store.recall(approved_name(account_id)) or b"")


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


@lru_cache(maxsize=64)
def _sentences(kept: bytes) -> frozenset[str]:
    return frozenset(msgspec.msgpack.decode(kept, type=list[str])) if kept else frozenset()


def settings_of(account: Account) -> AccountSettings:
    """An account's settings as the core knows them; what can't be read stays at its default."""
    try:
        return checked_settings(account)
    except msgspec.ValidationError:
        read = {name: value for name, value in account.settings.items() if _can_be_read(name, value)}
        log.warning("settings.unreadable", account=account.id, names=sorted(account.settings.keys() - read.keys()))
        return checked_settings(msgspec.structs.replace(account, settings=read))


def checked_settings(account: Account) -> AccountSettings:
    """An account's settings as somebody wrote them just now. Raises `msgspec.ValidationError` for what can't be read."""
    known = AccountSettings.__struct_fields__
    told = {name: value for name, value in account.settings.items() if name in known}
    return msgspec.convert({**told, "account": account.id, "bot_id": account.own_user}, AccountSettings)


def _can_be_read(name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, AccountSettings)
    except msgspec.ValidationError:
        return False
    return True


def check_opened(account: Account) -> None:
    """Raise `HelpdeskError` where the helpdesk can't be called for want of the key; a later try may find it back."""
    if account.locked:
        raise HelpdeskError(f"{account.id}: {LOCKED}", retry_after=_LOCKED_FOR)


def open_steps(account: Account) -> tuple[str, ...]:
    """What of `STEPS` is still to be done before agents see something, in this order; empty where all is."""
    settings = settings_of(account)
    done = {
        "webhook": bool(account.secrets.get("webhook")),
        "app": bool(account.config.get("public_key") or account.secrets.get("install")),
        "live": settings.live_in is None or bool(settings.live_in),
    }
    return tuple(step for step in STEPS if not done[step])
