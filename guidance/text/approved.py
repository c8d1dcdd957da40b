"""Approved text: sentences of macros and canned responses, known again where an agent has put them in unchanged.

What a helpdesk fills in at insertion (`{{ticket.requester.first_name}}`) may be any words. Everything is compared in its folded
spelling, sentence by sentence, so that a macro counts in part, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from guidance.text.fold import fold
from guidance.text.patterns import Pattern
from guidance.text.sentences import Span, sentences

GAP = "\x00"
"""Stands in a sentence where the helpdesk fills something in."""

_MARK = "zqgapqz"
"""Stands for a placeholder while a text is cut and folded, which leave letters alone."""

_PLACEHOLDER = Pattern(r"\{\{[^{}]{0,200}\}\}|\{%[^{}%]{0,200}%\}")
_LONGEST_FILLED, _MOST_WORDS_FILLED = 40, 4
"""A name, a number, a date; more than that is somebody's own words."""

_MOST = 20_000
_MOST_ALIKE = 100
"""Sentences with gaps that begin and end alike: a draft is compared with no more of them."""

_FEWEST_LETTERS = 4
_BARE = " \t\n.,;:!?…-*\"'()"

Shape = tuple[str, ...]
Ends = tuple[str, str]


def approved_sentences(texts: Iterable[str]) -> frozenset[str]:
    """The sentences of these texts, folded, 20,000 at most; a sentence of nothing but a placeholder approves nothing."""
    found: dict[str, None] = {}
    for text in texts:
        marked = _PLACEHOLDER.sub(_MARK, text)
        for start, end in sentences(marked):
            sentence = _plain(marked[start:end]).replace(_MARK, GAP)
            if sum(map(str.isalpha, sentence)) >= _FEWEST_LETTERS:
                found[sentence] = None
        if len(found) >= _MOST:
            break
    return frozenset(list(found)[:_MOST])


def approved_spans(text: str, approved: frozenset[str]) -> tuple[list[Span], bool]:
    """The approved sentences of a text, and whether that is all of it. Linear in the text."""
    if not approved:
        return [], False
    patterns = _patterns(approved)
    all_of_it = sentences(text)
    found = [(start, end) for start, end in all_of_it if _is_approved(_plain(text[start:end]), approved, patterns)]
    return found, bool(found) and len(found) == len(all_of_it)


def _is_approved(sentence: str, approved: frozenset[str], patterns: dict[Ends, list[Shape]]) -> bool:
    if sentence in approved:
        return True
    first, last = sentence.partition(" ")[0], sentence.rpartition(" ")[2]
    ends = ((first, last), (first, ""), ("", last), ("", ""))
    return any(_fits(sentence, pattern) for one in ends for pattern in patterns.get(one, ()))


def _fits(sentence: str, pattern: Shape) -> bool:
    """Whether the pieces stand there in order, with a few words at most in each gap."""
    first, *inner, last = pattern
    if not sentence.startswith(first) or not sentence.endswith(last):
        return False
    place, end = len(first), len(sentence) - len(last)
    for piece in (*inner, None):
        at = sentence.find(piece, place, end) if piece else end
        filled = sentence[place:at] if place <= at else None
        if filled is None or len(filled) > _LONGEST_FILLED or filled.count(" ") >= _MOST_WORDS_FILLED:
            return False
        place = at + len(piece or "")
    return True


@lru_cache(maxsize=16)
def _patterns(approved: frozenset[str]) -> dict[Ends, list[Shape]]:
    """Sentences with gaps by their first and last word, '' where a gap takes part in it."""
    found: dict[Ends, list[Shape]] = {}
    for sentence in sorted(approved):
        if GAP in sentence:
            pieces = tuple(sentence.split(GAP))
            first, apart, _ = pieces[0].partition(" ")
            _, before, last = pieces[-1].rpartition(" ")
            alike = found.setdefault((first if apart else "", last if before else ""), [])
            if len(alike) < _MOST_ALIKE:
                alike.append(pieces)
    return found


def _plain(sentence: str) -> str:
    return " ".join(fold(sentence).text.split()).strip(_BARE)


def within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies in one of these."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)
