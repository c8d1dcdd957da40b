"""The store: the one place where anything lives.

Whoever only starts a server, as `guidance serve` does, need not read all that a store can do: that comes when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from guidance.store.connect import check_url
from guidance.store.embedded import EmbeddedValkey, ending_with_parent, full_disk, is_in_use
from guidance.store.sealing import Seal

if TYPE_CHECKING:
    from guidance.store.redis import RedisStore, open_store

__all__ = [
    "EmbeddedValkey",
    "RedisStore",
    "Seal",
    "check_url",
    "ending_with_parent",
    "full_disk",
    "is_in_use",
    "open_store",
]


def __getattr__(name: str) -> Any:
    if name not in ("RedisStore", "open_store"):
        raise AttributeError(name)
    return getattr(import_module("guidance.store.redis"), name)
