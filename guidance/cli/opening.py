"""The store of this installation, for commands that look into it or change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from guidance.integrations import connect
from guidance.integrations.budget import within
from guidance.ports import Account, Helpdesk, Store
from guidance.settings import read_settings
from guidance.store import RedisStore, open_store


@contextmanager
def opened_store() -> Iterator[RedisStore]:
    """The store, closed again at the end. Raises `SetupError`."""
    settings = read_settings()
    store = open_store(settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=4)
    try:
        yield store
    finally:
        store.close()


def connected(account: Account, store: Store) -> Helpdesk:
    """A client of this account's helpdesk, held to the budget that all processes share."""
    return within(connect(account), store, account, lambda: datetime.now(UTC))
