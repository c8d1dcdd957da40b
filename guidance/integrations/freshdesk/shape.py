"""What a task is in one Freshdesk: a child of the customer's ticket where the account has such, else a ticket of its own.

No call tells which features an account has, so the first task asks for a parent. A refusal has made nothing, and is remembered.
Source: Freshdesk's API reference (Create a Ticket, `parent_id`; error codes).
"""

from __future__ import annotations

from enum import StrEnum

from guidance.errors import HelpdeskError
from guidance.ports import Account, Notebook

REMEMBERED_FOR = 30 * 24 * 3600
"""Seconds; then a task asks for a parent again, for plans change."""

_REFUSED = frozenset({400, 403})
_FEATURE = "require_feature"
_PARENT = "parent_id"


class Shape(StrEnum):
    """`CHILD`: of the customer's ticket, which shows it. `TICKET`: one of its own."""

    CHILD = "child"
    TICKET = "ticket"


class TaskShape:
    """What one account's tasks are. `config.tasks` says it outright; else it is found out once."""

    def __init__(self, account: Account) -> None:
        told = account.config.get("tasks")
        self._told = Shape(told) if told in set(Shape) else None
        self._name = f"task_shape:{account.id}"
        self._notebook: Notebook | None = None
        self._found: Shape | None = None

    def keep_in(self, notebook: Notebook) -> None:
        """Remember there, so that other processes need not find it out again."""
        self._notebook = notebook

    @property
    def is_child(self) -> bool:
        """Whether the next task asks for a parent. Raises `StoreUnavailableError`."""
        if self._told is None and self._found is None and self._notebook is not None:
            kept = self._notebook.recall(self._name)
            self._found = Shape(kept.decode()) if kept else None
        return (self._told or self._found or Shape.CHILD) is Shape.CHILD

    def refused(self, error: HelpdeskError) -> bool:
        """Whether a task was refused because it asked for a parent; where the account knows none at all, that is remembered.

        A parent that has ten children, or is a child itself, is refused for this once.
        """
        words = " ".join(error.codes)
        if error.status not in _REFUSED or not (_FEATURE in words or _PARENT in words):
            return False
        if _FEATURE in words or f"{_PARENT} invalid_field" in words:
            self._found = Shape.TICKET
            if self._notebook is not None:
                self._notebook.keep(self._name, Shape.TICKET.value.encode(), seconds=REMEMBERED_FOR)
        return True
