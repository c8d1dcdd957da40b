"""What was done in part, or otherwise than promised: it is told as done, and the promise is not kept by it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from collections.abc import Iterable

from guidance.text.patterns import Pattern, word_of
from guidance.text.words import plain_words

_PART = Pattern(
    word_of(
        r"\d[\d.,]* (?:out )?of (?:the|your|my|our|them|these|those|all)|back-? ?order\w*|out of stock|sold out|so far",
        r"still (?:open|outstanding|missing|pending|to (?:be|come|do)|with the)|on order|one at a time",
        r"half(?: (?:of|the|your|it|done|fixed|sent|paid|refunded|is|was|for)|[.,;!]|$)|partly|partially|in part|a part|only(?:[.,;!]|$)|"
        r"part of (?:it|the|your)|"
        r"(?:a|one|two) (?:third|quarter)s?",
        r"(?:some|most|many|half|all but|none|\w+teen|two|three) of (?:it|them|the|our|your|us)",
        r"^one of (?:the|your|them)|one of the (?:two|three|four|\d)",
        r"(?:^only|only (?:one|two|part|half|the|some|a|partially|partly|for))",
        r"(?:for|with) (?:some|most|many) (?:people|users|customers|of|accounts|devices|browsers|regions?|models?)",
        r"most (?:people|users|customers)|(?:in|for) (?:your|other) region|the (?:rest|remainder|remaining)",
        r"(?:the|your) other (?:one|half|part|two|item|box|parcel)",
        r"zur halfte|die halfte|teilweise|zum teil|ein teil|nur (?:eine?r?s?|die|der|das|ein teil|zwei)|der rest|den rest",
        r"la moitie|en partie|partiellement|une partie|seule(?:ment)? (?:une?|la|le|l'un\w*)|le reste",
        r"la mitad|en parte|parcialmente|una parte|sol[oa](?:mente)? (?:un[oa]?|la|el|se|una parte)|el resto",
    )
)
_ASTRAY = Pattern(
    word_of(
        r"wrong|by mistake|in error|mistakenly|by accident|(?:old|previous|former) (?:address|card|account|number|flat|office)|bounced",
        r"rejected|refused|returned to (?:us|sender|the)|(?:sent|came|coming|come) back (?:by|to us|from)",
        r"back (?:to us|at (?:the|our))|held (?:up|at|by|in)|stuck|got lost",
        r"rolled (?:it )?back|reverted|undone|(?:broke|breaks) (?:something|again|the)|on my (?:machine|computer|side|end)|instead",
        r"rather than|for approval|to be approved|a draft|(?:but|then|and) failed",
        r"an die falsche\w*|falsch\w*|versehentlich|aus versehen|alte adresse|abgelehnt|stattdessen|statt",
        r"(?:a la )?mauvais\w*|par erreur|ancienne adresse|refusee?|rejetee?|au lieu",
        r"equivocad\w|por error|direccion antigua|rechazad\w|en lugar de|en vez de",
    )
)
"""That it went wrong, or that something else was done."""

_MEANWHILE = Pattern(
    word_of(
        r"in the mean ?time|meanwhile|for the time being|until then|work-?around|stop-?gap|temporar\w+|provisional\w*",
        r"inzwischen|in der zwischenzeit|bis dahin|vorubergehend|ubergangsweise|vorlaufig",
        r"entre-?temps|en attendant|provisoire\w*|mientras tanto|entretanto|provisional\w*",
    )
)
"""What helps until it is done."""

_OUTSTANDING = Pattern(
    word_of(
        r"still|yet|follows|to follow|will follow|comes later|missing|out of stock|back-?order\w*|delayed|on hold|pending",
        r"next (?:week|month)|(?:is|are|comes?) next|next up|separately|to come|(?:has|have) to wait|comes? (?:after|later|on|tomorrow)",
        r"(?:hasn't|haven't|has not|have not)(?: been| arrived| come)?",
        r"noch (?:nicht|keine?)|fehlt|folgt|steht noch aus|manque|suivra|pas encore|falta|todavia no|aun no|seguira",
    )
)
_FOLLOWS = Pattern(
    r"\b(?:the|your|der|die|das|ihre?|le|la|votre|el|su) (\w+)(?: \w+)? (?:will follow|follows?|to follow|folgt|suivra|seguira)\b"
)
_PAPERS = frozenset(
    "tracking confirmation receipt invoice email mail details number link bill letter paperwork summary copy label code "
    "rechnung bestatigung nummer beleg facture confirmation numero recu factura confirmacion recibo".split()
)
"""What comes after many a deed that is done, and is no part of it."""

_SUPPOSED = Pattern(r"^\W*(?:if|in case|should|when|once|wenn|falls|si)\b")
_NAMED = Pattern(
    r"\b(?:the|your|a|an|another|die|der|das|den|ihre?n?|la|le|les|votre|une?|el|los|las|su|una?) (\w+)(?: (\w+))?"
)
_NO_THING = frozenset(
    "tomorrow today tonight morgen heute demain aujourd manana with from this that back bis until before first thing "
    "monday tuesday wednesday thursday friday saturday sunday week other second third soon once team".split()
)
_POINTS = frozenset({"it", "them", "they", "everything", "money", "refund"})
_LEAST_LETTERS = 4


def is_partly(told: str, sentence: str, promised: str) -> bool:
    """Whether a sentence that tells of a deed tells of a part of it, or of something else; `told`: from the clause in which it stands."""
    return any(
        found[0] not in promised
        for pattern, text in ((_PART, told), (_ASTRAY, told), (_MEANWHILE, sentence))
        for found in pattern.finditer(text)
    )


def is_outstanding(promised: str, beside: Iterable[str]) -> bool:
    """Whether what stands beside the deed says of a thing that was promised, or of its other half, that it is still to come."""
    things = _things(promised)
    return any(_is_left(things, clause) for clause in beside if not _SUPPOSED.search(clause))


def names_thing(promised: str, clause: str) -> bool:
    """Whether a clause names a thing that was promised, or points to one."""
    return not (_things(promised) | _POINTS).isdisjoint(plain_words(clause))


def is_promised_anew(promised: str, again: Iterable[str]) -> bool:
    """Whether what a reply promises again, of the same kind, is a thing that was promised, or the rest of it."""
    things = _things(promised)
    return any(_PART.search(one) or not things.isdisjoint(plain_words(one)) for one in again)


def _is_left(things: frozenset[str], clause: str) -> bool:
    follows = _FOLLOWS.search(clause)
    if follows and follows[1] not in _PAPERS:
        return True
    return bool(_OUTSTANDING.search(clause)) and not things.isdisjoint(plain_words(clause))


def _things(promised: str) -> frozenset[str]:
    named = {word for found in _NAMED.finditer(promised) for word in found.groups() if word}
    return frozenset(word for word in named if len(word) >= _LEAST_LETTERS) - _NO_THING
