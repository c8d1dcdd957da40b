"""The store of this installation, for commands that look into it or change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from guidance.accounts import check_opened
from guidance.errors import NotFoundError, SetupError
from guidance.integrations import connect
from guidance.integrations.budget import within
from guidance.ports import Account, Helpdesk, Store
from guidance.settings import holds_data, read_settings
from guidance.store import EmbeddedValkey, RedisStore, is_in_use, open_store

NO_ACCOUNT = "There is no account yet; `guidance connect` connects one."


@contextmanager
def opened_store() -> Iterator[RedisStore]:
    """The store, closed again at the end. Raises `SetupError`."""
    settings = read_settings()
    settings.check_key()
    store = open_store(settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=4)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def store_at_rest(*, is_new: bool) -> Iterator[RedisStore]:
    """The store, also where it is our own and no service runs on it: then it is started for as long as this lasts.

    `is_new`: what is opened is to be filled, so a data folder may be made, and none may be in use. Else it has to be there, so
    that nobody who calls from another folder takes an empty store for theirs. Raises `SetupError`.
    """
    settings = read_settings(makes_key=is_new)
    folder = settings.data_dir
    valkey = None if settings.redis_url or (not is_new and is_in_use(folder)) else EmbeddedValkey(folder)
    if valkey and not is_new and not holds_data(folder):
        raise SetupError(f"there is no store in {folder.absolute()}; another folder is named by GUIDANCE_DATA")
    try:
        if valkey:
            valkey.start()
        with opened_store() as store:
            yield store
    finally:
        if valkey:
            valkey.stop()


def account_of(store: Store, account_id: str) -> Account:
    """The account. Raises `NotFoundError` with what to do."""
    known = store.account(account_id)
    if known is None:
        raise NotFoundError(f"there is no account {account_id}; `guidance accounts` lists those there are")
    return known


def accounts_of(store: Store, account_id: str | None) -> list[Account]:
    """The account that was named, or all where none was. Raises `NotFoundError` with what to do."""
    return store.accounts() if account_id is None else [account_of(store, account_id)]


def connected(account: Account, store: Store) -> Helpdesk:
    """A client of this account's helpdesk, held to the budget that all processes share."""
    check_opened(account)
    return within(connect(account), store, account, lambda: datetime.now(UTC))
