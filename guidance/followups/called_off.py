"""How a customer calls a promise off: that nothing more is needed, said outright and about all of it.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found. What is called off is not
done any more and nobody is reminded of it, so a wish to have it kept, a time that suits better, or a doubt leaves it open.
"""

from __future__ import annotations

from typing import Any

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

_CLOSE = r"close (?:this|the|my)(?: (?:one|ticket|request|case|query|enquiry))?(?: now| then)?"
_TO_DO = r"(?:(?:for you |you (?:need|have) )?to (?:do|be done)|(?:is )?(?:needed|required|necessary)|i need|we need)"
_WHO = one_of(
    r"(?:i|we)(?: have|'ve)?",
    r"(?:my|our) (?:\w+ )?(?:brother|sister|son|daughter|husband|wife|partner|mother|mum|mom|father|dad|neighbou?r|friend|"
    r"colleague|landlord|caretaker|janitor|electrician|plumber|technician|nephew|flatmate|boss|uncle|aunt|cousin)(?: has|'s)?",
)
_SOLVED_IT = (
    one_of(
        r"(?:found|spotted) the (?:problem|issue|cause|fault|culprit|leak|error|mistake|answer|solution|reason|breaker|switch) (?:myself|"
        r"ourselves)",
        r"(?:sorted|solved|fixed|repaired|mended) (?:it|everything|that|the (?:problem|issue|fault))(?: out)?",
    )
    + r"(?: ?(?:[.,;:!()-]|$)| (?:now|already|myself|ourselves|again|thanks?|and|so|for (?:me|us))\b)"
)
"""Who solved it: where it was somebody else, that has to be said with it."""

_IGNORE = Pattern(
    r"\b(?:please )?(?:disregard|ignore|scratch|scrap)(?: (?:this|that|it|me|everything|my (?:last |previous |earlier )?(?:message|e-?mail|"
    r"mail|ticket|request|question|query|note)))?(?: ?[.,;:!-]| ?$)"
)
_SELF_SOLVED = Pattern(
    one_of(
        r"\b(?:it|that|this|they|he|she|the \w+)(?:'s|'ve| has| have| was| were| is| just| all)*(?: \w+)? "
        + one_of(
            r"(?:turned|showed|popped) up|arrived|sorted|fixed|solved|working|works|found|here|unplugged|switched off|turned off",
            r"back on|come",
            r"came|resolved|settled|unnecessary|a false alarm",
        )
        + r"\b",
        r"\b(?:it|that|this) was (?:just |only )?(?:the|a|an|my) (?:\w+ )?(?:fuse|switch|breaker|cable|plug|battery|cache|filter|setting|"
        r"router|socket|bulb|valve|false alarm|glitch)\b",
        r"\b(?:found|sorted|solved|fixed|got) (?:it|the \w+|them)\b",
        r"\b(?:all|everything)(?:'s| is)? (?:good|fine|sorted|working|ok|okay|well)\b|\bfalse alarm\b",
    )
)
"""Who asks us to ignore what they wrote may only correct it: it has to be said that it has been solved."""

