"""Readings put together: what a whole turn shows, comment by comment, so that absence counts over all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from guidance.conversations.folding import visible_comments
from guidance.model import Author, Case, Comment, Evidence, Hours, Promise, Question, Reading, Signal
from guidance.signals.ear import Context, Ear
from guidance.signals.lexicon import listed_languages
from guidance.signals.questions import each_once

NOTHING = Signal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Said(Struct, frozen=True):
    """One text of a turn: where it stands, what it says, what was read in it."""

    where: str
    text: str
    reading: Reading

    def value(self, signal: str) -> float:
        """The value of a signal in this text; 0.0 where it was not heard."""
        return self.reading.signals.get(signal, NOTHING).value


class Heard:
    """One side's turn: its texts in order, and everything read in them."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = tuple(said)

    def __bool__(self) -> bool:
        return bool(self.said)

    @cached_property
    def text(self) -> str:
        return "\n".join(one.text for one in self.said)

    def text_at(self, where: str) -> str:
        """The text of one place; empty where nothing was said there."""
        return next((one.text for one in self.said if one.where == where), "")

    @cached_property
    def words(self) -> int:
        return sum(one.reading.words for one in self.said)

    @cached_property
    def signals(self) -> frozenset[str]:
        """The names of all signals that hold somewhere in the turn."""
        return frozenset(name for one in self.said for name, signal in one.reading.signals.items() if signal.holds)

    @cached_property
    def hits(self) -> frozenset[str]:
        """The ids of all rule terms found somewhere in the turn."""
        return frozenset(term for one in self.said for term in one.reading.hits)

    @property
    def language(self) -> str | None:
        """The language of what was said last, which may take back all before it; None where it can't be told, as of few words."""
        return self.said[-1].reading.language if self.said else None

    @property
    def covered(self) -> bool:
        """Whether the language of what was said last is one that we hear, wholly or in part."""
        return self.language is None or self.language in listed_languages()

    @cached_property
    def _values(self) -> dict[str, float]:
        names = (name for one in self.said for name in one.reading.signals)
        return {name: max([one.value(name) for one in self.said]) for name in names}

    def value(self, signal: str) -> float:
        """The strongest value of a signal in the turn; 0.0 where it was not heard."""
        return self._values.get(signal, 0.0)

    def evidence(self, signal: str, *, most: int = 2) -> tuple[Evidence, ...]:
        """The words that a signal rests on."""
        if signal not in self._values:
            return ()
        return tuple(
            Evidence(one.where, finding.start, finding.end, finding.text)
            for one in self.said
            for finding in one.reading.signals.get(signal, NOTHING).evidence
        )[:most]

    def quotes(self, terms: Iterable[str], *, most: int = 2) -> tuple[Evidence, ...]:
        """The words in which rule terms were found."""
        wanted = tuple(terms)
        if self.hits.isdisjoint(wanted):
            return ()
        return tuple(
            Evidence(one.where, start, end, one.text[start:end])
            for one in self.said
            for term in wanted
            for start, end in one.reading.hits.get(term, ())
        )[:most]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What was asked, each thing once."""
        return each_once(replace(q, where=one.where) for one in self.said for q in one.reading.questions)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        return tuple(replace(p, where=one.where) for one in self.said for p in one.reading.promises)


def hear(case: Case, ear: Ear) -> Case:
    """The case with every public comment read; what this very ear has read already is not read again."""
    missing = {
        comment.id: read_comment(comment, case, ear)
        for comment in visible_comments(case)
        if _is_heard(comment) and _version_of(case.readings.get(comment.id)) != ear.version
    }
    return replace(case, readings=case.readings | missing) if missing else case


def read_comment(comment: Comment, case: Case, ear: Ear) -> Reading:
    """Read one comment as it stands in its case."""
    return ear.read(comment.text, by_customer=comment.author is Author.REQUESTER, context=context_of(case, comment))


def context_of(case: Case, comment: Comment) -> Context:
    """Where a comment of this case stands in time, zone and language."""
    at = comment.at or case.conversation.ticket.created_at or _EPOCH
    return Context(at=at, hours=case.settings.hours, zone=zone_name(case), language=language_hint(case))


def zone_name(case: Case) -> str | None:
    """The customer's zone, else the account's."""
    return case.conversation.requester.time_zone or case.settings.hours.time_zone


def language_hint(case: Case) -> str | None:
    """The ticket's language, else the requester's locale."""
    return case.conversation.ticket.language or case.conversation.requester.locale


def heard_from(comments: Sequence[Comment], case: Case, *more: Said) -> Heard:
    """The turn that these comments, already read, and further texts make up."""
    said = [Said(f"comment:{c.id}", c.text, case.readings[c.id]) for c in comments if c.id in case.readings]
    return Heard((*said, *more))


def business_hours(case: Case) -> Hours:
    """The account's business hours, in the customer's zone where the account names none."""
    hours = case.settings.hours
    return hours if hours.time_zone else replace(hours, time_zone=zone_name(case))


def _is_heard(comment: Comment) -> bool:
    return comment.is_customer or comment.is_public_reply


def _version_of(reading: Reading | None) -> str | None:
    return reading.version if reading else None
