"""When each account's last webhook was understood: written down once a minute at most, so that a silent helpdesk is noticed."""

from __future__ import annotations

from datetime import datetime, timedelta

from guidance.ports import Arrival, Notebook

EVERY = timedelta(minutes=1)
_KEPT_FOR = 90 * 86_400


class Heard:
    """Writes it down. One for each process."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._last: dict[str, datetime] = {}

    def note(self, arrival: Arrival) -> None:
        """A webhook of this account was understood. Raises `StoreUnavailableError`."""
        before = self._last.get(arrival.account)
        if arrival.kind != "webhook" or (before is not None and arrival.received_at - before < EVERY):
            return
        self._notebook.keep(_name(arrival.account), arrival.received_at.isoformat().encode(), seconds=_KEPT_FOR)
        self._last[arrival.account] = arrival.received_at


def heard_at(notebook: Notebook, account_id: str) -> datetime | None:
    """When the account's last webhook came, to the minute; None where none has come for 90 days."""
    kept = notebook.recall(_name(account_id))
    return datetime.fromisoformat(kept.decode()) if kept else None


def _name(account_id: str) -> str:
    return f"heard:{account_id}"
