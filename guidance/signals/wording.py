"""The wording by which a question and a reply to it are told apart: what `answers` looks for, over folded text."""

from __future__ import annotations

from guidance.text.patterns import Pattern

ASKS_BACK = Pattern(
    r"\b(?:what|which|where|when|who|how (?:long|many|much|old|often))\b[^.!?\n]{6,140}\?|\b(?:have|did|do|are|is|does|has|were|was|may|would) (?:you|your|it|the|this|that|there|they|i|we)\b[^.!?\n]{8,140}\?"
    r"|\b(?:dm|send|provide|share|give|pop|drop|attach|include|submit|visit|confirm|let (?:me|us) (?:know|have)|supply|forward|tell (?:me|us)|need|may (?:i|we) have) [^.!?\n]{0,60}\b(?:numbers?|e-?mail|address|username|user name|name|postcode|zip|ref|reference|order|booking|screen ?shots?|photos?|pictures?|barcode|account|version|device|model|serial|url|id|date|phone|tracking|receipt|store|flight|station|platform|titles?|error|code|account info\w*|details of)\b"
)
VAGUE_BACK = Pattern(
    r"\b(?:anything else|still (?:with|there|need)|what(?:'s| is) (?:up|going on|happening)|what happened|what (?:issues?|problems?|troubles?) (?:are|is)|how (?:can|may) (?:i|we)|everything going|suitable for you|able to look into|help you with|(?:more|some|additional|further) (?:details|info\w*|context)|tell us more|(?:still|currently) (?:\w+ )?(?:having|experiencing|facing|seeing|needing|got|get)|been (?:\w+ )?(?:addressed|resolved|sorted|fixed|solved|answered)|issues? (?:resolved|sorted|fixed|solved))\b"
)
IDIOM = Pattern(
    r"\b(?:if )?you(?:'re| are) (?:still )?(?:unable|not able)\b|\bif you (?:can't|cannot|don't|do not|haven't)\b|\b(?:do not|don't) (?:hesitate|worry)\b|\b(?:can't|cannot|can not) wait\b|\bthank(?:s| you) for (?:\w+ ){1,6}|\b(?:let (?:me|us) know (?:if|how) (?:that|this|it|you|there)[^.!?]*)"
)
"""Courtesies that hold a word of refusing or of asking."""
SENDS_ELSEWHERE = Pattern(
    r"\b(?:send|drop|shoot|pop|give|write|leave) (?:us|me|them) (?:an? )?(?:quick |private |direct )?(?:dm|pm|note|message|line|e-?mail|shout)\b|\b(?:dm|pm|message|e-?mail|tweet) (?:us|me)\b|\b(?:create|submit|open|raise|log|file) an? (?:\w+ )?(?:ticket|case|request|thread)\b"
    r"|\b(?:contact|call|reach out to|get in touch with|connect with|reach|speak (?:to|with)|chat with|talk to|join|meet) (?:us|our|the|them|me)\b|\bfollow (?:us|me)\b|\b(?:we(?:'ve| have)?|i(?:'ve| have)?) (?:just )?(?:sent|replied|responded|answered)[^.!?]{0,20} (?:dm|pm|message)\b|\bvisit (?:us|our)\b|\b(?:help|support) (?:site|page|cent\w+|article)\b|\b(?:we're|i'm|we are|i am) here (?:to help|for you)\b|\bhere to help\b|\bwe'd (?:like|love) to help\b"
)
NAMES_DETAILS = Pattern(
    r"\b(?:your|the|with|including|what|which|full) (?:\w+ ){0,4}?(?:numbers?|e-?mail address|address|user ?name|name|post ?code|zip|ref|reference|order|booking|screen ?shots?|photos?|pictures?|barcode|version|device|model|serial|url|id|date|receipt|store|flight|station|platform|error|code|gamertag|username|details of)\b"
)
ABOUT_CONTACT = Pattern(
    r"\b(?:contact|speak|talk|reach|get hold|customer (?:service|care)|dep(?:artmen)?t|help ?desk|number|e-?mail|write to|report|complain|complaint|call|phone|who|address|form|submit|where (?:do|can|should|would) (?:i|we)|(?:the|a|your|new|which) link)\b"
)
ASKS_TO_BE_CALLED = Pattern(
    r"\b(?:call|ring|phone|contact) (?:me|us)\b|\b(?:please|pls|plz|kindly) (?:call|ring|contact)\W*$|\bgive (?:me|us) a (?:call|ring|bell)\b|\b(?:manager|supervisor|someone|somebody)\b[^.!?]{0,40}\b(?:call|ring|phone)\b"
)
CALLS_THEM = Pattern(
    r"\b(?:call|calling|ring|phone|contact|reach|speak to|speak with|talk to) you\b|\bgive you a (?:call|ring|bell)\b|\byou a call\b|\byour (?:\w+ )?(?:number|phone)\b|\b(?:call|ring|phone)(?: you)? back\b|(?:\bnot|n't|\bunable to|\bno|\bcannot) (?:\w+ ){0,3}?(?:call|ring|phone)s?\b"
)
NOT_KNOWN_YET = Pattern(
    r"(?:\b(?:no|not)|n't) (?:\w+ ){0,4}?(?:eta|estimate|time ?frame|timescale|date|dates|information|info|news|updates?|plans|sure|announced|confirmed)\b|\bfingers crossed\b|\bnot yet\b|\b(?:hope|hoping) (?:to|we|it)\b"
)
FINDS_OUT = Pattern(
    r"\b(?:(?:i|we)(?:'ll| will) (?:\w+ ){0,2}?(?:check|find out|ask|look into|chase|confirm|see|verify|have a look|take a look|get back|let you know|be back)|let me (?:check|find|ask|see|have)|(?:i'm|i am|we're|we are) (?:just )?(?:checking|asking|looking|verifying|finding))\b"
)
GIVES = {
    "when": Pattern(
        r"\b(?:\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|\d{1,2}[:.]\d\d|\d+|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weeks?|months?|years?|fortnight|days?|hours?|minutes?|mins?|once|until|by|january|february|march|april|may|june|july|august|september|october|november|december|now|immediately|soon as it)\b"
    ),
    "where": Pattern(r"<link>|https?:|www\.|#url#|\b(?:here|under|at the|in the|on the|via|go to|page|menu|settings|store|section)\b"),
    "who": Pattern(r"<link>|https?:|#url#|\b(?:team|department|desk|colleagues?|manager|number|call|contact|reach|speak|office|line|support|\d{5,})\b|\b\w+ (?:has|does|will|brings|is) (?:them|it|that|this|so)\b|\b(?:i|we|you|he|she|they) (?:do|does|am|are|will)\b"),
    "how much": Pattern(
        r"[£$€]|\b\d+|\bfree\b|\bno (?:extra )?(?:cost|charge)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|double|both|all of (?:them|it)|none|nothing)\b"
    ),
    "why": Pattern(
        r"\b(?:because|due to|as (?:the|a|we|it|this|there|you)|since|caused?|reason|so that|owing|in order|means|that's|that is|this is|it is|it's|it was|was|were|had|after|needed|need to|must|to (?:keep|cover|pay|protect|make|help|avoid)|for (?:the|your|safety|security))\b"
    ),
    "how": Pattern(
        r"<link>|https?:|#url#|\b(?:go to|open|click|tap|press|select|restart|reset|reboot|unplug|turn|switch|hold|call|ring|log|sign|uninstall|reinstall|delete|update|clear|download|follow|use|enter|remove|choose|contact|try|visit|steps|submit|you can|you'll need|bring|send|by)\b"
    ),
    "yes": Pattern(
        r"^\W*(?:hi|hello|hey)?[\w ,!]{0,20}\b(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|right)\b|\b(?:you can|you could|you may|it is|it's|it isn't|there is|there's|there isn't|does|is (?:fine|ok|okay|normal)|it doesn't|we do|we don't|we can|we can't|i can|i can't|i've|i have|we've|we have|done|can be|can't be|cannot|isn't|not possible|available|unable|afraid|unfortunately|will be|should be|only|has been|have been)\b"
    ),
}  # fmt: skip
SAYS_YES_OR_NO = Pattern(
    r"\b(?:you(?:'ve)? got (?:it|that right)|that's (?:it|correct|right|the case)|that is (?:correct|right)|those are the rules|not that (?:we|i)(?:'re|'m| are| am) aware)\b|^\W*(?:(?:hi|hello|hey|dear)\b[\w ,!]{0,20})?\W*(?:(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|that's right)\b|(?:we|you|it|they|i|he|she|there) (?:do|can|are|is|will|does|has|have|may|could|did|was|were|won't|can't|don't|isn't|doesn't)[,.;!])|[.!] ?(?:yes|yep|no|nope),? (?:you|it|we|i|they|the|this|that|there)\b"
)
HEDGES = Pattern(
    r"\b(?:refer to|(?:the|this|following) (?:\w+ )?(?:article|page|guide)|more information|find out more|policy|policies|priority|priorities|monitoring|unable|not able|cannot|can't|could not|not possible|unfortunately|i'm afraid|we're afraid|don't|do not|doesn't|does not|high (?:volume|demand|workload)|in progress|please wait|soon|shortly|due course|any inconvenience|have a (?:great|good|nice)|more than happy)\b"
)
ASKS_WHETHER = Pattern(
    r"^\W*(?:(?:and|also|so|but|or|then),? )*(?:is|are|do|does|did|may|has|have|should) (?:the|it|my|your|this|that|there|i|we|you|they|any|a|an)\b[^?]*$|^\W*(?:(?:and|also),? )*(?:is|are|do|does|did|may|has|have|should) (?:the|it|my|your|this|that|there|i|we|you|they|any|a|an)\b[^?]*\?\W*$"
)
ASKS_TO_SEND = Pattern(
    r"\b(?:can|could|would|will|may|might) (?:you|i|we) (?:\w+ ){0,6}?(?:share|send|post|provide|confirm|describe|upload|attach|forward|tell (?:me|us)|give (?:me|us)|let (?:me|us) (?:know|have)|dm (?:me|us))\b[^.!?\n]{4,}"
)
BECAUSE = Pattern(r"\b(?:because|due to|caused by|the reason|owing to|as a result of)\b")
SAYS_NO = Pattern(
    r"\bnot something (?:that )?(?:we|i)\b|\b(?:unfortunately,? (?:not|no|we|it|there|this|that|you)|i'm afraid (?:not|we|it|there|this|that|you)|(?:not|isn't|won't be|is not) (?:possible|available|able|currently|directly)|(?:only|best) way|you(?:'ll| will) (?:need|have) to|we (?:don't|do not|can't|cannot|no longer|stopped)|there (?:is|are) no|there's no|there isn't)\b"
)
ASKS_THE_WAY = Pattern(r"\bis there (?:a|any|some) (?:other |better |easy )?way\b")
ASKS_LEAVE = Pattern(
    r"\b(?:can|could|may|should|shall|must) (?:i|we)\b|\bdo (?:i|we) (?:need|have)\b|\bi can\b|\bwe can\b|\bis it (?:ok|okay|possible|allowed)\b|\bam i (?:able|allowed)\b"
)
GIVES_LEAVE = Pattern(
    r"\byou(?:'ll| will|'d| would)? (?:can|could|may|should|need|must|don't need|won't need|can't|cannot|able|be able|need to|have to|won't be able)\b"
)
TAKES_NOTE = Pattern(
    r"\b(?:pass(?:ed|ing)?|forward(?:ed|ing)?|feed(?:ing)?|fed|shar(?:e|ed|ing)) (?:\w+ ){0,5}?(?:on|along|back|with|to)\b|\b(?:feedback|suggestion|idea|request|comments?)\b[^.!?]{0,40}\b(?:noted|passed|team|developers?|devs|community|here)\b|\b(?:suggest(?:ing)?|recommend(?:ing)?|submit|vote|post)\b[^.!?]{0,40}\b(?:it|this|that|idea|feature|request|here)\b|\b(?:aware|working (?:on|hard)|looking into|investigating|on it)\b|\b(?:we|they)(?:'ve|'re| do| have| are| currently| already) (?:\w+ )?(?:have|removing|adding|offer|support|sell|stock|made|prohibited|removed|fixed|that)\b"
)
WISHES = Pattern(
    r"^\W*(?:(?:hi|hey|hello|dear)\b[^,.!]{0,30}[,.!] ?)?(?:\w+ ){0,4}?(?:please|pls|plz|kindly|can (?:you|u|ya|we)|could (?:you|we)|would (?:you|it)|any chance|any way|why (?:don't|can't|isn't|won't)|what are (?:you|they) doing|are (?:you|they) (?:going|planning)|fix|bring|add|stop|remove|need)\b"
)
PLEADS_WITH = frozenset(
    "idea option suggestion advice possibl thing try sort soon reply respond answer contact team guy issu problem quick asap chanc look fix support sir wrong happen mean explain anyon someon littl assist matter resolv case els more tell question thought tip clue recommend kindly anyth someth".split()
)
"""Content words of a question that says no more than "help": what it is about stands in the sentences around it."""
EITHER_OR = Pattern(r"\b((?:\w+ ){1,3})or ((?:\w+ ?){1,3})")
"""What somebody is asked to choose from."""
ASKS_HOW = Pattern(r"\bhow\b")
"""What a yes or no does not settle, though it does a wish or a plea."""
SAID_IN_FIGURES = frozenset({"when", "how much"})
HEARD_ALONE = frozenset({"how", "who"})
"""Kinds of question to which a step, or a place to turn to, is an answer whether or not it names the matter."""
SHORT = 20
"""Words in a reply so short that a time or a price in it can only be the answer."""
BRIEF = 6
"""Words in a first sentence so brief that a time or a price in it is the answer."""
SAID_OUTRIGHT = frozenset({"when", "why", "how much"})
"""Kinds of question that a shared word alone does not answer: the time, the reason or the price must stand there."""
KINDS = (
    ("why", Pattern(r"\b(?:why|how come)\b")),
    ("how much", Pattern(r"\bhow (?:much|many)\b|\b(?:price|cost|fees?|charges)\b(?: \w+){0,4}\W*$|\bprice\b|\bcost\b|\b(?:what|which)(?:'s| is| are|s)? (?:the|your|my) (?:\w+ )?(?:fees?|rates?|deposit|charges?|amount|total|balance|rent|fare|size|weight|length|width|height|limit)\b|\b(?:what|which)(?: \w+)? (?:size|weight|length|width|height)\b")),
    ("when", Pattern(r"\b(?:when|what time|how long|how soon|eta|(?:what|which) (?:date|day|month|week))\b|\bany (?:news|update|word)")),
    ("where", Pattern(r"\bwhere\b|\b(?:what|which) (?:e-?mail|number|link|form|page|address|website|site|app)\b")),
    ("who", Pattern(r"^\W*(?:(?:and|so|but) )?who\b|\bwho (?:can|do|should|would|must|else|is|are|handles|deals)\b|\bwhom\b|\b(?:speak|talk) (?:to|with) (?:someone|somebody|a |an |the )")),
    ("why", Pattern(r"\b(?:what(?:'s| is) going on|what does)\b")),
    ("how", Pattern(
        r"\bhow\b|\bis there (?:a|any|some) (?:other |better |easy )?way\b|\bany way (?:to|of|i|we)\b|\bwhat (?:else |more |other )?(?:can|do|should|could) (?:i|we)\b"
        r"|\bwhat (?:papers|paperwork|documents?|proof)\b|\bneed to bring\b|\b(?:options|suggestions|advice)\b|\bhelp\b|\bfix\b|\bany ideas?\b|\bi (?:need|want)\b"
    )),
)  # fmt: skip
"""What a question is after, the first that fits; none of them: a yes or a no."""

