"""Promises in an agent's text: what was committed to, by whom, and by when.

The wording is in the lists (`promise`, and the cues beside it). Here stands what makes a commitment of a wording: no
condition that waits for the customer, no request that it depends on, nothing that is done while they are still talking.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from msgspec.structs import replace

from guidance.hours.zones import zone_of
from guidance.model import Hours, Promise
from guidance.signals.elsewhere import dates_what_follows, is_of_something_else, told_why
from guidance.signals.lexicon import left_standing, term_id
from guidance.signals.moments import Moment, find_moments
from guidance.signals.undertaking import asks_for_time, stands_for_good, undertakes
from guidance.signals.undertaking.reserve import TOLD_TO, is_doubted, is_of_nobody, only_asks
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, one_of, word_of
from guidance.text.sentences import sentences

MOST = 8
"""Promises of one text that are kept."""

Span = tuple[int, int]
Spans = Sequence[Span]

_AGENT = Pattern(r"^(?:i|we|ich|wir|je|nous|on|leave|you have my|le|les|te|nos|me|yo|nosotros)\b")
_JOINT = Pattern(r"(?:[,;]\s*)?\s(?:and|then|und|y|et)\s(?:then\s)?|[,;]\s")
"""What joins one more commitment on."""
_CUTS = {
    language: Pattern(
        rf"; ?| [–—-] |(?:,? {joint}| ?:) "
        r"(it|he|she|they|i|we|you|the|your|our|an?|er|sie|es|ich|wir|der|die|das|ihr|il|elle|je|nous|vous|on|le|la|votre|se|lo|yo|el|su)\b"
    )
    for language, joint in (("en", "and"), ("de", "und"), ("fr", "et"), ("es", "y"))
}
"""Where in a sentence another statement begins; by language, as "noon ET on Friday" is one."""
_A_DAY = Pattern(
    r"(?:the|der|die|le|la|el) "
    + one_of(
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|\w+tag|mittwoch|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche",
        r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|\d+|week(?:end)?|woche|semaine|semana|next|other",
    )
    + r"\b"
)
"""What an "and" joins to a day, and begins no statement: "on Thursday and the Friday"."""
_CONDITIONAL = Pattern(
    r"\?|\b(?:if|unless|once|when|wenn|falls|sofern|sobald|si|des que|lorsque|quand|en cuanto|cuando)\b"
)
_TOLD = Pattern(
    word_of(
        r"said|says?|told|tells|wrote|writes|promised|sagt\w*|schrieb\w*|schreibt|mein(?:t|te|ten)|laut|dit|disent|ecrit|dijo|dice|dicen",
        r"note|notes|reminder|please|bitte|hinweis|beachten|rappel|merci|attention|recuerd\w*|favor|was|war|etait|era|correct|confirm",
    )
)
"""What stands before a colon whose words are another's, or ask something."""
_SALUTES = Pattern(
    r"(?i)\s*"
    + one_of(
        r"hi|hello|hey|hiya|dear|thanks|thank you|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|moin|liebe[rs]?",
        r"sehr geehrter?|bonjour|bonsoir|salut|ch[eè]re?|hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]|querid[oa]",
    )
    + r"\b[^,.!?:;\n]{0,40}[,!:] +"
)
_QUOTING = Pattern('["«]')
_QUOTES = (("“", "”"), ("«", "»"))
_SHORTEST = 12
"""Characters of the shortest sentence that commits by what it says of a day: "It goes today"."""
_FAR = timedelta(days=290)
_NAMES_YEAR = Pattern(r"\d{4}|(?i)\b(?:years?|jahre?n?|an|ans|annee|anos?)\b")
"""A day so far ahead whose year is not named was more likely the one just past: "your order of 3 March"."""
_INSTEAD = Pattern(r"\b(?:or|else|otherwise|oder|o|ou)\b")
"""What makes the next commitment another way of keeping this one."""
_JOINED_ON = Pattern(r"\b(?:and|but) (?:will|shall)\b")
"""Where a commitment begins whose words were taken for longer: "back in the new year and will write on the 5th"."""
_NOBODY = Pattern(r"\b(?:nobody|no ?one|no \w+)\b[^,;]*$")
_THE_REST = Pattern(
    r"^(?:\w+(?: \w+)?(?:'ll| will| shall) )?(?:\w+ )?(?:do|take care of|handle|see to|look after|sort(?: out)?) the rest\b"
)
"""Ends what the customer begins: "send us the photo. We'll do the rest"."""
_COMPANY = Pattern(r"\b(?:our|the|their) (?:\w+ )?(?:team|manager|courier|engineer|department|colleague)")


