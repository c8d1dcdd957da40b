"""The store: the one place where anything lives."""

from guidance.store.connect import check_url
from guidance.store.embedded import EmbeddedValkey, ending_with_parent, holds_data, is_in_use
from guidance.store.redis import RedisStore, open_store
from guidance.store.sealing import Seal

__all__ = [
    "EmbeddedValkey",
    "RedisStore",
    "Seal",
    "check_url",
    "ending_with_parent",
    "holds_data",
    "is_in_use",
    "open_store",
]
