"""What is quoted on a card: not the bare words that a rule rests on but the clause around them, as one would read it out.

Of a draft only what takes a stance is quoted so, or would end in the air, and a piece of a stock phrase where its clause fits the line. Its
other words stand as they were found: there it matters exactly which they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from guidance.model import Evidence, Finding, Reading
from guidance.rules import Situation
from guidance.rules.schema import Quoted
from guidance.rules.templates import fits
from guidance.signals.quoting import clause_around, hangs

_STANCES = ("defensive", "retort", "presumes", "procedure", "pitch", "favour")
"""What a draft shows by a whole clause: two words of it say nothing."""

_LOOSE = " \n\t!?.,;:)]-–—”"
_LOOSE_BEHIND = " \n\t,;:-–—"
"""What hangs loose before and behind a quote: a smiley and an outcry at its end do not."""

_FRAGMENT = 4
"""Words of a stock phrase that say too little alone: "further assist", "the inconvenience"."""


def readable(evidence: Iterable[Evidence], situation: Situation) -> tuple[Evidence, ...]:
    """The same quotes, in whole clauses where they are the customer's and no question, take a stance or say nothing alone; each once."""
    texts = {
        f"comment:{comment.id}": (comment.text, reading)
        for comment in situation.comments
        if comment.is_customer and (reading := situation.case.readings.get(comment.id))
    }
    quotes = []
    for one in evidence:
        if one.where in texts:
            text, reading = texts[one.where]
            quotes.append(one if _is_question(one, reading) else _widened(one, text, reading))
        elif one.where == "draft" and situation.typed:
            quotes.append(_of_draft(one, situation.typed.text, situation.typed.reading))
        else:
            quotes.append(one)
    quotes = [tidied(one) for one in quotes]
    return tuple(one for one in dict.fromkeys(quotes) if not any(_is_within(one, other) for other in quotes))


def spoken_of(evidence: Iterable[Evidence], whose: Quoted | None, situation: Situation) -> list[Evidence]:
    """Of the words that show that a rule fires, those of which its hint speaks."""
    if whose is None:
        return list(evidence)
    wanted = {Quoted.DRAFT: (True,), Quoted.CONVERSATION: (False,), Quoted.NOTHING: ()}[whose]
    return [one for one in evidence if (one.where in situation.places_of_ours) in wanted]


def tidied(one: Evidence) -> Evidence:
    """A quote from its first word on, without loose signs around it; one that has no word only loses its spaces."""
    signs = _LOOSE if any(map(str.isalnum, one.text)) else " \n"
    before = len(one.text) - len(one.text.lstrip(signs))
    text = one.text.strip(" \n").lstrip(signs).rstrip(_LOOSE_BEHIND)
    return Evidence(one.where, one.start + before, one.start + before + len(text), text) if text else one


def clause_in(text: str, reading: Reading, found: Finding | Evidence) -> Finding:
    """The clause of a text around what was found in it; nothing that its writer only quoted."""
    piece = next((one for one in reading.written if one[0] <= found.start and found.end <= one[1]), None)
    start, end = clause_around(text, (found.start, found.end), piece)
    return Finding(start, end, text[start:end])


def _is_question(one: Evidence, reading: Reading) -> bool:
    """Whether this is one whole question, which says by itself what is asked, and nothing of what was asked beside it."""
    return any((one.start, one.end) == (asked.start, asked.end) for asked in reading.questions)


def _is_within(one: Evidence, other: Evidence) -> bool:
    """Whether a quote is a part of another, and says nothing beside it."""
    return one != other and one.where == other.where and other.start <= one.start and one.end <= other.end


def _widened(one: Evidence, text: str, reading: Reading) -> Evidence:
    clause = clause_in(text, reading, one)
    return Evidence(one.where, clause.start, clause.end, clause.text)


def _of_draft(one: Evidence, text: str, reading: Reading) -> Evidence:
    """What is quoted of a draft: a piece of a stock phrase in its clause only where that fits the line."""
    if not (needs_more := _needs_more(one, reading)) and not _is_fragment(one, reading):
        return one
    whole = _widened(one, text, reading)
    return whole if needs_more or fits(whole.text) else one


def _needs_more(one: Evidence, reading: Reading) -> bool:
    """Whether words of a draft say too little alone."""
    return hangs(one.text) or any(_rests_on(one, reading, signal) for signal in _STANCES)


def _is_fragment(one: Evidence, reading: Reading) -> bool:
    """Whether this is only a piece of a stock phrase."""
    return len(one.text.split()) <= _FRAGMENT and _rests_on(one, reading, "scripted")


def _rests_on(one: Evidence, reading: Reading, signal: str) -> bool:
    """Whether a signal rests on just these words."""
    evidence = reading.signals[signal].evidence if signal in reading.signals else ()
    return any((one.start, one.end) == (found.start, found.end) for found in evidence)
