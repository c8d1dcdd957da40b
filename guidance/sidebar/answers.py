"""How the sidebar's API reads bodies and gives answers: JSON in, JSON out, refusals too."""

from __future__ import annotations

import math
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from guidance.errors import HelpdeskError, MalformedError, RefusedError, StoreUnavailableError, TooLargeError
from guidance.text.foreign import read_json

T = TypeVar("T")

BODY_LIMIT = 1 << 20
"""Bytes of one request's body; a draft with all its turns fits many times over."""

_RETRY_AFTER = 5


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer, kept by nobody on the way."""
    response = Response(msgspec.json.encode(value), status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def read_body(kind: type[T]) -> T:
    """The request's JSON body. Raises `TooLargeError`, or `MalformedError` with the path of what is wrong."""
    request.max_content_length = BODY_LIMIT + 1  # Werkzeug cuts a chunked body off at its limit without a word
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        body = None
    if body is None or len(body) > BODY_LIMIT:
        raise TooLargeError("This is more than one mebibyte; send less at a time.")
    return read_json(body or b"{}", kind)


def answer_errors(blueprint: Blueprint) -> None:
    """Let every error of ours leave this blueprint's doors as `{"error": {"code", "message"}}`."""
    blueprint.register_error_handler(RefusedError, _refused)
    blueprint.register_error_handler(StoreUnavailableError, _unavailable)
    blueprint.register_error_handler(HelpdeskError, _helpdesk_silent)


def _refused(error: RefusedError) -> Response:
    told = {"code": error.code, "message": str(error)}
    if isinstance(error, MalformedError) and error.path:
        told["path"] = error.path
    return answer({"error": told}, error.status)


def _unavailable(error: StoreUnavailableError) -> Response:
    return _later("unavailable", "The service is catching its breath and will be back in a moment.", error.retry_after)


def _helpdesk_silent(error: HelpdeskError) -> Response:
    message = "Your helpdesk doesn't say just now whether you may see this ticket. It will be asked again shortly."
    return _later("helpdesk_unavailable", message, error.retry_after or _RETRY_AFTER)


def _later(code: str, message: str, seconds: float) -> Response:
    response = answer({"error": {"code": code, "message": message}}, 503)
    response.headers["Retry-After"] = str(math.ceil(seconds))
    return response
