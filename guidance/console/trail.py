"""Who changed what, when and why."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.wrappers import Response

from guidance.console.doors import Door
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.people.users import May


class Trail:
    """The trail of changes."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (Door("GET", "/console/changes", May.SEE_CHANGES, self.show),)

    def show(self) -> Response:
        return page("changes.html", changes=self._wiring.store.changes())
