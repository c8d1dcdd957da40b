"""Who changed what, when and why."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from werkzeug.wrappers import Response

from guidance.console.doors import Door
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.people.users import May
from guidance.ports import Change

_AT_ONCE = 200
_MOST_FOUND = 100_000


class Trail:
    """The trail of changes."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (Door("GET", "/console/changes", May.SEE_CHANGES, self.show),)

    def show(self) -> Response:
        """A page of them, the newest first, or of those that hold every word of `q`."""
        number, q = _number(request.args.get("page", "")), request.args.get("q", "")[:100]
        found = self._wiring.store.changes(count=_MOST_FOUND if q else number * _AT_ONCE + 1)
        words = q.lower().split()
        told = [one for one in found if all(word in _told(one) for word in words)]
        before = (number - 1) * _AT_ONCE
        return page(
            "changes.html",
            changes=told[before : before + _AT_ONCE],
            q=q,
            number=number,
            at_once=_AT_ONCE,
            has_older=len(told) > before + _AT_ONCE,
        )


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and 1 <= len(given) < 5 and int(given) else 1


def _told(one: Change) -> str:
    return f"{one.who} {one.what} {one.subject} {one.why} {one.before} {one.after}".lower()
