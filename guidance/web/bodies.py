"""How the body of a request is read: up to its door's limit, chunked or not."""

from __future__ import annotations

from typing import TypeVar

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from guidance.errors import TooLargeError
from guidance.text import foreign

T = TypeVar("T")

BODY_LIMIT = 1 << 20
"""Bytes, where a door says nothing else: a draft with all its turns fits many times over, and a webhook with its history."""


def read_body() -> bytes:
    """The raw body. Raises `TooLargeError` as soon as it is over the limit.

    Werkzeug cuts a chunked body off at its limit without a word, so it is given room for the one byte that tells.
    """
    limit = request.max_content_length or BODY_LIMIT
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        body = None
    if body is None or len(body) > limit:
        raise too_large()
    return body


def read_json(kind: type[T], *, strict: bool = True) -> T:
    """The JSON body; not `strict`: numbers may be written as texts. Raises as `read_body`, or `MalformedError` with the path of what is wrong."""
    return foreign.read_json(read_body() or b"{}", kind, strict=strict)


def too_large() -> TooLargeError:
    """The refusal of a body that is over its door's limit."""
    limit = request.max_content_length or BODY_LIMIT
    return TooLargeError(f"This is more than {limit >> 20} MiB, the most that is taken here at a time.")
