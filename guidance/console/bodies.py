"""How the console's API reads a JSON body."""

from __future__ import annotations

from typing import TypeVar

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from guidance.errors import TooLargeError
from guidance.text import foreign

T = TypeVar("T")


def read_json(kind: type[T]) -> T:
    """The request's JSON body. Raises `TooLargeError`, or `MalformedError` with the path of what is wrong."""
    try:
        return foreign.read_json(request.get_data(cache=False) or b"{}", kind)
    except RequestEntityTooLarge:
        raise TooLargeError(f"This is more than {(request.max_content_length or 0) >> 20} MiB.") from None
