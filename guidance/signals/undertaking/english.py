"""What commits in English, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from guidance.signals.undertaking.wording import Wording
from guidance.text.patterns import Pattern, either, one_of, word_of

_DOING = one_of(
    r"coming|arriving|shipping|sending|delivering|calling|ringing|phoning|bringing|visiting|returning|refunding|crediting|posting",
    r"collecting|picking|fitting|fixing|installing|repairing|replacing|booking|rebooking|meeting|starting|testing|reviewing|emailing",
    r"mailing|texting|giving|getting|having|doing|dropping|handing|releasing|publishing|rolling|restoring|migrating|switching",
    r"transferring|paying|processing|adding|putting|taking|holding|keeping|saving|reserving|printing|baking|painting|swapping",
    r"signing|asking (?:the|our|for)|couriering|turning|upgrading|landing|travelling|joining|speaking to|"
    r"talking to|following|chasing|going|reaching|driving|setting|running|sorting",
    r"clearing|cleaning|unlocking|opening (?:your|it)|leaving (?:us|our|the (?:warehouse|depot|workshop|factory))",
    r"moving (?:you|your|it)",
    r"leaving (?:today|tonight|tomorrow|on|at)|seeing (?:you|to)|being (?:built|made|fixed|sent|delivered|"
    r"packed|printed|collected|moved|reset|replaced)|rewriting|redoing|walking",
    r"ordering|making|submitting|filing|raising|issuing|handling|dispatching|flying out to you|closing (?:your|the) case|"
    r"working (?:on|"
    r"through) (?:your|it|this|that|the)|looking at (?:it|this|that)|waiving|extending|presenting|training|cutting|reopening",
)
"""What somebody does for them, or what moves towards them; not every "is …ing" is such a thing."""

_COSTS = one_of(
    r"bills?|tab|coffees?|teas?|drinks?|rounds?|meals?|lunch|dinner|breakfast|brunch|desserts?|cakes?|pizzas?|orders?|postage|shipping",
    r"delivery|returns?|repairs?|replacements?|parts?|labou?r|costs?|fees?|charges?|taxis?|cab|rides?|fares?|nights?|rooms?|stay",
    r"upgrades?|refills?|tickets?|parking|cleaning|installation|visits?|call-outs?|months?|weeks?|sessions?|lessons?|copies|copy|excess",
    r"(?:the|your) next (?:one|box)|courier|fix|recall|glass|pane|phone call|rest|difference|damage|shortfall|deposit|fine|penalty",
)
"""What costs something: that it is "on us" pays it, where a mistake or a wait that is "on us" only owns up to it."""

ENGLISH = Wording(
    acts=Pattern(
        either(
            word_of(
                r"(?:will|shall|gonna|going to) (?:be (?:with|at|in|on|back|round|out|there|ready|done|fixed|sorted|"
                r"sent|live|up|paid|off|brought|delivered|mailed|e-mailed)|\w+)",
                r"goes|comes|leaves|lands|arrives|ships|reaches|gets|brings|calls|rings|phones|visits|returns|hands|drops|"
                r"delivers|sends|writes|emails|texts|fits|fixes|installs|collects|picks|puts|takes|hits|shows|submits|"
                r"hears?|turns up",
                r"go(?:es)? (?:back|out|to)|come (?:to|round|by|out|and|over|back)|ring|phone|bring|refund|credit|post|ship|call you|"
                r"call back|send you|drop|get|have (?:it|your|them|that|this|the|an?|my)|look for|expect|give (?:me|us)|"
                r"starts? with (?:you|your)",
            ),
            r"'ll \w+",
            r"\b(?:is|are|am|'s|'re|'m)\b"
            + one_of(
                r" (?:now |also |just |\w+ly |both |all )*" + _DOING + r"\b",
                r" (?:\w+ ){0,2}"
                + one_of(
                    r"back|with you|at (?:your|yours)|in your|on (?:its|their|his|her|the) way|booked|reserved|scheduled|"
                    r"planned|ready|"
                    r"fixed|sorted|done",
                    r"due to you|delivered|yours|off to|live|frozen|down for",
                )
                + r"\b",
            ),
        )
    ),
    blocks=Pattern(
        either(
            r"\?|\bwould\b|'d\b|n't\b",
            r"\b(?:you're|you are) (?:now |also |just |still )*(?:leaving|flying|travelling|moving|working|going|coming|"
            r"arriving|paying|"
            r"starting|returning|sending|taking|driving|picking|collecting|running|doing|making|putting|holding|keeping)\b",
            word_of(
                r"if|unless|whether|provided|in case|as long as|assuming|subject to|depending|otherwise|either|until|till",
                r"(?:once|when|after|as soon as|before) (?:you|your (?:\w+ )?(?:bank|payment|reply|photos?))",
                r"could|might|may|can|cannot|perhaps|maybe|probably|possibly|should (?:you|the|it|i|we)|shall i",
                r"usually|normally|typically|generally|always|often|mostly|automatically|every|each|per",
                r"what (?:gets|drives|keeps|makes|brings) us",
                r"not|never|no longer|no way|unfortunately|afraid|unable|appreciate|thanks?|thank you|thrilled|understand|"
                r"pleased|welcome|congratulations|please|need (?:your|you|it|to)|see you|how nice|able to|let (?:me|"
                r"us) know|reply|once (?:i|we) (?:have|get|know)",
                r"(?:i'm|we're|she's|he's|they're|i am|we are|(?:she|he) is|they are|be) (?:\w+ )?(?:away|abroad|"
                r"on (?:\w+ )?(?:holidays?|vacation|leave|a course|a trip)|out of (?:the )?office|in (?:a )?(?:meetings?|training))",
                r"(?:sale|offer|promotion|exhibition|festival|course|season|term|event|workshop|market|tour) (?:\w+ )?"
                r"(?:start|begin|run|open|finish)\w*|(?:bin|refuse|rubbish|garbage|recycling) (?:lorry|truck|men|van|collection)\w*",
                r"hiring|being (?:taken|charged|debited|billed)|(?:showing|marked|listed|shown) as|looking at your|"
                r"gets? (?:dark|cold|busy|light|late)|getting an update",
                r"(?:train|flight|bus|coach|ferry|plane|tram)s? (?:\w+ ){0,4}?(?:leaves?|departs?|arrives?|goes|is|lands?|"
                r"gets?|boards?|comes?|runs?|stops?)|(?:concert|show|match|game|film) (?:\w+ )?(?:starts?|begins?)",
                r"receiving|experiencing|facing|(?:has|have|'ve) (?:\w+ly )?\w+ed|have kept|(?:i|we) see|here to help|"
                r"on file|takes? (?:up to|an?|one|two|three|four|five|ten|\d+)|take off|have a (?:good|great|lovely|nice)|"
                r"used|away until",
                r"hope|hopefully|hoping|fingers crossed|looking forward|look forward|wish|enjoy|happy to|glad to|good luck",
                r"all the best",
                r"was|were|had|did|been|got|called|went|came|yesterday|ago|last (?:week|month|year|night|time)",
                r"(?:have|i've|we've|they've|you've) (?:already |just |now |also )*(?:\w+ed|sent|put|made|paid|told|gone|"
                r"got|given|found|left|taken|seen|written)",
                r"said|says|tells|told|wrote|writes|claims|according to|looks like|seems|apparently|announced|reported|suggests?",
                one_of(r"you(?:'ll| will|'re)? (?:\w+ )?", r"you ")
                + one_of(
                    r"need|have (?:to|until|till)|must|should|can|may|be (?:charged|billed|asked|able)|pay|send|bring",
                    r"return|asked|wrote|ordered|bought|paid|booked|chose|signed|leave",
                ),
                r"you(?:'ll| will) (?:\w+ly |then |just )?(?:call|ring|phone|drop|collect|post|email|write|sign|speak|talk|"
                r"check|try|take|tell|fill|fly|love|enjoy)",
                r"(?:nobody|no ?one|none of us)(?:'s|'ll| will| can| could| is| knows?| here)|doubt\w*|unlikely|no chance",
                r"who (?:told|said)|await\w*|waiting for|hate to|love to say",
                r"(?:will|'ll|going to) (?:stop|cease|expire|lapse|love|adore|enjoy|like|rain|snow|melt|dry|heal|have (?:been|"
                r"set|dried|healed|cooled|hardened|cured|settled|gone))",
                r"(?:mr|mrs|ms|miss|dr|he|she)\b[^,;:]*(?: is| are|'s| be) (?:back|away|out|in)(?: again)? (?:on|in|from|"
                r"until|till|tomorrow|next)",
                r"renews?|expires?|ends?|ended|runs out|valid|deadline|is due (?:to|on|by)|free trial|opens?|open until|"
                r"is open|are open|closes|closed|shut",
                r"warranty|guarantee|opening hours|exam|check-in|notice period|minimum|maximum|policy|terms",
            ),
            r"^\W*(?:please |kindly |just |so )*(?:send|bring|return|pay|tap|click|choose|pick|select|make sure|"
            r"remember|upload|fill|submit|reply|ring|call|email|check|try|allow|use|keep|take|have the)\b",
        )
    ),
    does=Pattern(
        either(
            r"\b(?:i'm|i am|we're|we are|our (?:\w+ ){1,2}(?:is|are)|somebody's|someone's|our \w+'s|the (?:team|lab|"
            r"driver|engineer|workshop|warehouse|kitchen|office|manager|techs?|crew)'s) (?:\w+ly |also |now |just |"
            r"personally )?"
            + one_of(
                r"covering|adding|sending|refunding|replacing|removing|filling|redoing|doing (?:you|it)|keeping|crediting",
                r"waiving|paying",
                r"ordering|shipping|posting|giving (?:you|your)|returning|reversing|upgrading|extending|swapping|"
                r"throwing in|restoring|cleaning",
                r"making you|holding|having (?:an? |the |your |\w+ ){1,4}\w+|seeing (?:this|it|that) (?:through|out)|"
                r"letting you (?:keep|"
                r"have)|taking (?:it|that|this) off",
                r"knocking|arranging|booking|rebooking|moving you|putting (?:you|it|a|your)|getting (?:it|that|this|you|"
                r"your|a)|sorting|dropping (?:it|one|a|you)",
            )
            + r"\b[^.!?]*\b(?:you|your|u|ur|yours)\b",
            r"(?:^|[^u]) (?:is|are|is all|are all) (?:coming|heading|going) (?:back to you|your way|to you|"
            r"out to you)\b|\b(?:on its|on their|on the) way (?:to you|back to you)\b",
            r"\b(?:is|are) being (?:sent|e-?mailed|posted|refunded|credited|shipped|delivered|couriered|returned|transferred|"
            r"wired|paid)\b",
            r"\byou(?:'re| are) getting [^.!?]*\b(?:back|from us|on us|free)\b|"
            r"\byour (?:\w+ ){1,3}gets? (?:\w+ ){0,3}(?:from us|reversed|replaced|refunded|fixed|redone|back)\b",
        )
    ),
    courtesies=Pattern(
        r"\b(?:looking into|working on|checking|trying|getting (?:this|the same) (?:error|message)|"
        r"keeping you waiting|having (?:trouble|issues|problems))\b|\bwhile we|as we speak\b.*\?"
    ),
    outright=Pattern(
        either(
            r"\b(?:i'm|i am|we're|we are|i will|i'll) not (?:closing|stopping|leaving|going|touching|letting|resting|"
            r"giving up|signing off)\b[^.!?]*\b(?:until|till|before|out of pocket)\b|\bwe won't (?:let|leave) (?:your?|"
            r"this|it)\b",
            r"\b(?:leave|hand) (?:\w+ ){1,5}(?:with|to) (?:me|us)\b|\b(?:this|it|that) (?:now )?(?:sits|stays|"
            r"is) with me (?:and|from|until|now)\b|\bi(?:'m| am) (?:owning (?:this|it)|seeing (?:this|it) (?:through|"
            r"to the end))\b|\bi'll own (?:this|"
            r"it)\b",
            r"\bconsider (?:it|that|this|the|your) (?:[\w-]+ ){0,4}(?:done|gone|sorted|fixed|cancelled|dealt with|on us|"
            r"on me)\b|\bwe(?:'re| are) the ones (?:\w+ing)\b",
        )
    ),
    standing=Pattern(
        either(
            rf"\b{_COSTS}(?: \w+){{0,3}}?(?:'s|'re| (?:is|are|goes?|comes?|will be|shall be))"
            r" (?:all |both |now |also |entirely )?(?:on|to) (?:us|me)\b",
            r"\b(?:ours to (?:bear|pay|cover)|for us to pay|on (?:our tab|the house|our dime))\b",
            r"\byou (?:won't|will not) (?:\w+ )?(?:pay|owe|see a (?:bill|charge)|be (?:out of pocket|"
            r"charged|billed)|lose (?:a|any|your))\b|\byou(?:'ll| will) not (?:pay|owe|be charged|be billed|lose|"
            r"be the last)\b",
            r"\bnothing (?:further|more|else|extra) will be\b|\b(?:nobody|no one)(?:'s| is) (?:going to|"
            r"gonna) (?:\w+ ){0,3}(?:your|you)\b",
        )
    ),
    condition=Pattern(
        r"\?|\b(?:if|unless|provided|in case|once you|when you|as long as|should (?:you|the|it)|subject to|said|told|was|were|"
        r"can|could|every|each|always|usually|\w+days|"
        r"mistake|fault|blame|delay|error|misread|mix-up|oversight)\b"
    ),
    ours=Pattern(either(word_of(r"i|we|i'm|we're|i'll|we'll|my|our|will|shall|gonna|going to|promise"), r"'ll\b")),
)
