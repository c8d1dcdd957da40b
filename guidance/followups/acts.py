"""What a promise commits to, and in which words a later reply tells of it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from guidance.model import Act
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of


class Kind(Struct, frozen=True):
    """One kind of act. `promised`: how it is promised; `shown`: what in a later reply shows that it was done."""

    act: Act
    promised: Any
    shown: Any


def _kind(act: Act, promised: str, shown: str) -> Kind:
    return Kind(act, Pattern(rf"\b(?:{promised})"), Pattern(rf"\b(?:{shown})"))


_I_HAVE = r"(?:i|we)(?:'ve| have)?(?: just| also| now| already)*"
_THEN = one_of(
    r" (?:just now|earlier|today|yesterday|twice|again|at \w+|on \w+day|this (?:morning|afternoon|evening)|on the phone|by phone)\b",
    r" (?:and (?:left|told|got|spoke|talked|reached|couldn't|could not|nobody|no one|there|it)|but (?:got|you|"
    r"no|nobody|there|only|could)|as (?:promised|agreed))\b",
    r" ?(?:[.,;:!)-]|$)",
)
_YOU_THEN = one_of(r" you\b| back\b| your (?:number|phone|mobile|cell|line|landline)\b", _THEN)
"""Whom somebody called: the customer, or nobody named. A call to the warehouse is none to them."""

_ON_ITS_WAY = "on (?:its|their|the) way|unterwegs|en camino|en route"
KINDS: Sequence[Kind] = (
    _kind(
        Act.CALL,
        either(
            r"(?:call|ring|phone|telephone)\b|(?:expect|get|receive) a call|ruf\w* .*\ban\b|anrufen|telefonier",
            r"llam[aoeé]|telefone[aá]r|appell|telephoner|rappel",
        ),
        either(
            rf"{_I_HAVE} (?:called|rang|phoned|reached){_YOU_THEN}",
            rf"{_I_HAVE} tried (?:to (?:call|reach|ring|phone)|calling|ringing|phoning){_YOU_THEN}",
            rf"{_I_HAVE} tried your (?:number|phone)\b",
            rf"{_I_HAVE} (?:spoke|spoken|talked) (?:to|with) you\b",
            rf"we(?:'ve| have)?(?: just)? (?:spoke|spoken|talked){_THEN}",
            r"(?:as|like) (?:we )?(?:discussed|spoke|agreed|promised|said)\b.{0,30}\b(?:phone|call)",
            r"(?:on|over) the phone (?:just now|earlier|today|this|a moment)",
            r"(?:good|nice|great|lovely|thank you for|thanks for) "
            + one_of(r"speaking|talking|the call|taking (?:my|the|our) call|your time on"),
            r"(?:our|the) (?:call|conversation) (?:just now|earlier|today|this|of)",
            r"am telefon (?:besprochen|gesagt)",
            r"wie (?:telefonisch )?besprochen",
            r"como (?:hablamos|comentamos)",
            r"comme convenu (?:au|par) telephone",
        ),
    ),
    _kind(
        Act.DEED,
        r"refund|credit|reimburs|erstatt|reembols|rembours",
        either(
            r"(?:have|has|been|just|was|is|i|we|i've|we've|it's)(?: \w+){0,3} (?:refunded|credited|reimbursed)",
            r"refund(?: \w+){0,4} "
            + one_of(
                r"is done|went (?:out|through)|has gone|was (?:made|issued)|has been (?:issued|made|processed|sent)",
                r"is on",
            ),
            r"(?:issued|made|processed|sent)(?: \w+){0,2} (?:refund|credit)",
            r"erstattet",
            r"reembolsado",
            r"rembourse\b",
        ),
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
            r"tracking (?:number|code|link) is",
            r"verschickt",
            r"geliefert",
            r"ersetzt",
            r"enviado",
            r"expedie",
            r"remplace\b",
        ),
    ),
    _kind(
        Act.DEED,
        either(
            one_of(
                r"cancel|fix|repair|reset|activate|unlock|book|rebook|upgrade|remove|correct|change|add|update your",
                r"process|reopen|escalat|pass (?:this|that|it|your)|forward",
            ),
            r"(?:storn|kundig|reparier|buch)",
            r"(?:cancel|repar|reserv)",
            r"(?:annul|repar)",
        ),
        either(
            r"(?:have|has|been|just|was|is|are|i've|we've|it's|now)(?: \w+){0,3} "
            + one_of(
                r"cancel\w*ed|fixed|repaired|reset|activated|unlocked|booked|rebooked|upgraded|removed|corrected|changed",
                r"added|updated|processed|reopened|escalated|passed|forwarded|done|sorted|working",
            ),
            r"storniert",
            r"gekundigt",
            r"repariert",
            r"gebucht",
            r"cancelad",
            r"reparad",
            r"reservad",
            r"annule",
            r"repare\b",
            r"reserve\b",
        ),
    ),
    _kind(
        Act.WORD,
        r"(?:send|e-?mail|forward|share)\b|(?:schick|send|mail)|(?:envi)|(?:envoi|enverr)",
        either(
            one_of(
                r"attached|enclosed|here (?:is|are|you go|it is)|please find|below (?:is|are)",
                r"find (?:it |them )?(?:attached|below)",
            ),
            r"(?:have|has|just|been|i've|we've)(?: \w+){0,3} (?:sent|e-?mailed|forwarded|shared)",
            r"anbei",
            r"im anhang",
            r"hier (?:ist|sind)",
            r"gesendet",
            r"geschickt",
            r"adjunt",
            r"aqui (?:esta|tiene)",
            r"enviado",
            r"ci-joint",
            r"voici",
            r"envoye",
        ),
    ),
)
"""In order: the first kind whose way of promising is found is the promise's. All else is a word to the customer."""


def act_of(words: str) -> Act:
    """What the words of a promise commit to."""
    kind = kind_of(words)
    return kind.act if kind else Act.WORD


def kind_of(words: str) -> Kind | None:
    """The kind of act that a promise commits to, None for a word to the customer."""
    folded = fold(words).text
    return next((kind for kind in KINDS if kind.promised.search(folded)), None)