_LINK = r"(?:<link>|https?:\S+|#url#|www\.\S+)"
POINTS_TO_A_PAGE = Pattern(
    rf"(?:^|[.!?]\s|{_LINK})?[^.!?<]*\b(?:steps|tips|articles?|guide|page|info|information|details?|instructions|options|link|resources?|prompts|polic(?:y|ies)|forums?|faq|go here|check out|checking out|visit|visiting|see|read|refer to|looking? (?:at|through))\b[^.!?<]{{0,60}}{_LINK}"
)
ASKS_THE_PLACE = Pattern(
    r"\b(?:where|whom?|how (?:do|can|would|should|to|did|could)|which|link|website|page|form|number|e-?mail|address|contact|any ?ways?|a way)\b"
)
A_LINK = Pattern(_LINK)
BARE_LINK = Pattern(rf"^\W*{_LINK}(?:\W*\w+){{0,2}}\W*$")
ASKS_WHAT_ABOUT = Pattern(r"\b(?:what|which|how)\b[^.!?]{4,}\?|\b(?:tell|share|send|let|give) (?:me|us)\b")
IS_TROUBLE = Pattern(
    r"n't\b|\b(?:not|cannot|cant|wont|dont|doesnt|isnt|never|no|keeps?|stuck|down|broken|slow|freez\w+|crash\w*|error|wrong|missing|gone|blank|lagg?\w*|block\w*|lock\w*)\b"
)