_OFF = Pattern(
    either(
        r"\bno (?:longer )?need (?:(?:for you )?to|for|of)? ?"
        + one_of(r"call\w*|ring|phone|send|refund|follow|check|get back|a call\w*|the call\w*|it|this|that|anything")
        + _ALL_SAID,
        _NEED_NOT
        + one_of(
            r"(?:bother|trouble)(?: yourself| yourselves)?(?: (?:with |about )?(?:calling|ringing|phoning|sending|checking|the call|a call))?",
            r"worry about (?:it|this|that|the call|calling)",
            r"follow up|get back|call|ring|phone",
            r"send(?: (?:me |us )?(?:the|a|an|that|another|your) (?:new |other )?(?:replacement|one|invoice|refund|label|parcel|engineer|"
            r"technician))?",
        )
        + _ALL_SAID,
        _BEGINS
        + r"never ?mind(?: (?:then|now|thanks|please|it|this|that|about (?:it|this|that|the call)|the call|my \w+))*"
        + r"(?: ?(?:[.,;:!()-]|$)| (?:it|i|we)\b)",
        _BEGINS + r"forget (?:it|about (?:it|this|the call)|the call|this)\b",
        _BEGINS
        + r"(?:cancel|call off|skip|drop|scrap|save (?:yourself|yourselves)) (?:the|that|your|my|our) (?:call|callback|appointment|visit|"
        r"request|follow|trouble)",
        _BEGINS + rf"(?:stand down|drop it|{_CLOSE})" + _ALL_SAID,
        r"\b(?:no|without an?) (?:more )?(?:call|callback|call back|ring|visit|follow-?up|reply|action|help|refund|replacement)s? (?:is |"
        r"are )?(?:needed|necessary|required)" + _ALL_SAID,
        r"\b(?:the |our |my )?(?:call|callback|appointment|visit)(?:'s| is) off" + _ALL_SAID,
        rf"\b(?:nothing|not anything) (?:left|more|else|further) {_TO_DO}" + _ALL_SAID,
        _BEGINS
        + _IT_IS
        + r" (?:now |all |already |been |just |finally )*(?:sorted|solved|resolved|fixed|settled)"
        + r"(?: (?:itself|now|already|out|for (?:me|us)))*(?: ?(?:[.,;!-]|$)| (?:and|so|thanks?|since|because)\b)",
        _BEGINS + rf"(?:{_WHO} )?(?:just |now |already )?" + _SOLVED_IT,
        _BEGINS
        + r"(?:i|we)(?: have|'ve)?(?: just| now| already)? "
        + one_of(
            r"(?:found|sorted|solved|fixed|worked|figured) it(?: out)?",
            r"got it (?:sorted|solved|fixed|working|to work|running)",
        )
        + r"(?: ?(?:[.,;:!()-]|$)| (?:now|already|myself|ourselves|again|thanks?|in|on|at|under|behind|elsewhere|and|so)\b)",
        _BEGINS
        + r"(?:i|we)(?: have|'ve)? got it (?:already|today|yesterday|this (?:morning|afternoon|evening)|in the)\b",
        r"\b(?:i|we) no longer (?:need|want) (?:it|this|that|the|an?|any|anything|your|my|them|these|those|one|help)\b",
        r"\b(?:i|we) no longer need you\b",
        r"\b(?:is|are|it's|that's) no longer (?:needed|necessary|required)\b",
        r"^no longer (?:needed|necessary|required)\b",
        r"\b(?:brauchen|mussen|braucht|musst) (?:\w+ ){0,2}nicht (?:mehr )?(?:an|zuruck)(?:zu)?rufen\b",
        r"\b(?:anruf|ruckruf) (?:ist |war )?(?:nicht (?:mehr )?|un)(?:notig|erforderlich)\b",
        r"\bkeine?n? (?:anruf|ruckruf) mehr\b|\bkein (?:anruf|ruckruf) (?:mehr )?(?:notig|erforderlich)\b",
        r"\b(?:anruf|ruckruf) (?:konnen sie|kannst du) sich sparen\b|\bsich den (?:anruf|ruckruf) sparen\b",
        r"\b(?:plus besoin|inutile|pas la peine|pas besoin|plus la peine) (?:de|d') ?(?:m'|me |nous )?(?:r?appel\w*|ecrire|envoyer|"
        r"rembourser)\b",
        r"\b(?:ya )?no (?:hace falta|es necesario|es preciso|se moleste en|hay que) (?:que (?:me|nos) )?(?:llam\w+|escrib\w+|envi\w+)\b",
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
        r"\b(?:except|apart from|hope|hopefully|back again)\b",
        r"\b(?:it|this|that|they|same|problem|issue|error|fault|leak|noise|message)(?: has| have| keeps?)? (?:came|comes|come|coming) back\b",
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


_CORRECTS = Pattern(r"\b(?:wrong|typo|meant|mean|correct\w*|should (?:be|read|say)|instead|actually|but|however)\b")


def calls_off(text: str) -> str | None:
    """The words by which a customer says that nothing more is needed, None where they don't."""
    for start, end in sentences(text, (0, len(text))):
        sentence = text[start:end].strip()
        folded = fold(sentence).text
        found = None if "?" in sentence else _off(folded)
        if found is None:
            continue
        around = f"{folded[: found.start()]} … {folded[found.end() :]}"
        elsewhere = fold(f"{text[:start]} … {text[end:]}").text
        if not _NARROWS.search(around) and not _STILL_WANTED.search(f"{around} … {elsewhere}"):
            return sentence
    return None


def _off(sentence: str) -> Any:
    """Where a sentence says that nothing more is needed."""
    ignore = _IGNORE.search(sentence)
    if ignore and (_SELF_SOLVED.search(sentence) or ignore[0].strip(" .!") == sentence.strip(" .!")):
        return None if _CORRECTS.search(sentence) else ignore
    return _OFF.search(sentence)
