"""How errors leave the application, and the headers on every answer."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from guidance.errors import HelpdeskError, MalformedError, RefusedError, StoreUnavailableError
from guidance.telemetry import FAULTS, UNAVAILABLE

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


def answer_errors(app: Flask) -> None:
    """Answer every error as `{"error": {"code", "message"}}`. What nobody foresaw is logged without its words."""
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(StoreUnavailableError, _unavailable)
    app.register_error_handler(HelpdeskError, _helpdesk_silent)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def set_security_headers(app: Flask) -> None:
    """Give every answer the headers that it has not set itself."""

    @app.after_request
    def headers(response: Response) -> Response:
        present = {name.lower() for name, _ in response.headers}
        response.headers.extend((name, value) for name, value in HEADERS.items() if name.lower() not in present)
        return response


def _refused(error: RefusedError) -> Response:
    told = {"code": error.code, "message": str(error)}
    if isinstance(error, MalformedError) and error.path:
        told["path"] = error.path
    return _answer(told, error.status)


def _unavailable(error: StoreUnavailableError) -> Response:
    UNAVAILABLE.inc()
    message = "The service can't reach its store just now; ask again in a moment."
    return _later("unavailable", message, error.retry_after)


def _helpdesk_silent(error: HelpdeskError) -> Response:
    message = "The helpdesk does not answer just now; ask again in a moment."
    return _later("helpdesk_unavailable", message, error.retry_after or RETRY_AFTER)


def _http(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        return _answer({"code": "too_large", "message": "The body is over the limit."}, 413)
    status = error.code or 500
    response = _answer(
        {"code": error.name.lower().replace(" ", "_"), "message": _SAID.get(status, _AS_IT_STANDS)}, status
    )
    for name, value in error.get_headers():
        if name in ("Allow", "Location", "Retry-After"):
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    FAULTS.inc()
    log.error("web.fault", door=str(request.url_rule), method=request.method, exc_info=error)
    return _later("unavailable", "Something went wrong here; it is noted, and asking again may help.", RETRY_AFTER)


def _later(code: str, message: str, seconds: float) -> Response:
    response = _answer({"code": code, "message": message}, 503)
    response.headers["Retry-After"] = str(math.ceil(seconds))
    return response


def _answer(error: Mapping[str, str | None], status: int) -> Response:
    return Response(msgspec.json.encode({"error": error}), status, content_type="application/json")
