"""Whether a reply brings the word that was promised: something of the matter, and not only that somebody thinks of it.

An answer, a decision, a finding, a way on is a word. Thanks, regret, "still at it", a plea for patience and a hand-over are none:
whoever was promised to hear from us would not say that they have. What we tell of ourselves is a word where it was found, decided
or done for them; what is told of all else is one where it neither waits nor is only passed around.
Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from guidance.followups.clauses import clauses
from guidance.followups.holding import HOLDS, NO_WORD_YET
from guidance.text.patterns import Pattern, either, one_of, word_of

_STATEMENT = 3
"""So many words at least state something; two where one of them is plainly a verb."""

_VERB = Pattern(
    r"(?:'(?:s|re|ll|ve)|n't)\b|\d|\b(?:is|are|was|were|has|have|can|will|may|ist|sind|est|sont|esta|son)\b"
)
_HANGS_ON = Pattern(
    r"^(?:(?:dass|que|about|after|at|before|by|during|for|from|in|of|on|since|to|with|per|von|mit|bei|seit|wegen|pour|de|avec|por|con|para|en)\b"
    r"(?: \S+){0,4}|(?:as|when|whilst?) (?:they say|we speak|sie warten|promised|agreed|discussed|requested|you (?:asked|know|wished)|"
    r"versprochen)|(?:once|as soon as|until|sobald|des que|en cuanto)\b.*|(?:\S+ ){0,4}(?:team|desk|department|support|customer (?:care|"
    r"services?)))$"
)
"""What only belongs to the statement before it: "because of the storm", "as promised"."""

_PAPERS = Pattern(
    word_of(
        r"(?:your|the|this|that|his|her) (?:\w+ )?(?:case|ticket|request|file|query|enquiry|inquiry|message|matter|e-?mail|complaint|report|"
        r"photos?|notes|feedback|question|concerns?|wish)",
        r"(?:ihre?|den|die|der|das) (?:\w+ )?(?:fall|anfrage|frage|anliegen|nachricht|vorgang|ticket|mail|meldung)",
        r"(?:votre|le|la) (?:\w+ )?(?:dossier|demande|message|cas|ticket|reclamation)",
        r"(?:su|tu|el|la) (?:\w+ )?(?:caso|solicitud|consulta|mensaje|expediente|peticion|reclamacion)",
    )
)
"""The papers of the matter: where they lie is no news of it, what was decided on them is."""

_HANDLED = Pattern(
    word_of(
        r"with|assigned|sen[dt]|mov\w+|pass\w*|forward\w*|receiv\w+|register\w*|logged|read\w*|reach\w*|landed|went|goes|hand\w*|transferr\w*",
        r"escalat\w*|put|added|noted|raised|review\w*|submitted|queue|has|have|tak\w+|look\w*|got|pick\w*|mark\w*|help\w*|forgotten|pending",
        r"ist|sind|liegt|wurde|wird|habe\w*|est|sont|suit|a|ont|esta|estan|ha|han|sigue",
    )
)
"""What happens to papers without any end of the matter. A ticket that is booked, or that costs twenty, is a matter itself."""

_DECIDED = Pattern(
    word_of(
        r"accept\w*|approv\w*|reject\w*|declin\w*|grant\w*|den(?:y|ied)|refus\w*|uph(?:e|o)ld|turned down|allowed|successful|settled",
        r"cover(?:s|ed)|unfounded|valid",
        r"genehmigt|abgelehnt|bewilligt|anerkannt|angenommen|accept\w+|refus\w+|rejet\w+|valid\w+|aprobad\w|rechazad\w|aceptad\w",
        r"denegad\w|concedid\w|shows?|says?|found",
    )
)

_LED_IN = one_of(
    r"just|also|now|currently|unfortunately|sadly|yes|no|well|of course|personally|meanwhile|today|again|here|this \w+|earlier|only",
    r"already",
    r"please|kindly|rest|right now|at the moment|(?:da|hier|leider|gerade|derzeit)|malheureusement|actuellement|actualmente|ya|que",
)
_GOES_ON = Pattern(r"(?:\b(?:is|are)|'s|'re)(?: \w+ly| \w+wards?| still| now| just| also| always)? (\w+ing)\b")
_OF_IT = frozenset(
    "covering sending refunding replacing paying coming arriving leaving flying delivering bringing giving offering charging closing opening missing "
    "lacking showing refusing letting keeping making waiving crediting shipping costing returning working going nothing anything something interesting".split()
)
"""What goes on is no word yet, but for what comes of the matter by it."""

_OF_STAFF = Pattern(
    r"^(?:\S+ ){0,2}(?:garage|mechanic|colleagues?|team|technicians?|engineers?|supervisor|manager|boss|lawyers?|advis[eo]rs?|experts?|"
    r"specialists?|department|desk|"
    r"accounts|accounting|bookkeeping|finance|legal|claims|workshop|warehouse|management|developers?|everyone|everybody)(?: in \w+| here|"
    r" there)? "
    r"(?:is|are|has|have|was|were|had|picks?|answers?|wants?|needs?|wrote|took|will|would)\b"
)
_REPORTS = Pattern(
    word_of(
        r"found|says?|said|confirm\w*|agree\w*|decid\w+|approv\w*|fine with|happy (?:to|with)|willing|certain|sure|recommend\w*|can",
        r"can't|cannot|won't|refus\w+|accept\w*|reject\w*",
        r"fixed|repaired|replaced|refunded|cancell?ed|sent|shipped|corrected|changed|handed|given|declin\w+|allow\w*|offer\w*|sold",
        r"ready|free|done|finished",
    )
)
"""How our own people are is no word, what comes from them is."""

_OF_OURSELVES = Pattern(
    either(
        rf"^(?:{_LED_IN} )*(?:i|we|i'm|i've|i'll|i'd|we're|we've|we'll|we'd|ich|wir|je|j'ai|j'\w+|nous|yo|nosotros)\b(?: |$)",
        rf"^(?:{_LED_IN} )*(?:on (?:a|est|va|vous)|me|nos|(?:(?:le|lo|la|les|se) )?(?:he|hemos|estoy|estamos|sigo|seguimos) \w+(?:[ai]do|"
        rf"[ai]?endo|ando|to|cho))\b",
        r"\b(?:habe|haben|bin|sind|konnten?|werden?|warten?|prufen?) (?:ich|wir)\b",
        r"^(?:just|only|already|have|had|am|been|chas|nudg|ask|flagg|not|pass|forward|escalat|look|wait|try|remind|ping|call|phon|"
        r"email)(?:ed|ing)?\b",
        r"^(?:left|wrote|spoke|rang|tried|sent|told|put|got) (?:a|an|another|the|them|him|her|to|with|up|your|you|it|my|our)\b",
        r"^our (?:\w+ )?(?:team|desk|department|people|specialists?|colleagues?)\b|^(?:please |kindly )?(?:allow|give|grant) (?:me|us)\b",
    )
)
"""What we tell of ourselves. The subject that a Spanish verb leaves out is in its ending."""

_FOR_THEM = Pattern(
    word_of(
        r"f(?:ind|ound)(?: out)?|discovered|figured|worked out|traced|located|tracked|identified|spotted|established|noticed",
        r"learn(?:ed|t)|see (?:that|the|your|from|in|a|an|no|it)",
        r"(?:can|could|are able to|are happy to|'re happy to) (?:now )?(?:offer|confirm|do|give|replace|exchange|refund|send|ship|waive|"
        r"extend|move|change|book|cancel|repair|see|lend|swap|take|keep|hold|tell|provide|accept|credit|add|remove|let|make|pay|reserve|"
        r"upgrade|match|deliver|bring|fix)",
        r"(?:can't|cannot|can not|couldn't|could not|won't|will not|don't|do not|no longer|never|'re unable to|are unable to|"
        r"aren't able to)(?: \w+)? (?:offer|do (?:it|that|this|so)|replace|exchange|refund|"
        r"send|ship|waive|extend|move|change|book|cancel|repair|take|accept|credit|add|remove|make|pay|reserve|upgrade|match|deliver|find|"
        r"sell|stock|have (?:any|it|that|them)|charge|need|"
        r"see|allow|support|cover|fix|reopen|give|provide)",
        r"decided|agreed|approved|accepted|rejected|declined|granted|waived|settled|resolved|solved",
        r"confirm(?:ed)? (?:that|it|your|the)|concluded|chose|owe",
        r"refunded|credited|corrected|fixed|repaired|changed|removed|reset|cancell?ed|booked|rebooked|reserved|sent",
        r"e-?mailed (?:you|it|your|the)|shipped|dispatched|ordered|attach(?:ed)?|arranged|updated|extended",
        r"unlocked|activated|reactivated|added|set (?:it |this |that )?up|switched|swapped|upgraded|replaced|renewed|restored|reversed",
        r"paid|deleted|moved|got (?:it|you|your|them)|put (?:it|that|this|you|your|them|the|aside|through)",
        r"(?:found|decid|agree)\w* |talked (?:him|her|them) (?:in|out)|managed|succeeded|secured|recovered",
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

_OUTRIGHT = Pattern(
    r"https?://|^here(?:'s| is| are) |\bwww\.|\b(?:attached|enclosed|(?:the )?answer(?: \w+){0,4} is|anbei|im anhang|ci-joint|voici|adjunt\w+)\b"
)
_TO_BREAK_IT = Pattern(
    r"^(?:\w+ )?(?:i'm|i am|we're|we are|i|we) (?:\w+ )?(?:afraid|(?:sorry|sad|glad|happy|pleased|delighted|regret|able) to (?:say|tell you|"
    r"report|confirm|inform you|let you know|announce))(?: that)? "
)
"""What only leads bad or good news in."""


def says_no_word_yet(folded: str) -> bool:
    """Whether a reply says of itself that the word is still to come."""
    return NO_WORD_YET.search(folded) is not None


def brings_word(folded: str) -> bool:
    """Whether a sentence tells something of the matter."""
    return any(_is_news(clause.strip(" .-")) for clause in clauses(folded))


def _is_news(clause: str) -> bool:
    clause = _TO_BREAK_IT.sub("", clause)
    if _OUTRIGHT.search(clause):
        return True
    words = len(clause.split())
    if words < _STATEMENT and not (words == _STATEMENT - 1 and _VERB.search(clause)):
        return False
    if HOLDS.search(clause) or _HANGS_ON.search(clause):
        return False
    if _PAPERS.search(clause) and _HANDLED.search(clause):
        return _DECIDED.search(clause) is not None
    if _goes_on(clause) or (_OF_STAFF.search(clause) and not _REPORTS.search(clause)):
        return False
    return not _OF_OURSELVES.search(clause) or _FOR_THEM.search(clause) is not None


def _goes_on(clause: str) -> bool:
    found = _GOES_ON.search(clause)
    return found is not None and found[1] not in _OF_IT
