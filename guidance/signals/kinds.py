"""The wording of questions: what one is after, and which ways of answering it are open, over folded text. Of replies: `wording`."""

from __future__ import annotations

from guidance.signals.joints import HAILS, TURNS
from guidance.text.patterns import Pattern, either, one_of, word_of

KINDS = (
    ("why", Pattern(r"\b(?:why|how come)\b")),
    (
        "price",
        Pattern(
            either(
                r"\bhow much (?:[\w']+ ){0,5}(?:pay|costs?|charged?|owe|cover)\b",
                r"\bhow much (?:is|are|for|does)\b",
                r"\b(?:price|cost|fees?|charges)\b(?: \w+){0,4}\W*$",
                r"\bprices?\b(?: (?:of|for|is|are|per|list|would|will|when|if)\b|\W*[?.,!]|\W*$)",
                r"\bcost\b",
            )
        ),
    ),
    (
        "how much",
        Pattern(
            either(
                r"\bhow (?:much|many)\b",
                r"\b(?:what|which)(?:'s| is| are|s)? (?:the|your|my) (?:\w+ )?"
                + one_of(
                    r"fees?|rates?|deposit|charges?|amount|total|balance|rent|fare|size|weight|length|width|height|limit"
                )
                + r"\b",
                r"\b(?:what|which)(?: \w+)? (?:size|weight|length|width|height)\b",
            )
        ),
    ),
    (
        "when",
        Pattern(
            r"\b(?:when|what time|how long|how soon|eta|(?:what|which) (?:date|day|month|week))\b|\bany (?:news|update|word)|"
            r"\bwhat (?:are|is|were) (?:the|your) (?:opening |business )?(?:hours|times)\b"
        ),
    ),
    ("where", Pattern(r"\bwhere\b|\b(?:what|which) (?:e-?mail|number|link|form|page|address|website|site|app)\b")),
    (
        "who",
        Pattern(
            either(
                r"^\W*(?:(?:and|so|but) )?who\b",
                r"\bwho (?:can|do|should|would|must|else|is|are|handles|deals)\b",
                r"\bwhom\b",
                r"\b(?:speak|talk) (?:to|with) (?:someone|somebody|a |an |the )",
            )
        ),
    ),
    ("why", Pattern(r"\b(?:what(?:'s|s| is) (?:going on|up|wrong|happening)|what (?:has )?happened|what does)\b")),
    (
        "how",
        Pattern(
            either(
                r"\bhow\b",
                r"\bis there (?:a|any|some) (?:other |better |easy )?way\b",
                r"\bany way (?:to|of|i|we)\b",
                r"\bwhat (?:else |more |other )?(?:can|do|should|could) (?:i|we)\b",
                r"\bwhat (?:papers|paperwork|documents?|proof)\b",
                r"\bneed to bring\b",
                r"\b(?:options|suggestions|advice)\b",
                r"\bhelp\b",
                r"\bfix\b",
                r"\bany ideas?\b",
                r"\bi (?:need|want)\b",
            )
        ),
    ),
)
"""What a question is after, the first that fits; none of them: a yes or a no."""
SAID_IN_FIGURES = frozenset({"when", "how much", "price"})
HEARD_ALONE = frozenset({"how", "who"})
"""Kinds of question to which a step, or a place to turn to, is an answer whether or not it names the matter."""
SAID_OUTRIGHT = frozenset({"when", "why", "how much", "price"})
"""Kinds of question that a shared word alone does not answer: the time, the reason or the price must stand there."""
ABOUT_CONTACT = Pattern(
    word_of(
        r"contact|speak|talk|reach|get hold|customer (?:service|care)|dep(?:artmen)?t|help ?desk|number|e-?mail",
        r"write to|report|complain|complaint|call|phone|who|address|form|submit",
        r"where (?:do|can|should|would) (?:i|we)|(?:the|a|your|new|which) link",
    )
)
ASKS_TO_BE_CALLED = Pattern(
    either(
        r"\b(?:call|ring|phone|contact) (?:me|us)\b",
        r"\b(?:please|pls|plz|kindly) (?:call|ring|contact)\W*$",
        r"\bgive (?:me|us) a (?:call|ring|bell)\b",
        r"\b(?:manager|supervisor|someone|somebody)\b[^.!?]{0,40}\b(?:call|ring|phone)\b",
    )
)
ASKS_WHETHER = Pattern(
    either(
        r"^\W*(?:(?:and|also|so|but|or|then),? )*(?:is|are|do|does|did|may|has|have|should) "
        + one_of(r"the|it|my|your|this|that|there|i|we|you|they|any|a|an")
        + r"\b[^?]*$",
        r"^\W*(?:(?:and|also),? )*(?:is|are|do|does|did|may|has|have|should) "
        + one_of(r"the|it|my|your|this|that|there|i|we|you|they|any|a|an")
        + r"\b[^?]*\?\W*$",
    )
)
ASKS_THE_WAY = Pattern(r"\bis there (?:a|any|some) (?:other |better |easy )?way\b")
FEARS = Pattern(r"\bshould (?:i|we) (?:be|worry|expect)\b")
"""What asks whether there is something to fear, and for no leave."""
ASKS_TO_PAY = Pattern(r"\b(?:pay|paying|charged?|charges|cost|costs|fees?|free|extra)\b")
"""Whether something is to be paid, however the answer puts it."""
ASKS_LEAVE = Pattern(
    either(
        r"\b(?:can|could|may|should|shall|must) (?:i|we)\b",
        r"\bdo (?:i|we) (?:need|have)\b",
        r"\bi can\b",
        r"\bwe can\b",
        r"\bis it (?:ok|okay|possible|allowed)\b",
        r"\bam i (?:able|allowed)\b",
    )
)
WISHES = Pattern(
    r"^\W*(?:(?:hi|hey|hello|dear)\b[^,.!]{0,30}[,.!] ?)?(?:\w+ ){0,4}?"
    + one_of(
        r"please|pls|plz|kindly|can (?:you|u|ya|we)|could (?:you|we)|would (?:you|it)|any chance|any way",
        r"why (?:don't|can't|isn't|won't)|what are (?:you|they) doing|are (?:you|they) (?:going|planning)|fix|bring",
        r"add|stop|remove|need",
    )
    + r"\b"
)
LEANS = Pattern(
    r"^\W*(?:and |so |but |then |or |if so,? )*\S+ (?:that|this|it|these|those|they|the (?:other|same) (?:one|ones))\b"
)
"""A question that takes its matter from what stands before it: `is that possible`, `does it still`."""
PLEADS_WITH = frozenset(
    "idea option suggestion advice possibl thing try sort soon reply respond answer contact team guy issu problem quick asap chanc look fix support sir wrong happen mean explain anyon someon littl assist matter resolv case els more tell question thought tip clue recommend kindly anyth someth".split()
)
"""Content words of a question that says no more than "help": what it is about stands in the sentences around it."""
GIVES_ITS_REASON = Pattern(
    r",? (?:because|since|so that) (?:i|we|my|our|the|it|he|she|they)\b.*$|, as (?:i|we|my|our|the|it|he|she|they)\b.*$"
    r"|, (?:i'm|i am|i've|i have|we're|we are|we've|we have|it's|he's|she's|they're)\b.*$"
)
"""What stands behind a question only to say why it is asked."""
EITHER_OR = Pattern(r"\b((?:\w+ ){1,3})or ((?:\w+ ?){1,3})")
"""What somebody is asked to choose from."""
ASKS_HOW = Pattern(r"\bhow\b")
"""What a yes or no does not settle, though it does a wish or a plea."""
ASKS_THE_PLACE = Pattern(
    r"\b(?:where|whom?|how (?:do|can|would|should|to|did|could)|which|link|website|page|form|number|e-?mail|address|contact|any ?ways?|a way)\b"
)
IS_TROUBLE = Pattern(
    either(
        r"n't\b",
        word_of(
            r"not|cannot|cant|wont|dont|doesnt|isnt|never|no|keeps?|stuck|down|broken|slow|freez\w+|crash\w*|error",
            r"wrong|missing|gone|blank|lagg?\w*|block\w*|lock\w*",
        ),
    )
)
_VERB = one_of(TURNS, r"had|cud|wud")
SALUTES = Pattern(
    rf"^\W*(?:{HAILS}"
    r"(?: (?:there|all|team|sir|madam|or|and|guys|folks|friends|both|everyone|mr|mrs|ms|dr|support)\b)*(?: [\w'-]+)?[,.!:\n]+\W*)+"
)
"""A greeting before a question, which is no part of its matter."""
WHERE_IS = Pattern(r"\bwhere(?:'s|s| is| are| has| have)\b")
WHETHER = Pattern(
    r"\b(?:know|tell (?:me|us)|find out|check|confirm|say|sure|see|wonder|wondering|ask) (?:if|whether|that) (.+)$"
)
"""A question within another: "can you find out whether it is safe"."""
HOW_LONG = Pattern(r"\bhow long\b")
WHICH = Pattern(
    r"^\W*(?:(?:and|so|but|or|also|then|ok|please|sorry)\W+)*(?:(?:from|to|at|in|on|for|by|with|of|until) )?"
    + one_of(
        r"(?:which|what) of\b",
        r"what(?:'s|s| is| are| was| were| will be) (?:the |your |my |our |his |her |their )?((?:[\w'-]+ ?){1,3})",
        rf"(?:which|what) ([\w'-]+)(?: [\w'-]+)?? {_VERB}\b",
        r"(?:which|what)\b",
    )
)
"""A question after one of several, or after what a thing is; the words behind it that name what is asked for."""
PREDICATE = Pattern(
    rf"\b({_VERB})(?:n't|'t)? (?:not )?((?:(?:the|my|your|our|his|her|their|its|this|that|these|those|an?|any|some|all)"
    r"(?: (?:first|second|third|new|old|next|last|own|whole))? )?[\w'-]+) (.+)$"
)
"""The verb before the subject, the subject, and what is said of it."""
A_PRONOUN = Pattern(r"^(?:i|you|u|ya|we|he|she|it|they|this|that|there|one|someone|somebody|anyone|anybody)$")
ASKS_WITH_A_WORD = Pattern(r"\b(?:how|what|when|where|why|who|whom|which|whose|whether|eta|any)\b")
"""Words of asking; without one a question is after a yes, or a deed."""
PERFECT = Pattern(r"^(?:has|have|had|is|are|was|were)$")
DONE = Pattern(
    r"^(?:\w{3,}ed|sent|paid|gone|come|left|cut|made|taken|given|done|found|put|set|begun|bought|brought|built|caught|lost|kept|held|told|sold)$"
)
"""How a verb ends after "has" or "is": "has my meter reading arrived"."""
FIRST_FORM = {
    form: forms.split()[0]
    for forms in (
        "have has had got",
        "send sent",
        "pay paid",
        "take took taken",
        "give gave given",
        "make made",
        "find found",
        "keep kept",
        "hold held",
        "leave left",
        "bring brought",
        "buy bought",
        "sell sold",
        "begin began begun",
        "come came",
        "go goes went gone",
        "see saw seen",
        "break broke broken",
        "freeze froze frozen",
        "choose chose chosen",
        "lose lost",
        "write wrote written",
        "speak spoke spoken",
        "ring rang rung",
        "catch caught",
        "build built",
        "teach taught",
        "stop stopped stopping",
        "swap swapped swapping",
        "ship shipped shipping",
        "drop dropped dropping",
        "plan planned planning",
        "cancel cancelled cancelling cancels",
        "check checked checking",
        "apply applied applies",
        "renew renewed",
        "waive waived waiving",
        "carry carried carries",
        "mean means meant",
    )
    for form in forms.split()
}
"""The first form of verbs whose other forms no common ending makes."""
