"""`GET /api/v1/stream` and `PUT /api/v1/stream/watch`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from flask import Blueprint, Request, Response, request, stream_with_context
from msgspec import Struct

from guidance.accounts import AccountBook
from guidance.errors import HelpdeskError, MalformedError, NotAuthenticError, StoreUnavailableError
from guidance.people import is_ticket_id, may_open
from guidance.ports import Account, Helpdesk, Store
from guidance.stream.broadcaster import Broadcaster
from guidance.stream.connection import Connection
from guidance.stream.frames import GREETING, HEARTBEAT
from guidance.web.answering import answer
from guidance.web.bodies import read_json

HEARTBEAT_AFTER = 15.0
CHECKED_EVERY = 60.0
"""Seconds after which a stream asks whether its session still holds: so long may a revoked one go on."""

MOST_TICKETS = 50
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Session(Protocol):
    """Who is at the other end, as the sidebar's sessions say."""

    @property
    def agent_id(self) -> str: ...

    @property
    def account(self) -> str: ...

    @property
    def id(self) -> str: ...


SessionOf = Callable[[Request], Session]
"""The session of a request. Raises `NotAuthenticError` where there is none, or none any more."""


class WatchBody(Struct, frozen=True):
    """Which tickets an agent has open: their ids."""

    tickets: list[str]


def create_blueprint(
    *,
    store: Store,
    accounts: AccountBook,
    broadcaster: Broadcaster,
    session_of: SessionOf,
    helpdesk: Callable[[Account], Helpdesk],
    clock: Callable[[], datetime],
    heartbeat_after: float = HEARTBEAT_AFTER,
    checked_every: float = CHECKED_EVERY,
) -> Blueprint:
    """The stream's two doors. Seconds everywhere. Errors of ours are raised for the app to answer."""
    blueprint = Blueprint("stream", __name__, url_prefix="/api/v1/stream")

    @blueprint.get("")
    def stream() -> Response:
        session = session_of(request)
        connection = broadcaster.open(session.account, session.agent_id, last_id=request.headers.get("Last-Event-ID"))

        def holds() -> bool:
            return _still_holds(session_of, request)

        told = _told(connection, holds, heartbeat_after, checked_every)
        response = Response(
            stream_with_context(told), content_type="text/event-stream; charset=utf-8", headers=_HEADERS
        )
        response.call_on_close(lambda: broadcaster.leave(connection))
        return response

    @blueprint.put("/watch")
    def watch() -> Response:
        session = session_of(request)
        account = accounts.get(session.account)
        if account is None:
            raise NotAuthenticError("This helpdesk is no longer connected here.")
        asked = _tickets_asked()
        allowed = [one for one in asked if _may_watch(store, helpdesk, account, session.agent_id, one)]
        store.watch(account.id, session.agent_id, allowed, session=session.id, now=clock())
        told = {"tickets": allowed, "refused": [one for one in asked if one not in allowed]}
        return answer(told)

    return blueprint


def _told(
    connection: Connection, holds: Callable[[], bool], heartbeat_after: float, checked_every: float
) -> Iterator[bytes]:
    """What goes over the wire: a greeting, frames as they come, and a heartbeat where nothing comes."""
    yield GREETING
    checked_at = time.monotonic()
    while (taken := connection.take(within=heartbeat_after)) is not None:
        yield taken or HEARTBEAT
        if time.monotonic() - checked_at >= checked_every:
            if not holds():
                return
            checked_at = time.monotonic()


def _still_holds(session_of: SessionOf, asked: Request) -> bool:
    """Whether the session is still good. A store out of reach ends no stream."""
    try:
        session_of(asked)
    except NotAuthenticError:
        return False
    except StoreUnavailableError:
        return True
    return True


def _tickets_asked() -> list[str]:
    try:
        asked = read_json(WatchBody, strict=False).tickets
    except MalformedError:
        raise MalformedError(
            'Send {"tickets": ["4821"]}: the ids of the tickets that are open.', path="tickets"
        ) from None
    if len(asked) > MOST_TICKETS:
        raise MalformedError(f"At most {MOST_TICKETS} tickets are watched at once.", path="tickets")
    return list(dict.fromkeys(asked))


def _may_watch(
    store: Store, helpdesk: Callable[[Account], Helpdesk], account: Account, agent_id: str, ticket_id: str
) -> bool:
    """Whether this agent may hear of this ticket. Where the helpdesk can't say: no, until they ask again."""
    if not is_ticket_id(ticket_id):
        return False
    try:
        return may_open(store, helpdesk, account, agent_id, ticket_id)
    except HelpdeskError:
        return False
