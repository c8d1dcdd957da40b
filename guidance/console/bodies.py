"""How the console's API reads a JSON body."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from guidance.errors import MalformedError, TooLargeError

T = TypeVar("T")


def read_json(kind: type[T]) -> T:
    """The request's JSON body. Raises `TooLargeError`, or `MalformedError` with the path of what is wrong."""
    try:
        return msgspec.json.decode(request.get_data(cache=False) or b"{}", type=kind)
    except RequestEntityTooLarge:
        raise TooLargeError(f"This is more than {(request.max_content_length or 0) >> 20} MiB.") from None
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$")
        raise MalformedError(what, path=path.strip("`").lstrip(".")) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedError("The body is no JSON that can be read.") from None
