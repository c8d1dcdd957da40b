"""What in a later reply shows that a promise was kept: words that tell of it as done, and neither ask, nor deny, nor announce it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from collections.abc import Sequence

from guidance.followups.acts import Kind, kind_of
from guidance.followups.clauses import clause_at, clauses
from guidance.followups.news import brings_word, is_judged, says_no_word_yet, what_is_new
from guidance.followups.partly import is_outstanding, is_partly, is_promised_anew, names_thing
from guidance.model import Act, Reading
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, word_of
from guidance.text.sentences import Span, sentences

_STILL = Pattern(
    word_of(
        r"still|no (?:news|update|answer|word) (?:yet|so far)|haven't|hasn't|have not|bear with|working on|on it now",
        r"need (?:a bit|a little|some) more time|noch (?:nicht|keine)|todavia no|aun no|pas encore|toujours pas",
    )
)
"""What says of a clause that somebody is still at it."""

_MERGED_IT = r"(?:merged|zusammengefuhrt|zusammengelegt|fusion\w+|combinad\w+)\b"
_MERGED = Pattern(rf"\b(?:request|ticket|case|anfrage|solicitud|demande)\b.{{0,200}}\b{_MERGED_IT}")
_MERGE_NOTICE = Pattern(rf"\b(?:closed and|geschlossen und|cerr\w+ y|fermee? et|cloturee? et)\b.{{0,80}}\b{_MERGED_IT}")
"""What a helpdesk writes of itself into both tickets of a merge, with the last words of the other one behind it."""

_DENIED = Pattern(
    either(
        r"\b(?:not|never|cannot|nobody|none|nothing|neither|without|unable|failed to|forgot\w*|missed|miss)\b|n't\b",
        r"\bno (?:refund|credit|replacement|parcel|package|order|courier|invoice|e-?mail|one|tracking)\b",
    )
)
_AHEAD = Pattern(
    r"\b(?:will|shall|being|gets?|getting|would|should|must|might|may|going to|to (?:be|have|get|see))\b|'ll\b"
)
_AHEAD_OF_IT = Pattern(
    either(
        r"\b(?:will|shall|would|should|must|might|may|to)(?: \w+)? $|'ll(?: \w+)? $|\b(?:get|gets|getting|having) $",
        r"\b(?:once|until|till|unless|as soon as|when|if|before|whether|by the time)(?: \S+){0,4} ?$",
    )
)
_NOT_DONE = Pattern(
    either(
        r"\byet\b",
        r"\b(?:nicht|kein\w*|nie|niemand|wird|werden|werde|sobald|wenn|falls|bevor|muss|mussen|soll|sollte\w*|ob)\b",
        r"\b(?:no (?:se|ha|han|he|hemos|esta\w*|fue\w*|lo|la|le|les|os|te|me)|nunca|todavia|aun|sera\w*|cuando|en cuanto)\b",
        r"\b(?:hasta que|antes de|debe\w*|va a|vamos a|voy a)\b",
        r"\b(?:pas|jamais|sera|seront|serez|quand|lorsque|des que|avant|doit|doivent|allons|vais)\b",
    )
)
"""What anywhere in the same clause says that it is still to come: verbs and their participles stand far apart in these languages."""


_REFUTES = Pattern(
    r"\b(?:but|however|though|wrong|missing|only|again|instead|not|still|aber|falsch|pero|mais|empty|broken|damaged|last|old|wait|waiting|"
    r"short|part|half|too)\b|n't\b"
)
"""What anywhere in a customer's message leaves it open whether they have all of it."""


def shows(words: str, reply: str, reading: Reading, *, has_files: bool = False, anew: Sequence[str] = ()) -> str | None:
    """The words of a later reply that show the promise kept, None where none do. `reading`: what was heard in it.

    A promised word is kept by a reply that brings something of the matter; deeds and calls by words that tell of them as done,
    and not in part or otherwise. Questions and what a helpdesk writes about a merge keep nothing, nor does what the reply
    promises `anew`.
    """
    folded = fold(reply).text
    if _MERGE_NOTICE.search(folded):
        return None
    kind = kind_of(words)
    said = [reply[start:end].strip() for start, end in sentences(reply, (0, len(reply)))]
    told = [_without(one, anew) for one in said]
    if kind is None:
        return None if says_no_word_yet(folded) else _word_in(told, reading, anew)
    place = next((place for place, one in enumerate(told) if _tells(kind, fold(one).text, fold(words).text)), None)
    if place is None and has_files and kind.act is Act.WORD and not kind.shown.search(folded):
        place = 0 if told else None
    return None if place is None or _leaves_some(kind, words, said[place:], anew) else told[place]


