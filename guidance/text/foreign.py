"""JSON that others wrote: read as a known type, or refused with the place that is wrong.

Every door reads through here, so that whatever can be wrong with such a text is thought of once.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from guidance.errors import MalformedError

T = TypeVar("T")

ANYTHING: Any = Any
"""The kind of what may be of any kind."""

CUT = "its JSON ends in the middle"


def read_json(text: bytes, kind: type[T] = ANYTHING, *, strict: bool = True) -> T:
    """`text` as `kind`; not `strict`: numbers may be written as texts.

    Raises `MalformedError`; its `path` names the place of what is sound JSON and not as expected.
    """
    try:
        return msgspec.json.decode(text, type=kind, strict=strict)
    except msgspec.ValidationError as error:
        raise misfit(error) from None
    except RecursionError:
        raise MalformedError("its brackets are nested too deeply") from None
    except UnicodeDecodeError:
        raise MalformedError("this is not UTF-8 text") from None
    except (msgspec.DecodeError, ValueError) as error:
        is_cut = str(error) == "Input data was truncated"
        raise MalformedError(CUT if is_cut else "this is no JSON that can be read") from None


def misfit(error: msgspec.ValidationError) -> MalformedError:
    """What does not fit a type, in msgspec's words, with its place apart, as in `comments[2].at`."""
    what, _, place = str(error).partition(" - at `$")
    return MalformedError(what, path=place.strip("`").removeprefix("."))
