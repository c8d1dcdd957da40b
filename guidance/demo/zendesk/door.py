"""What every call to the pretend Zendesk passes: faults on order, the Bearer token, rate limits and their headers."""

from __future__ import annotations

from typing import NoReturn, cast

from flask import Blueprint, Response, g, request

from guidance.demo.answers import refuse, suffer_after, suffer_before
from guidance.demo.context import HelpdeskRoom, desk
from guidance.demo.helpdesk import DeskHelpdesk
from guidance.demo.limits import Allowance
from guidance.errors import ConflictError, MalformedError, NotFoundError

_TOO_MANY = {"error": "APIRateLimitExceeded", "description": "Number of allowed API requests per minute exceeded"}


def room() -> HelpdeskRoom:
    """The pretend Zendesk."""
    return desk().rooms["zendesk"]


def helpdesk() -> DeskHelpdesk:
    """Its memory."""
    return room().helpdesk


def actor_id() -> int:
    """Who is calling."""
    return cast("int", g.actor_id)


def guard(blueprint: Blueprint) -> None:
    """Put the door before all routes of a blueprint."""
    blueprint.before_request(_enter)
    blueprint.after_request(_leave)
    blueprint.register_error_handler(NotFoundError, _not_found)
    blueprint.register_error_handler(MalformedError, _invalid)
    blueprint.register_error_handler(ConflictError, _conflict)


def require(scope: str) -> None:
    """Refuse a token that does not reach as far as `scope`."""
    if not room().passes.may(g.token, scope):
        refuse(403, {"error": "Forbidden", "description": "You do not have access to this page."})


def refuse_too_many(allowance: Allowance) -> NoReturn:
    """429, with the seconds after which to come back."""
    refuse(429, _TOO_MANY, {"Retry-After": str(max(1, allowance.resets_in))})


def _enter() -> None:
    broken = {"error": "InternalError", "description": "Something went wrong"}
    suffer_before(room().faults.take(), broken=broken, too_many=_TOO_MANY)
    token = _token()
    owner = room().passes.owner(token) if token else None
    if owner is None:
        refuse(401, {"error": "invalid_token", "error_description": "The access token provided is expired or revoked."})
    g.actor_id, g.token = owner, token
    g.allowance = room().calls.spend("account")
    if g.allowance.is_spent:
        refuse_too_many(g.allowance)


def _token() -> str:
    """The token that a call brings: Bearer, or an API token as `email/token:<token>`."""
    basic = request.authorization
    if basic is not None and basic.type == "basic" and (basic.username or "").endswith("/token"):
        return basic.password or ""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _leave(response: Response) -> Response:
    allowance: Allowance | None = g.get("allowance")
    if allowance is not None:
        response.headers["x-rate-limit"] = str(allowance.total)
        response.headers["x-rate-limit-remaining"] = str(allowance.remaining)
        response.headers["ratelimit-limit"] = str(allowance.total)
        response.headers["ratelimit-remaining"] = str(allowance.remaining)
        response.headers["ratelimit-reset"] = str(allowance.resets_in)
    updates: Allowance | None = g.get("updates")
    if updates is not None:
        response.headers["zendesk-ratelimit-per-ticket-updates"] = (
            f"total={updates.total}; remaining={updates.remaining}; resets={updates.resets_in}"
        )
    return suffer_after(response)


def _not_found(_: Exception) -> tuple[dict[str, str], int]:
    return {"error": "RecordNotFound", "description": "Not found"}, 404


def _conflict(error: Exception) -> tuple[dict[str, str], int]:
    return {"error": "UpdateConflict", "description": str(error)}, 409


def _invalid(error: Exception) -> tuple[dict[str, object], int]:
    path = getattr(error, "path", "") or "base"
    return {
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": {path: [{"description": f"{path.capitalize()}: {error}", "error": "InvalidValue"}]},
    }, 422
