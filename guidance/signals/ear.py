"""The ear: reads one text once, and writes down everything in it that rules may ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from guidance.model import Finding, Hours, Promise, Question, Reading, Signal
from guidance.signals.catalog import CUES
from guidance.signals.lexicon import SIDES, left_standing, listed_languages, shipped_terms, term_id
from guidance.signals.models import Model, Words, shipped_model, words_in
from guidance.signals.names import signed_name
from guidance.signals.particulars import wanting
from guidance.signals.promises import find_conditional, find_promises
from guidance.signals.questions import find_implied, find_meant, find_questions, is_outright, wants_no_answer
from guidance.signals.quoting import clause_around
from guidance.signals.together import SENTENCES_TELL, heard_together, told_by
from guidance.text.fold import fold
from guidance.text.language import detect
from guidance.text.places import Places
from guidance.text.scan import Scanner
from guidance.text.written import written

READER = "26"
"""The version of the reading itself: raise it when the same text and lists would be read differently."""

HEARD_FROM = 0.02
"""A verdict below this is not kept: what stands around would not raise it far enough. One well below a half may still be raised."""

JUDGED = 8_000
"""How many characters at the beginning and at the end of a long text are judged; nothing is heard, promised or asked between them."""

WEIGHED = 4_000
"""How many characters of a text the models weigh: what decides stands at the beginning, and more would only dilute it."""

FEWEST_WORDS = 4
"""Words from which an agent's text is weighed by the models, unless it ends as a sentence: what is only begun is no answer yet."""

ASKED_FROM = 0.4
"""The value of `asks` from which a text's questions are kept: a reply that leaves one open is the worse mistake."""

_ENDS = (".", "!", "?", "…")

_CUES = frozenset(name for cues in CUES.values() for name in cues)

Spans = Sequence[tuple[int, int]]


class Context(Struct, frozen=True, kw_only=True):
    """Where a text stands: when it was written (aware), the account's hours, the customer's zone, the ticket's language."""

    at: datetime
    hours: Hours = Hours()
    zone: str | None = None
    language: str | None = None


_SCANS_KEPT = 4
"""Compiled scans: a file is looked over, published and taken up one after the other, each time with the words of before."""


@lru_cache(maxsize=_SCANS_KEPT)
def _scanner(phrases: tuple[tuple[str, tuple[str, ...]], ...], patterns: tuple[tuple[str, str], ...]) -> Scanner:
    own = shipped_terms()
    return Scanner(own.phrases | dict(phrases), own.patterns | dict(patterns))


