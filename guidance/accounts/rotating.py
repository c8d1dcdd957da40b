"""Old secrets hold beside new ones for a while, so that nothing is lost while helpdesk and app change over, and then end by themselves."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from guidance.ports import Account, Store

OLD_HOLD_FOR = timedelta(days=7)
"""In which an admin types the new one into the app's settings."""

UNTIL = "old_until"
"""In an account's `config`: when its old secrets end."""

_OLD = "_old"
_NONE_SET = "no secret is set"


def holds(account: Account, name: str, fits: Callable[[str], bool]) -> bool:
    """Whether `fits` is true of the account's secret of this name, or of the old one beside it.

    It is asked of both, and where there is none as well, so that the time taken shows nothing.
    """
    found = False
    for one in (name, name + _OLD):
        secret = account.secrets.get(one, "")
        found = (fits(secret or _NONE_SET) and bool(secret)) or found
    return found


def is_same(known: str, given: str) -> bool:
    """Whether what a caller gave, whatever its letters, is what we know; the time taken shows nothing."""
    return hmac.compare_digest(known.encode(), given.encode("utf8", "surrogateescape"))


def with_old_until(account: Account, until: datetime) -> Account:
    """The account with its old secrets good until then."""
    return replace(account, config={**account.config, UNTIL: until.isoformat()})


def without_old(account: Account) -> Account:
    """The account with its new secrets alone."""
    return replace(
        account,
        secrets={name: value for name, value in account.secrets.items() if not name.endswith(_OLD)},
        locked={name: value for name, value in account.locked.items() if not name.endswith(_OLD)},
        config={name: value for name, value in account.config.items() if name != UNTIL},
    )


def end_rotations(store: Store, now: datetime) -> None:
    """Take out old secrets whose time is over; those of which nobody has said when that is have theirs from now on."""
    for account in store.accounts():
        if any(name.endswith(_OLD) for name in (*account.secrets, *account.locked)):
            store.change_account(account.id, lambda newest: _ended(newest, now))


def _ended(account: Account, now: datetime) -> Account:
    if UNTIL not in account.config:
        return with_old_until(account, now + OLD_HOLD_FOR)
    return without_old(account) if datetime.fromisoformat(account.config[UNTIL]) <= now else account
