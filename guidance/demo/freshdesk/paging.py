"""Freshdesk's paging: `page` and `per_page`, and a `link` header while there is more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from guidance.demo.answers import refuse
from guidance.demo.context import desk
from guidance.demo.freshdesk.door import validation_error

USUAL, MOST = 30, 100


def page_of(items: list[dict[str, Any]]) -> Response:
    """One page of a list, as the request's arguments ask."""
    page, size = _number("page", 1), _number("per_page", USUAL)
    if size > MOST:
        refuse(400, validation_error("per_page", f"It should be less than or equal to {MOST}", "invalid_value"))
    response = jsonify(items[(page - 1) * size : page * size])
    if page * size < len(items):
        following = urlencode(request.args.to_dict() | {"page": str(page + 1)})
        response.headers["link"] = f'<{desk().settings.desk_url}{request.path}?{following}>; rel="next"'
    return response


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdigit() and int(text) else default
