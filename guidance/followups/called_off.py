"""How a customer calls a promise off: that nothing more is needed, said outright and about all of it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found. What is called off is not
done any more and nobody is reminded of it, so a wish to have it kept, a time that suits better, or a doubt leaves it open.
"""

from __future__ import annotations

from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of
from guidance.text.sentences import sentences

_LEADS_IN = one_of(
    r"and|so|as|since|because|actually|ok|okay|oh|thanks?|thank you|please|then|now|just|hi|hello|hey",
    r"(?:you|we) can|let's|let us|(?:i|we)'d like to|i (?:want|would like) to",
    r"i see|i think|(?:it )?(?:looks|seems)(?: like)?|turns out|(?:glad|happy|pleased)(?: to (?:hear|see))?",
)
_BEGINS = rf"(?:^|[,;:!.()-] ?|\b{_LEADS_IN}(?: that)? )"
"""Where a clause begins that stands for itself; what hangs on `once`, `until`, `I doubt` says nothing of the kind."""

_ALL_SAID = one_of(
    r"(?: (?:me|us|you|it|this|that|anything|back|again|now|any ?more|either|then|please|today|further|at all|after all"
    r"|up|for (?:me|now|this|it)|on (?:me|this|it)|to (?:me|us)|about (?:it|this|that|(?:the|my) \w+)|the (?:call|parcel|refund)))*"
    r"(?: ?(?:[.,;:!()-]|$)| (?:since|because|as|it has|it's|i have|i've|thanks?|thank)\b)",
    r"(?: (?:me|us|you|it|back))* any ?more (?:on|at|about|under|for|now)\b",
)
"""After what is not needed nothing may stand that narrows it: `no need to call before noon`."""

_IT_IS = one_of(
    r"(?:it|that|this|all|everything|the (?:problem|issue|matter|thing|error))(?:'s| is| has)",
    r"all",
)
_NEED_NOT = one_of(
    r"\b(?:needn't|need not|(?:don't|do not) (?:need|have) to) ",
    _BEGINS + r"(?:don't|do not) ",
)
"""What nobody has to do, or is asked not to: `you don't call back` is a complaint."""

