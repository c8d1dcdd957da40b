"""When a worker last gave a sign of life: written down twice a minute, so that a stopped one is noticed."""

from __future__ import annotations

from datetime import datetime

from guidance.ports import Store

EVERY = 30
"""Seconds between two signs of one worker."""

_LAST, _LATELY = "alive:last", "alive:worker"
_KEPT_FOR = 90 * 86_400


def say_alive(store: Store, worker: str, now: datetime) -> None:
    """This worker is at work. Raises `StoreUnavailableError`."""
    if store.remember(f"alive:{worker}", b"1", seconds=EVERY):
        store.keep(_LATELY, worker.encode(), seconds=2 * EVERY)
        store.keep(_LAST, now.isoformat().encode(), seconds=_KEPT_FOR)


def is_alive(store: Store) -> bool:
    """Whether some worker has been seen within the last minute."""
    return store.recall(_LATELY) is not None


def seen_at(store: Store) -> datetime | None:
    """When the last sign came; None where none has for 90 days."""
    kept = store.recall(_LAST)
    return datetime.fromisoformat(kept.decode()) if kept else None