class Scene(Protocol):
    """When and where a text was written; `signals.Context` is one."""

    @property
    def at(self) -> datetime: ...
    @property
    def hours(self) -> Hours: ...
    @property
    def zone(self) -> str | None: ...


class _Cues:
    """Where a text's cues for and against a promise stand; each is looked for when it is asked for, as most texts promise nothing."""

    def __init__(self, text: str, found: Mapping[str, Spans], language: str) -> None:
        self._text = text
        self._found = found
        self.language = language

    @cached_property
    def promises(self) -> list[Span]:
        """Those that a pattern takes from the end of the sentence before begin with their first word."""
        return sorted((self._first_word(start), end) for start, end in self._of("promise"))

    @cached_property
    def looks(self) -> list[Span]:
        return self._of("looks_into")

    @cached_property
    def courtesies(self) -> list[Span]:
        return self._of("no_promise")

    @cached_property
    def conditions(self) -> list[Span]:
        return self._of("on_condition")

    @cached_property
    def requests(self) -> list[Span]:
        return self._of("requests")

    @cached_property
    def present(self) -> list[Span]:
        return self._of("right_now")

    def _first_word(self, start: int) -> int:
        while self._text[start] in " .!:;,\n":
            start += 1
        return start

    def _of(self, name: str) -> list[Span]:
        """The spans of one list's hits, but those that its `unless` covers."""
        own = term_id(self.language, "agent", name)
        spans = {
            span for term, hits in self._found.items() if term == own or term.startswith(f"{own}#") for span in hits
        }
        taken_back = self._found.get(term_id(self.language, "agent", name, unless=True)) if spans else None
        return sorted(left_standing(spans, taken_back) if taken_back else spans)


def find_promises(
    text: str, kept: Spans, found: Mapping[str, Spans], context: Scene, language: str
) -> tuple[Promise, ...]:
    """The promises of an agent's text, in order; `context` says when and where it was written.

    One a sentence, or several where each names a time of its own: "I'll ring at three, and the label goes out on Friday".
    """
    cues = _Cues(text, found, language)
    promises: list[Promise] = []
    for sentence in (one for span in kept for one in sentences(text, span)):
        if cue := _commitment(text, cues, sentence):
            pieces = _timed_pieces(text, cue, cues, sentence, context, language)
            promises += [_promise(text, *piece, _due(text, *piece, context, language), language) for piece in pieces]
        elif sentence[1] - sentence[0] >= _SHORTEST and not _waits_for_them(text, cues, sentence):
            promises += _undertaken(text, cues, sentence, context, language)
        if len(promises) >= MOST:
            break
    return tuple(promises[:MOST])


def _undertaken(text: str, cues: _Cues, sentence: Span, context: Scene, language: str) -> Iterator[Promise]:
    """What a part of a sentence commits to without words of promising: by what it does for them, or by a moment to come."""
    if salutes := _SALUTES.match(text[slice(*sentence)]):
        sentence = (sentence[0] + salutes.end(), sentence[1])
    folded = fold(text[slice(*sentence)])
    if ", " in folded.text and (why := told_why(folded.text, language)):
        sentence = (sentence[0] + folded.at[why], sentence[1])
    for start, end in _parts(text, sentence, cues):
        said = fold(text[start:end]).text
        others = (cues.courtesies, cues.present, cues.requests)
        if _QUOTING.search(said) or any(_inside(one, (start, end)) for one in others):
            continue
        does, may_be_dated = undertakes(said, language)
        due = _due(text, (start, end), (start, end), context, language) if does or may_be_dated else None
        if does or (due and (due.at - context.at < _FAR or _NAMES_YEAR.search(due.text))):
            yield _promise(text, (start, end), (start, end), due, language)


