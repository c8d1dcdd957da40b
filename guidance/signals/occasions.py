"""What customers tell of their lives, in English: good days may be kept for a word on the day; illness and bereavement never are.

One place for these words: what a rule meets with a quiet word is what no reminder is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidance.text.fold import Folded, fold
from guidance.text.patterns import Pattern, Span, either, one_of, word_of
from guidance.text.sentences import sentences

_KIN = one_of(
    r"husband|wife|partner|fiancee?|spouse|mother|mum|mom|mam|mummy|father|dad|daddy|parents?|brother|sister|twin|son|daughter",
    r"child|baby|uncle|aunt|auntie|cousin|nephew|niece|gran|granny|grandma|grandad|granddad|grandpa|nan|nana",
    r"grand(?:mother|father|son|daughter|child|parents?)",
    r"(?:mother|father|brother|sister)-in-law|friend|boyfriend|girlfriend|colleague",
)
_WHEN = one_of(
    r"last|on|in|this|yesterday|today|tonight|suddenly|peacefully|unexpectedly|recently|at|aged|after|before|from|of",
    r"two|three|four|a|an|\d+",
)
_DIED = Pattern(
    either(
        word_of(
            r"passed away|(?:has|have|had|'s|'ve) (?:\w+ly |just |now |since )*died|died " + _WHEN,
            _KIN + r" (?:\w+ ){0,2}(?:died|drowned|passed away|passed on|passed|slipped away)",
            r"(?:he|she|they) (?:\w+ly |just )*(?:passed|slipped away)",
            r"funeral|bereave\w*|miscarr\w+|stillborn|stillbirth|memorial service|deceased|wake is",
            r"(?:was|were|been|be|being) (?:buried|cremated|laid to rest|killed)",
            r"(?:buried|cremated) (?:my|our|him|her)|laid (?:him|her|(?:my|our) \w+) to rest",
            r"no longer with us|took (?:his|her|their) own life|lost (?:him|her) " + _WHEN,
            r"lost (?:the baby|(?:them|someone|somebody|family) to)",
            r"left us (?:last|on|in) "
            + one_of(
                r"night|week|month|year|\w+day|spring|summer|autumn|winter|january|february|march|april|may|june",
                r"july|august|september|october|november|december",
            ),
        ),
        r"\blost (?:my|our|her|his|their) (?:\w+ )?" + _KIN + r"(?:[^\w']|$)",
    )
)
"""That somebody has died, told as what happened."""

_LIVED_WITH = Pattern(
    word_of(r"late (?:\w+ )?" + _KIN, r"the late (?:mr|mrs|ms|dr)", r"widow(?:er|ed)?", r"in mourning")
)
"""A death that they have lived with for a while."""

_HERE_IT_ENDS = r"(?:\W*$|[\n.,;:!?]| (?:in|on|at|and|with|now|soon|but|so|last|this)\b)"

_DYING = Pattern(
    either(
        r"\b(?:is|are|was|were|'s|'re|lies|lay|be|been) (?:\w+ )?dying" + _HERE_IT_ENDS,
        r"\b(?:is|as|was|are|now|declared) terminal" + _HERE_IT_ENDS,
        word_of(
            r"dying (?:of|from|wish|" + _KIN + ")",
            r"(?:not|n't) (?:got |have |has )?(?:very |much |that )?long (?:left|to (?:go|live))|long left to live",
            r"(?:hours|days|weeks|months) (?:left )?to live|has (?:only |just )?(?:hours|days|weeks|months) left",
            r"hospice|palliative|end[- ]of[- ]life care|(?:his|her|their) (?:last|final) (?:hours|days|weeks)|on life support",
            r"terminal(?:ly)? (?:ill\w*|cancer|condition|diagnosis|disease|stage)",
        ),
    )
)
_GRAVELY_ILL = Pattern(
    either(
        r"\b(?:had|having|has|suffered|after|a|another|second|minor|major|massive|mini) stroke" + _HERE_IT_ENDS,
        word_of(
        r"in (?:the )?hospital|hospitali[sz]ed|(?:\w+'s|i'm|am|is|are|was|were|been|sitting|sat) (?:\w+ ){0,2}at (?:the )?hospital",
        r"(?:rushed|taken|admitted|brought|back|went) (?:in)?to (?:the )?(?:hospital|surgery|theatre|a&e|er|icu)",
        r"intensive care|in (?:the )?icu|in a coma|at (?:his|her|their|my \w+(?:'s)?) bedside",
        r"cancer|tumou?rs?|chemo\w*|radiotherapy|oncolog\w+|metasta\w+|biopsy|leuka?emia|lymphoma|melanoma|it's spread|has spread",
        r"dialysis|transplant|alzheimer\w*|dementia|parkinson\w*|sepsis|aneurysm",
        r"heart attack|motor neurone?|multiple sclerosis",
        r"cystic fibrosis|meningitis|muscular dystrophy|(?:heart|kidney|liver|organ) (?:failure|disease)",
        r"(?:rare|incurable|genetic|degenerative|chronic|serious|grave|autoimmune|wasting) (?:illness|disease|disorder)",
        r"diagnosed (?:with|as)|start(?:ing|s|ed)? (?:my |his |her )?treatment",
        r"(?:seriously|gravely|critically|desperately|terribly|dangerously|very) (?:ill|unwell)|critical condition",
        r"(?:having|have|had|has|need|needs|getting|after|before|facing|undergo\w*|recovering from) (?:\w+ ){0,2}"
        + one_of(r"surgery|an? (?:\w+ )?operation|a hip replacement"),
        r"(?:my|his|her|their|our|\w+'s) (?:\w+ )?(?:surgery|operation) (?:is|was|went|on|tomorrow|next|this)",
        r"(?:bad|serious|terrible|horrible|awful|nasty|car|road|motorbike|bike) (?:accident|crash)",
        ),
    )
)  # fmt: skip
_UNWELL = Pattern(
    word_of(
        r"ill|illness|unwell|poorly|sick (?:leave|note|bed|child|son|daughter|mum|dad)|(?:is|are|was|been|so|too|home|off) sick",
        r"disease|disorder|syndrome|(?:has|have|with|got) ms|diabet\w+|epilep\w+|(?:medical|my|his|her|their|under|in) treatment",
        r"therapy|clinic|hospital|surgery|surgeon|an operation|(?:to|on|at|in) (?:the|his|her|their|my) ward|nursing home",
        r"care home|wheelchair|disabled|disability|recovering|rehab|accident|injur\w+",
        r"broken (?:leg|arm|hip|ankle|wrist|foot)|terminal|died|dead|death|grave|ashes|condolences|mourn\w*|griev\w*|grief",
    )
)
"""Whatever else speaks of a sickbed or a grave: too little for a word of sympathy, and too much for a reminder."""

_OF_A_THING = Pattern(
    either(
        r"\b"
        + one_of(
            r"drives?|batter(?:y|ies)|phone|laptop|engine|router|car|van|bike|motor|pc|computer|tv|telly|fridge|freezer",
            r"boiler|tablet|watch|camera|printer|console|charger|screen|app|site|website|server|system|wi-?fi|internet|broadband",
            r"machine|oven|kettle|modem|hub|mouse|keyboard|signal|connection|plants?|flowers?|roses?|tree|hedge|lawn|tractor|mower",
            r"pump|heater|lamp|bulb|tyres?|plan|project|it|they|disk|disc|card|line",
        )
        + r"(?:'s)? (?:\w+ ){0,3}?"
        + one_of(
            r"passed away|died|dying|on life support|gave up the ghost|kicked the bucket|flatlined|in a coma",
            r"diagnosed (?:with|as)|no longer with us|slipped away",
        )
        + r"\b",
        r"\bdied on me\b|\bfish died of\b",
        r"\bdiagnosed (?:with|as) (?:an? )?(?:\w+ )?(?:fault\w*|problem|defect\w*|error|issue|dead)\b",
    )
)
_OF_A_TRADE = Pattern(
    either(
        r"\bfuneral (?:homes?|directors?|parlou?rs?|plans?|cover|insurance|polic(?:y|ies)|compan(?:y|ies)|trade|business)\b",
        word_of(r"work(?:s|ing|ed)?|job|shifts?|on nights|nurses?|doctors?|staff|colleagues|volunteer\w*|deliver\w*")
        + r"[^.!?]{0,24}\bhospital\b",
        r"\bcancer (?:charity|research|foundation|society|awareness|run|walk|fund\w*)\b",
    )
)
_OF_A_PET = Pattern(word_of(r"dogs?|cats?|puppy|kitten|rabbit|hamster|guinea pig|horse|pony|parrot|budgie|pet|fish"))


def deaths(text: str) -> tuple[Span, ...]:
    """Where a text tells that somebody has died, nobody in it being about to: there condolences are said."""
    found = tuple(_found(text, (_DIED,), unless=_OF_A_PET))
    return () if found and any(_DYING.search(folded.text) for _, folded in _told(text)) else found


def griefs(text: str) -> tuple[Span, ...]:
    """Where a text tells of a death, of somebody who is dying, of grave illness or of an accident."""
    return tuple(_found(text, (_DIED, _LIVED_WITH, _DYING, _GRAVELY_ILL)))


def ailments(text: str) -> tuple[Span, ...]:
    """Where a text tells of any of these, or of illness, however light."""
    return tuple(_found(text, (_DIED, _LIVED_WITH, _DYING, _GRAVELY_ILL, _UNWELL)))


def may_be_kept(text: str) -> bool:
    """Whether a reminder may be planned for a day that a customer names: not where they tell of illness or bereavement."""
    return not ailments(text)


def _found(text: str, patterns: Sequence[Pattern], unless: Pattern | None = None) -> Iterator[Span]:
    """The first place in each sentence where one of these is told of somebody."""
    whole = fold(text).text
    patterns = [one for one in patterns if one.search(whole)]
    for start, sentence in _told(text) if patterns else ():
        folded = sentence.text
        if _OF_A_THING.search(folded) or _OF_A_TRADE.search(folded) or (unless and unless.search(folded)):
            continue
        found = next((hit for pattern in patterns if (hit := pattern.search(folded))), None)
        if found:
            place = sentence.span(found.start(), found.end())
            yield start + place[0], start + place[1]


def _told(text: str) -> Iterator[tuple[int, Folded]]:
    return ((start, fold(text[start:end])) for start, end in sentences(text))
