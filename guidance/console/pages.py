"""How the console shows a page, says that something was done, and answers errors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import Blueprint, g, redirect, render_template, request
from flask import Response as FlaskResponse
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from guidance.console.doors import is_api, is_ours
from guidance.console.navigation import groups_for
from guidance.errors import NotFoundError, RefusedError
from guidance.people.users import May
from guidance.rules.overlays import by_file
from guidance.text.addresses import address_in
from guidance.web.answering import refused
from guidance.web.bodies import too_large

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DONE = MappingProxyType(
    {
        "staged": "The stage is changed. Open sidebars know within two seconds.",
        "published": "Published. Open sidebars know within two seconds.",
        "same": "Nothing is other than it was, so nothing was published.",
        "unchanged": "Nothing is other than it was, so nothing was changed.",
        "overlay": "Published there. Open sidebars know within two seconds.",
        "restored": "That version is in force again.",
        "saved": "The draft is saved. Nothing is live until it is published.",
        "there": "There is a file of this name already, and this is it: nothing new was begun.",
        "dropped": "The draft is gone.",
        "removed": "Removed.",
        "paused": "Everything is silent. Promises are kept as ever.",
        "resumed": "Hints are shown again.",
        "person-added": "They can sign in now.",
        "person-changed": "Changed.",
        "link-ended": "The calendar link is ended: who opens it sees nothing more.",
        "password": "Your password is changed.",
        "cancelled": "The backtest is cancelled.",
        "erased": "Erased. What the helpdesk itself holds is untouched.",
        "handed-over": "Handed over. Their sidebars know already.",
        "settings": "The settings are changed.",
        "words": "The house words are changed. They hold from the next draft on.",
        "partner": "The address book is changed. Open sidebars see it when their ticket is read again.",
    }
)
"""What a page says at its top after something was done, by the word in its address."""


def page(template: str, status: int = 200, **told: Any) -> FlaskResponse:
    """A page of the console."""
    signed = g.get("console_signed")
    html = render_template(
        f"console/{template}",
        me=signed.user if signed else None,
        csrf=signed.csrf if signed else "",
        places=groups_for(signed.user) if signed else [],
        may=(lambda what: signed is not None and signed.user.may(May[what])),
        done=DONE.get(request.args.get("done", "")),
        paused=_paused() if signed else False,
        refused=by_file(g.console_wiring.rulebook.problems) if signed and signed.user.may(May.DRAFT) else [],
        **told,
    )
    response = FlaskResponse(html, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = (
        "same-origin"  # without it a form's origin is `null`, as another site's may be
    )
    return response


def _paused() -> bool:
    accounts = g.console_wiring.store.accounts()
    return bool(accounts) and all(account.settings.get("paused") for account in accounts)


def on_to(path: str, *, done: str = "", **told: str) -> Response:
    """On to another page, which says what was done."""
    query = {**({"done": done} if done else {}), **told}
    return redirect(f"{path}?{urlencode(query)}" if query else path, 303)


def sentence(told: object) -> str:
    """An error as a sentence, as a page tells it; a text is one already."""
    text = str(told)
    if isinstance(told, str) or not text:
        return text
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def shown_at(at: datetime | None) -> Markup:
    """A time in UTC; where scripts run, the page turns it into its reader's own form and zone."""
    if at is None:
        return Markup("–")
    at = at.astimezone(UTC)
    return time_told(at, f"{at.day} {at:%b %Y, %H:%M} UTC")


def time_told(at: datetime, told: str) -> Markup:
    """A time as it is told where no scripts run; where they do, that is held over the reader's own."""
    return Markup('<time datetime="{}">{}</time>').format(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", told)


def day_told(day: date | str, told: str = "") -> Markup:
    """A day, which is the same one for every reader, in each one's own form where scripts run."""
    return Markup('<time datetime="{}">{}</time>').format(day, told or day)


def answer_errors(blueprint: Blueprint) -> None:
    """Errors leave pages as pages, and the API as `{"error": {"code", "message"}}`."""
    blueprint.register_error_handler(RefusedError, _refused)
    blueprint.register_error_handler(RequestEntityTooLarge, _too_large)
    blueprint.after_request(_as_page)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    return _refused(too_large())


def _refused(error: RefusedError) -> Response:
    if is_api():
        return refused(error)
    is_missing = isinstance(error, NotFoundError)
    return page("error.html", error.status, message=sentence(error), back=_came_from(), missing=is_missing)


def _came_from() -> str:
    """The page of the console from which somebody came here; '' where there is none to go back to."""
    came = address_in(request.referrer or "")
    is_page = is_ours(came, g.console_wiring) and came.path.startswith("/console/")
    is_here = request.method == "GET" and came.path == request.path
    return came._replace(scheme="", netloc="").geturl() if is_page and not is_here else ""


def _as_page(response: FlaskResponse) -> FlaskResponse:
    """The application tells of every fault as the API does; on a page it is a page, with the same words and a way on."""
    if is_api() or response.status_code < HTTPStatus.BAD_REQUEST or response.mimetype != "application/json":
        return response
    g.pop("console_signed", None)  # who stands here is for the store to say, and it may be the store that fails
    again = request.full_path.rstrip("?") if request.method == "GET" else _came_from()
    message = msgspec.json.decode(response.get_data())["error"]["message"]
    is_missing = response.status_code == HTTPStatus.NOT_FOUND
    told = page("error.html", response.status_code, message=message, again=again, missing=is_missing)
    told.headers.extend((name, value) for name, value in response.headers if name in ("Allow", "Retry-After"))
    return told