_OFF = Pattern(
    either(
        r"\bno (?:longer )?need (?:(?:for you )?to|for|of)? ?"
        + one_of(r"call\w*|ring|phone|send|refund|follow|check|get back|a call\w*|the call\w*|it|this|that|anything")
        + _ALL_SAID,
        _NEED_NOT
        + one_of(
            r"bother(?: (?:calling|ringing|phoning|sending|checking))?",
            r"worry about (?:it|this|that|the call|calling)",
            r"follow up|get back|call|ring|phone|send",
        )
        + _ALL_SAID,
        _BEGINS
        + r"never ?mind(?: (?:then|now|thanks|please|it|this|that|about (?:it|this|that|the call)|the call|my \w+))*"
        + r"(?: ?(?:[.,;:!()-]|$)| (?:it|i|we)\b)",
        _BEGINS + r"forget (?:it|about (?:it|this|the call)|the call|this)\b",
        _BEGINS
        + r"(?:cancel|call off|skip|drop) (?:the|that|your|my|our) (?:call|callback|appointment|request|follow)",
        _BEGINS
        + _IT_IS
        + r" (?:now |all |already |been |just |finally )*(?:sorted|solved|resolved|fixed|settled)"
        + r"(?: (?:itself|now|already|out|for (?:me|us)))*(?: ?(?:[.,;!-]|$)| (?:and|so|thanks?|since|because)\b)",
        _BEGINS
        + r"(?:i|we)(?: have|'ve)?(?: just| now| already)? "
        + one_of(r"(?:found|sorted|solved|fixed) it", r"got it (?:sorted|solved|fixed|working|to work|running)")
        + r"(?: ?(?:[.,;:!()-]|$)| (?:now|already|myself|ourselves|again|thanks?|in|on|at|under|behind|elsewhere|and|so)\b)",
        _BEGINS
        + r"(?:i|we)(?: have|'ve)? got it (?:already|today|yesterday|this (?:morning|afternoon|evening)|in the)\b",
        r"\b(?:i|we) no longer (?:need|want) (?:it|this|that|the|an?|any|anything|your|my|them|these|those|one|help)\b",
        r"\b(?:i|we) no longer need you\b",
        r"\b(?:is|are|it's|that's) no longer (?:needed|necessary|required)\b",
        r"^no longer (?:needed|necessary|required)\b",
        r"\bhat sich (?:inzwischen |bereits |schon |jetzt |nun |damit |mittlerweile |alles )*erledigt\b",
        r"\bnicht mehr (?:notig|notwendig|erforderlich)\b",
        r"\bya no (?:hace falta|es necesari[oa])\b",
        r"\bn'est plus (?:necessaire|la peine)\b",
    )
)
_NARROWS = Pattern(
    either(
        r"\b(?:until|till?|unless|before|once|when|whenever|as soon as|if|whether|instead|rather|still|not yet|you say|they say)\b",
        r"\bbut (?:not|i|we|please|the|it|you|now|only|do|call|let|there|my)\b|\bit (?:isn't|is not)\b|\bexcuses\b",
        r"\b(?:except|apart from|hope|hopefully|(?:came|comes|come|coming) back|back again)\b",
        r"\b(?:refund|credit|send|call|ring|pay|book|replace) (?:me|us|my|our|it|the|a|one)\b",
        r"\b(?:an?|the|by|via|per) (?:e-?mail|mail|message|text|sms|letter|note|chat)\b",
        r"\b(?:wenn|falls|sobald|bis|bevor|erst|sofern|noch nicht|aber|lieber|hoffe\w*|hoffentlich|vielleicht|vor \d+|vor dem|vor mittag)\b",
        r"\b(?:antes|hasta|si|cuando|en cuanto|a menos|salvo|pero|todavia|aun|quizas?|espero)\b",
        r"\b(?:avant|jusqu|si|quand|lorsque|des que|sauf|mais|pas encore|toujours pas|peut-etre|j'espere)\b",
    )
)
"""What in the same sentence says that it holds for some of it only, or not at all."""

_STILL_WANTED = Pattern(
    either(
        r"\b(?:don't|do not|never) forget|\bmake sure|\bremember to|\blet (?:me|us) know|\blooking forward|\bhear from you",
        r"\b(?:call|ring|phone|write|email|e-mail|text|tell|answer) (?:me|us|any ?time|whenever)\b",
        r"\bplease (?:do |still |just )?(?:call|ring|phone|write|send|answer|confirm|tell|keep)\b",
        r"\b(?:will|'ll|am|are|'m|'re) (?:be )?(?:wait|waiting|expect|expecting)\b|\bwait for your\b",
        r"\b(?:talk|speak)(?: to you)? (?:then|soon|later|tomorrow|on \w+day)\b",
        r"\bvergessen sie .{0,40}nicht\b|\b(?:rufen|melden|schreiben) sie\b|\bich warte\b",
        r"\bno (?:se )?olvid\w+|\b(?:llame|escriba|avise)(?:n?me|n?nos)\b|\bespero su\b",
        r"\bn'oubliez pas|\b(?:appelez|rappelez|ecrivez|prevenez)-(?:moi|nous)\b|\bj'attends\b",
    )
)
"""What anywhere in the same message asks for more, or waits for it."""


def calls_off(text: str) -> str | None:
    """The words by which a customer says that nothing more is needed, None where they don't."""
    for start, end in sentences(text, (0, len(text))):
        sentence = text[start:end].strip()
        folded = fold(sentence).text
        found = None if "?" in sentence else _OFF.search(folded)
        if found is None:
            continue
        around = f"{folded[: found.start()]} … {folded[found.end() :]}"
        elsewhere = fold(f"{text[:start]} … {text[end:]}").text
        if not _NARROWS.search(around) and not _STILL_WANTED.search(f"{around} … {elsewhere}"):
            return sentence
    return None
