"""What is wrong with a file of rules, and what is doubtful: beside the packs in force, and beside what the helpdesks have."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from guidance.console.places import Teams, missing_told, teams_of
from guidance.console.wiring import Wiring
from guidance.rules import PackFile
from guidance.rules.doubts import looked_over
from guidance.rules.overlays import Flaw
from guidance.rules.places_named import PlaceNamed, places_named

MOST_TOLD = 100
"""Flaws, and doubts, that are told of one file."""

_BELIEVED_FOR = timedelta(minutes=1)


class Looking:
    """Looks files over as they are typed. What the helpdesks said of their groups and brands is believed for a minute."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._heard: tuple[datetime, Teams] | None = None

    def over(self, name: str, text: str) -> tuple[list[Flaw], list[Flaw]]:
        """What keeps a file from being published on its own, and what is doubtful; its own published one is left out."""
        beside = [pack for pack in self._wiring.rulebook().packs if pack.source != name]
        flaws, doubts = self._wiring.offload(looked_over, PackFile(name, text), beside, time.perf_counter)
        doubts = sorted([*doubts, *([] if flaws else self._of_places(text))], key=lambda one: one.line)
        return flaws[:MOST_TOLD], doubts[:MOST_TOLD]

    def teams(self) -> Teams:
        """The groups and brands of each account; None where its helpdesk does not say."""
        now = self._wiring.clock()
        if self._heard is None or not timedelta() <= now - self._heard[0] < _BELIEVED_FOR:
            self._heard = (
                now,
                {account.id: teams_of(self._wiring, account) for account in self._wiring.store.accounts()},
            )
        return self._heard[1]

    def _of_places(self, text: str) -> Iterator[Flaw]:
        """A name may be that of a group to come, so it keeps nothing from being published."""
        for one in places_named(text):
            if told := self._missing(one):
                yield Flaw(line=one.line, rule=one.rule, message=told)

    def _missing(self, one: PlaceNamed) -> str:
        teams = {account: there for account, there in self.teams().items() if one.account in ("", account)}
        told = missing_told(one.kind, one.name, teams)
        return f"{told} Until there is one, this holds for no ticket" if told else ""
