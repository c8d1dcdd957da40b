"""One scan for all phrases and patterns of all rules: Aho-Corasick first, and google-re2 only where its words were found."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import re2
from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from guidance.text.fold import Folded, fold
from guidance.text.literals import needs, whole_words
from guidance.text.patterns import Pattern

Span = tuple[int, int]

_BLANK = "guidance.text.scan.blank"
_NEGATION = "'t"
"""What makes a word its opposite: "we can" is not said in "we can't"."""
_PROBES = (b"", b"a", b" ", b"a b")

codecs.register_error(_BLANK, lambda error: ("\x1a" * (error.end - error.start), error.end))  # type: ignore[attr-defined]


class _Phrase(Struct, frozen=True):
    """A phrase under its id: whether its ends must be ends of words, and whether its last word may go on.

    `denied`: it is found in its opposite, too, as the pattern that it was written as is: "won" in "won't".
    """

    id: str
    left: bool
    right: bool
    open: bool
    denied: bool = False


class _Spoken(Struct, frozen=True):
    """A phrase as it was read: plain text and how its ends are taken, or the pattern that it has to be."""

    plain: str = ""
    left: bool = False
    right: bool = False
    open: bool = False
    pattern: str = ""


class _Pattern(Struct, frozen=True, eq=False):
    """A pattern under its id, with the further needs that must be met before it is worth a try."""

    id: str
    expression: Pattern
    is_ascii: bool
    others: tuple[frozenset[int], ...] = ()


class Scanner:
    """Finds all its phrases and patterns in one folded text. Immutable, safe to share between threads.

    `phrases` by id: whole words over folded text; a star ends a word any way (`disappoint*`); in scripts written without
    spaces they are found anywhere. `patterns` by id: RE2 syntax over folded text (lower case, ASCII quotes). Several ids
    may share words, and finds may overlap. Raises ValueError, naming the id, for what can't be used.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], patterns: Mapping[str, str]) -> None:
        self._numbers: dict[str, int] = {}
        self._phrases: dict[int, list[_Phrase]] = {}
        self._patterns: dict[int, list[_Pattern]] = {}
        sources = [_Source(name, pattern) for name, pattern in patterns.items()]
        for name, spoken in phrases.items():
            for phrase in spoken:
                sources.extend(self._add_phrase(name, phrase))
        self._add_patterns(sources)
        self._worth_trying = frozenset(self._patterns)
        self._automaton = AhoCorasick(list(self._numbers)) if self._numbers else None

    def scan(self, folded: Folded, *, without: frozenset[str] = frozenset()) -> dict[str, list[Span]]:
        """Everything found, by id: spans in the original text, in order. Patterns whose id is in `without` are not tried."""
        text = folded.text
        found: dict[str, list[Span]] = {}
        present: set[int] = set()
        if self._automaton is not None:
            present = self._scan_phrases(text, found)
        candidates = [
            pattern
            for number in present & self._worth_trying
            for pattern in self._patterns[number]
            if pattern.id not in without and not any(map(present.isdisjoint, pattern.others))
        ]
        if candidates or self._unfiltered:
            self._try_patterns(text, candidates, found)
        if isinstance(folded.at, range):
            return {name: sorted(set(spans)) for name, spans in found.items()}
        return {name: sorted({folded.span(start, end) for start, end in spans}) for name, spans in found.items()}

    def _scan_phrases(self, text: str, found: dict[str, list[Span]]) -> set[int]:
        assert self._automaton is not None
        phrases = self._phrases
        length = len(text)
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        present = {number for number, _, _ in hits}
        for number, start, end in hits:
            if number not in phrases:
                continue
            inside_left = start > 0 and text[start - 1].isalnum()
            goes_on = end < length and text[end].isalnum()
            is_denied = text.startswith(_NEGATION, end)
            for phrase in phrases[number]:
                inside_right = goes_on or (is_denied and not phrase.denied)
                if not (phrase.left and inside_left) and not (phrase.right and inside_right):
                    stop = _end_of_word(text, end) if phrase.open and inside_right else end
                    found.setdefault(phrase.id, []).append((start, stop))
        return present

    def _try_patterns(self, text: str, candidates: Iterable[_Pattern], found: dict[str, list[Span]]) -> None:
        data = text.encode("ascii", _BLANK)  # for an ASCII pattern every other character may stand as one odd byte
        tried = dict.fromkeys(candidates)
        tried.update((self._unfiltered[number], None) for number in (self._set.Match(text) or ()) if self._unfiltered)
        for pattern in tried:
            spans = pattern.expression.spans_in(data) if pattern.is_ascii else pattern.expression.spans(text)
            if spans := [span for span in spans if span[0] < span[1]]:
                found.setdefault(pattern.id, []).extend(spans)

    def _add_phrase(self, name: str, phrase: str) -> list[_Source]:
        """Add one phrase; what it can't be as plain text comes back as a pattern."""
        spoken = _spoken(phrase)
        if spoken.pattern:
            return [_Source(name, spoken.pattern)]
        if not spoken.plain:
            raise ValueError(f"{name}: a phrase must have at least one letter, found {phrase!r}")
        entry = _Phrase(name, spoken.left, spoken.right, spoken.open)
        self._phrases.setdefault(self._number(spoken.plain), []).append(entry)
        return []

    def _add_patterns(self, sources: Sequence[_Source]) -> None:
        sources = [source for source in sources if not self._add_whole_words(source)]
        wanted = [tuple(need for need in needs(source.pattern) if need) for source in sources]
        popular = Counter(text for found in wanted for need in found for text in need)
        self._unfiltered: list[_Pattern] = []
        for source, found in zip(sources, wanted, strict=True):
            if not found:
                self._unfiltered.append(_Pattern(source.id, source.expression, source.is_ascii))
                continue
            rarest = min(
                found, key=lambda need: sum(popular[text] for text in need) * (8 if len(min(need, key=len)) < 5 else 1)
            )
            others = tuple(frozenset(self._number(text) for text in need) for need in found if need is not rarest)
            pattern = _Pattern(source.id, source.expression, source.is_ascii, others)
            for text in rarest:
                self._patterns.setdefault(self._number(text), []).append(pattern)
        self._set = _set_of(self._unfiltered)

    def _add_whole_words(self, source: _Source) -> bool:
        """Add a pattern that is only a choice of words as phrases, which are found faster."""
        words = whole_words(source.pattern)
        for word in words:
            self._phrases.setdefault(self._number(word), []).append(
                _Phrase(source.id, left=True, right=True, open=False, denied=True)
            )
        return bool(words)

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))


