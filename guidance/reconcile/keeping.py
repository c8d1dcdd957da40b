"""What was read of an account outlives neither the account nor its erasure, however long the reading took."""

from __future__ import annotations

from guidance.ports import Store


def keep_of(store: Store, account_id: str, name: str, value: bytes, *, seconds: int) -> None:
    """Keep a value of an account under a name for a while; none of one that was disconnected meanwhile, and may have been wiped.

    Raises `StoreUnavailableError`.
    """
    store.keep(name, value, seconds=seconds)
    if is_left(store, account_id):
        store.release(name)


def is_left(store: Store, account_id: str) -> bool:
    """Whether an account is not connected any more. Raises `StoreUnavailableError`."""
    return store.account(account_id) is None
