"""What every call to the pretend Freshdesk passes: faults on order, Basic auth with an API key, rate limits."""

from __future__ import annotations

import uuid
from typing import cast

from flask import Blueprint, Response, g, request

from guidance.demo.answers import refuse, suffer_after, suffer_before
from guidance.demo.context import HelpdeskRoom, desk
from guidance.demo.helpdesk import DeskHelpdesk
from guidance.demo.limits import Allowance
from guidance.errors import MalformedError, NotFoundError

_TOO_MANY = {"message": "You have exceeded the limit of requests per minute"}


def room() -> HelpdeskRoom:
    """The pretend Freshdesk."""
    return desk().rooms["freshdesk"]


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


def validation_error(field: str, message: str, code: str) -> dict[str, object]:
    """The body of a 400."""
    return {"description": "Validation failed", "errors": [{"field": field, "message": message, "code": code}]}


def stay_within(allowance: Allowance) -> None:
    """Refuse a call that was one too many, with the seconds after which to come back."""
    if allowance.is_spent:
        refuse(429, _TOO_MANY, {"Retry-After": str(max(1, allowance.resets_in))})


def _enter() -> None:
    broken = {"code": "internal_error", "message": "We're sorry, but something went wrong"}
    suffer_before(room().faults.take(), broken=broken, too_many=_TOO_MANY)
    given = request.authorization
    key = given.username if given is not None and given.type == "basic" else None
    owner = room().passes.owner(key) if key else None
    if owner is None:
        refuse(401, {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."})
    g.actor_id = owner
    g.credits = _credits()
    g.allowance = room().calls.spend("account", g.credits)
    stay_within(g.allowance)


def _credits() -> int:
    """What is included counts for one more on a ticket, for two in a list."""
    included = [one for one in request.args.get("include", "").split(",") if one]
    return 1 + len(included) * (2 if request.path.endswith("/tickets") else 1)


def _leave(response: Response) -> Response:
    allowance: Allowance | None = g.get("allowance")
    if allowance is not None:
        response.headers["X-RateLimit-Total"] = str(allowance.total)
        response.headers["X-RateLimit-Remaining"] = str(allowance.remaining)
        response.headers["X-RateLimit-Used-CurrentRequest"] = str(g.credits)
    response.headers["X-Freshdesk-Api-Version"] = "latest=v2; requested=v2"
    response.headers["x-request-id"] = str(uuid.uuid4())
    return suffer_after(response)


def _not_found(_: Exception) -> tuple[str, int]:
    return "", 404


def _invalid(error: Exception) -> tuple[dict[str, object], int]:
    return validation_error(getattr(error, "path", ""), str(error), "invalid_value"), 400
