"""What is changed on the command line, in the trail of who changed what."""

from __future__ import annotations

from datetime import UTC, datetime

from guidance.ports import Change, Store

WHO = "command line"


def note(store: Store, account_id: str, what: str) -> None:
    """Add to the trail what was done to an account. Names of settings and secrets may stand in it, no value of a secret."""
    store.note_change(Change(at=datetime.now(UTC), who=WHO, what=what, subject=f"account:{account_id}"))