def received(words: str, text: str) -> str | None:
    """The sentence in which a customer tells that they have what was promised, None where none does."""
    kind = kind_of(words)
    if kind is None or kind.received is None or _REFUTES.search(fold(text).text):
        return None
    promised = fold(words).text
    said = (text[start:end].strip() for start, end in sentences(text, (0, len(text))))
    return next((one for one in said if "?" not in one and _is_received(kind, fold(one).text, promised)), None)


def _is_received(kind: Kind, sentence: str, promised: str) -> bool:
    if not _is_told(kind, kind.received, sentence, promised):
        return False
    return kind.act is Act.CALL or any(
        kind.received.search(clause) and names_thing(promised, clause) for clause in clauses(sentence)
    )


def _without(sentence: str, anew: Sequence[str]) -> str:
    for promise in anew:
        sentence = sentence.replace(promise, " ")
    return sentence


def _word_in(told: Sequence[str], reading: Reading, anew: Sequence[str]) -> str | None:
    if not is_judged(reading):
        return next((one for one in told if _may_be_word(one) and brings_word(fold(one).text)), None)
    words = what_is_new(reading, anew)
    stands_in = next((one for one in told if words and words in one), "")
    return words if _may_be_word(stands_in) else None


def _may_be_word(sentence: str) -> bool:
    """Whether a sentence neither asks nor tells of a merge."""
    return "?" not in sentence and not _MERGED.search(fold(sentence).text)


def _tells(kind: Kind, sentence: str, promised: str) -> bool:
    """Whether a sentence tells of what was promised as done, all of it, and so."""
    if "?" in sentence:
        return False
    despite = kind.despite is not None and _tells_despite(kind.despite, sentence)
    return despite or _is_told(kind, kind.shown, sentence, promised)


def _is_told(kind: Kind, telling: Pattern, sentence: str, promised: str) -> bool:
    return any(
        _is_done_so(kind, sentence, (found.start(), found.end()), promised) for found in telling.finditer(sentence)
    )


def _is_done_so(kind: Kind, sentence: str, place: Span, promised: str) -> bool:
    """Whether what is found there is told as done, and as it was promised."""
    clause = clause_at(sentence, *place)
    if not _is_done(sentence, clause, place):
        return False
    return kind.act is Act.CALL or not is_partly(sentence[clause[0] :], sentence, promised)


def _tells_despite(despite: Pattern, sentence: str) -> bool:
    """Whether it is told in words that deny themselves, and in a clause that denies nothing besides."""
    for found in despite.finditer(sentence):
        without = sentence[: found.start()] + sentence[found.end() :]
        place = (found.start(), found.start())
        if _is_done(without, clause_at(without, *place), place):
            return True
    return False


def _is_done(sentence: str, clause: Span, place: Span) -> bool:
    """Whether what is found there is told as done, by the clause in which it stands."""
    (begins, ends), (start, end) = clause, place
    is_ahead = _AHEAD.search(sentence[start:end]) or _AHEAD_OF_IT.search(sentence[begins:start])
    whole = sentence[begins:ends]
    return not (is_ahead or _DENIED.search(sentence[begins:end]) or _NOT_DONE.search(whole) or _STILL.search(whole))


def _leaves_some(kind: Kind, words: str, said: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether a reply says, beside the deed, that some of what was promised is still to come."""
    if kind.act is Act.CALL:
        return False
    promised = fold(words).text
    beside = [clause for one in said for clause in clauses(fold(one).text)]
    again = [one for one in (fold(promise).text for promise in anew) if kind.promised.search(one)]
    return is_outstanding(promised, beside) or is_promised_anew(promised, again)
