"""What a promise commits to, and in which words a later reply tells of it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from guidance.followups import calls
from guidance.model import Act
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of
from guidance.text.sentences import Span


class Kind(Struct, frozen=True):
    """One kind of act. `promised`: how it is promised; `shown`: what in a later reply shows that it was done.

    `despite`: what shows it although its own words deny something, or only expect it: "I couldn't reach you".
    `received`: in which words the customer tells of it.
    """

    act: Act
    promised: Any
    shown: Any
    despite: Any = None
    received: Any = None


def _kind(act: Act, promised: str, shown: str, *, despite: str = "", received: str = "") -> Kind:
    return Kind(act, *(Pattern(rf"\b(?:{one})") if one else None for one in (promised, shown, despite, received)))


_I_GOT = r"(?:^|\b(?:i|we)(?:'ve| have)?(?: just| now| already)* |\b(?:thanks|yes|hi|hello|ok|great),? )(?:just |have )?(?:got|received)"
_WHEN_THEN = r"(?: (?:today|now|yesterday|already|safely|this morning))?(?: ?[.,;!]|$)"
_HAS_COME = rf"(?:'s| is| has| have)?(?: just| now| already| finally)* (?:arrived|here|come(?: through)?|landed|came(?: through)?){_WHEN_THEN}"
_IS_BACK = rf"(?:'s| is| are| has been)?(?: just| now| already| finally)* (?:in|back|there){_WHEN_THEN}"


_IS = r"(?:have|has|been|just|was|were|is|are|now|i|we|it|i've|we've|it's|all|that's|\w+'s)(?: \w+){0,3}"
_SORTED = (
    r"(?:it's|that's|this is|it is|that is|all|everything(?:'s| is)|now|been)(?: now| all| already)* (?:done|sorted)"
)
_WORKS = one_of(
    r"(?:is|are|'s|'re|got (?:it|the \w+|your \w+)|have (?:it|the \w+|your \w+))(?: \w+)? (?:running|going|up|heating|online) again",
    r"(?:is|are|'s) (?:back (?:on|online|up|to normal)|warm|online)(?: again| now)?(?: ?[.,;!]|$)",
    r"works?(?: \w+){0,3} again|(?:fix|patch|update) (?:went|is|has gone|has been|'s) (?:now )?(?:live|out|rolled out|deployed)",
    r"works? (?:now|fine|as (?:it|before))|are (?:all )?working (?:again|now|fine)",
    r"(?:\w+'s|is)(?: \w+){0,2} working(?: (?:again|now|fine|properly|normally|as|for)\b| ?(?:[.,;!)]|$))",
)
_CARRIER = (
    r"(?:ups|usps|fedex|dhl|dpd|gls|hermes|evri|royal mail|(?:the|our|a|your) (?:courier|carrier|driver|postman|post office|haulier|"
    r"freight company))"
)
_SUM = r"(?:money|deposit|fare|fee|payment|amount|sum|charge|\d[\d.,]*(?: ?(?:dollars|euros?|pounds|usd|eur|gbp|\x{a3}|\x{20ac}))?)"
_ON_ITS_WAY = "on (?:its|their|the) way|unterwegs|en camino|en route"
KINDS: Sequence[Kind] = (
    _kind(
        Act.CALL,
        either(
            r"(?:call|ring|phone|telephone)\b|(?:expect|get|receive) a call|ruf\w* .*\ban\b|anrufen|telefonier",
            r"llam[aoeé]|telefone[aá]r|appell|telephoner|rappel",
        ),
        calls.SHOWN,
        despite=calls.DESPITE,
        received=calls.THANKED,
    ),
    _kind(
        Act.DEED,
        r"refund|credit|reimburs|erstatt|reembols|rembours",
        either(
            r"(?:have|has|been|just|was|is|i|we|i've|we've|it's)(?: \w+){0,3} (?:refunded|credited|reimbursed)",
            rf"{_IS} (?:paid (?:out|back)|wired|transferred|returned|reversed|released)",
            rf"^(?:{_SUM}|refund|all) (?:credited|refunded|paid back)\b|erstattung (?:\w+ ){{0,3}}(?:raus|hinaus|durch)gegangen",
            rf"{_SUM} (?:has )?left us",
            r"refund(?: \w+){0,4} "
            + one_of(
                r"is done|went (?:out|through)|has gone|was (?:made|issued)|has been (?:issued|made|processed|sent)",
                r"is on",
            ),
            r"refund(?:'s| is| has| was)?(?: now| already| just| been| all)* (?:done|out|through|paid|complete\w*|gone (?:out|through|back)|"
            r"issued|processed|made|sent)\b",
            rf"{_SUM}(?:'s| is| are| has| have| was)?(?: now| already| just| been| all|"
            rf" be)* (?:(?:on (?:its|the) way )?back (?:on|in|to|with)|on (?:its|the) way|returned|reversed"
            r"|(?:sent|paid|given|transferred|gone) back|went back|left our|with your bank)",
            rf"(?:sent|paid|given|put|transferred|moved|returned|reversed) (?:you )?(?:all )?(?:the |that |your |this |it|all |"
            rf"\w+ )*?(?:{_SUM} )?(?:\w+ ){{0,2}}back (?:to|on|onto|in|into) (?:your|you)\b",
            rf"(?:i|we)(?:'ve| have)?(?: just| now| already)* (?:credited you|paid (?:you|it) back|reversed (?:the|that|your|it)|"
            rf"returned (?:the|your) {_SUM})",
            rf"(?:charge|payment|fee|{_SUM})(?:'s| is| are| has been| was)?(?: now)? (?:gone|off|taken off|removed) (?:from )?your",
            r"bank has (?:the|your) (?:refund|money|payment)",
            r"(?:geld|betrag|summe)(?: \S+){0,5} (?:wieder )?(?:auf ihrem konto|uberwiesen|zuruckgezahlt|zuruckgebucht|gutgeschrieben)",
            r"(?:uberwiesen|zuruckgebucht|gutgeschrieben)\b",
            r"(?:dinero|importe)(?: \S+){0,4} (?:en|a) su (?:cuenta|tarjeta)|abonado|devuelto",
            r"(?:argent|montant|somme)(?: \S+){0,4} sur votre (?:compte|carte)|virement (?:est|a ete) (?:fait|parti|effectue)|recredite",
            r"(?:issued|made|processed|sent)(?: \w+){0,2} (?:refund|credit)",
            r"erstattet",
            r"reembolsado",
            r"rembourse(?:e|s|es)?\b",
        ),
        received=rf"{_I_GOT} (?:the|my) (?:money|refund)|(?:money|refund|credit|payment)(?:{_HAS_COME}|{_IS_BACK})",
    ),
    _kind(
        Act.DEED,
        either(
            one_of(
                r"ship|dispatch|deliver|replac|exchange",
                r"send (?:you )?(?:a|an|the|another|out) "
                + one_of(r"new|replacement|spare|right|correct (?:item|one|size)|engineer|technician|driver|courier"),
                r"post (?:it|them|you)",
            ),
            r"(?:verschick|versend|liefer|ersetz)",
            r"(?:envi[ao]r\w* (?:un|otr|el)|reemplaz)",
            r"(?:expedi|remplac)",
        ),
        either(
            r"(?:have|has|been|just|was|were|is|are|i|we|it|i've|we've|it's)(?: \w+){0,3} "
            + one_of(r"shipped|dispatched|delivered|replaced|exchanged|sent|posted"),
            rf"{_ON_ITS_WAY}",
            rf"(?:{_IS} |\w+ )(?:left (?:here|the building|the warehouse|our \w+|the depot)|out for delivery|been (?:picked up|collected))",
            r"(?:went|gone) out (?:last|today|yesterday|this|with|by|in|on|at|just)|off it went",
            r"(?:it's|it has|they've) (?:left us|gone out)",
            rf"{_CARRIER} (?:has (?:it|your|the|them)|have (?:it|your|the)|picked (?:it|up|your)|took (?:it|your)|collected (?:it|your|the))",
            rf"(?:handed|given|passed|gave) (?:it|them|(?:your|the) (?:\w+ ){{1,3}})(?:over )?to {_CARRIER}",
            rf"(?:it's|is|are|now|they're) (?:now )?(?:with {_CARRIER}|in the (?:post|mail)|on the (?:van|truck|lorry|road))",
            r"in transit|put (?:it|them|(?:your|the|a|an) (?:\w+ ){1,3})in the (?:post|mail)",
            r"(?:took|taken|brought|dropped) (?:it|them|(?:your|the) (?:\w+ ){1,3})(?:off )?(?:to|at|in) the post",
            r"tracking (?:number|code|link) is",
            r"verschickt",
            r"geliefert",
            r"ersetzt",
            r"enviado",
            r"expedie",
            r"remplace(?:e|s|es)?\b",
        ),
        received=rf"{_I_GOT} (?:the|your)|\w+{_HAS_COME}",
    ),
    _kind(
        Act.DEED,
        r"cancel|storn|kundig|annul",
        either(
            r"^cancel\w*ed\b|(?:took|taken) (?:it|the \w+|your \w+) out of",
            rf"{_IS} (?:cancel\w*ed|removed|deleted|stopped|called off|off the books|void|withdrawn)",
            r"(?:order|booking|subscription|contract) no longer exists",
            _SORTED,
            r"storniert|gekundigt|cancelad|anulad|annule",
        ),
    ),
    _kind(
        Act.DEED,
        r"fix|repair|reparier|repar[aeo]",
        either(
            rf"{_IS} (?:fixed|repaired|resolved|solved|mended|back to normal|up and running|back up)",
            _SORTED,
            _WORKS,
            r"put (?:it|that|this|things|them) right",
            r"(?:bug|error|fault|problem|issue|glitch|trouble)(?:'s| is| has been| has| was)?(?: now)? (?:gone|history|fixed|resolved|"
            r"solved|removed)",
            r"repariert|behoben|funktioniert (?:jetzt |nun )?wieder|geht (?:jetzt |nun )?wieder",
            r"reparad|arreglad|solucionad|(?:funciona|marcha) (?:de nuevo|otra vez|ya)|repare\b|corrige\b|resolu\b",
            r"fonctionne (?:de nouveau|a nouveau)",
        ),
        despite=(
            r"(?:should (?:now )?be |can |are )(?:now )?(?:able to )?(?:now )?(?:log|sign|use|get|open|order|pay|print|"
            r"connect)(?: \w+){0,3} (?:again|now|normally|as (?:usual|before))|is possible again"
        ),
    ),
    _kind(
        Act.DEED,
        either(
            one_of(
                r"reset|activate|unlock|book|rebook|upgrade|remove|correct|change|add|update your",
                r"process|reopen|escalat|pass (?:this|that|it|your)|forward",
            ),
            r"(?:buch)",
            r"(?:reserv)",
        ),
        either(
            rf"{_IS} "
            + one_of(
                r"reset|activated|unlocked|booked|rebooked|moved|swapped|upgraded|removed|corrected|changed",
                r"added|updated|processed|reopened|escalated|passed|forwarded|arranged|scheduled|set up|in place",
            ),
            _SORTED,
            _WORKS,
            r"gebucht",
            r"reservad",
            r"reserve\b",
        ),
    ),
    _kind(
        Act.WORD,
        r"(?:send|e-?mail|forward|share)\b|(?:schick|send|mail)|(?:envi)|(?:envoi|enverr)",
        either(
            one_of(
                r"attached|enclosed|here(?:'s| is| are) (?:the|your|a|an|my|our|it|both|that|one|another)",
                r"here (?:you go|it is|they are)|please find|below (?:is|are)",
                r"find (?:it |them )?(?:attached|below)",
            ),
            r"(?:have|has|just|been|was|were|is|i've|we've)(?: \w+){0,3} (?:sent|e-?mailed|mailed|forwarded|shared)",
            r"(?:i|we) (?:just )?(?:sent|e-?mailed|mailed|forwarded) (?:it|them|that|you|the|your)\b",
            r"^(?:the |your )?(?:\w+ )?\w+ (?:sent|e-?mailed)(?: to you| over)?(?: ?[.,;!]|$)",
            r"(?:(?:went|gone) (?:out )?to|is (?:now )?in|are (?:now )?in|landed in|arrived in) your (?:inbox|mailbox|e-?mail|mail)",
            r"anbei",
            r"im anhang",
            r"hier (?:ist|sind)",
            r"gesendet",
            r"geschickt|gemailt|acab\w+ de (?:mandar|enviar)|mandado",
            r"adjunt",
            r"aqui (?:esta|tiene)",
            r"enviado",
            r"ci-joint",
            r"voici",
            r"envoye",
        ),
        despite=r"(?:should|must|ought to) (?:now |already )?be (?:sitting |waiting )?in your (?:inbox|mailbox|e-?mail)",
        received=rf"{_I_GOT} (?:the|your)|\w+{_HAS_COME}",
    ),
)
"""In order: the first kind whose way of promising is found is the promise's. All else is a word to the customer."""