def _parts(text: str, sentence: Span, cues: _Cues) -> Iterator[Span]:
    """A sentence, cut where another statement begins; what is joined by an "and" shares its condition, and waits for what is asked."""
    said = fold(text[slice(*sentence)]).text
    whole = text[slice(*sentence)]
    begin = sentence[0]
    if len(said) == len(whole) and cues.language in _CUTS:
        for mark in _CUTS[cues.language].finditer(said):
            if mark[1] and (
                _CONDITIONAL.search(said)
                or (":" in mark[0] and _TOLD.search(said[: mark.start()]))
                or _A_DAY.match(said[mark.start(1) :])
                or asks_for_time(said[begin - sentence[0] : mark.start()])
                or _inside(cues.requests, (begin, sentence[0] + mark.start()))
            ):
                continue
            yield begin, sentence[0] + mark.start()
            begin = sentence[0] + (mark.start(1) if mark[1] else mark.end())
    yield begin, sentence[1]


def find_conditional(
    text: str, kept: Spans, found: Mapping[str, Spans], context: Scene, language: str
) -> tuple[Promise, ...]:
    """What is committed to once the customer has done something: the whole sentence, and whether it names a time."""
    cues = _Cues(text, found, language)
    if not cues.promises:
        return ()
    promises: list[Promise] = []
    for sentence in (one for span in kept for one in sentences(text, span)):
        cue = _on_condition(text, cues, sentence)
        if cue and len(promises) < MOST:
            promise = _promise(text, cue, sentence, _due(text, cue, sentence, context, language), language)
            promises.append(replace(promise, conditional=True))
    return tuple(promises)


def _waits_for_them(text: str, cues: _Cues, sentence: Span) -> bool:
    return bool(_inside(cues.conditions, sentence) or TOLD_TO.search(fold(text[sentence[0] : sentence[1]]).text))


def _on_condition(text: str, cues: _Cues, sentence: Span) -> Span | None:
    """The commitment of a sentence that also names a condition which is the customer's to fulfil."""
    promised = _inside(cues.promises, sentence)
    if not promised or _inside(cues.present, sentence) or not _waits_for_them(text, cues, sentence):
        return None
    plain = (cue for cue in promised if not _begins_one(cue, cues.courtesies))
    return next(plain, None)


def _commitment(text: str, cues: _Cues, sentence: Span) -> Span | None:
    """The words that commit somebody in a sentence; None where nothing does, or only on a condition."""
    promised, looked = _inside(cues.promises, sentence), _inside(cues.looks, sentence)
    if not (promised or looked) or _waits_for_them(text, cues, sentence):
        return None
    asked = _inside(cues.requests, sentence)
    for cue in promised:
        is_other = _begins_one(cue, cues.courtesies) or _begins_one(cue, cues.looks)
        is_other = is_other or _is_none(text, cue, sentence, cues.language)
        if not is_other and not any(start < cue[0] for start, _ in asked) and not _overlaps(cue, cues.present):
            return cue
    for cue in looked:
        if not cues.requests and "?" not in text and not _inside(cues.present, sentence):
            return cue
    return None


def _is_none(text: str, cue: Span, sentence: Span, language: str) -> bool:
    """Whether a commitment stands between quotation marks, as what was said before; or only ends what the customer begins.

    Neither is what should happen to nobody, nor what is doubted or asked for.
    """
    before = text[sentence[0] : cue[0]]
    is_quoted = (before.count('"') % 2 == 1 and '"' in text[cue[1] :]) or any(
        before.rfind(opens) > before.rfind(closes) for opens, closes in _QUOTES
    )
    folded, words = fold(before).text, fold(text[slice(*cue)]).text
    is_nobodys = ("should" in words and _NOBODY.search(folded)) or is_of_nobody(words)
    is_reserved = is_doubted(folded, language) or only_asks(text[slice(*sentence)])
    return is_quoted or bool(is_nobodys) or is_reserved or bool(_THE_REST.search(fold(text[cue[0] : sentence[1]]).text))