class _Source:
    """A pattern as it was written, compiled; raises ValueError where it can't be used."""

    def __init__(self, name: str, pattern: str) -> None:
        self.id = name
        self.pattern = _lowered(pattern)
        self.is_ascii = self.pattern.isascii() and "\\p" not in self.pattern and "\\P" not in self.pattern
        try:
            self.expression = _compiled(self.pattern)
        except re2.error as error:
            reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
            raise ValueError(f"{name}: the pattern {pattern!r} can't be read: {reason}") from None
        if any(start == end for probe in _PROBES for start, end in self.expression.spans_in(probe)):
            raise ValueError(
                f"{name}: the pattern {pattern!r} matches where there is nothing; make one part of it required"
            )


@lru_cache(maxsize=32_768)
def _spoken(phrase: str) -> _Spoken:
    """A phrase, read once. Where a word in its midst may go on, it is a pattern."""
    words = fold(phrase).text.split()
    open_at = [place for place, word in enumerate(words) if word.endswith("*") and word[-2:-1].isalnum()]
    if open_at and open_at != [len(words) - 1]:
        pattern = " ".join(
            re2.escape(word[:-1]) + r"\w*" if n in open_at else re2.escape(word) for n, word in enumerate(words)
        )
        return _Spoken(pattern=rf"\b{pattern}" + ("" if len(words) - 1 in open_at else r"\b"))
    plain = " ".join(words).removesuffix("*") if open_at else " ".join(words)
    if not plain:
        return _Spoken()
    return _Spoken(plain, _is_spaced(plain[0]), _is_spaced(plain[-1]) and not open_at, bool(open_at))


@lru_cache(maxsize=4_096)
def _compiled(pattern: str) -> Pattern:
    """A pattern without captures. Most are the signal lists', and the same in every rulebook."""
    return Pattern(pattern, is_bare=True)


@lru_cache(maxsize=4_096)
def _lowered(pattern: str) -> str:
    """Characters beyond ASCII as the folded text has them; all else is syntax, and left alone."""
    return pattern if pattern.isascii() else "".join(char if char.isascii() else fold(char).text for char in pattern)


def _set_of(patterns: Sequence[_Pattern]) -> re2.Set:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    found = re2.Set.SearchSet(options)
    for pattern in patterns:
        found.Add(pattern.expression.pattern)
    found.Compile()
    return found


def _is_spaced(char: str) -> bool:
    """Whether a character belongs to a script that puts spaces between words."""
    return char.isalnum() and not (
        "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u2e80" <= char <= "\ua4cf"
        or char >= "\U00020000"
        or "\uf900" <= char <= "\ufaff"
    )


def _end_of_word(text: str, place: int) -> int:
    while place < len(text) and text[place].isalnum():
        place += 1
    return place
