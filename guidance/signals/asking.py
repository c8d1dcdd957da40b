"""The wording by which questions and requests are known, over folded text: what `questions` looks for."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of, word_of

OPENS = Pattern(
    either(
        one_of(
            r"^\W*(?:\S+ ){0,4}?|[,;:(-] ?",
            r"\b(?:and|but|so|or|then|know|idea|me|about|sure|confirm|check|question|update|that) ",
        )
        + r"(?:how|what|whats|wat|when|whens|where|wheres|why|y|who|whos|which|whose|whom|any\w*)\b",
        r"\b"
        + one_of(
            r"is|are|r|was|were|do|does|did|can|could|cud|will|would|wud|should|shall|may|might|has|have|had|am",
            r"isn't|aren't|wasn't|weren't|don't|doesn't|didn't|can't|couldn't|won't|wouldn't|shouldn't|haven't",
            r"hasn't|ain't",
        )
        + r" (?:not )?"
        + one_of(
            r"i|you|u|ya|y'all|we|he|she|it|they|this|that|these|those|there|the|my|your|ur|our|his|her|their|its|a",
            r"an|some|someone|somebody|anyone|anybody|everyone|all|both|one|each",
        )
        + r"\b",
        r"^\W*(?:is|are|r|do|does|did|can|could|will|would|should|shall|may|am|u|possible|too|ok|okay)\b",
        r"\b"
        + one_of(
            r"why|right|correct|ok|okay|please|pls|plz|possible|allowed|ideas|suggestions|options|advice|news|eta",
            r"chance",
        )
        + r"\W*$",
    )
)
"""How a question begins or ends; a statement with a question mark behind it does neither."""
PLAIN = Pattern(
    r"^\W*(?:(?:and|also|so|but|then),? )*"
    + one_of(
        r"how (?:much|long|soon|many)(?: more| longer| extra)? (?:is|are|does|do|will|would|can|should|days|time) \w+",
        r"is there (?:(?:a|an|any) )?\w+|what time \w+ \w+|when (?:is|are|will|does|do|can) \w+ \w+",
        r"do you \w+ \w+ \w+|do(?:es)? (?:the|it|that|they) \w+ \w+|(?:can|could|may) (?:i|we|my) \w+ \w+",
        r"what (?:(?:\w+ ){0,2}(?:is|are|does|do|fits?|would|can|should)|time|size|\w+ (?:the|i|we|you|my|our)) \w+",
        r"whether \w+ \w+|(?:who|which) \w+ \w+|how (?:much|long|soon|many|often|far) (?:the|my|our|your|a) \w+",
        r"do i (?:still )?(?:need|have) \w+ \w+|(?:from|until|till|by) (?:when|what|which) \w+|\d\) ?\w+ \w+",
        r"(?:please |kindly )?(?:tell|let|advise|confirm) (?:me |us )?(?:know )?"
        + one_of(r"whether|if|(?:by |from |until |till |in |at |for |to )?(?:how|what|when|where|who|which)")
        + r" \w+",
    )
)
"""A question that stands by itself, whatever mark is behind it: `how much is it`, `do I need a code`."""
WANTS_TO_KNOW = Pattern(
    either(
        r"\b(?:like|want|need|love|glad|grateful|good|keen|curious) to (?:know|hear)\b",
        r"\b(?:let me know|tell me|advise me) (?:by |from |until |till |in |at |for |to )?(?:if|when|whether|what|how|why|where|who|which)\b",
        r"\b(?:can't|cannot|couldn't|could not) (?:find out|work out|figure out|find|tell|see)(?: anywhere| online| anyone)? "
        r"(?:if|whether|when|how|what|where|who|which)\b",
        r"\b(?:please|kindly) (?:also |then |just )?(?:explain|confirm|advise|clarify)\b",
        r"\bwondering (?:if|whether|when|how)\b",
    )
)
"""A wish to be told something."""
_SAYS_PLEASE = either(
    r"\b(?:can|could|would|will|cud|wud) (?:you|u|ya|someone|somebody|anyone|i|we|it|this)\b",
    r"\b(?:please|pls|plz|kindly)\b[ ,:]*(?:(?:just|also|do|don't|do not|now|someone|somebody|sir|team|could|can) )*"
    + one_of(
        r"help|send|tell|advise|confirm|let|check|fix|cancel|refund|call|explain|reply|respond|sort|update|do",
        r"look|provide|give|get|add|remove|change|make|contact|respond|resolve|stop|arrange|return|assist",
        r"escalate|clarify|bring|ship|deliver|dm|see|share|show|point|allow|enable|delete|close|move|take|ask",
        r"bring back|block|chat|credit|follow|forward|honou?r|improve|investigate|keep|leave|offer|open|pay|put",
        r"reach|reactivate|activate|register|release|replace|report|reset|restore|review|solve|speak|switch|talk",
        r"teach|transfer|turn|unblock|unlock|work|write|use|wait|continue|deactivate|educate|guide|inform",
        r"intimate|revert|rethink|reconsider|process|verify|try|start|not",
    )
    + r"\b",
    r"(?:^|[.!?,;:] ?|\b(?:and|so|but|or|then) )(?:please|pls|plz|kindly) (?:just |also |now |then |at least )?[a-z]{3,}\b",
    r"\b\w+ (?:\w+ ){1,6}(?:please|pls|plz)\W*$",
)
"""`could you`, `please send`, `... please`."""
_CALLS_FOR_HELP = either(
    word_of(
        r"help (?:me|us|him|her|them|please|pls|plz|asap|needed|required|with|out|on this)",
        r"(?:please|pls|plz|need|needs|needing|some|any|want|get|your) help",
    ),
    r"^\W*h[e]+lp\W*$",
    r"[.!?,;] h[e]+lp\W*$",
    r"\bh[e]+lp ?(?:!|\?)",
    word_of(
        r"fix (?:it|this|that|your|the)|sort (?:it|this) out",
        r"any (?:help|ideas?|updates?|news|chance|eta|suggestions?|advice|word|luck)|pls help|plz help|refund me",
        r"call me|answer me|dm me",
    ),
)
"""`help!`, `any ideas`, `fix this`."""
_WAITS_FOR_US = either(
    r"\b(?:would|could|will|'d|wld) be (?:\w+ )?"
    + one_of(
        r"great|brilliant|good|nice|appreciated|helpful|lovely|awesome|amazing|fab|fantastic|grateful|ideal",
        r"super|cool|wonderful",
    )
    + r" if\b",
    r"\bif (?:you|u|someone|somebody) (?:can|could|would|cud)\b",
    r"\b(?:await(?:ing)?|waiting for) your (?:reply|response|answer|feedback|call|advice)\b",
    r"\b(?:get|come) back to me\b",
    r"\b(?:contact|ring|phone|email|message|text|dm) me\b",
    r"\breach out to me\b",
    r"\b(?:hope|hoping|look(?:ing)?|keen|waiting|wait) (?:forward )?(?:to|for) "
    + one_of(r"hear|hearing|a (?:reply|response)|your (?:reply|response|answer)")
    + r"\b",
)
"""`it would be great if`, `get back to me`."""
_ANNOUNCES_IT = either(
    r"\bhave a (?:quick )?(?:question|query|request)\b",
    r"\b(?:doubts?|queries|questions|points|things)\b[^.!?\n]{0,40}: ",
    r"\b(?:quick )?question[:,]",
    r"\b(?:puzzled|curious) (?:that|why|how|if|whether|as to|about)\b",
)
"""`I have a question`, `two points:`, `curious why`."""
_WANTS_OF_US = either(
    r"\b(?:are|r) (?:you|u|ya|they) "
    + one_of(r"guys |all |people |ever |still |even |actually ")
    + r"*(?:going to|gonna|able to|planning)\b",
    r"\b(?:i|we|id|i'd|we'd) (?:really |just |also |do )*(?:need|want|would like|like|require|wish) "
    + one_of(
        r"to (?:know|speak|talk|cancel|change|get|have|return|add|transfer|read|find|see|use|update|book|move|ask)",
        r"a|an|my|the|some|someone|somebody|you|help",
    )
    + r"\b",
    r"\bplease,? (?:can|could|would|will|may) \w+",
    r"\b(?:can|could|will|would) (?:an?|one|the|your|any) (?:[\w-]+ ){1,4}"
    + one_of(r"please|call|ring|reply|contact|look|check|come|help|explain|tell|send|get")
    + r"\b",
    r"\bif you (?:can|could) (?:please |just |kindly )?"
    + one_of(r"help|send|tell|reply|check|fix|call|let|look|give|arrange|confirm|explain|respond|sort")
    + r"\b",
    r"\bwhy (?:the|such|so|this|no|not)\b",
    r"\b(?:you|u|ya) (?:guys |people |really |all )*(?:should|must|need to|have to|ought to|had better|better|gotta) (?:\w+ )?"
    + one_of(
        r"look (?:into|at)|check|investigate|fix|sort|refund|replace|send|resend|call|answer|reply|respond|explain",
        r"help|cancel|credit|correct|remove|update|tell|give|do something",
    )
    + r"\b",
    r"\b(?:requesting|request) (?:you|your (?:team|office)) to\b",
    r"\b(?:i|we)(?:'d| would) (?:really |much |greatly )?appreciate (?:an?|it if|your (?:help|advice|reply))\b",
    r"\b(?:was|were|am|'m|'re) (?:just )?hoping "
    + one_of(
        r"to (?:find|get|know|ask|speak|hear|book|change|have)",
        r"(?:you|someone|somebody) (?:can|could|might|would)",
    )
    + r"\b",
    r"^\W*(?:(?:hi|hey|hello|pls|please)\W+)*(?:do you |would you |d'you )?mind \w+ing\b",
    r"\b(?:i'm|im|i am|we're|we are) (?:after|looking for|in need of|hoping for) (?:an?|some|the|my|your)\b",
    r"(?:^|[,;:.] )(?:still |really |also |just )?need (?:an?|the|my|our|this|that|it|some|more|one|two) \w+",
    r"\b(?:would|should|'d) be (?:very |most |so |much |really )?(?:grateful|glad|thankful|obliged) (?:for|of|if)\b",
    r"(?:^|[,;:.!] )do something\b",
)
"""`are you going to`, `I need a`, `can the manager call`."""
_ORDERS = (
    r"^\W*(?:(?:and|so|then|now|just|also) )*"
    + one_of(
        r"send|tell|refund|explain|answer|reply|respond|check|confirm|show|return|give (?:me|us|the|it|my|back)",
        r"credit|reactivate|look into|fix (?:it|this|that|your|my|the)|put (?:me|it|us)",
        r"get (?:me|someone|somebody)|bring back|remove|replace|drop|add|list|book|change|cancel|move|swap|call|ring",
        r"text|message|put|connect|transfer|forward|update|reset|unlock|arrange|resend|correct|release|let|pass",
        r"reinstate|issue|raise|escalate|reverse|waive|extend|find|share|take|help|give|get|make|provide|sort|fix",
    )
    + r" (?:me|us|my|your|the|it|this|that|them|to|back|someone|somebody|out|into|our|whether|if|when|how|what|why)\b"
)
"""`send me`, `fix my`, where nothing stands before it."""
_WONDERS = word_of(
    r"let me know|advise|wondering (?:if|how|when|what|whether)|would love to know|like to know",
    r"(?:glad|grateful|good|keen|curious) to (?:know|hear) (?:if|whether|when|how|what|where|who|which|why)",
    r"(?:can't|cannot|couldn't|could not) (?:find out|work out|figure out)(?: anywhere)? (?:if|whether|when|how|what|where|which)",
    r"don't know (?:how|what|where) (?:to|else|can|is|are|it is|it's|that is|my|the|i (?:can|could|should|need|am|go|have))",
    r"not sure (?:how|what|where|if)|looking for",
    r"(?:i|we)(?:'ve| have)(?: got)? (?:absolutely )?(?:no|not a) (?:clue|idea) (?:if|what|why|where|how|whether|which)",
    r"(?:trying|tried) to (?:work out|find out|figure out|understand)[^,.!?]{0,20} (?:if|whether|when|how|what|where|which|why)",
    r"(?:wondered|curious) (?:if|whether|when|how|what|where|which|why)",
    r"need (?:help|a refund|my|to know|someone)",
)
"""`let me know`, `not sure how`."""
_BEGINS_ONE = (
    r"^\W*(?:(?:and|also|so|but|plus) )*"
    + one_of(
        r"how (?:do|can|to|much|many|long)|where (?:is|are|do|can|s)|where's|when (?:is|will|are|do|does|can)",
        r"what (?:is|are|time|do|does|should|can|have you got)|what's|which|who (?:do|can|is)|is there|are there",
        r"(?:how|when|who)'s|(?:what|who)'ve|(?:how|where|what|who|when)(?:'d|'ll) (?:i|we|you)",
        r"do you (?:have|know|sell|offer)|does (?:the|it|this|anyone)",
        r"why (?:is|are|can't|won't|does|do|did|has|have|isn't|doesn't|would)",
        r"if (?:i|we|my|the|it|he|she|they) [^?,]{2,60}?,? (?:how (?:much|long|many|do)|what (?:is|are|do|happens)|where (?:is|do)"
        r"|when (?:is|do|will)|can (?:i|we)|will (?:i|it|you)|do (?:i|we|you))",
        r"(?:does|will|can|could|should|is|are|would|has) "
        + one_of(r"i|we|they|it|he|she|there|this|that|somebody|someone|anyone|anybody|(?:the|my|our) \S+")
        + r" \w+",
        r"(?:do|have|am|did) (?:i|we|they|you) \w+",
        r"(?:is|are) \w+ (?:allowed|possible|ok|okay|free|included|available|open|welcome|accepted|needed|permitted)",
    )
    + r"\b"
)
"""`how do`, `is there`, where nothing stands before it; no question mark needed."""
ANNOUNCED = Pattern(
    r"^\W*(?:(?:hi|hello|hey|good \w+)\W+)*(?:please,? )?(?:i|we) (?:just |also |really )?(?:want|wanted|would like|'d like|have|had|need)"
    r"(?: to (?:ask|know|check|clarify|raise|put)(?: you| about)?)? "
    r"(?:an?|one|a quick|another|a few|a couple of|two|three|four|some|several|\d) "
    r"(?:\w+ )?(?:things?|questions?|queries|doubts|points|matters)(?: please| for you| to ask)?\W*$"
)
"""A sentence that says that questions follow, and is none itself."""
ADDRESSES = Pattern(r"^\W*(?:(?:@\w+|hi|hiya|hey|hello|dear \w+|sir|madam|um+|good \w+)\W+)+")
"""To whom a sentence is said, before it begins."""
INVERTED = Pattern(
    r"^\W*(?:(?:and|so|but) )?(?:what|which|who|whose|how|where|when|is|are|was|should|shall|can|could|will|do|does|did|may)\b \S+ \S+"
)
"""The first word of a question, with two more behind it."""
BEGINS = Pattern(_BEGINS_ONE)
"""The same for who looks at one sentence."""
TURNS_TO_US = Pattern(
    r"(?:^|, )\W*(?:(?:and|also|so|but|or|oh|plus),? )*"
    r"(?:could|can|would|will|do|does|is|are|may|should|shall) (?:you|u|ye|your|i|we|it|they|the|my|our|there|that|this) \w+ \w+ \w+"
)
"""A question by the order of its words, in a message that has no mark for it: "and could you put the guards on"."""
_TURNS_ROUND = either(
    r"(?:^|[,;:.-] |\b(?:and|so|but|or|also|hi|hey|hello) )"
    + one_of(
        r"(?:where|what|when|how)(?:'s|s|'re| is| are| r| do| does| did| can| could| should| shall| will| would| have| has)",
        r"(?:who|which) (?:do|does|did|can|could|should|shall|will|would)",
    )
    + r" (?:i|we|you|u|they|it|the|my|our|your|ur|there|this|that|he|she)\b",
    r"(?:^|[,;:.-] )(?:where|what|when|how) (?:do|does|did|can|will) (?:an?|\d+) \w+",
    r"(?:^|[,;:.-] |\b(?:and|so|but|or) )(?:what (?:happens |happened )?(?:now|then|next)|what happened|is that (?:right|so|all right|ok))\W*$",
    r"[,;:.-] (?:why|how come|which one|how so)\W*$",
    r"(?:^|[,;:.-] |\b(?:and|so|but|or) )"
    + one_of(
        r"(?:what|which|where|when|why|how) (?:the \w+|on earth|exactly|else)|(?:what|which) \w+",
        r"how (?:long|much|many|often|far|soon|big)(?: \w+)?",
    )
    + r" (?:am|are|is|do|does|did|can|could|should|will|would|have) (?:i|we|you|u|it|they|the|my|our|your|this|that|there)\b",
    r"^\W*does (?:an?|the|my|your|\w{3,}s|\w+'s|any|every|each) \w+ \w+|^\W*do (?:\w{3,}s|people|all|both|any|these|those|the) \w+ \w+",
    r"^\W*can (?:an?|the|my|any|all|two|three|people|\w{3,}s) \w+ \w+",
    r"(?:^|[,;:] )(?:(?:and|but|or|also|hi|hey|hello),? )?"
    + one_of(
        r"(?:do|does|is|are|r|can|could|will|would|should|shall) "
        r"(?:you|u|ye|i|we|it|they|there|the|my|our|your|ur|that|this|he|she|someone|anyone|any)",
        r"(?:have|has|did) (?:you|u|ye|they|he|she|somebody|someone|anybody|anyone)|(?:have|did) (?:i|we)|has (?:it|the|my|our)",
        r"may (?:i|we)",
    )
    + r" \w+",
    r"\b(?:and|but|or) (?:do|does|is|are|can|could|will|would|should|shall) (?:you|u|ye|i|we|it|they|there) \w+",
)
"""`what do I owe`, `do you sell them`, by the order of its words, behind a comma or an "and", too."""
REQUEST = Pattern(
    either(
        _TURNS_ROUND,
        _SAYS_PLEASE,
        _CALLS_FOR_HELP,
        _WAITS_FOR_US,
        _ANNOUNCES_IT,
        _WANTS_OF_US,
        _ORDERS,
        _WONDERS,
        _BEGINS_ONE,
    )
)
"""By what a request is known, with or without a question mark."""
TROUBLE = Pattern(
    either(
        r"\b"
        + one_of(
            r"can't|cannot|can not|cant|couldn't|unable to|won't|wont|doesn't|does not|doesnt|don't|didn't|isn't",
            r"aren't|not|never|no longer|stopped|keeps?|hasn't|haven't|still no|no",
        )
        + r" (?:\w+ ){0,3}?"
        + one_of(
            r"work\w*|log|load\w*|open\w*|get|find|access|sign|see|connect\w*|play\w*|show\w*|let|allow\w*|receiv\w*",
            r"arriv\w*|deliver\w*|update\w*|appear\w*|respond\w*|crash\w*|freez\w*|buffer\w*|reset|use|book|pay",
            r"charg\w*|download\w*|sync\w*|print\w*|remember|service|signal|internet|sound|picture",
        )
        + r"\b",
        word_of(
            r"error|locked out|missing|disappeared|broken|faulty|damaged|hacked|puzzled|lost my|forgot(?:ten)? my",
            r"charged (?:me )?(?:twice|two|for)",
        ),
    )
)
"""Trouble that is told without a word of asking."""