def _inside(spans: Spans, sentence: Span) -> list[Span]:
    """Those of the sorted spans that lie within a sentence."""
    first = bisect_left(spans, (sentence[0], 0))
    last = bisect_left(spans, (sentence[1], 0))
    return [span for span in spans[first:last] if span[1] <= sentence[1]]


def _timed_pieces(
    text: str, cue: Span, cues: _Cues, sentence: Span, context: Scene, language: str
) -> list[tuple[Span, Span]]:
    """The commitments of a sentence that name a time of their own, each with its part of the sentence; else all as one."""
    joints = _joints(text, cue, cues, sentence)
    if not joints:
        return [(cue, sentence)]
    pieces, begin, said = list[tuple[Span, Span]](), sentence[0], cue
    for end, after, next_cue in (*joints, (sentence[1], sentence[1], cue)):
        if _moments(text, (begin, end), context, language):
            pieces.append((said, (begin, end)))
            begin, said = after, next_cue
    if len(pieces) < 2:
        return [(cue, sentence)]
    last_cue, (start, _) = pieces[-1]
    return [*pieces[:-1], (last_cue, (start, sentence[1]))]


def _joints(text: str, cue: Span, cues: _Cues, sentence: Span) -> list[tuple[int, int, Span]]:
    """Where a further commitment is joined on: the end of what stands before, the begin of what comes, and its words."""
    found, last = list[tuple[int, int, Span]](), cue
    for other in _inside(cues.promises, sentence):
        if other[0] < last[1]:
            continue
        between = [*_JOINT.finditer(text[last[1] : other[0]])]
        if (
            between
            and not _INSTEAD.search(text[last[1] : other[0]].lower())
            and not _is_none(text, other, sentence, cues.language)
            and not _overlaps(other, cues.present)
        ):
            found.append((last[1] + between[-1].start(), last[1] + between[-1].end(), other))
            last = other
    return found


def _begins_one(cue: Span, others: Spans) -> bool:
    return any(start == cue[0] for start, _ in others)


def _overlaps(cue: Span, others: Spans) -> bool:
    """Whether one of the others begins within a cue, or where it ends."""
    return any(cue[0] <= start <= cue[1] + 1 for start, _ in others)


def _due(text: str, cue: Span, sentence: Span, context: Scene, language: str) -> Moment | None:
    """The moment that the commitment names: the first that ends after its words begin, else the last before them that dates them."""
    moments = _moments(text, sentence, context, language)
    after = [moment for moment in moments if sentence[0] + moment.end > cue[0]]
    if after:
        joined = _JOINED_ON.search(text[slice(*cue)].lower()) if cue != sentence else None
        begins = cue[0] + joined.start() if joined else cue[0]
        return next((moment for moment in after if sentence[0] + moment.end > begins), after[0])
    before = [one for one in moments if dates_what_follows(fold(text[sentence[0] : sentence[0] + one.start]).text)]
    return before[-1] if before else None


def _moments(text: str, span: Span, context: Scene, language: str) -> Sequence[Moment]:
    zone = zone_of(context.zone, context.hours)
    said = text[slice(*span)]
    found = find_moments(said, now=context.at, language=language, hours=context.hours, zone=zone)
    return [one for one in found if not _is_elsewhere(said, one, language)]


def _is_elsewhere(said: str, moment: Moment, language: str) -> bool:
    before, after = fold(said[: moment.start]).text, fold(said[moment.end :]).text
    return is_of_something_else(before, after, language, moment.text)


def _promise(text: str, cue: Span, sentence: Span, due: Moment | None, language: str) -> Promise:
    start, end = cue[0], sentence[1]
    while end > start and text[end - 1] in " \t\n.!,;":
        end -= 1
    words = text[start:end]
    said = fold(text[start : cue[1]]).text
    return Promise(
        where="draft",
        text=words,
        start=start,
        end=end,
        owner="agent" if _AGENT.search(said) and not _COMPANY.search(said) else "company",
        vague=due is None and not stands_for_good(said, language),
        due_at=due.at if due else None,
        due_kind=due.kind if due else None,
    )
