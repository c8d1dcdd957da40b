"""The doors of signing in with the company's own provider. Who may come in is still said on the People page."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from flask import redirect, request
from werkzeug.wrappers import Response

from guidance.console.doors import Door
from guidance.console.pages import page
from guidance.console.provider import WITHIN, Provider
from guidance.console.sessions import set_cookie
from guidance.console.signin import local
from guidance.console.wiring import Wiring
from guidance.errors import NotAuthenticError, NotFoundError
from guidance.people.users import User

PATH = "/console/oidc"
STATE = "guidance_oidc"
_NOBODY = "You are known to your sign-in service, and not to this console. Ask one of its owners to add you."


class Oidc:
    """There and back. A browser that did not begin can't finish: the state lies in its cookie."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (Door("GET", PATH, None, self.begin), Door("GET", f"{PATH}/back", None, self.finish))

    def begin(self) -> Response:
        """On to the provider."""
        try:
            url, state = self._provider().begin(local(request.args.get("next")))
        except NotAuthenticError as error:
            return self._again(str(error))
        response = redirect(url, 303)
        # Lax, since the provider's page leads back here; a session's own cookie is stricter.
        response.set_cookie(
            STATE, state, max_age=WITHIN, httponly=True, samesite="Lax", secure=self._wiring.is_secure, path=PATH
        )
        return response

    def finish(self) -> Response:
        """Back from the provider: a session for somebody whom the console knows by the address that was vouched for."""
        try:
            user, back = self._vouched_for()
        except NotAuthenticError as error:
            return self._again(str(error))
        # A page of ours in between: a strict cookie is not sent while the provider's redirect goes on.
        response = page("signed-in.html", next=back, email=user.email)
        set_cookie(response, self._wiring.sessions.begin(user.email), is_secure=self._wiring.is_secure)
        response.delete_cookie(STATE, path=PATH)
        return response

    def _vouched_for(self) -> tuple[User, str]:
        state, known = request.args.get("state", ""), request.cookies.get(STATE, "")
        provider = self._provider()
        if not known or not hmac.compare_digest(state.encode(), known.encode()):
            raise NotAuthenticError("That sign-in was begun in another window. Begin again.")
        email, back = provider.finish(state, request.args.get("code", "")[:4096])
        user = self._wiring.users.get(email)
        if user is None:
            raise NotAuthenticError(_NOBODY)
        return user, back

    def _provider(self) -> Provider:
        if self._wiring.provider is None:
            raise NotFoundError("The company's own sign-in is not set up here; sign in with a password.")
        return self._wiring.provider

    def _again(self, problem: str) -> Response:
        name = self._wiring.provider.name if self._wiring.provider else ""
        return page("sign-in.html", 401, email="", next="", problem=problem, has_people=True, provider=name)
