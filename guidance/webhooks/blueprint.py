"""`POST /webhooks/<helpdesk>/<name>`: 200 means that the body lies on disk."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Blueprint, Response, request

from guidance.accounts import LOCKED, AccountBook
from guidance.errors import NotAuthenticError, RefusedError, StoreUnavailableError
from guidance.integrations import Integration, Peek
from guidance.ports import Account, Arrival, Store
from guidance.telemetry import ACCEPTED, REFUSED, REPEATED
from guidance.web.bodies import read_body

_NOT_AUTHENTIC = "This webhook's address, signature or time is not right, so nothing was read."


def create_blueprint(
    *,
    store: Store,
    accounts: AccountBook,
    integrations: Mapping[str, Integration],
    clock: Callable[[], datetime],
) -> Blueprint:
    """The one door for all helpdesks. Refusals and a store out of reach are raised for the app to answer."""
    door = _Door(store, accounts, integrations, clock)
    blueprint = Blueprint("webhooks", __name__)
    blueprint.add_url_rule("/webhooks/<helpdesk>/<name>", view_func=door.receive, methods=["POST"])
    return blueprint


class _Door:
    def __init__(
        self,
        store: Store,
        accounts: AccountBook,
        integrations: Mapping[str, Integration],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._integrations = integrations
        self._clock = clock

    def receive(self, helpdesk: str, name: str) -> Response:
        """Size, then account and signature and time, then one step that marks and appends."""
        try:
            body = read_body()
            account, peek, received_at = self._verify(helpdesk, name, body)
        except RefusedError as error:
            REFUSED.labels(helpdesk if helpdesk in self._integrations else "unknown", error.code).inc()
            raise
        arrival = Arrival(
            account=account.id,
            kind="webhook",
            body=body,
            received_at=received_at,
            ticket_id=peek.ticket_id,
            mark=peek.mark,
        )
        is_new = self._store.accept(arrival)
        (ACCEPTED if is_new else REPEATED).labels(account.id).inc()
        return Response(b'{"accepted":true}' if is_new else b'{"repeated":true}', content_type="application/json")

    def _verify(self, helpdesk: str, name: str, body: bytes) -> tuple[Account, Peek, datetime]:
        """The account and what its folder saw in the body. A caller can't tell a wrong account from a wrong signature."""
        integration = self._integrations.get(helpdesk) or next(iter(self._integrations.values()))
        known = self._accounts.get(f"{helpdesk}:{name}") if helpdesk in self._integrations else None
        if known is not None and "webhook" in known.locked:
            # Not refused: with the key of before it may be genuine, so it is to be sent again.
            raise StoreUnavailableError(f"{known.id}: {LOCKED}")
        headers = {name.lower(): value for name, value in request.headers.items()}
        now = self._clock()
        try:
            peek = integration.verify(headers, body, known or _stranger(helpdesk, name), now=now)
        except NotAuthenticError:
            raise NotAuthenticError(_NOT_AUTHENTIC) from None
        if known is None:
            raise NotAuthenticError(_NOT_AUTHENTIC)
        return known, peek, now


def _stranger(helpdesk: str, name: str) -> Account:
    """An account that nobody has, so that an unknown one is checked for as long as a known one."""
    return Account(id=f"{helpdesk}:{name}", base_url="", secrets={"webhook": secrets.token_hex(16)})
