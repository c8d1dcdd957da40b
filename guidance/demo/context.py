"""Everything that the desk's routes share, kept with the Flask app."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from typing import cast

from flask import current_app
from msgspec import Struct

from guidance.demo.faults import Faults
from guidance.demo.helpdesk import DeskHelpdesk, Pulse
from guidance.demo.limits import Limit
from guidance.demo.sender import Sender
from guidance.demo.settings import DeskSettings
from guidance.demo.zendesk_setup import Setup

NAME = "guidance_desk"


class Passes:
    """Tokens and API keys, and whose they are."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._owners = dict(known)
        self._scopes: dict[str, str] = {}
        self._lock = Lock()

    def issue(self, person_id: int, scope: str = "read write") -> str:
        """A new token for somebody."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._owners[token] = person_id
            self._scopes[token] = scope
        return token

    def end(self, token: str) -> None:
        """A token runs out."""
        with self._lock:
            self._owners.pop(token, None)

    def may(self, token: str, scope: str) -> bool:
        """Whether a token reaches as far as `scope`, as in `webhooks:write`."""
        return bool({scope, scope.partition(":")[2]} & set(self._scopes.get(token, "read write").split()))

    def owner(self, token: str) -> int | None:
        """Whose token this is; None where it is nobody's."""
        given = token.encode()
        with self._lock:
            known = list(self._owners.items())
        return next((owner for name, owner in known if secrets.compare_digest(name.encode(), given)), None)


class HelpdeskRoom(Struct, frozen=True, kw_only=True):
    """One pretend helpdesk with all that its API needs: memory, passes, limits, faults on order, and the app's parameters."""

    helpdesk: DeskHelpdesk
    passes: Passes
    faults: Faults
    calls: Limit
    updates: Limit
    lists: Limit
    invocations: Limit
    parameters: dict[str, str]


class Desk(Struct, frozen=True, kw_only=True):
    """The whole desk. `rooms` by name: `zendesk`, `freshdesk`."""

    settings: DeskSettings
    clock: Callable[[], datetime]
    pulse: Pulse
    sender: Sender
    rooms: Mapping[str, HelpdeskRoom]
    zendesk_setup: Setup


def desk() -> Desk:
    """The desk of the app that answers now."""
    return cast("Desk", current_app.extensions[NAME])
