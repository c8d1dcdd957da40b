"""Words that can be quoted: from the few on which a verdict rests to the clause that holds them, as one would read it out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from guidance.text.patterns import Pattern
from guidance.text.sentences import sentences

MOST_WORDS = 12
"""Words in the longest quote; a longer clause is cut, so that a card stays a card."""

FEWEST_WORDS = 3
"""A clause of fewer words than this says too little alone, and is quoted with the sentence around it."""

LONGEST_WORD = 40
"""Characters of the longest word that is taken into a quote: what is longer is no word."""

_CLAUSE_ENDS = (",", ";", ":", "-", "–", "—", ")", "…")
_CLAUSE_BEGINS = ("(", "-", "–", "—")
_BEGINS_A_WORD = "#@£$€"
_DULL = " \n.,;:-–—…()"
_JOINS = frozenset("and but so because cause cos where which who although though then yet or".split())
_HANGING = frozenset(
    "a an the my your our their his her its this that these those to in on at of for with from by into about as no not is are was were be been am "
    "has have had do does did don't didn't will would can could i you we they he she it plus still".split()
)
_UNFINISHED = _HANGING | _JOINS
"""Words on which no quote that was cut ends."""
_WORD = Pattern(r"\S+")

Span = tuple[int, int]


def clause_around(text: str, found: Span, within: Span | None = None) -> Span:
    """The clause of `text` around `found`: of one sentence, at most twelve words, and never less than what was found in it.

    Where more than one sentence holds what was found, the one that holds most of it counts. `within`: the part of the text that
    counts, such as what a person wrote above a quoted mail. Places count in code points.
    """

    def shared(sentence: Span) -> int:
        return min(sentence[1], found[1]) - max(sentence[0], found[0])

    sentence = max(sentences(text, within), key=shared, default=found)
    found = max(sentence[0], found[0]), min(sentence[1], found[1])
    words = _words_in(text[slice(*sentence)], sentence[0])
    inside = [place for place, (start, end) in enumerate(words) if start < found[1] and found[0] < end]
    if not inside:
        return found
    first, last = _clause(text, words, inside[0], inside[-1])
    return _trimmed(text, (words[first][0], words[last][1]), found)


@lru_cache(maxsize=64)
def _words_in(sentence: str, start: int) -> tuple[Span, ...]:
    """The places of a sentence's words in the text where it begins at `start`; several signals of one text are quoted from it."""
    return tuple((start + word.start(), start + word.end()) for word in _WORD.finditer(sentence))


def hangs(quote: str) -> bool:
    """Whether a quote ends on a word after which one waits for another."""
    words = quote.lower().split()
    return bool(words) and words[-1] in _HANGING


def _clause(text: str, words: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """The first and the last word of the clause that holds these words."""
    spoken = [text[start:end] for start, end in words]
    begin, end = first, last
    while begin > 0 and not _parts(spoken[begin - 1], spoken[begin]):
        begin -= 1
    while end < len(words) - 1 and not _parts(spoken[end], spoken[end + 1]):
        end += 1
    if end - begin + 1 < FEWEST_WORDS:
        begin, end = 0, len(words) - 1
    while begin < first and spoken[begin].startswith("@"):
        begin += 1
    if end - begin >= MOST_WORDS:
        begin, end = _between_joins(spoken, begin, end, first, last)
    begin, cut = _cut(begin, end, first, last)
    while cut < end and cut > last and spoken[cut].lower() in _UNFINISHED:
        cut -= 1
    return begin, cut


def _parts(word: str, following: str) -> bool:
    """Whether a clause ends between two words."""
    is_too_long = max(len(word), len(following)) > LONGEST_WORD
    return is_too_long or word.endswith(_CLAUSE_ENDS) or following.startswith(_CLAUSE_BEGINS)


def _between_joins(spoken: list[str], begin: int, end: int, first: int, last: int) -> tuple[int, int]:
    """A long clause, only from the word that joins it on before to the one after."""
    joins = [place for place in range(begin, end + 1) if spoken[place].lower() in _JOINS]
    before = [place + 1 for place in joins if place < first]
    after = [place - 1 for place in joins if place > last]
    return max(before, default=begin), min(after, default=end)


def _cut(begin: int, end: int, first: int, last: int) -> tuple[int, int]:
    """At most so many words, from the beginning where what was found stands near it."""
    if end - begin < MOST_WORDS:
        return begin, end
    begin = max(begin, min(first, last - MOST_WORDS + 1)) if last - begin >= MOST_WORDS else begin
    return begin, max(last, min(end, begin + MOST_WORDS - 1))


def _trimmed(text: str, clause: Span, found: Span) -> Span:
    """Without the signs at its ends, unless they are an outcry, or were found themselves."""
    start, end = clause
    found = found[0], found[0] + len(text[slice(*found)].rstrip(_DULL))
    while start < found[0] and not (text[start].isalnum() or text[start] in _BEGINS_A_WORD):
        start += 1
    while end > found[1] and not text[end - 1].isalnum() and text[end - 1] not in "!?":
        end -= 1
    return start, end
