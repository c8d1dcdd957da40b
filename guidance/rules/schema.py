"""What a pack and a rule are, once read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from guidance.model import Channel, Evidence, Level, Moment, Place

if TYPE_CHECKING:
    from guidance.rules.situation import Situation

Match = tuple[Evidence, ...] | None
"""What a condition answers: None, it does not hold; else it holds, and these words show it."""

Test = Callable[["Situation"], Match]


class RuleStatus(StrEnum):
    """The pack author's word for how far a rule is to be trusted."""

    EXPERIMENTAL = "experimental"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Combine(StrEnum):
    """How a node of a `when` tree comes about."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    TEST = "test"


class Scope(Struct, frozen=True, kw_only=True):
    """What a condition asks of the thing it names, so that two of them can be compared: within bounds, one of some words.

    `single`: the thing has one value at a time, so that asking twice for what lies apart asks for nothing.
    """

    least: float = float("-inf")
    most: float = float("inf")
    among: frozenset[str] | None = None
    single: bool = True


class Node(Struct, frozen=True, kw_only=True):
    """One node of a `when` tree: `test` asks it with all that hangs on it. `anchors`: it can hold only where one of these was heard; None: it can hold anywhere.

    `macro`: the name under which the pack has it. Of a condition: `name` of its kind, what it asks of that, and the only `moments` at which it can hold, None for any.
    """

    combine: Combine
    label: str
    test: Test
    children: tuple[Node, ...] = ()
    anchors: frozenset[str] | None = None
    macro: str = ""
    name: str = ""
    scope: Scope = Scope()
    moments: frozenset[Moment] | None = None


class Quoted(StrEnum):
    """Whose words a hint quotes, of all those that show that its rule fires."""

    DRAFT = "draft"
    CONVERSATION = "conversation"
    NOTHING = "nothing"


class Limit(Struct, frozen=True, kw_only=True):
    """How often a rule may speak: on one ticket, to one agent a day, and how many slots it rests after being ignored."""

    per_ticket: int = 4
    per_day: int | None = None
    rest_slots: int = 1


class Fitting(Struct, frozen=True, kw_only=True):
    """Offers for one situation, by language, several wordings each: they fit where `when` holds."""

    when: Node
    offers: dict[str, tuple[str, ...]]


class Wording(Struct, frozen=True, kw_only=True):
    """What a hint says: `say` and `offers` by language, several wordings each; `why` with its source; the offers' `place`.

    `fitting`: offers that go before those that fit anybody; the first whose situation it is. `quotes`: whose words alone are quoted.
    """

    say: dict[str, tuple[str, ...]]
    why: str
    offers: dict[str, tuple[str, ...]] = {}
    fitting: tuple[Fitting, ...] = ()
    place: Place = Place.OPENING
    quotes: Quoted | None = None

    def all_offers(self) -> Iterator[tuple[str, str, bool]]:
        """Every offer: its language, its words, and whether it is for one situation alone."""
        for fits_one, offers in (*((True, one.offers) for one in self.fitting), (False, self.offers)):
            for language, texts in offers.items():
                yield from ((language, text, fits_one) for text in texts)


class Example(Struct, frozen=True, kw_only=True):
    """One example of a rule: what was given, and the line on which it stands."""

    given: dict[str, Any]
    line: int


class Examples(Struct, frozen=True, kw_only=True):
    """`fires` and `silent` are promises, `misses` and `false_alarms` known debts."""

    fires: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    false_alarms: tuple[Example, ...] = ()


class Proposal(Struct, frozen=True, kw_only=True):
    """A follow-up that a rule proposes: `what` in several wordings, due `after` so many of `unit`, for `to`.

    `from_named_day`: counted from the day that the quoted words name; where they name none, nothing is proposed.
    """

    what: tuple[str, ...]
    after: float
    unit: str
    from_named_day: bool = False
    to: str = "agent"


_RANK = {Level.WARNING: 0, Level.REMINDER: 1, Level.SUGGESTION: 2}


class Rule(Struct, frozen=True, kw_only=True):
    """When this, hint that. `languages`: those of its pack, unless it needs none. `off`: an overlay has switched it off where the ticket belongs."""

    id: str
    pack: str
    principle: str
    family: str
    title: str
    level: Level
    moments: frozenset[Moment]
    when: Node
    hint: Wording
    examples: Examples
    line: int
    languages: frozenset[str]
    when_line: int = 0
    after_line: int = 0
    status: RuleStatus = RuleStatus.STABLE
    on: bool = True
    channels: frozenset[Channel] | None = None
    asks: str = ""
    conflicts: frozenset[str] = frozenset()
    needs_settled: bool = False
    needs_language: bool = True
    clears_when: Node | None = None
    limit: Limit = Limit()
    weight: float = 1.0
    after: timedelta | None = None
    references: tuple[str, ...] = ()
    evidence: str = ""
    false_positives: tuple[str, ...] = ()
    follow_up: Proposal | None = None
    off: bool = False

    @property
    def rank(self) -> tuple[int, float]:
        """By level, then weight; the lower goes first."""
        return _RANK[self.level], -self.weight


class Variation(Struct, frozen=True, kw_only=True):
    """What is other about one rule in a part of an account; what is not named stays. `exceptions`: more of them."""

    line: int
    say: dict[str, tuple[str, ...]] = {}
    offers: dict[str, tuple[str, ...]] = {}
    level: Level | None = None
    weight: float | None = None
    limit: dict[str, int] = {}
    exceptions: tuple[Node, ...] = ()
    off: bool = False


class Overlay(Struct, frozen=True, kw_only=True):
    """What is other about rules on the tickets of an account (`scope` empty), of a group (`group:<name>`) or of a brand."""

    account: str
    scope: str
    variations: dict[str, Variation]

    @property
    def where(self) -> str:
        kind, _, name = self.scope.partition(":")
        return f"the {kind} {name} of {self.account}" if name else self.account


class Pack(Struct, frozen=True, kw_only=True):
    """One YAML file of rules, or of an `overlay` over rules of others.

    `phrases` and `patterns`: every term that its rules look for, by term id. `digest`: of its text, another for any word.
    """

    name: str
    version: str
    title: str
    source: str
    digest: str
    rules: tuple[Rule, ...]
    languages: tuple[str, ...]
    phrases: dict[str, list[str]] = {}
    patterns: dict[str, str] = {}
    overlay: Overlay | None = None

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"
