"""Cross-origin answers for `/api/v1/...` and `/sidebar/renew`: for the accounts' own origins, and never with cookies."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from guidance.errors import StoreUnavailableError
from guidance.sidebar.wiring import Wiring
from guidance.text.addresses import address_in

_HEADERS = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}


def answer_other_origins(blueprint: Blueprint, wiring: Wiring) -> None:
    """Let the helpdesks' pages read what the API answers them, the stream included."""

    def allow(response: Response) -> Response:
        if not _is_open(request.path):
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin and origin in _origins(wiring):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers.update(_HEADERS)
        return response

    blueprint.after_app_request(allow)


def is_origin(text: str) -> bool:
    """Whether this is an origin and nothing else: a scheme, a host, perhaps a port."""
    parts = address_in(text)
    return (
        parts.scheme in ("https", "http")
        and bool(parts.hostname)
        and text.isascii()
        and text == f"{parts.scheme}://{parts.netloc}"
        and not set(text) & set(" ;,*'\"@")
    )


def _is_open(path: str) -> bool:
    return path.startswith("/api/v1/") or path == "/sidebar/renew"


def _origins(wiring: Wiring) -> set[str]:
    """Those of the session's account; where there is no session yet (a preflight carries none), those of every account."""
    session = g.get("sidebar_session")
    try:
        if session is not None:
            account = wiring.accounts.get(session.account)
            return set(account.origins) if account else set()
        return {origin for account in wiring.accounts.all() for origin in account.origins}
    except StoreUnavailableError:
        return set()
