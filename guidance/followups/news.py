"""Whether a reply brings the word that was promised: something of the matter, and not only that somebody thinks of it.

An answer, a decision, a finding, a way on is a word. Thanks, regret, "still at it", a plea for patience and a hand-over are none:
whoever was promised to hear from us would not say that they have. In English a model judges it, the signal `news`. In German, French
and Spanish lists do: what we tell of ourselves is a word where it was found, decided or done for them; what is told of all else is
one where it neither waits nor is only passed around.
Patterns over folded text (small letters, plain quotes).
"""

from __future__ import annotations

from collections.abc import Sequence

from guidance.followups.clauses import clauses
from guidance.followups.holding import HOLDS, NO_WORD_YET
from guidance.model import Reading
from guidance.signals.view import NOTHING
from guidance.text.patterns import Pattern, either, one_of, word_of

NEWS_FROM = 0.5
"""The value of the signal `news` from which a reply brings the word that was promised."""

BY_LISTS = frozenset({"de", "fr", "es"})
"""The languages in which lists tell it."""

_STATEMENT = 3
"""So many words at least state something; two where one of them is plainly a verb."""

_VERB = Pattern(r"\d|\b(?:ist|sind|est|sont|esta|son)\b")
_HANGS_ON = Pattern(
    r"^(?:(?:dass|que|per|von|mit|bei|seit|wegen|pour|de|avec|por|con|para|en)\b(?: \S+){0,4}|sie warten|versprochen|"
    r"(?:sobald|des que|en cuanto)\b.*)$"
)
"""What only belongs to the statement before it: "wegen des Sturms", "versprochen"."""

_PAPERS = Pattern(
    word_of(
        r"(?:ihre?|den|die|der|das) (?:\w+ )?(?:fall|anfrage|frage|anliegen|nachricht|vorgang|ticket|mail|meldung)",
        r"(?:votre|le|la) (?:\w+ )?(?:dossier|demande|message|cas|ticket|reclamation)",
        r"(?:su|tu|el|la) (?:\w+ )?(?:caso|solicitud|consulta|mensaje|expediente|peticion|reclamacion)",
    )
)
"""The papers of the matter: where they lie is no news of it, what was decided on them is."""

_HANDLED = Pattern(word_of(r"ist|sind|liegt|wurde|wird|habe\w*|est|sont|suit|a|ont|esta|estan|ha|han|sigue"))
"""What happens to papers without any end of the matter."""

_DECIDED = Pattern(
    word_of(
        r"genehmigt|abgelehnt|bewilligt|anerkannt|angenommen|accept\w+|refus\w+|rejet\w+|valid\w+|aprobad\w|rechazad\w|aceptad\w",
        r"denegad\w|concedid\w",
    )
)

_LED_IN = one_of(r"(?:da|hier|leider|gerade|derzeit)|malheureusement|actuellement|actualmente|ya|que")

_OF_OURSELVES = Pattern(
    either(
        rf"^(?:{_LED_IN} )*(?:ich|wir|je|j'ai|j'\w+|nous|yo|nosotros)\b(?: |$)",
        rf"^(?:{_LED_IN} )*(?:on (?:a|est|va|vous)|me|nos|(?:(?:le|lo|la|les|se) )?(?:he|hemos|estoy|estamos|sigo|seguimos) \w+(?:[ai]do|"
        rf"[ai]?endo|ando|to|cho))\b",
        r"\b(?:habe|haben|bin|sind|konnten?|werden?|warten?|prufen?) (?:ich|wir)\b",
    )
)
"""What we tell of ourselves. The subject that a Spanish verb leaves out is in its ending."""

_FOR_THEM = Pattern(
    word_of(
        r"gefunden|herausgefunden|festgestellt|entschieden|beschlossen|genehmigt|erstattet|gutgeschrieben|storniert|korrigiert|behoben",
        r"gelost|gebucht|geandert|verschickt|geschickt|ersetzt|freigeschaltet",
        r"(?:kann|konnen|durfen)(?: \w+){0,8} (?:anbieten|tauschen|umtauschen|erstatten|ersetzen|bestatigen|erlassen|reparieren|liefern|"
        r"schicken|buchen|verlangern|stornieren)|sehe",
        r"trouve|constate|decide|accepte|rembourse|corrige|annule|envoye|regle|modifie|reserve|expedie|resolu|repare|remplace",
        r"(?:peux|pouvons)(?: \w+){0,3} (?:proposer|offrir|confirmer|echanger|rembourser|remplacer)|vois",
        r"encontrad\w|encontramos|comprobado que|decidido|aprobado|reembolsado|corregido|cancelado|enviado|cambiado|resuelto",
        r"solucionado|reparado|visto que|(?:puedo|podemos)(?: \w+){0,2} \w+r(?:le|te|lo|la)?",
    )
)
"""What we found, decided or did for them, or can and cannot do."""

_OUTRIGHT = Pattern(r"https?://|\bwww\.|\b(?:anbei|im anhang|ci-joint|voici|adjunt\w+)\b")


def is_judged(reading: Reading) -> bool:
    """Whether a model heard the reply: nothing of it is left to lists."""
    return reading.language not in BY_LISTS


def what_is_new(reading: Reading, anew: Sequence[str] = ()) -> str | None:
    """The words in which a reply tells something new of the matter, as it was heard; None where it only holds, or promises `anew`."""
    heard = reading.signals.get("news", NOTHING)
    if heard.value < NEWS_FROM or not heard.evidence:
        return None
    words = heard.evidence[0].text
    return None if any(words in promise or promise in words for promise in anew) else words


def says_no_word_yet(folded: str) -> bool:
    """Whether a reply says of itself that the word is still to come."""
    return NO_WORD_YET.search(folded) is not None


def brings_word(folded: str) -> bool:
    """Whether a German, French or Spanish sentence tells something of the matter."""
    return any(_is_news(clause.strip(" .-")) for clause in clauses(folded))


def _is_news(clause: str) -> bool:
    if _OUTRIGHT.search(clause):
        return True
    words = len(clause.split())
    if words < _STATEMENT and not (words == _STATEMENT - 1 and _VERB.search(clause)):
        return False
    if HOLDS.search(clause) or _HANGS_ON.search(clause):
        return False
    if _PAPERS.search(clause) and _HANDLED.search(clause):
        return _DECIDED.search(clause) is not None
    return not _OF_OURSELVES.search(clause) or _FOR_THEM.search(clause) is not None
