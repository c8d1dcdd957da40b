"""Calls to a helpdesk over HTTP, and what each outcome means for whoever called.

Both clients make their calls through here, so time-outs, refusals and broken answers become the same `HelpdeskError`s. No
message quotes an answer's text or an address's query: both may hold what a customer wrote.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO
from typing import Any, TypeVar

import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError

from guidance.errors import SLOW_DOWN, HelpdeskError, MalformedError
from guidance.text import foreign

T = TypeVar("T")

TIME_OUTS = (3.05, 10.0)
"""Seconds to connect, and to wait for each piece of the answer. A worker's lease is longer than both."""

ANSWERED_WITHIN = 15.0
"""Seconds from the call's begin until no further piece of its answer is waited for, however steadily they drip."""

_NOT_THERE = 404
_CONNECTIONS = 32
_PIECE = 65_536
_SHOWN_CODES = 5


class Call(Struct, frozen=True):
    """One call, as far as it may be told: `path` has no query."""

    helpdesk: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_write(self) -> bool:
        return self.method.upper() not in ("GET", "HEAD")


def open_session(session: requests.Session) -> None:
    """Ready a session for calls by many threads: no cookies, no retry that nobody asked for."""
    adapter = HTTPAdapter(max_retries=0, pool_maxsize=_CONNECTIONS)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))


def unless_missing(fetch: Callable[[], T]) -> T | None:
    """What `fetch` brings; None for what is not there."""
    try:
        return fetch()
    except HelpdeskError as error:
        if error.status == _NOT_THERE:
            return None
        raise


def attempt(call: Call, send: Callable[[], requests.Response]) -> requests.Response:
    """Send once, by a `send` that streams. Raises `HelpdeskError` where no whole answer came in time; it is unclear where a write may have been done."""
    began = time.monotonic()
    try:
        return _whole(send(), began)
    except (requests.RequestException, HTTPError) as error:
        # `from None`: requests' own message holds the whole address.
        raise _no_answer(call, error) from None


def _whole(answer: requests.Response, began: float) -> requests.Response:
    """The answer, read to its end. Raises `requests.Timeout`."""
    pieces = []
    while piece := answer.raw.read1(_PIECE, decode_content=True):
        pieces.append(piece)
        if time.monotonic() - began > ANSWERED_WITHIN:
            answer.close()
            raise requests.Timeout
    answer.raw = BytesIO(b"".join(pieces))
    return answer


def check(call: Call, answer: requests.Response, codes: tuple[str, ...] = ()) -> None:
    """Raise the `HelpdeskError` that an answer stands for; nothing where it is a success.

    `codes`: words of the vendor's that name what was wrong, to be told where they are plain words.
    """
    status = answer.status_code
    if 200 <= status < 300:
        return
    told = ", ".join(code for code in codes[:_SHOWN_CODES] if _is_plain(code))
    sentence = f"{call.helpdesk} answered {status} to {call}{f' ({told})' if told else ''}: {_advice(status)}."
    passes = status in (408, 409, 425, SLOW_DOWN) or status >= 500
    raise HelpdeskError(
        sentence,
        permanent=not passes,
        retry_after=retry_after(answer),
        unclear=call.is_write and passes and status != SLOW_DOWN,
        status=status,
        codes=codes,
    )


def read_json(call: Call, answer: requests.Response) -> Any:
    """The JSON of a successful answer, None where it has no body. Raises `HelpdeskError` where it is broken."""
    if not answer.content:
        return None
    try:
        return foreign.read_json(answer.content)
    except MalformedError:
        raise broken(call, answer.status_code) from None


def error_told(answer: requests.Response) -> dict[str, Any]:
    """What a helpdesk says of a call that it refused; empty where it says nothing that can be read, or the call was done."""
    try:
        return foreign.read_json(answer.content, dict[str, Any]) if answer.status_code >= 400 else {}
    except MalformedError:
        return {}


def broken(call: Call, status: int | None) -> HelpdeskError:
    """The error for an answer that says success and can't be read."""
    sentence = f"{call.helpdesk}'s answer to {call} can't be read; a proxy on the way may have replaced it."
    return HelpdeskError(sentence, unclear=call.is_write, status=status)


def retry_after(answer: requests.Response) -> float | None:
    """Seconds that an answer asks us to wait, given as seconds or as an HTTP date; None where it doesn't say."""
    given = answer.headers.get("Retry-After", "").strip()
    if given.isascii() and given.isdecimal() and len(given) < 10:
        return float(given)
    try:
        until = parsedate_to_datetime(given)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def counted(headers: Mapping[str, str], names: Sequence[str]) -> int | None:
    """The whole number in the first of these headers that has one, None where none has."""
    found = (headers.get(name, "").strip() for name in names)
    return next((int(one) for one in found if one.isascii() and one.isdecimal() and len(one) < 10), None)


def told_at(headers: Mapping[str, str]) -> datetime | None:
    """When the answer was given by the helpdesk's own clock, None where it does not say."""
    try:
        at = parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _no_answer(call: Call, error: Exception) -> HelpdeskError:
    if isinstance(error, requests.ConnectTimeout) or _was_never_sent(error):
        return HelpdeskError(f"{call.helpdesk} can't be reached for {call}; it will be tried again.")
    if isinstance(error, (requests.Timeout, ReadTimeoutError)):
        sentence = f"{call.helpdesk} took too long over {call}."
    else:
        sentence = f"{call.helpdesk} broke off in {call} ({type(error).__name__})."
    return HelpdeskError(sentence, unclear=call.is_write)


def _was_never_sent(error: Exception) -> bool:
    """Whether the connection was never made, so that the helpdesk can't have done anything."""
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _is_plain(code: str) -> bool:
    return len(code) <= 60 and all(letter.isalnum() or letter in "_. " for letter in code) and code.isascii()


def _advice(status: int) -> str:
    known = {
        401: "it does not accept our credentials any more, so connect the account again",
        403: "our user there may not do this, so check its role and scopes",
        404: "there is no such thing there, or our user may not see it",
        409: "something else is at work on it just now",
        SLOW_DOWN: "we have made too many calls, and wait",
    }
    if status in known:
        return known[status]
    if 300 <= status < 400:
        return "it sent us elsewhere, so check the account's address"
    return "it is in trouble, and will be asked again" if status >= 500 else "it does not take the request as it stands"
