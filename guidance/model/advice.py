"""What we say to the agent, in the shapes of docs/wire.md section 2."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Moment(StrEnum):
    """When a rule may speak."""

    CUSTOMER = "customer"
    DRAFT = "draft"
    SENT = "sent"
    TIMER = "timer"
    SOLVED = "solved"


class Level(StrEnum):
    SUGGESTION = "suggestion"
    REMINDER = "reminder"
    WARNING = "warning"


class Place(StrEnum):
    """Where in a reply an offer belongs: right after the greeting, or above the sign-off."""

    OPENING = "opening"
    END = "end"


class Evidence(Struct, frozen=True):
    """An exact quote. `where`: `draft`, `comment:<id>`, `requester.name` or `ticket.subject`."""

    where: str
    start: int
    end: int
    text: str


class Proposed(Struct, frozen=True, kw_only=True):
    """A follow-up that is proposed for one click: its words, when it would be due, and for whom. Nothing is planned by it."""

    words: str
    due_at: datetime
    due_kind: str = "day"
    owner_id: str | None = None


class Hint(Struct, frozen=True, kw_only=True):
    """One thing worth saying to the agent now. `place`: where its offer goes; `proposal`: what one click would plan."""

    id: str
    rule: str
    pack: str
    principle: str
    family: str
    level: Level
    say: str
    why: str
    offer: str | None = None
    evidence: tuple[Evidence, ...] = ()
    proposal: Proposed | None = None
    place: Place = Place.OPENING


class HeldBack(Struct, frozen=True):
    """A rule that fired and is not shown, and what kept it from the agent."""

    rule: str
    principle: str
    because: str


class Promise(Struct, frozen=True, kw_only=True):
    """A commitment found in a text. `due_at` keeps the offset of the zone it was worked out in.

    `due_kind`: `time` or `day`. Both are None where it is `vague`, and where there is nothing to date, as it holds for good ("you won't be charged again").
    `owner`: `agent` or `company`. `conditional`: waits for the customer.
    """

    where: str
    text: str
    start: int
    end: int
    owner: str = "agent"
    vague: bool = True
    due_at: datetime | None = None
    due_kind: str | None = None
    conditional: bool = False

    @property
    def is_to_be_kept(self) -> bool:
        """Whether something is left to do, by a time that is named or not."""
        return self.vague or self.due_at is not None


class Question(Struct, frozen=True):
    """A real question or request of the customer's; `answered` by the draft and the agent's turn so far."""

    where: str
    text: str
    start: int
    end: int
    answered: bool = False


class Feeling(Struct, frozen=True):
    """How the customer feels at one comment, -1..1, and the words that say so."""

    comment: str
    feeling: float
    because: tuple[str, ...] = ()


class SignalsView(Struct, frozen=True):
    """The signals of the customer's latest turn (`last`) and of the draft or last reply (`draft`), as wire.md lists them."""

    last: dict[str, float | bool]
    draft: dict[str, bool]


class Fact(Struct, frozen=True, kw_only=True):
    """A plain fact of the before-you-write strip: `says` in English, the rest for whoever words it in another language.

    `kind` with its `count`: `waited-minutes`, `waited-hours`, `waited-days`, `message` (the how many-eth), `asks`, `promised`,
    `estimate` and `estimate-uncalibrated` (in percent), `because` being what weighs most in it.
    """

    kind: str
    says: str
    count: int | None = None
    because: str | None = None


class Advice(Struct, frozen=True, kw_only=True):
    """All that can be said of a conversation at one moment. `language_covered` False: we kept silent for that reason.

    `slips`: what is asked about before the draft is sent, whether it is among `hints` or something kept it back.
    """

    id: str
    moment: Moment
    hints: tuple[Hint, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    signals: SignalsView
    promises: tuple[Promise, ...] = ()
    questions: tuple[Question, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    texts: dict[str, str] = {}
    language_covered: bool = True
    facts: tuple[str, ...] = ()
    strip: tuple[Fact, ...] = ()
    cleared: tuple[str, ...] = ()
    slips: tuple[Hint, ...] = ()
