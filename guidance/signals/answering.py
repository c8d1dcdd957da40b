"""The wording by which a reply in a few words gives what was asked, a time, a place or a yes, over folded text: what `briefly` looks for."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of, word_of

A_VERB = Pattern(
    either(
        r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|can|could|will|would|should|shall|may|might|must)(?:n't)?\b",
        r"\w'(?:s|re|ve|ll|d|m) (?:\w+)",
        r"^\W*(?:i|we|you|he|she|it|they|this|that|there|these|those|our|please|let)\b",
    )
)
"""A sentence of its own: it has a verb, or a subject before it."""
BEGINS_A_FRAGMENT = Pattern(
    r"^\W*(?:in|at|on|under|from|until|till|up to|by|to|with|without|for|about|after|before|between|outside|inside|behind|beside|near"
    r"|opposite|any|each|every|only|no|not|just|\d+)\b"
)
"""How a fragment of many words begins: "up to a day before the show"."""
COURTESY = Pattern(
    r"^\W*"
    + one_of(
        r"thank\w*|thx|cheers|sorry|apolog\w+|(?:you're |most |very )?welcome",
        r"hello|hi|hey|good (?:morning|day|afternoon|evening)|bye",
        r"(?:with )?(?:kind|best|warm|many) (?:regards|wishes|thanks)|regards|sincerely|yours (?:truly|sincerely|faithfully)|love from|dear",
        r"one moment|just a (?:moment|second|sec)|bear with|hold on|happy to help|glad to help|hope|(?:great|good|fair) question",
        r"noted|understood|see you|have a|enjoy|all the best|take care|(?:speak|talk) soon|congrat\w*|looking forward|much appreciated",
    )
    + r"\b"
)
"""A courtesy, which answers nothing."""
DURATION = Pattern(
    word_of(
        r"seconds|(?:minute|hour|day|night|week|month|year)s?|mins?|hrs?"
        r"|fortnight|overnight|not long|until|till|lifelong|for (?:ever|good)"
    )
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_MONTH = r"january|february|march|april|june|july|august|september|october|november|december"
_NUMBER = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half"
TIME = Pattern(
    either(
        word_of(
            rf"{_DAY}|{_MONTH}|may \d+|\d+(?: of)? may",
            r"today|tomorrow|tonight|yesterday|noon|midnight|now|soon|immediately|daily|weekly",
            r"straight away|right away|at once|this (?:morning|afternoon|evening|week|month)",
            r"next (?:\w+ )?(?:day|week|month|year)",
            r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|\d{1,2}[:.h]\d\d",
            r"\d{1,2}(?:st|nd|rd|th)|\d{1,2} ?(?:to|-|–) ?\d{1,2}|\d{1,2}[./]\d{1,2}",
            rf"(?:at|from|until|till|by|before|after|between|around|about|since|past|to|in) (?:{_NUMBER})",
            r"once|as soon as|when|whenever|until|till|always|any ?time|every|end of|o'clock|not yet|no date|already",
            r"morning|afternoon|evening|spring|summer|autumn|winter",
            rf"(?:{_NUMBER}|an?|a few) (?:more |working |business )?(?:min|minute|hour|day|week|month|year)s?",
        ),
        rf"^\W*(?:{_NUMBER})\W*$",
    )
)
PLACE = Pattern(
    r"\b(?:in|at|on|under|behind|beside|near|next to|opposite|inside|outside|between|above|below|by|to|through|via|into|past|across"
    r"|around|with) ((?:(?:the|our|your|its|my|a|an) )?[\w'-]+)"
)
NOWHERE = Pattern(
    r"^"
    + one_of(
        rf"{_DAY}|{_MONTH}|{_NUMBER}|may|today|tomorrow|noon|time",
        r"full|fact|case|general|advance|total|stock|order|touch|writing|hand|mind",
        r"least|most|once|all|future|course|about|you|me|us|it|that|this|them|him|her",
        r"an? (?:hour|day|week|month|year|moment|minute|while|few)",
        r"the (?:morning|afternoon|evening|moment|meantime|end|day|week|weekend|same)",
    )
    + "$"
)
"""What is no place, though it stands where one would: "in May", "at once", "to you"."""
A_PLACE = Pattern(
    either(
        r"<link>|https?:|www\.|#url#",
        r"\b(?:here|there|upstairs|downstairs|nowhere|anywhere|everywhere|online|round the corner|ahead|abroad|home)\b",
        r"\b(?:left|right|north|south|east|west) of\b",
        r"\b(?:page|aisle|platform|gate|desk|floor|room|hall|row|shelf|street|road|square) [\w-]+\b",
        r"\b(?:miles?|streets?|doors?|minutes?|metres?|stops?|km) (?:away|from|down|further|up)\b",
    )
)
ITS_WAY = Pattern(
    word_of(
        r"left|sent|gone|shipped|dispatched|posted|delivered|arrived|arrives",
        r"returned|collected|lost|stuck|on (?:its|their|his|her|the) way|out for",
        r"in transit|waiting|held|went out|goes out|not (?:left|sent|shipped)|still (?:at|in|with|here|on)|back (?:at|in|with)",
    )
)
"""Where a thing is that travels."""
SOMEBODY = Pattern(
    either(
        word_of(
            r"mr|mrs|ms|miss|dr|professor|me|myself|ourselves|yourself|either|both",
            r"nobody|no one|any(?:body|one)|every(?:body|one)|some(?:body|one)",
            r"team|department|desk|colleagues?|manager|reception|office|owner",
            r"landlord|driver|engineer|teacher|doctor|nurse|warden|clerk|extension",
            r"(?:that|it|this)(?:'s| is| was| will be| would be) \w+|(?:ask for|by|speak to|call|contact|ring) \w+|\d{5,}",
            r"(?:i|we|you|he|she|they) (?:do|does|did|am|are|is|was|were|will|have|has|can)",
        ),
        r"\b\w+ (?:does|did|will|has|is|was)\W*(?:,|$)",
        r"\b\w+ (?:has|does|brings) (?:them|it|that|this|so)\b|<link>|https?:|\S@\S",
    )
)
"""Somebody who does it, or by whom they are reached."""
STATES = Pattern(
    either(
        r"^\W*(?:the|an?|your|our|my|his|her|their|its|we|i|it|they|he|she|you|this|that|these|those|there|some|somebody|someone|one)\b",
        r"\b(?:is|are|was|were|has|have|had|did|does)(?:n't)?\b",
    )
)
"""How a statement begins, or the verb in it."""
WENT_WRONG = Pattern(
    word_of(
        r"expired|ended|full|broken|broke|blocked|missing|wrong|late|too|not|never",
        r"no longer|without|failed|failing|fell|error|limit|closed|shut|ill|sick",
        r"out of|capped?|holiday|strike|storm|fault|faulty|mistake|twice|lost|locked|empty|damaged|delayed|changed|strict",
        r"(?:is|are|was|were) (?:an?|the|your|our|for|in|on|at|from)",
    )
    + r"|n't\b"
)
"""What may be the reason of anything, said of the very thing that was asked after."""
TO_COME = Pattern(
    r"\b(?:will|'ll|won't|next time|going to|hope|hopefully|soon|shortly|look into|take .{0,20}seriously|feedback|appreciate|understand)\b"
)
"""What is still to come, or only courteous, and no reason for anything."""
STEP = Pattern(
    either(
        r"<link>|https?:|#url#| > | → |->|\w+, \w+, (?:\w+ )?\w+",
        r"(?:^|[.,;:!?\n] ?|\b(?:and|then|please|just|simply|or|first) )"
        + one_of(
            r"go|open|click|tap|press|select|restart|reset|reboot|unplug|turn",
            r"switch|hold|call|ring|log|sign|uninstall|reinstall|delete|update",
            r"clear|download|follow|use|enter|remove|choose|contact|try|visit",
            r"submit|bring|send|push|pull|lift|slide|scroll|swipe|pick|type|drag",
            r"check|tick|untick|fill|write|ask|show|come|put|take|set|add|scan|copy",
            r"paste|hover|expand|print|pay|book|cancel|drop|post|say|tell|text",
            r"reply|start|stop|move|change|edit|close|unlock|lock|mix|cut|wash",
            r"wipe|soak|charge|connect|disconnect|screw|loosen|give|let|keep|apply",
        )
        + r"\b",
        r"\b(?:you (?:can|could|may|need|have|do|just)|you'll|by \w+ing|through the|via|under (?:settings|profile|account|my))\b",
        r"\bin (?:settings|the app)\b",
        r"\b(?:can't|cannot|not possible|no way|automatically|by itself|happens|nothing)\b",
    )
)
"""What somebody is told to do, that they can, or that there is no way."""
SAYS_SO = Pattern(
    either(
        word_of(
            r"yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|right|indeed|definitely|naturally|done|sorted",
            r"you (?:can|could|may|'ll be able)|fine|ok|okay|possible|allowed|permitted|welcome|available|happy to|gladly|with pleasure",
            r"unfortunately|afraid|cannot|not|never|nobody|only|unable|without|neither|none|nothing|sold out",
            r"too (?:late|early|big|small|old|far)|free|included|on top|extra|apart|needed|required|optional|always|both|either",
            r"all of (?:them|it)|as (?:you|requested|asked)",
            r"(?:it|they|there) (?:do|does|did|can|will|is|are|was|were|has|have)",
        ),
        r"^\W*(?:we|i) (?:do|does|did|can|will)\b",
        r"\b(?:we|i|he|she) (?:do|does|did|can|will|is|am|are|was|were|has|have)\W*(?:$|[.,;:!])|n't\b",
    )
)
"""A yes or a no in whatever words: "gladly", "only on Mondays", "they are"."""
IS_SO_NOW = Pattern(
    either(
        r"(?:^|[.!;] )\W*(?:it|she|he|they|you) \w+",
        word_of(r"now|gone|off|yours|ready|in place|from (?:today|now)|as of"),
    )
)
"""What a wish has come to: "it says Stone now", "the fee is gone", "14A is yours"."""
WE_DID = Pattern(r"\b(?:i|we)(?:'ve| have) (?:just |now |already )?\w+(?:ed|[nt])\b")
"""A deed of ours: "I have refunded your order"."""
DELIVERS = Pattern(
    word_of(
        r"on (?:its|the|their) way|in your (?:inbox|mailbox|account)",
        r"in the post|goes|go|comes|come|coming|leaves|leave|arrives?",
        r"attached|enclosed|here (?:it|they|you)|sent|reaches|with you|gets? to you|out today|follows|below",
    )
)
"""How what was asked to be sent is told to be under way."""
IT_IS = Pattern(r"\b(?:it|that|this|they|those|these)(?:'s|'re| is| are| was| were| means?) (?:not )?\w+")
"""What a thing is that was just named."""
