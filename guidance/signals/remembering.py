"""An ear for going over the same conversation again and again: no text is read twice, whichever rulebook asks."""

from __future__ import annotations

from datetime import datetime

from guidance.model import Reading
from guidance.signals.ear import Context, Ear

Known = dict[tuple[str, bool, datetime, str | None, str | None], dict[str, Reading]]
"""Readings by text, side and place, then by the version of the ear that read."""


class RememberingEar(Ear):
    """An ear that looks first into `known`, which ears of other rulebooks may share. Business hours must be the same throughout."""

    def __init__(self, ear: Ear, known: Known) -> None:
        self.__dict__.update(ear.__dict__)
        self._known = known

    def read(self, text: str, *, by_customer: bool, context: Context) -> Reading:
        """As `Ear.read`, to the letter."""
        readings = self._known.setdefault((text, by_customer, context.at, context.language, context.zone), {})
        if self.version not in readings:
            readings[self.version] = (
                self.reread(text, next(iter(readings.values())))
                if readings
                else super().read(text, by_customer=by_customer, context=context)
            )
        return readings[self.version]