_TELLS = Pattern(
    either(
        r"\b(?:let (?:you|them|him|her) know|get(?:ting)? back to|(?:come|coming) back to you)\b",
        r"\b(?:keep|have) you (?:posted|updated|informed|in the loop)\b|\b(?:be|get) in touch\b|\bhave an? (?:answer|update)\b",
        r"\b(?:give|send|drop|post) (?:you )?an? (?:quick |short )?(?:update|answer|reply|line|note)\b",
        r"\b(?:update you|tell you|inform you|report back|confirm|follow(?:ing)? up|find(?:ing)? out|look(?:ing)? into)\b",
        r"\b(?:check|see|ask|clarify|verify)(?:ing)?(?: \w+){0,4} (?:if|whether|what|when|where|why|how|who|which|about)\b",
        r"\bcheck(?:ing)? (?:on|with|into|and)\b",
        r"\b(?:bescheid|informier\w*|auf dem laufenden|teile ihnen mit|klare\w*|melde\w* (?:mich|uns)|frage\w* nach|finde\w* heraus)\b",
        r"\b(?:revi(?:ens|endrai|endrons|enons) vers|recontacte\w*|tiens? (?:vous )?(?:au courant|informe))\b",
        r"\bvous (?:dis|dirai|informe\w*|confirme\w*)\b|\baverigu\w+|\bmanten\w+ (?:al tanto|informad\w)\b",
        r"\b(?:le|les|te|os) (?:aviso|avisare|avisamos|informo|informare|informaremos|digo|dire|confirmo|confirmare|cuento)\b",
    )
)
"""In which words nothing but a word is promised, whatever it is about: "I'll let you know about the refund"."""

