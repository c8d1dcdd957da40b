"""Access: whether an agent is there and may open a ticket, asked of the helpdesk and believed for five minutes."""

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
    return _believed(store, name, lambda: connect(account).may_open(agent_id, ticket_id))


def require_access(store: Store, connect: Connect, account: Account, agent_id: str, ticket_id: str) -> None:
    """Raise `NotAllowedError` unless this agent may open this ticket, and `AccessUnknownError` where the helpdesk can't say."""
    try:
        is_allowed = may_open(store, connect, account, agent_id, ticket_id)
    except HelpdeskError as error:
        raise AccessUnknownError(error) from error
    if not is_allowed:
        raise NotAllowedError("Your helpdesk doesn't open this ticket for you, so there is nothing to show here.")


def has_left(store: Store, connect: Connect, account: Account, agent_id: str) -> bool:
    """Whether somebody is an active agent no more. The helpdesk is asked where the roster doesn't have them; where it can't say: no."""
    roster = store.roster(account.id)
    if roster is not None and roster.get(agent_id):
        return False
    try:
        return not _believed(
            store, f"access:{account.id}:{agent_id}", lambda: connect(account).agent(agent_id) is not None
        )
    except HelpdeskError:
        return False


def _believed(store: Store, name: str, ask: Callable[[], bool]) -> bool:
    """What the helpdesk says, or said within the last minutes."""
    kept = store.recall(name)
    if kept is not None:
        return kept == b"yes"
    is_so = ask()
    store.remember(name, b"yes" if is_so else b"no", seconds=BELIEVED_FOR)
    return is_so
