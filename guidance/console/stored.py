"""What is stored here: by kind of data, and everything that is tied to an agent."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.wrappers import Response

from guidance.console.doors import Door
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.people.users import May
from guidance.store.agents_own import AGENTS_OWN
from guidance.store.retention import FAMILIES


class Stored:
    """The page."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (Door("GET", "/console/stored", May.SEE, self.show),)

    def show(self) -> Response:
        """Each kind of data with its lifetime; what holds ticket text comes first."""
        kinds = sorted(FAMILIES, key=lambda one: (not one.holds_text, one.shape))
        return page("stored.html", kinds=kinds, agents_own=AGENTS_OWN)
