"""`POST /sidebar/freshdesk`: a session for an agent whom Freshdesk's app names, and nobody proves.

The install's secret proves the account: it lies with Freshworks and never reaches a browser. Who of the account's agents
is asking, only the browser says, so such a session is `claimed`: hints, feedback and one ticket's promises, no more.
"""

from __future__ import annotations

from functools import partial

import structlog
from flask import Blueprint, Response, request
from msgspec import Struct
from msgspec.structs import replace

from guidance.accounts.rotating import holds, is_same
from guidance.errors import MalformedError, NotAllowedError, NotAuthenticError
from guidance.ports import Account
from guidance.sidebar.cors import is_origin
from guidance.sidebar.page import handed_over
from guidance.sidebar.wiring import Wiring
from guidance.web.answering import answer
from guidance.web.bodies import read_json

log = structlog.get_logger()


class Claim(Struct, frozen=True, kw_only=True):
    """Who opens the app: the agent's id in Freshdesk, and the origin of the page, from which its calls will come."""

    agent: str | int
    origin: str


class Claiming:
    """Opens sessions for Freshdesk's app."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/sidebar/freshdesk", view_func=self.open_claimed, methods=["POST"])

    def open_claimed(self) -> Response:
        """A session and its renewal token. The agent must be one of the account's; the origin one that it knows."""
        account = self._proven(request.headers.get("Authorization", ""))
        claim = read_json(Claim)
        agent_id = str(claim.agent)
        if self._wiring.helpdesk(account).agent(agent_id) is None:
            raise NotAllowedError("There is no agent of that id in this helpdesk.")
        self._check_origin(account, claim.origin)
        return answer(handed_over(self._wiring.sessions.open(account.id, agent_id, claimed=True)))

    def _proven(self, header: str) -> Account:
        """The account whose install knows this secret; every one is compared, so that the time taken shows nothing."""
        scheme, _, given = header.partition(" ")
        proven = None
        for account in self._wiring.accounts.all():
            knows = holds(account, "install", lambda secret: is_same(secret, given))
            if knows and account.helpdesk == "freshdesk" and scheme.lower() == "bearer":
                proven = account
        if proven is None:
            raise NotAuthenticError("This is not the secret of any install. Look at the app's settings in Freshdesk.")
        return proven

    def _check_origin(self, account: Account, origin: str) -> None:
        """Raise where the page comes from somewhere unknown. The first one is taken in: Freshworks tells nobody its own."""
        if not is_origin(origin):
            raise MalformedError("The origin is a scheme and a host, as in https://apps.example.com.", path="origin")
        if not account.origins:
            account = self._wiring.store.change_account(account.id, partial(_with_origin, origin=origin)) or account
            log.info("sidebar.origin_learned", account=account.id, origins=account.origins)
        if origin not in account.origins:
            raise NotAllowedError(
                "The app is served from an address that is not known here; `guidance connect freshdesk --origin` names it."
            )


def _with_origin(account: Account, *, origin: str) -> Account:
    return account if account.origins else replace(account, origins=(origin,))