class Ear:
    """Signal lists, and a rulebook's own phrases and patterns, compiled into one scan.

    `phrases` and `patterns` are the rulebook's, by term id. Building takes about a second for 10,000 of them; reading an
    80-word text well under a millisecond. Immutable, safe to share between threads.
    """

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]] | None = None,
        patterns: Mapping[str, str] | None = None,
    ) -> None:
        own = shipped_terms()
        phrases, patterns = dict(phrases or {}), dict(patterns or {})
        spoken = tuple((term, tuple(words)) for term, words in phrases.items())
        self._scanner = _scanner(spoken, tuple(patterns.items()))
        self._rule_terms = frozenset(phrases) | frozenset(patterns)
        self._own_patterns = frozenset(own.patterns)
        self._foreign = {
            by_customer: _patterns_of("agent" if by_customer else "customer") for by_customer in (True, False)
        }
        self._lists = {
            (language, side): _list_of(language, side)
            for language in listed_languages()
            for side in ("customer", "agent")
        }
        told = f"{READER}:{own.phrases}:{own.patterns}:{phrases}:{patterns}"
        self.version = hashlib.sha256(told.encode()).hexdigest()[:12]

    def read(self, text: str, *, by_customer: bool, context: Context) -> Reading:
        """Read one text. Never raises, whatever the text; spans count in code points of `text`."""
        text = _encodable(text)
        judged, shift = _judged(text)
        kept = _own_words(judged, shift)
        own = "\n".join(judged[start:end] for start, end in kept)
        language = detect(own, hint=context.language)
        spoken, side = language or "en", "customer" if by_customer else "agent"
        found = self._found(judged, kept, shift, self._foreign[by_customer])
        covers = (spoken, side) in self._lists
        spans = tuple((shift(start), shift(end)) for start, end in kept)
        asked = find_questions(text, spans) if by_customer and covers else ()
        cues = _asking(text, spans, asked) if by_customer else _saying_little(own) if spoken == "en" else {}
        signals = self._signals(_Own(text, spans, own), found, spoken, side, cues) if covers else {}
        promises = () if by_customer or not covers else find_promises(text, spans, found, context, spoken)
        waiting = () if by_customer or not covers else find_conditional(text, spans, found, context, spoken)
        return Reading(
            version=self.version,
            language=language,
            written=spans,
            cut=len(judged) < len(text),
            words=len(own.split()),
            signals=signals if by_customer else _with_promises(signals, promises),
            questions=(asked or find_meant(text, spans)) if _may_ask(signals) else (),
            promises=promises,
            conditional=waiting,
            hits=self._hits(found),
            signed_name=signed_name(text) if by_customer else None,
        )

    def reread(self, text: str, reading: Reading) -> Reading:
        """What an ear of another rulebook read in this text, as this one reads it: only the rules' own terms differ."""
        judged, shift = _judged(_encodable(text))
        found = self._found(judged, _own_words(judged, shift), shift, self._own_patterns)
        return replace(reading, version=self.version, hits=self._hits(found))

    def listed(self, text: str, *, by_customer: bool, context: Context) -> dict[str, Signal]:
        """What the lists alone hear in a text: what training counts beside its words."""
        spans = written(text)
        found = self._found(text, spans, _Shift(len(text), 0), self._foreign[by_customer])
        listed = self._from_lists(text, found, context.language or "en", "customer" if by_customer else "agent")
        if by_customer:
            return listed | _asking(text, spans, find_questions(text, spans))
        return listed | _saying_little(text)

    def _hits(self, found: Mapping[str, Spans]) -> dict[str, tuple[tuple[int, int], ...]]:
        return {name: tuple(hits) for name, hits in found.items() if name in self._rule_terms}

    def _found(
        self, judged: str, kept: Spans, shift: _Shift, without: frozenset[str]
    ) -> dict[str, list[tuple[int, int]]]:
        hits = self._scanner.scan(fold(judged), without=without)
        is_all_kept = list(kept) == [(0, len(judged))]
        if not is_all_kept:
            own = Places(kept)
            inside = {name: [span for span in spans if own.cover(span)] for name, spans in hits.items()}
            hits = {name: spans for name, spans in inside.items() if spans}
        if not shift.skipped:
            return hits
        return {name: [(shift(start), shift(end)) for start, end in spans] for name, spans in hits.items()}

    def _signals(
        self, said: _Own, found: Mapping[str, Spans], language: str, side: str, cues: dict[str, Signal]
    ) -> dict[str, Signal]:
        """What lists and models hear together; the lists alone where there is no model for the language, or only a greeting to judge."""
        listed = self._from_lists(said.text, found, language, side) | cues
        is_begun = side == "agent" and len(said.own.split()) < FEWEST_WORDS and not said.own.rstrip().endswith(_ENDS)
        model = shipped_model(side) if language == "en" and not is_begun else None
        signals = _judged_by(model, said, listed) if model else _without_cues(listed)
        return _with_feeling(signals) if side == "customer" else signals

    def _from_lists(self, text: str, found: Mapping[str, Spans], language: str, side: str) -> dict[str, Signal]:
        signals: dict[str, Signal] = {}
        for name, terms, taken_back in self._lists.get((language, side), ()):
            spans = [span for term in terms for span in found.get(term, ())]
            if taken_back in found:
                spans = left_standing(spans, found[taken_back])
            if spans:
                signals[name] = Signal(1.0, tuple(Finding(s, e, text[s:e]) for s, e in sorted(set(spans))[:4]))
        return signals


def _may_ask(signals: Mapping[str, Signal]) -> bool:
    """Whether a text asks, or is so near to it that what it would ask is worth knowing."""
    return "asks" in signals and signals["asks"].value >= ASKED_FROM


class _Shift(Struct, frozen=True):
    """From a place in the judged text to the place in the whole text."""

    head: int
    skipped: int

    def __call__(self, place: int) -> int:
        return place if place <= self.head else place + self.skipped


class _Own(Struct, frozen=True):
    """What the person wrote of a text: its places there, and the words, one piece a line."""

    text: str
    spans: Spans
    own: str

    def clause(self, start: int, end: int) -> tuple[Finding, ...]:
        """The clause around these of their own words, as it stands in the whole text."""
        for piece in self.spans:
            length = piece[1] - piece[0]
            if start < length:
                found = clause_around(self.text, (piece[0] + start, piece[0] + min(end, length)), piece)
                return (Finding(*found, self.text[slice(*found)]),)
            start, end = start - length - 1, end - length - 1
        return ()


