"""What in a later reply shows that a promise was kept: words that tell of it as done, and neither ask, nor deny, nor announce it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from guidance.followups.acts import kind_of
from guidance.followups.clauses import clause_at
from guidance.followups.news import brings_word, says_no_word_yet
from guidance.model import Act
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of
from guidance.text.sentences import sentences

_STILL_AT_IT = Pattern(
    r"\b"
    + one_of(
        r"still (?:checking|waiting|looking|working|no|trying|on it|with)",
        r"no (?:news|update|answer|word) (?:yet|so far)|not (?:yet|heard|had)|haven't|hasn't|have not (?:yet|heard)",
        r"bear with|working on|on it now|need (?:a bit|a little|some) more time",
        r"thanks? for (?:your )?(?:patience|waiting|the details|that)[.!]?$|noch (?:nicht|keine)|todavia no|aun no",
        r"pas encore|toujours pas",
    )
)
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
        r"\b(?:will|shall|would|should|must|might|may|to)(?: \w+)? $|'ll(?: \w+)? $",
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


def shows(words: str, reply: str, *, has_files: bool = False) -> str | None:
    """The sentence of a later reply that shows the promise kept, None where nothing does.

    A promised word is kept by a reply that brings something of the matter; deeds and calls by words that tell of them.
    Questions and what a helpdesk writes about a merge keep nothing.
    """
    folded = fold(reply).text
    if _MERGE_NOTICE.search(folded):
        return None
    kind = kind_of(words)
    said = [reply[start:end].strip() for start, end in sentences(reply, (0, len(reply)))]
    told = [one for one in said if "?" not in one]
    if kind is None:
        return None if says_no_word_yet(folded) else next((one for one in told if _is_word(one)), None)
    found = next((one for one in told if _is_told(kind.shown, fold(one).text)), None)
    if found is None and has_files and kind.act is Act.WORD and not kind.shown.search(folded):
        return said[0] if said else None
    return found


def _is_word(sentence: str) -> bool:
    folded = fold(sentence).text
    return brings_word(folded) and not _MERGED.search(folded)


def _is_told(shown: Pattern, sentence: str) -> bool:
    return any(_is_done(sentence, found.start(), found.end()) for found in shown.finditer(sentence))


def _is_done(sentence: str, start: int, end: int) -> bool:
    """Whether what is found there is told as done, by the clause in which it stands."""
    begins, ends = clause_at(sentence, start, end)
    clause = sentence[begins:ends]
    is_ahead = _AHEAD.search(sentence[start:end]) or _AHEAD_OF_IT.search(sentence[begins:start])
    return not (
        is_ahead or _DENIED.search(sentence[begins:end]) or _NOT_DONE.search(clause) or _STILL_AT_IT.search(clause)
    )
