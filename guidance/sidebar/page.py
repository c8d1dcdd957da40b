"""The page that the helpdesk frames: opened by a signed token, served with a session of our own, locked down by its policy."""

from __future__ import annotations

import hashlib
import math
import secrets
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from flask import Blueprint, Response, render_template, request, send_from_directory
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from guidance.errors import NotAuthenticError, NotFoundError, StoreUnavailableError
from guidance.integrations.zendesk.auth import bare_issuer, peek_iframe, verify_iframe
from guidance.people import has_left
from guidance.ports import Account
from guidance.sidebar.cors import is_origin
from guidance.sidebar.sessions import Opened
from guidance.sidebar.wiring import Wiring
from guidance.telemetry import UNAVAILABLE
from guidance.web.answering import answer

STATIC = Path(str(resources.files("guidance.sidebar") / "static"))
_STRINGS = STATIC / "strings"
_LANGUAGES = sorted(path.stem for path in _STRINGS.glob("*.json"))
_ZENDESK = "https://*.zendesk.com"
_TOKEN_LIMIT = 16 << 10
_CLOCKS_DIFFER = 120


class Page:
    """Opens the sidebar for Zendesk, and for the demo desk, which speaks Zendesk's protocol for both its helpdesks."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._version = version_of(STATIC)

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/sidebar/zendesk", view_func=self.open, methods=["POST"])
        blueprint.add_url_rule("/sidebar/renew", view_func=self.renew, methods=["POST"])
        blueprint.add_url_rule("/sidebar/static/<version>/<path:name>", view_func=self.static, methods=["GET"])

    def open(self) -> Response:
        """Check the frame's token and serve the page with a session. A refusal is a page too, for a person reads it."""
        token, account = _posted(), None
        try:
            account = self._meant(*peek_iframe(token))
            opened = self._wiring.sessions.open(account.id, self._identified(token, account))
        except NotAuthenticError:
            return self._page("instead.html", 401, account, **_instead("state.refused"))
        except StoreUnavailableError as error:
            UNAVAILABLE.inc()
            response = self._page("instead.html", 503, account, **_instead("state.away"))
            response.headers["Retry-After"] = str(math.ceil(error.retry_after))
            return response
        words = _instead("state.away")
        return self._page(
            "sidebar.html", 200, account, session=handed_over(opened), sdk_url=self._wiring.zaf_sdk_url, **words
        )

    def renew(self) -> Response:
        """A new session token for one that still holds, or for the renewal token. Whoever has left the team gets none, and their session ends."""
        wiring, opened = self._wiring, self._wiring.sessions.renew(request)
        session = opened.session
        if has_left(wiring.store, wiring.helpdesk, wiring.account_of(session), session.agent_id):
            wiring.sessions.revoke(session.id)
            raise NotAuthenticError("Your helpdesk no longer lists you as an agent, so this panel's session has ended.")
        return answer(handed_over(opened))

    def static(self, version: str, name: str) -> Response:
        """A file of the app. Under its own version it never changes; under another one (an older page) it is asked again."""
        try:
            response = send_from_directory(STATIC, name)
        except NotFound as error:
            raise NotFoundError("There is no such file.") from error
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if version == self._version else "no-cache"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _identified(self, token: str, account: Account) -> str:
        """The agent whom the token proves; each token opens one page. Raises `NotAuthenticError`."""
        now = self._wiring.clock()
        claims = verify_iframe(token, account, now=now)
        lives_for = int((claims.expires_at - now).total_seconds()) + _CLOCKS_DIFFER
        if not self._wiring.store.remember(
            f"frame:{account.id}:{claims.jti}", b"1", seconds=max(lives_for, _CLOCKS_DIFFER)
        ):
            raise NotAuthenticError("This token has opened its page already.")
        return claims.agent_id

    def _meant(self, issuer: str, audience: str) -> Account:
        """The account that the unverified claims point to; everything is verified against it afterwards."""
        for account in self._wiring.accounts.all():
            known = str(account.config.get("iframe_issuer") or ""), account.config.get("iframe_audience")
            if all(known) and (bare_issuer(known[0]), known[1]) == (issuer, audience):
                return account
        raise NotAuthenticError("No account here is known by this issuer and audience.")

    def _page(self, template: str, status: int, account: Account | None, **told: Any) -> Response:
        nonce = secrets.token_urlsafe(16)
        html = render_template(f"sidebar/{template}", nonce=nonce, version=self._version, **told)
        response = Response(html, status, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = policy(account, nonce, self._wiring.zaf_sdk_url)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _instead(key: str) -> dict[str, str]:
    """Why there is no panel, in the language that the browser likes best of those that the app speaks."""
    language = request.accept_languages.best_match(_LANGUAGES, "en")
    words = msgspec.json.decode((_STRINGS / f"{language}.json").read_bytes(), type=dict[str, str])
    title, end, more = words[key].partition(". ")
    return {"language": language, "title": title + end.strip(), "more": more}


def _posted() -> str:
    """The frame's token; an empty one where more was posted than any token is long."""
    request.max_content_length = _TOKEN_LIMIT
    try:
        return request.form.get("token", "")
    except RequestEntityTooLarge:
        return ""


def policy(account: Account | None, nonce: str, sdk_url: str) -> str:
    """The page's Content-Security-Policy: scripts of ours and the helpdesk's SDK, calls to us alone, framed by the helpdesk alone."""
    sdk = urlsplit(sdk_url)
    frames = [_ZENDESK, *(origin for origin in (account.origins if account else ()) if is_origin(origin))]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}' {sdk.scheme}://{sdk.netloc}",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(frames)}",
        )
    )


def panel_files() -> dict[str, bytes]:
    """Every file of the app by its path, as it is served, for helpdesks that want it in a ZIP."""
    return {
        path.relative_to(STATIC).as_posix(): path.read_bytes() for path in sorted(STATIC.rglob("*")) if path.is_file()
    }


def version_of(folder: Path) -> str:
    """A short digest of every file of the app: another word in any of them, another version."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def handed_over(opened: Opened) -> dict[str, Any]:
    """What the page keeps in its memory."""
    return {
        "account": opened.session.account,
        "agent": opened.session.agent_id,
        "token": opened.token,
        "renewal": opened.renewal,
        "expires_in": opened.expires_in,
        "renewable_for": opened.renewable_for,
        "claimed": opened.session.claimed,
    }
