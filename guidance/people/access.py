"""Ticket access: whether an agent may open a ticket, asked of the helpdesk and believed for five minutes."""

from __future__ import annotations

from collections.abc import Callable

from guidance.errors import AccessUnknownError, HelpdeskError, NotAllowedError
from guidance.ports import Account, Helpdesk, Store

BELIEVED_FOR = 300
"""Seconds for which an answer of the helpdesk's holds."""

_LONGEST_ID = 64

Connect = Callable[[Account], Helpdesk]


def is_ticket_id(text: str) -> bool:
    """Whether this can be a ticket's id."""
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_ID


def may_open(store: Store, connect: Connect, account: Account, agent_id: str, ticket_id: str) -> bool:
    """Whether this agent may open this ticket. `connect` is called only where no fresh answer is kept.

    Raises `HelpdeskError` where the helpdesk can't say now: nothing is concluded from that, and nothing is kept.
    """
    name = f"access:{account.id}:{agent_id}:{ticket_id}"
    kept = store.recall(name)
    if kept is not None:
        return kept == b"yes"
    allowed = connect(account).may_open(agent_id, ticket_id)
    store.remember(name, b"yes" if allowed else b"no", seconds=BELIEVED_FOR)
    return allowed


def require_access(store: Store, connect: Connect, account: Account, agent_id: str, ticket_id: str) -> None:
    """Raise `NotAllowedError` unless this agent may open this ticket, and `AccessUnknownError` where the helpdesk can't say."""
    try:
        is_allowed = may_open(store, connect, account, agent_id, ticket_id)
    except HelpdeskError as error:
        raise AccessUnknownError(error) from error
    if not is_allowed:
        raise NotAllowedError("Your helpdesk doesn't open this ticket for you, so there is nothing to show here.")