def _judged_by(model: Model, said: _Own, listed: Mapping[str, Signal]) -> dict[str, Signal]:
    """The model's verdicts, each with the words it rests on: those of the lists, else the clause that holds the strongest."""
    folded = fold(said.own[:WEIGHED])
    own_lists = (name for name in listed if name not in model.names and name not in _CUES)
    signals = {name: listed[name] for name in own_lists}
    words: Words | None = None
    for name, value in heard_together(model, folded.text, listed).items():
        if value < HEARD_FROM:
            continue
        evidence = listed[name].evidence if name in listed else ()
        if not evidence and value >= 0.5:
            words = words or words_in(folded.text)
            told = name in SENTENCES_TELL
            found = told_by(name, model, folded.text, listed) if told else [model.strongest(words, name)]
            evidence = tuple(quote for span in found if span for quote in said.clause(*folded.span(*span)))
        signals[name] = Signal(round(value, 3), evidence)
    return signals


def _asking(text: str, spans: Spans, questions: Sequence[Question]) -> dict[str, Signal]:
    """The questions found, as the list that speaks for `asks`, or the cues that stand where none asks outright."""
    asked = [one for one in questions if is_outright(one)]
    cues = {
        "asks": asked,
        "marvels": () if asked else questions,
        "exclaims": () if questions else wants_no_answer(text, spans),
        "reports": () if questions else find_implied(text, spans),
    }
    return {
        name: Signal(1.0, tuple(Finding(q.start, q.end, q.text) for q in found[:3]))
        for name, found in cues.items()
        if found
    }


def _saying_little(own: str) -> dict[str, Signal]:
    """How little a reply of ours says of any matter, as cues for the models."""
    return {name: Signal(1.0) for name in wanting(own[:WEIGHED])}


def _without_cues(listed: Mapping[str, Signal]) -> dict[str, Signal]:
    return {name: signal for name, signal in listed.items() if name not in _CUES}


def _with_promises(signals: dict[str, Signal], promises: Sequence[Promise]) -> dict[str, Signal]:
    """The signal `promise` says what the grammar of promises found, neither more nor less."""
    kept = {name: signal for name, signal in signals.items() if name != "promise"}
    found = tuple(Finding(one.start, one.end, one.text) for one in promises[:4])
    return kept | {"promise": Signal(1.0, found)} if found else kept


def _with_feeling(signals: dict[str, Signal]) -> dict[str, Signal]:
    """The feeling, from -1 to 1: the strongest of the bad ones or of the good ones, whichever is stronger.

    Joy beside annoyance is a turn of phrase more often than joy, so it does not count there; thanks do.
    """

    def strongest(names: Sequence[str]) -> Signal:
        return max((signals[name] for name in names if name in signals), key=lambda one: one.value, default=Signal())

    bad = strongest(("upset", "worry", "sadness"))
    is_upset = "upset" in signals and signals["upset"].holds
    good = strongest(("grateful",) if is_upset else ("grateful", "joy"))
    if not (bad.holds or good.holds):
        return signals
    value = good.value if good.value > bad.value else -bad.value
    return signals | {"feeling": Signal(round(value, 3), (bad if value < 0 else good).evidence)}


def _encodable(text: str) -> str:
    """The text with halves of characters, which no pattern can read, blanked one for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def _own_words(judged: str, shift: _Shift) -> list[tuple[int, int]]:
    """The spans of the judged text that its writer wrote; none runs over what was left out of the middle."""
    spans = [(start, end) for start, end in written(judged) if end > start]
    if not shift.skipped:
        return spans
    cut = shift.head
    pieces = [piece for start, end in spans for piece in ((start, min(end, cut)), (max(start, cut + 1), end))]
    return [(start, end) for start, end in pieces if end > start]


def _judged(text: str) -> tuple[str, _Shift]:
    if len(text) <= 2 * JUDGED:
        return text, _Shift(len(text), 0)
    return text[:JUDGED] + "\n" + text[-JUDGED:], _Shift(JUDGED, len(text) - 2 * JUDGED - 1)


@cache
def _patterns_of(side: str) -> frozenset[str]:
    """The ids of all patterns of a side's lists, in every language: what the other side's texts need not be tried on."""
    marks = tuple(
        term_id(language, side, "", unless=is_unless) for language in listed_languages() for is_unless in (False, True)
    )
    return frozenset(name for name in shipped_terms().patterns if name.startswith(marks))


@cache
def _list_of(language: str, side: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """For each signal of a side its terms in the shipped lists, and what takes them back."""
    terms = shipped_terms()
    listed = []
    for signal in SIDES[side]:
        name = term_id(language, side, signal)
        ids = tuple(one for one in (*terms.phrases, *terms.patterns) if one == name or one.startswith(f"{name}#"))
        if ids:
            listed.append((signal, ids, term_id(language, side, signal, unless=True)))
    return tuple(listed)
