"""The store: the one place where anything lives."""

from guidance.store.embedded import EmbeddedValkey, ending_with_parent
from guidance.store.redis import RedisStore, open_store
from guidance.store.sealing import Seal

__all__ = ["EmbeddedValkey", "RedisStore", "Seal", "ending_with_parent", "open_store"]
