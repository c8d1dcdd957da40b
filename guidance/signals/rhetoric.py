"""What has the form of a question or of a request and is none, over folded text: rhetoric, courtesy, what others were asked.

And wishes that look like these.
"""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of, word_of

COURTESY = Pattern(
    either(
        word_of(r"thank(?:s| you)|thx|cheers|appreciate|grateful for")
        + r"(?: \w+){0,5}? (?:help|helping|support|reply|response|update|advice)\w*",
        r"\b(?:no|not|n't|never|without|of|zero) (?:\w+ )?(?:any )?help\b",
        r"\b(?:yes|no|yep|ok|okay|sure),? (?:please|pls|plz)\b",
        r"\b(?:please|kindly) "
        + one_of(
            r"be advised|note|find|accept|rest assured|excuse|forgive|don't worry|to meet|thank|god|everyone",
            r"ignore|disregard|know|pass",
        )
        + r"\b",
        r"\b(?:please|kindly) do\W*$",
        r"\b(?:please|kindly) see (?:(?:the|my|our|this|these) )?(?:\w+ )?"
        + one_of(
            r"attached|attachments?|enclosed|below|above|screen ?shots?|pictures?|pics?|images?|photos?|links?",
            r"videos?",
        ),
        r"\bhow are you(?: doing)?(?: today)?\b",
        r"\bto know (?:exactly )?where (?:i|we) stand\b",
    )
)
"""Words of thanks and greeting that hold a word of asking."""
WISHED = Pattern(
    either(
        r"\bit(?:'d| would| might| may) (?:really |also )?help (?:me|us)\b",
        r"\bsome(?:one|body)(?: (?:from|at|in|on) \w+ \w+| else| senior| human)? "
        r"(?:(?:should|must|has to|needs to|ought to|please|just|can|could) )?"
        + one_of(r"call|ring|phone|contact|text|message|e-?mail|come|collect|sort|fix|answer|speak to|talk to")
        + r" (?:me|us|this|it|and)\b",
        r"(?:^|[.!?,;:] ?)(?:please|pls|plz|kindly) \w+ (?:it|this|that|them)? ?and \w+",
        r"^\W*(?:who|one of you) (?:can|could|will) \w+",
    )
)
"""A wish in words in which others are often told of: "someone from your team should ring me", "who can fix it"."""
REPORTED = Pattern(
    either(
        r"\b"
        + one_of(
            r"they|he|she|it|nobody|no one|noone|who|one|reps?|agents?|staff|people|team|refus\w+|fail\w+|told|tried",
            r"trying|unable|hoping|prior|n't|not|never|cannot|cant|wont|without",
        )
        + r"(?:'d|'ll)? (?:\w+ ){0,3}?"
        + one_of(r"help|fix|call|contact|email|message|text|ring|phone|answer|refund|dm|sort|get back|come back")
        + r" (?:to )?(?:me|us|it|this|that|out|the)\b",
        r"(?:\b(?:no|not|never|without|got|get|had|see)|n't) (?:\w+ ){0,3}?any (?:help|updates?|news|word|ideas?)\b",
        r"\b"
        + one_of(
            r"no need(?: for you)?|needn't|please (?:don't|do not|dont)",
            r"(?:don't|do not|dont|didn't|won't) (?:need|have|bother)",
        )
        + r" (?:to )?"
        + one_of(r"call|ring|phone|reply|respond|answer|write|contact|e-?mail|text|message|get back|come back|send")
        + r"(?: (?:to |back )?(?:me|us|this|it|that|anything|back))*\b",
        r"\bplease (?:wait|hold on|bear with)\b",
    )
)
"""What somebody else did or did not do in words that would ask for it: "they won't call me", "no one could help me"."""
RHETORICAL = Pattern(
    either(
        r"^\W*(?:[\w']+[ ,]+){0,3}who (?:knew|would(?: have|'ve) (?:thought|guessed|known))\b",
        r"^\W*"
        + one_of(
            r"seriously|really|for real|srsly|you serious",
            r"(?:are|r) (?:you|u|y'all) (?:\S+ )?(?:kidding|serious|joking|having a laugh|for real|people that)",
            r"is (?:this|that|it) (?:a joke|some kind of)|(?:i mean,? )?how (?:hard|difficult) (?:is|can|could)|how difficult",
            r"how (?:dare|is (?:this|that|it) (?:ok|okay|acceptable|legal|even|right|fair))",
            r"what (?:a joke|a surprise|else is new|more can i|is wrong with|the (?:hell|heck|f\w*|actual))",
            r"what(?:'s| is) (?:even )?(?:the point|wrong with you)",
            r"(?:so )?why "
            + one_of(
                r"(?:(?:is|are) (?:\S+ ){1,4}|(?:does|do) (?:it|this|that|these|things|everything|you) (?:\S+ ){0,3})always"
                r"(?:\W*(?:\?|$)| (?:an? |\w{3}))",
                r"bother|am i not surprised|do i (?:even )?bother",
                r"are you (?:so|such|always|lot)|is (?:it|everything|anything)[^?]{0,40} always",
                r"do you (?:always|keep|hate)",
            ),
            r"who (?:does (?:that|this|such|these)|even does|cares|knew|would have|needs|do you think you are|on earth)"
            r"|what kind of|what sort of",
            r"(?:have|has|did) (?:these|those|you|they|any of \w+) (?:people |lot |guys )?(?:actually |even )?ever",
            r"what(?:'s| is) the world coming",
            r"(?:do|don't) you (?:even |all |guys |people |actually )*(?:care|realize|realise)",
            r"do you (?:people|lot) (?:\w+ )?(?:even|ever|not|think|know|read|listen|understand|enjoy|want|train|test|talk|call|treat|work|see)",
            r"do you (?:all|guys) (?:even|never|not|just|hate|enjoy|listen|(?:ever |actually )?(?:read|think|test|talk to))",
            r"(?:do|don't) you (?:even |all |guys |people |actually )+think",
            r"do you think (?:i'm|i am|we're|we are|this is|that's|that is|it's|it is|you can|you're|you are) [^?]{0,24}\b"
            + one_of(
                r"stupid|dumb|idiots?|fools?|joke|funny|acceptable|ok|okay|fair|normal|right|made of|rich|enough|better"
            ),
            r"don't you (?:think|care)|isn't it|can you (?:believe|imagine)",
            r"could (?:this|it|you|they) (?:be|get) any|remember when|see the (?:issue|problem)|guess (?:what|who)",
            r"(?:huh|eh|lol|(?:ha)+h?)\b",
        )
        + r"\W*(?:\?|$|[^?]*\?)",
        r"\bwhy (?:are|r) (?:you|u) (?:guys |all )?(?:so|such|the worst)\b",
        r"\bwhy (?:is|are) (?:\S+ ){1,4}(?:so|such an?) (?:\w+ly )?"
        + one_of(
            r"bad|terrible|awful|horrible|useless|hopeless|rubbish|shit\w*|crap\w*|trash|garbage|pathetic|incompetent",
            r"stupid|dumb|clueless|rude|lazy|mess|joke|disaster|nightmare",
        )
        + r"\b",
        r"\bwho (?:design|ma[dk]e|buil[dt]|wr[io]te|plan|program|approve|come up with|came up with)\w* (?:this|that|these|such) (?:\w+ )?"
        + one_of(r"rubbish|crap|shit|mess|nonsense|joke|disaster|garbage|trash|monstrosity")
        + r"\b",
        r"^\W*(?:\w+,? )?do you even (?:read|listen|check|look|test|care|know|think|try|train|want)\b",
        r"^\W*(?:and |so )?you (?:people )?(?:really )?call (?:this|that|it|yoursel\w+)\b[^?]*\?",
        r"\b(?:are|r) (?:you|u|ye) (?:lot |all |guys |people |actually |really |just )*"
        r"(?:thick|stupid|dumb|deaf|blind|insane|asleep|high|drunk|for real|too busy|incapable)\b",
        r"\bwhen will (?:you|they) (?:people |guys |lot |ever |finally )*learn\W*(?:[?!]|$)",
        r"\bis (?:it|that|this) (?:really )?too much to ask\b",
        r"^\W*(?:so )?why (?:is|are|do|does) (?:\S+ ){1,4}(?:always|constantly|forever) \w+(?: #\w+)+\W*$",
        r"^\W*(?:so |and )?(?:do|don't|did) (?:you|u) (?:even |all |guys |people |actually |not )*"
        + one_of(r"reali[sz]e|understand|care")
        + r" (?:that|how|by|what)\b[^?]*!+$",
        r"\bwhat could (?:possibly )?go wrong\W*$|\bwhat could possibly go wrong\b|\bwhat(?:'s| is) even the point\b",
        r"\bisn't (?:it|that) \w+\W*$",
        r"\bwho (?:design|ma[dk]e|buil[dt]|wr[io]te|train|pack|test|sew|draw|plan|program|code|hire)\w* [^?]{1,40}, (?:an? |your )?\w+\?+$",
        r"\bwho(?:'d| would) (?:ever |even |want to )?(?:keep|have|be|think|believe|do|live|run|buy|own|raise)\b[^?]*\?|\b(?:eh|innit)\?+\W*$",
        r"^\W*(?:and |oh,? )*did i (?:mention|forget to)\b",
        r"\bi wonder\W*$",
        r"^\W*(?:right|ok|okay|hello|hi|hey|anyone|anybody there|any one there)\W*(?:\?|$)",
        r"^\W*$",
    )
)
"""What has the form of a question and wants no answer."""
TAGGED = Pattern(r"^\W*(?:so )?(?:[a-z']+ ){0,3}(?:then|again|huh|eh|ya|yeah|right)\?+$")
"""A remark with a question for its last word: "late again?". A question that begins as one is none of these: "is that right?"."""
ONE_WORD = Pattern(r"^\W*(?:really|seriously|right|ok|okay|hello|hi|hey|anyone|anybody|wow|huh|eh|lol)\W*$")
"""A question of one word, which only marvels or greets."""
