"""How answers and errors leave the application, and the headers on every answer."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from guidance.errors import AccessUnknownError, HelpdeskError, MalformedError, RefusedError, StoreUnavailableError
from guidance.telemetry import FAULTS, UNAVAILABLE
from guidance.web.bodies import too_large

log = structlog.get_logger()

RETRY_AFTER = 5
"""Seconds. Zendesk repeats a webhook that got 503 only where this is given and under 60."""

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}
"""For answers that say nothing else: a page states the policy that it needs itself."""


_SAID = {
    404: "There is nothing at this address.",
    405: "This address does not take that method; `Allow` names those that it takes.",
}
_AS_IT_STANDS = "This request can't be answered as it stands."
_SILENT = "The helpdesk does not answer just now; ask again in a moment."
_REFUSES = (
    "The helpdesk refuses to answer, so this can't be done; whoever runs the service learns why from `guidance doctor`."
)
_NO_ACCESS_NOW = "Your helpdesk doesn't say just now whether you may see this ticket. It will be asked again shortly."
_NO_ACCESS = (
    "Your helpdesk doesn't say whether you may see this ticket; your admin can look at how Guidance is connected."
)


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(value), status, content_type="application/json")


def answer_errors(app: Flask) -> None:
    """Answer every error as `{"error": {"code", "message"}}`. What nobody foresaw is logged without its words."""
    app.register_error_handler(RefusedError, refused)
    app.register_error_handler(StoreUnavailableError, _unavailable)
    app.register_error_handler(HelpdeskError, _helpdesk_silent)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def set_security_headers(app: Flask) -> None:
    """Give every answer the headers that it has not set itself."""

    @app.after_request
    def headers(response: Response) -> Response:
        present = {name.lower() for name, _ in response.headers}
        response.headers.extend((name, value) for name, value in HEADERS.items() if name.lower() not in present)
        return response


def refused(error: RefusedError) -> Response:
    """What is wrong with a request, and at which place where it is malformed."""
    path = {"path": error.path} if isinstance(error, MalformedError) and error.path else {}
    return _told(error.code, str(error), error.status, **path)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    return refused(too_large())


def _unavailable(error: StoreUnavailableError) -> Response:
    UNAVAILABLE.inc()
    message = "The service can't reach its store just now; ask again in a moment."
    return _later("unavailable", message, error.retry_after)


def _helpdesk_silent(error: HelpdeskError) -> Response:
    is_access = isinstance(error, AccessUnknownError)
    if error.permanent:
        return _told("helpdesk_refused", _NO_ACCESS if is_access else _REFUSES, 503)
    return _later("helpdesk_unavailable", _NO_ACCESS_NOW if is_access else _SILENT, error.retry_after or RETRY_AFTER)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = _told(error.name.lower().replace(" ", "_"), _SAID.get(status, _AS_IT_STANDS), status)
    for name, value in error.get_headers():
        if name in ("Allow", "Location", "Retry-After"):
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    FAULTS.inc()
    log.error("web.fault", door=str(request.url_rule), method=request.method, exc_info=error)
    return _later("unavailable", "Something went wrong here; it is noted, and asking again may help.", RETRY_AFTER)


def _later(code: str, message: str, seconds: float) -> Response:
    response = _told(code, message, 503)
    response.headers["Retry-After"] = str(math.ceil(seconds))
    return response


def _told(code: str, message: str, status: int, **more: str) -> Response:
    return answer({"error": {"code": code, "message": message, **more}}, status)
