"""Signing in and out, and one's own password."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, redirect, request
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.pages import on_to, page
from guidance.console.sessions import KNOWN, drop_cookie, set_cookie, set_known
from guidance.console.wiring import Wiring
from guidance.errors import MalformedError, NotAllowedError, NotAuthenticError, NotFoundError
from guidance.people.users import May

HOME = "/console/rules"


class SignIn:
    """The way in and out."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console", None, self.home),
            Door("GET", "/console/", None, self.home),
            Door("GET", "/console/sign-in", None, self.form),
            Door("POST", "/console/sign-in", None, self.sign_in),
            Door("POST", "/console/sign-out", None, self.sign_out),
            Door("GET", "/console/me", May.SEE, self.me),
            Door("POST", "/console/me/password", May.SEE, self.change_password),
            Door("GET", "/console/<path:elsewhere>", May.SEE, self.nowhere),
        )

    def home(self) -> Response:
        return redirect(HOME, 303)

    def nowhere(self, elsewhere: str) -> Response:
        raise NotFoundError("There is no page at this address. The link may be old, or belong to a form already sent.")

    def form(self) -> Response:
        if g.console_signed:
            return redirect(local(request.args.get("next")), 303)
        return page(
            "sign-in.html",
            email="",
            next=local(request.args.get("next")),
            has_people=self._has_people(),
            provider=self._provider(),
        )

    def sign_in(self) -> Response:
        """A session for the right password; anything else looks the same, and takes as long."""
        email, back = request.form.get("email", ""), local(request.form.get("next"))
        password, origin = request.form.get("password", ""), request.remote_addr or ""
        try:
            known = request.cookies.get(KNOWN, "")
            token = self._wiring.sessions.sign_in(email, password, origin=origin, known=known)
        except (NotAuthenticError, NotAllowedError) as error:
            status = 429 if isinstance(error, NotAllowedError) else 401
            return page(
                "sign-in.html",
                status,
                email=email[:200],
                next=back,
                problem=str(error),
                has_people=True,
                provider=self._provider(),
            )
        response = redirect(back, 303)
        set_cookie(response, token, is_secure=self._wiring.is_secure)
        set_known(response, self._wiring.sessions.known_by(email), is_secure=self._wiring.is_secure)
        return response

    def sign_out(self) -> Response:
        self._wiring.sessions.end(request)
        response = redirect("/console/sign-in", 303)
        drop_cookie(response)
        return response

    def me(self) -> Response:
        return page("me.html", problem=None)

    def change_password(self) -> Response:
        """A new password for oneself; all other sessions end."""
        user, new, users = signed().user, request.form.get("new", ""), self._wiring.users
        if not users.fits(user, request.form.get("old", "")):
            wrong = MalformedError("Your current password is another one.", path="old")
            return page("me.html", wrong.status, problem=wrong)
        try:
            users.give_password(user, new, who=user.email, what="changed their password")
        except MalformedError as error:
            return page("me.html", error.status, problem=error)
        response = on_to("/console/me", done="password")
        set_cookie(response, self._wiring.sessions.begin(user.email), is_secure=self._wiring.is_secure)
        return response

    def _provider(self) -> str:
        """What the company's own sign-in is called; '' where there is none."""
        return self._wiring.provider.name if self._wiring.provider else ""

    def _has_people(self) -> bool:
        return bool(self._wiring.store.records("users"))


def local(path: str | None) -> str:
    """A path of the console to go on to; anything else would lead people away."""
    if path and path.startswith("/console/") and path.isprintable() and "\\" not in path:
        return HOME if path.startswith("/console/sign-") else path
    return HOME
