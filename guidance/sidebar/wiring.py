"""What the sidebar's doors are wired to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from guidance.accounts import AccountBook
from guidance.errors import NotAllowedError, NotAuthenticError, NotFoundError
from guidance.model import TicketKey
from guidance.people import is_ticket_id, require_access
from guidance.ports import Account, Helpdesk, Store
from guidance.rules import Rulebook
from guidance.sidebar.sessions import Session, Sessions


class Wiring(Struct, frozen=True, kw_only=True):
    """Everything that a door of the sidebar may reach. `rulebook` is asked each time: a new one may be in force."""

    store: Store
    accounts: AccountBook
    sessions: Sessions
    rulebook: Callable[[], Rulebook]
    helpdesk: Callable[[Account], Helpdesk]
    clock: Callable[[], datetime]
    zaf_sdk_url: str

    def account_of(self, session: Session) -> Account:
        """The session's account. Raises `NotAuthenticError` for one that has been disconnected meanwhile."""
        account = self.accounts.get(session.account)
        if account is None:
            raise NotAuthenticError("This helpdesk is no longer connected here.")
        return account

    def proven(self, session: Session) -> Session:
        """The session, once it is sure that the helpdesk has proven its agent. Raises `NotAllowedError`."""
        if session.claimed:
            raise NotAllowedError(
                "Your helpdesk can't prove who you are, so only one ticket's hints and promises are shown at a time."
            )
        return session

    def ticket_for(self, session: Session, account_id: str, ticket_id: str) -> TicketKey:
        """The ticket, once it is sure that this agent may open it.

        Raises `NotAllowedError` for another account's ticket or one closed to the agent, `NotFoundError` for what can be
        no ticket's id, and `AccessUnknownError` where the helpdesk can't say.
        """
        if session.account != account_id:
            raise NotAllowedError("This panel was opened for another helpdesk account.")
        if not is_ticket_id(ticket_id):
            raise NotFoundError("There is no ticket of that number.")
        require_access(self.store, self.helpdesk, self.account_of(session), session.agent_id, ticket_id)
        return TicketKey(account_id, ticket_id)