_ALSO = Pattern(
    r"\b(?:and|und|et|y|then)(?: (?:then|also|will|i'll|we'll|i will|we will|dann|le|les|te|lui|vous|ihnen))* $"
)
"""What joins a deed to a word that is promised: "I'll look into it and refund you"."""

_MATTER = Pattern(
    r"\b(?:for|about|regarding|concerning|on|with|of|the|your|our|zu[rm]?|wegen|fur|die|der|das|den|ihre\w*|"
    r"pour|le|la|les|votre|por|para|el|su|lo del?) (?:\w+ )?$"
)
"""What makes the word behind it a name for the matter: "for your refund, I'll get back to you"."""

_TO_THEM = Pattern(
    r"^(?:e-?mail|mail|write|message|text)(?: to)? (?:you|them|him|her)(?: \w+ly)?"
    r"(?: (?:back|again|here|today|tomorrow|tonight|as|by|on|once|when|with|before|within|in|this|next|at|about|from)\b|[^\w ]|$)"
)
"""That the word comes in writing is how it comes, and nothing that is sent."""


def act_of(words: str) -> Act:
    """What the words of a promise commit to."""
    kind = kind_of(words)
    return kind.act if kind else Act.WORD


def kind_of(words: str) -> Kind | None:
    """The kind of act that a promise commits to, None for a word to the customer."""
    folded = fold(words).text
    told = _TELLS.search(folded)
    if told is None:
        return next((kind for kind in KINDS if kind.promised.search(folded)), None)
    return next((kind for kind in KINDS if _is_promised_beside(kind, folded, told.span())), None)


def _is_promised_beside(kind: Kind, folded: str, told: Span) -> bool:
    """Whether a deed is promised, too, and is not only what the word will be about: before it, or joined to it by "and"."""
    return any(
        not _MATTER.search(folded[: found.start()])
        if found.start() < told[0]
        else _ALSO.search(folded[: found.start()]) and not _TO_THEM.search(folded[found.start() :])
        for found in kind.promised.finditer(folded)
    )
