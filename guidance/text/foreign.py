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
    """What does not fit a type, in plain words, with its place apart, as in `comments[2].at`."""
    what, _, place = str(error).partition(" - at `$")
    return MalformedError(plainly(what), path=place.strip("`").removeprefix("."))


_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number with a fraction",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def plainly(said: str) -> str:
    """What msgspec says of a value that does not fit, as we would say it; the value itself is nothing to repeat."""
    about, _, rest = said.partition("`")
    named = rest.split("`")
    match about.strip():
        case "Expected":
            return _expected(*named)
        case "Object missing required field":
            return f"`{named[0]}` is missing"
        case "Object contains unknown field":
            return f"`{named[0]}` is not known here"
        case text if text.startswith("Invalid RFC3339"):
            return "this is no time; write it as in 2026-03-04T14:00:00Z"
        case text if text.startswith("Invalid enum value"):
            return "this is none of the values that are known here"
    return "this is not what belongs here"


def _expected(wanted: str, more: str, got: str = "", *_rest: str) -> str:
    """`more` is what stands behind the wanted kind: how long it has to be, or the words before what it is."""
    kinds = " or ".join(_KINDS.get(one, one) for one in wanted.split(" | ") if one != "null")
    _, _, size = more.partition(" of length ")
    number = size.partition(",")[0]
    sized = f" of {number}" if number.isdecimal() else ""
    return f"this should be {kinds}{sized}" + (f", and is {_KINDS.get(got, got)}" if got else "")
