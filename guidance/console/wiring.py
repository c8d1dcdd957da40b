"""What the console's doors are wired to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from guidance.accounts import AccountBook
from guidance.console.provider import Provider
from guidance.console.sessions import Sessions
from guidance.dispatch import LiveRulebook
from guidance.errors import HelpdeskError
from guidance.people import may_open
from guidance.people.users import User, Users
from guidance.ports import Account, Change, Helpdesk, Store


class Wiring(Struct, frozen=True, kw_only=True):
    """Everything that a door of the console may reach.

    `offload` does what takes long where it holds up nobody; `url` is where browsers reach the service, as its settings say.
    """

    store: Store
    accounts: AccountBook
    users: Users
    sessions: Sessions
    rulebook: LiveRulebook
    helpdesk: Callable[[Account], Helpdesk]
    clock: Callable[[], datetime]
    offload: Callable[..., Any]
    url: str
    provider: Provider | None = None

    @property
    def is_secure(self) -> bool:
        return self.url.startswith("https://")

    def may_read(self, user: User, account_id: str, ticket_id: str) -> bool:
        """Whether this person may read a ticket's words: the agent that they are there may open it, as the helpdesk says."""
        account, agent_id = self.accounts.get(account_id), user.agents.get(account_id)
        if account is None or not agent_id:
            return False
        try:
            return may_open(self.store, self.helpdesk, account, agent_id, ticket_id)
        except HelpdeskError:
            return False

    def change(self, who: str, what: str, subject: str, *, why: str = "", before: str = "", after: str = "") -> Change:
        """An entry for the trail, as of now."""
        return Change(at=self.clock(), who=who, what=what, subject=subject, why=why[:500], before=before, after=after)
