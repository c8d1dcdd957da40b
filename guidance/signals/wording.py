"""The wording of replies: what `answers` looks for to tell whether a question is met, over folded text. Of questions: `kinds`."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of, word_of

ASKS_BACK = Pattern(
    either(
        r"\b(?:what|which|where|when|who|how (?:long|many|much|old|often))\b(?:[^.!?\n]|\.\d){6,140}\?",
        r"\b(?:could|can|would) you (?:please |kindly )?(?:tell|let) (?:me|us) (?:know )?(?:if|whether|what|which|when|where|how)\b",
        r"\b"
        + one_of(r"have|did|do|are|is|does|has|were|was|may|would")
        + r" (?:you|your|it|the|this|that|there|they|i|we)\b[^.!?\n]{8,140}\?",
        r"\b(?:could|can) you (?:please |just |kindly |quickly )?"
        + one_of("measure|count|read|look up|check|find|describe|say|show|point|try|test|time|weigh|note")
        + r"\b[^.!?\n]{8,140}\?",
        r"\b"
        + one_of(
            r"dm|send|provide|share|give|pop|drop|attach|include|submit|visit|confirm|let (?:me|us) (?:know|have)",
            r"supply|forward|tell (?:me|us)|need|may (?:i|we) have",
        )
        + r" [^.!?\n]{0,60}"
        + word_of(
            r"numbers?|e-?mail|address|username|user name|name|postcode|zip|ref|reference|order|booking",
            r"screen ?shots?|photos?|pictures?|barcode|account|version|device|model|serial|url|id|date|phone",
            r"tracking|receipt|store|flight|station|platform|titles?|error|code|account info\w*|details of",
        ),
    )
)
VAGUE_BACK = Pattern(
    word_of(
        r"anything else|still (?:with|there|need)|what(?:'s| is) (?:up|going on|happening)|what happened",
        r"what (?:issues?|problems?|troubles?) (?:are|is)|how (?:can|may) (?:i|we)|everything going|suitable for you",
        r"able to look into|help you with|(?:more|some|additional|further) (?:details|info\w*|context)|tell us more",
        r"(?:still|currently) (?:\w+ )?(?:having|experiencing|facing|seeing|needing|got|get)",
        r"been (?:\w+ )?(?:addressed|resolved|sorted|fixed|solved|answered)|issues? (?:resolved|sorted|fixed|solved)",
    )
)
NOT_NEEDED = Pattern(
    r"\b(?:(?:do not|don't|won't|wouldn't|didn't|no) (?:need|have)|needn't|no need|not (?:have|need)) (?:to )?[^.!?\n,;:]*"
)
"""What nobody has to send or to bring, and so is not asked for."""
IDIOM = Pattern(
    either(
        r"\b(?:if )?you(?:'re| are) (?:still )?(?:unable|not able)\b",
        r"\bif you (?:can't|cannot|don't|do not|haven't)\b",
        r"\b(?:do not|don't) (?:hesitate|worry)\b",
        r"\b(?:can't|cannot|can not) wait\b",
        r"\b(?:see|talk to|speak to|catch) you (?:in|on|at|soon|then|there|next|tomorrow|later)\b[^.!?\n]*",
        r"\blook(?:ing)? forward to [^.!?\n]*",
        r"\bthank(?:s| you) for (?:\w+ ){1,6}",
        r"\b(?:let (?:me|us) know (?:if|how) (?:that|this|it|you|there)[^.!?]*)",
    )
)
"""Courtesies that hold a word of refusing or of asking."""
SENDS_ELSEWHERE = Pattern(
    either(
        r"\b(?:send|drop|shoot|pop|give|write|leave) (?:us|me|them) (?:an? )?(?:quick |private |direct )?"
        + one_of(r"dm|pm|note|message|line|e-?mail|shout")
        + r"\b",
        r"\b(?:dm|pm|message|e-?mail|tweet) (?:us|me)\b",
        r"\b(?:create|submit|open|raise|log|file) an? (?:\w+ )?(?:ticket|case|request|thread)\b",
        r"\b"
        + one_of(
            r"contact|call|reach out to|get in touch with|connect with|reach|speak (?:to|with)|chat with|talk to",
            r"join|meet",
        )
        + r" (?:us|our|the|them|me)\b",
        r"\bfollow (?:us|me)\b",
        r"\b(?:we(?:'ve| have)?|i(?:'ve| have)?) (?:just )?(?:sent|replied|responded|answered)"
        r"[^.!?]{0,20} (?:dm|pm|message)\b",
        r"\bvisit (?:us|our)\b",
        r"\b(?:help|support) (?:site|page|cent\w+|article)\b",
        r"\b(?:we're|i'm|we are|i am) here (?:to help|for you)\b",
        r"\bhere to help\b",
        r"\bwe'd (?:like|love) to help\b",
    )
)
NAMES_DETAILS = Pattern(
    r"\b(?:your|the|with|including|what|which|full) (?:\w+ ){0,4}?"
    + one_of(
        r"numbers?|e-?mail address|address|user ?name|name|post ?code|zip|ref|reference|order|booking|screen ?shots?",
        r"photos?|pictures?|barcode|version|device|model|serial|url|id|date|receipt|store|flight|station|platform",
        r"error|code|gamertag|username|details of",
    )
    + r"\b"
)
CALLS_THEM = Pattern(
    either(
        r"\b(?:call|calling|ring|ringing|phone|phoning|contact|reach|speak to|speak with|talk to) you\b",
        r"\bgive you a (?:call|ring|bell)\b",
        r"\byou a call\b",
        r"\byour (?:\w+ )?(?:number|phone)\b",
        r"\b(?:call|ring|phone)(?: you)? back\b",
        r"(?:\bnot|n't|\bunable to|\bno|\bcannot) (?:\w+ ){0,3}?(?:call|ring|phone)s?\b",
    )
)
NOT_KNOWN_YET = Pattern(
    either(
        r"(?:\b(?:no|not)|n't) (?:\w+ ){0,4}?"
        + one_of(
            r"eta|estimate|time ?frame|timescale|date|dates|information|info|news|updates?|plans|sure|announced",
            r"confirmed",
        )
        + r"\b",
        r"\bfingers crossed\b",
        r"\bnot yet\b",
        r"\b(?:hope|hoping) (?:to|we|it)\b",
    )
)
FINDS_OUT = Pattern(
    word_of(
        r"(?:i|we)(?:'ll| will) (?:\w+ ){0,2}?"
        + one_of(
            r"check|find out|ask|look into|chase|confirm|see|verify|have a look|take a look|get back|let you know",
            r"be back",
        ),
        r"(?:will|'ll) (?:give|send|tell) you (?:a|an|the) (?:exact |firm |first |new )?(?:day|date|time|hour|figure|price|quote|answer)",
        r"let me (?:check|find|ask|see|have)",
        r"(?:i'm|i am|we're|we are) (?:just )?(?:checking|asking|looking|verifying|finding)",
    )
)
_MEASURED = Pattern(
    either(
        r"\b(?:\d[\d.,]*|ten|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand) ?"
        + one_of(
            r"kgs?|g|lbs?|oz|km|cm|mm|m|miles?|inch(?:es)?|ft|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|am|pm|gb|mb|%",
            r"people|persons?|guests|seats|bags|pieces|items|litres?|ml|rooms?|nights?",
        )
        + r"\b",
        r"\b(?:desk|gate|platform|row|room|aisle|page|step|terminal|pier|berth|line|bus|train|flight|order|number|no\.?) \d+",
        r"\b\d{1,2}[:.]\d\d\b",
    )
)
"""Figures that count or name something, and tell no price."""


def gives(kind: str, text: str) -> bool:
    """Whether a folded text gives what a question of this kind is after."""
    return bool(_GIVES[kind].search(_MEASURED.sub(" ", text) if kind == "price" else text))


_GIVES = {
    "when": Pattern(
        word_of(
            r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|\d{1,2}[:.]\d\d|\d+|today|tomorrow|tonight",
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weeks?|months?|years?|fortnight|days?|hours?|minutes?|mins?",
            r"once|until|by|january|february|march|april|may|june|july|august|september|october|november|december|now",
            r"immediately|soon as it",
        )
    ),
    "where": Pattern(
        r"<link>|https?:|www\.|#url#|\b(?:here|under|at the|in the|on the|via|go to|page|menu|settings|store|section)\b"
    ),
    "who": Pattern(
        either(
            r"<link>",
            r"https?:",
            r"#url#",
            r"\b(?:team|department|desk|colleagues?|manager|number|call|contact|reach|speak|office|line|support|\d{5,})\b",
            r"\b\w+ (?:has|does|will|brings|is) (?:them|it|that|this|so)\b",
            r"\b(?:i|we|you|he|she|they) (?:do|does|am|are|will)\b",
        )
    ),
    "price": Pattern(
        either(
            r"[£$€₹]",
            r"\b\d",
            r"\b(?:free|nothing|half|double|extra cost|included|price list)\b|\bno (?:extra |further )?(?:cost|charge|fee)\b",
            word_of(r"ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|pence|cents?"),
        )
    ),
    "how much": Pattern(
        either(
            r"[£$€]",
            r"\b\d+",
            r"\bfree\b",
            r"\bno (?:extra )?(?:cost|charge)\b",
            word_of(
                r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty",
                r"seventy|eighty|ninety|hundred|thousand|half|double|both|all of (?:them|it)|none|nothing",
            ),
        )
    ),
    "why": Pattern(
        word_of(
            r"because|due to|as (?:the|a|we|it|this|there|you)|since|caused?|reason|so that|owing|in order|means|that's",
            r"that is|this is|it is|it's|it was|was|were|had|after|needed|need to|must",
            r"to (?:keep|cover|pay|protect|make|help|avoid)|for (?:the|your|safety|security)",
        )
    ),
    "how": Pattern(
        either(
            r"<link>",
            r"https?:",
            r"#url#",
            word_of(
                r"go to|open|click|tap|press|select|restart|reset|reboot|unplug|turn|switch|hold|call|ring|log|sign",
                r"uninstall|reinstall|delete|update|clear|download|follow|use|enter|remove|choose|contact|try|visit|arranges?",
                r"steps|submit|you can|you'll need|bring|send|by",
            ),
        )
    ),
    "yes": Pattern(
        either(
            r"^\W*(?:hi|hello|hey)?[\w ,!]{0,20}"
            + word_of(r"yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|right"),
            word_of(
                r"you can|you could|you may|it is|it's|it isn't|there is|there's|there isn't|does",
                r"is (?:fine|ok|okay|normal)|it doesn't|we do|we don't|we can|we can't|i can|i can't|i've|i have|we've",
                r"we have|done|can be|can't be|cannot|isn't|not possible|available|unable|afraid|unfortunately|will be",
                r"should be|only|has been|have been|good news|no problem|with pleasure|by all means",
            ),
        )
    ),
}
IS_FREE = Pattern(
    r"\b(?:(?:is|are|it's|that's|comes|goes) (?:all )?(?:free|on us|included)|free of charge|no (?:charge|cost|fee|extra)"
    r"|nothing (?:to pay|extra)|costs? (?:you )?nothing|at our (?:cost|expense)|without charge)\b"
)
"""That something costs nothing."""
FOR_ALL = Pattern(r"\b(?:both|all|each|either|neither|everything|any of|to the first|on the first|and yes|and no)\b")
"""Words by which one yes or no speaks of several questions."""
BEGINS_WITH_YES = Pattern(r"(?:^|[:;,] )(?:yes|yep|of course|certainly)\b")
SAYS_YES_OR_NO = Pattern(
    either(
        word_of(
            r"you(?:'ve)? got (?:it|that right)|that's (?:it|correct|right|the case)|that is (?:correct|right)",
            r"those are the rules|not that (?:we|i)(?:'re|'m| are| am) aware",
        ),
        r"^\W*(?:(?:hi|hello|hey|dear)\b[\w ,!]{0,20})?\W*"
        + one_of(
            r"(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|that's right)\b",
            r"(?:we|you|it|they|i|he|she|there) "
            + one_of(r"do|can|are|is|will|does|has|have|may|could|did|was|were|won't|can't|don't|isn't|doesn't")
            + r"[,.;!]",
        ),
        r"[.!] ?(?:yes|yep|no|nope),? (?:you|it|we|i|they|the|this|that|there)\b",
        r"[.!] ?(?:we|you|it|they|i|he|she|there) (?:do|can|are|is|will|does|did|was|were|won't|can't|don't|isn't|doesn't)[,.;:!]",
    )
)
HEDGES = Pattern(
    word_of(
        r"refer to|(?:the|this|following) (?:\w+ )?(?:article|page|guide)|more information|find out more|policy",
        r"policies|priority|priorities|monitoring|unable|not able|cannot|can't|could not|not possible|unfortunately",
        r"i'm afraid|we're afraid|don't|do not|doesn't|does not|high (?:volume|demand|workload)|in progress",
        r"please wait|soon|shortly|due course|any inconvenience|have a (?:great|good|nice)|more than happy",
    )
)
ASKS_TO_SEND = Pattern(
    r"\b(?:can|could|would|will|may|might) (?:you|i|we) (?:\w+ ){0,6}?"
    + one_of(
        r"share|send|post|provide|confirm|describe|upload|attach|forward|tell (?:me|us)|give (?:me|us)",
        r"let (?:me|us) (?:know|have)|dm (?:me|us)",
    )
    + r"\b[^.!?\n]{4,}"
)
BECAUSE = Pattern(
    word_of(
        r"because|due to|caused by|the reason|owing to|as a result of|by (?:mistake|accident)|in error|mistakenly",
        r"(?:it's|it is|that's|that is|which is) (?:why|(?:perfectly |quite )?normal)|happens (?:when|if)",
    )
)
SAYS_NO = Pattern(
    either(
        r"\bnot something (?:that )?(?:we|i)\b",
        word_of(
            r"unfortunately,? (?:not|no|we|it|there|this|that|you)|i'm afraid (?:not|we|it|there|this|that|you)",
            r"(?:not|isn't|won't be|is not) (?:possible|available|able|currently|directly)|(?:only|best) way",
            r"you(?:'ll| will) (?:need|have) to|we (?:don't|do not|can't|cannot|no longer|stopped)",
            r"there (?:is|are) no|there's no|there isn't|there (?:has|have)(?:n't| not) been any|there (?:has|have) been no",
        ),
    )
)
NOTHING_AGAINST_IT = Pattern(
    r"\bthere(?: is| are|'s) (?:really )?no (?:\w+ )?(?:charge|fees?|cost|need|rush|hurry|problem|doubt|reason|worry|harm|catch|limit)s?\b"
)
"""A no that refuses nothing."""
GIVES_LEAVE = Pattern(
    r"\byou(?:'ll| will|'d| would)? "
    + one_of(
        r"can|could|may|should|need|must|don't need|won't need|can't|cannot|able|be able|need to|have to",
        r"won't be able",
    )
    + r"\b"
)
TAKES_NOTE = Pattern(
    either(
        r"\b"
        + one_of(r"pass(?:ed|ing)?|forward(?:ed|ing)?|feed(?:ing)?|fed|shar(?:e|ed|ing)")
        + r" (?:\w+ ){0,5}?(?:on|along|back|with|to)\b",
        r"\b(?:feedback|suggestion|idea|request|comments?)\b[^.!?]{0,40}"
        + word_of(r"noted|passed|team|developers?|devs|community|here"),
        word_of(r"suggest(?:ing)?|recommend(?:ing)?|submit|vote|post")
        + r"[^.!?]{0,40}\b(?:it|this|that|idea|feature|request|here)\b",
        r"\b(?:aware|working (?:on|hard)|looking into|investigating|on it)\b",
        r"\b(?:we|they)(?:'ve|'re| do| have| are| currently| already) (?:\w+ )?"
        + one_of(r"have|removing|adding|offer|support|sell|stock|made|prohibited|removed|fixed|that")
        + r"\b",
    )
)
NUMBERED = Pattern(r"(?:^|\n|[.!?] )\W*([1-9])[.):] ")
"""Where an answer by number begins."""
SHORT = 20
"""Words in a reply so short that a time, a price, a reason or a place in it can only be the answer."""
ITS_PLACE = Pattern(
    r"\b(?:it|they|he|she|that|this|(?:your|the) [\w ]{2,20}?)(?:'s|'re| is| are| was| were) (?:still |now |already |currently )?"
    r"(?:at|in|on|with|near|behind|under|inside) (?:\w+ ){0,2}\w+"
)
BRIEF = 6
"""Words in a first sentence so brief that a time or a price in it is the answer."""
_LINK = r"(?:<link>|https?:\S+|#url#|www\.\S+)"
POINTS_TO_A_PAGE = Pattern(
    rf"(?:^|[.!?]\s|{_LINK})?[^.!?<]*"
    + word_of(
        r"steps|tips|articles?|guide|page|info|information|details?|instructions|options|link|resources?|prompts",
        r"polic(?:y|ies)|forums?|faq|go here|check out|checking out|visit|visiting|see|read|refer to",
        r"looking? (?:at|through)",
    )
    + rf"[^.!?<]{{0,60}}{_LINK}"
)
A_LINK = Pattern(_LINK)
BARE_LINK = Pattern(rf"^\W*{_LINK}(?:\W*\w+){{0,2}}\W*$")
ASKS_WHAT_ABOUT = Pattern(r"\b(?:what|which|how)\b[^.!?]{4,}\?|\b(?:tell|share|send|let|give) (?:me|us)\b")
