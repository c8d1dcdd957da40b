"""Since when an account is listened to: what was promised before is none of ours, and what was promised since is, however late we hear of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from guidance.ports import Notebook, Vault

_KEPT_FOR = int(timedelta(days=400).total_seconds())


def note_listening(store: Vault, account_id: str, now: datetime) -> None:
    """Note that an account is listened to; the first time stays. Raises `StoreUnavailableError`."""
    if not store.remember(_name(account_id), now.isoformat().encode(), seconds=_KEPT_FOR):
        store.prolong(_name(account_id), seconds=_KEPT_FOR)


def listening_since(notebook: Notebook, account_id: str) -> datetime | None:
    """Since when an account is listened to; None where that is not known. Raises `StoreUnavailableError`."""
    kept = notebook.recall(_name(account_id))
    return datetime.fromisoformat(kept.decode()) if kept else None


def _name(account_id: str) -> str:
    return f"listening:{account_id}"
