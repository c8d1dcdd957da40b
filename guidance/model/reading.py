"""What one text shows when it is read once: the person's own words, signals, questions, promises."""

from __future__ import annotations

from msgspec import Struct

from guidance.model.advice import Promise, Question


class Finding(Struct, frozen=True, omit_defaults=True):
    """Words found in a text: `text` is exactly `source[start:end]`, in code points."""

    start: int
    end: int
    text: str


class Signal(Struct, frozen=True, omit_defaults=True):
    """One signal of one text. `value` 0..1 (feeling: -1..1); 0.5 and over means that it is there."""

    value: float = 0.0
    evidence: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        return self.value >= 0.5


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text, read once. Spans count in code points of the text as it was given.

    `version`: of the text rules, lists and models that made it. `language`: ISO 639-1, None where unknown.
    `written`: the spans that the person wrote, without quotes, forwards, signatures and code.
    `cut`: the text was too long, and only its first and last 8,000 characters were read.
    `conditional`: promises that wait for something of the customer's; no promise yet.
    `hits`: rule phrase id -> spans, for the phrases of the rulebook whose version stands in `version`.
    """

    version: str
    language: str | None = None
    written: tuple[tuple[int, int], ...] = ()
    cut: bool = False
    words: int = 0
    signals: dict[str, Signal] = {}
    questions: tuple[Question, ...] = ()
    promises: tuple[Promise, ...] = ()
    conditional: tuple[Promise, ...] = ()
    hits: dict[str, tuple[tuple[int, int], ...]] = {}
    signed_name: str | None = None
