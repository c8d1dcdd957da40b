"""What the doors of the network answer."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class CanHelp(Struct, frozen=True):
    """A colleague who solved tickets like this one."""

    id: str
    name: str


class FavourTold(Struct, frozen=True):
    """The note that helped. `side`: of whoever asks, `solver` or `helper`; `name`: the other one's."""

    side: str
    name: str
    words: str
    comment_id: str


class WaitingHere(Struct, frozen=True):
    """A colleague's open question on this ticket, to whoever asks."""

    by: str
    words: str
    at: datetime


class WaitingThere(Struct, frozen=True):
    """A colleague's open question on another ticket, to whoever asks."""

    ticket_id: str
    subject: str
    by: str
    at: datetime


class AroundTold(Struct, frozen=True):
    """An open ticket of the customer's circle: subject and state, no more."""

    ticket_id: str
    subject: str
    status: str


class PromisedTold(Struct, frozen=True):
    """What a colleague's note says that a partner promised."""

    words: str
    due_at: datetime
    due_kind: str


class PartnerTold(Struct, frozen=True, kw_only=True):
    """A partner whom this ticket concerns; `words` of the ticket say so, `message` asks them to hurry."""

    id: str
    name: str
    contact: str
    reach: str
    hours: str
    words: str
    message: str
    promised: PromisedTold | None


class NetworkTold(Struct, frozen=True, kw_only=True):
    """All that the network has to say on one ticket to one agent."""

    partners: list[PartnerTold] = []
    can_help: list[CanHelp] = []
    favour: FavourTold | None = None
    waiting: list[WaitingHere] = []
    circle: list[AroundTold] = []
    subject: str | None = None
    organization: str | None = None


class MeTold(Struct, frozen=True, kw_only=True):
    """Whether this agent is named to colleagues, and who waits for them."""

    named: bool
    until: datetime | None
    waiting: list[WaitingThere]
