"""Every error of ours, each carrying the decision its caller must take.

GuidanceError
├── RefusedError                 the request itself is wrong: answer, never retry
│   ├── NotAuthenticError        signature, session or account unknown: 401, and say no more
│   ├── NotAllowedError          known, but may not: 403
│   ├── NotFoundError            there is no such thing here: 404
│   ├── TooLargeError            413
│   ├── MalformedError           a body or line that can't be read; `path` names the place
│   └── ConflictError            somebody else changed it first: read again, then decide
├── UnsupportedEventError        well-formed, from the helpdesk, and nothing we act on: count it
├── HelpdeskError                a call to a helpdesk failed; `permanent`, `retry_after`, `unclear`
│   ├── AccessUnknownError       it did not say whether an agent may open a ticket: nothing is shown
│   ├── HeldBackError            not sent at all: the account's calls are used up for the moment
│   └── TaskClosedError          a task was closed for good: another one takes its place
├── StoreUnavailableError        the store can't be reached: 503 with Retry-After
├── PackError                    a rule pack has problems, all of them listed
└── SetupError                   this installation can't start; the message is for its operator
"""

from __future__ import annotations

from collections.abc import Sequence

SLOW_DOWN = 429
"""The HTTP status with which a helpdesk asks us to slow down, and with which we hold a call back ourselves."""

NOT_ACCEPTED = 401
"""The HTTP status with which a helpdesk refuses our credentials, whatever was asked."""


class GuidanceError(Exception):
    """Root of all errors raised on purpose."""


class RefusedError(GuidanceError):
    """The request is wrong as it stands; repeating it won't help. `status` is its HTTP answer."""

    status = 400
    code = "refused"


class NotAuthenticError(RefusedError):
    """Unknown account, bad signature, stale time or bad session: all look the same from outside."""

    status = 401
    code = "not_authentic"


class NotAllowedError(RefusedError):
    """The caller is known, and may not do this."""

    status = 403
    code = "not_allowed"


class NotFoundError(RefusedError):
    """There is no such ticket, hint or follow-up here."""

    status = 404
    code = "not_found"


class TooLargeError(RefusedError):
    """The body is over the limit that the route states."""

    status = 413
    code = "too_large"


class MalformedError(RefusedError):
    """A body or line that can't be read. `path` names the place, as in `comments[2].at`."""

    code = "malformed"

    def __init__(self, message: str, *, path: str = "", ref: str | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.ref = ref


class PastError(MalformedError):
    """A time that has passed, where one to come is needed."""

    code = "past"


class ConflictError(RefusedError):
    """Somebody else changed it first; read again, then decide."""

    status = 409
    code = "conflict"


class UnsupportedEventError(GuidanceError):
    """A genuine event of a kind that nothing here acts on; it is counted under `kind` and done with."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"nothing acts on {kind}")
        self.kind = kind


class HelpdeskError(GuidanceError):
    """A call to a helpdesk failed.

    `permanent`: repeating it can't help. `retry_after`: seconds that the helpdesk asked us to wait.
    `unclear`: the helpdesk may have done the work all the same (a time-out, a broken answer), so look before
    repeating a write. `status`: its HTTP status, None where no answer came. `codes`: the helpdesk's own words for what was wrong.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        unclear: bool = False,
        status: int | None = None,
        codes: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.unclear = unclear
        self.status = status
        self.codes = tuple(codes)


class AccessUnknownError(HelpdeskError):
    """The helpdesk did not say whether an agent may open a ticket; whether it may say so later is as in the error that it stands for."""

    def __init__(self, cause: HelpdeskError) -> None:
        super().__init__(str(cause), permanent=cause.permanent, retry_after=cause.retry_after, status=cause.status)


class HeldBackError(HelpdeskError):
    """A call that was not sent, so that the helpdesk need not refuse it. `retry_after` says when it may go."""

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message, retry_after=retry_after, status=SLOW_DOWN)


class TaskClosedError(HelpdeskError):
    """A task that has to stand open was closed for good: nothing can be changed on it, and another one takes its place."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class StoreUnavailableError(GuidanceError):
    """The store can't be reached now; `retry_after` is in seconds."""

    def __init__(self, message: str = "the store can't be reached", *, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PackError(GuidanceError):
    """A rule pack, or a set of packs, has problems. `problems` lists all of them, a line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class SetupError(GuidanceError):
    """This installation can't start or go on as it is set up; one sentence for its operator."""
