"""The helpdesks we speak to, one folder each, with the same file names in all of them.

`auth` verifies what comes in, `events` tames it, `client` calls the helpdesk's API, `package` builds the app that admins
install. Nothing of a vendor's JSON leaves its folder. A new helpdesk is a new folder: it is found by its name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Protocol, cast

from msgspec import Struct

from guidance.model import AnyEvent
from guidance.ports import Account, Helpdesk, Vault


class Peek(Struct, frozen=True):
    """What a lenient look at a raw body shows, before anything is tamed; None where it does not say.

    `mark` is what makes a repeat recognisable, None where the helpdesk sends nothing of the kind.
    """

    ticket_id: str | None = None
    mark: str | None = None


class Integration(Protocol):
    """What each helpdesk's folder offers under these names. `SECRETS` and `Config`: what an account of it may hold."""

    NAME: str
    SECRETS: Collection[str]
    Config: type[Struct]

    def verify(self, headers: Mapping[str, str], body: bytes, account: Account, *, now: datetime) -> Peek:
        """Check signature or secret over the raw bytes, then the time. Header names are lower case. Raises `NotAuthenticError`.

        An authentic body that can't be read is let in all the same: `parse` refuses it, and people see it among the failures.
        """
        ...

    def parse(self, body: bytes, account: Account, *, received_at: datetime) -> Sequence[AnyEvent]:
        """Tame an authentic body. Raises `MalformedError` with the path, or `UnsupportedEventError`."""
        ...

    def knock(self, account: Account, *, now: datetime) -> tuple[Mapping[str, str], bytes]:
        """Headers and body of a genuine webhook of this account that is taken in, and on which nothing acts."""
        ...

    def connect(self, account: Account) -> Helpdesk:
        """A client for this account's API."""
        ...

    def leave(self, account: Account, endpoint: str, *, vault: Vault, dry_run: bool = False) -> Sequence[str]:
        """Take out what `guidance connect` put into the helpdesk, which calls `endpoint`; a line for each thing done or left.

        `vault`: where tokens are kept that are renewed on the way. `dry_run`: change nothing, and say what would be. Raises `HelpdeskError` and `SetupError`.
        """
        ...


@cache
def integrations() -> Mapping[str, Integration]:
    """Every helpdesk's folder by its name."""
    names = [found.name for found in pkgutil.iter_modules(__path__) if found.ispkg]
    return {name: cast("Integration", importlib.import_module(f"{__name__}.{name}")) for name in names}


def connect(account: Account) -> Helpdesk:
    """A client for this account's API, by its helpdesk."""
    return integrations()[account.helpdesk].connect(account)
