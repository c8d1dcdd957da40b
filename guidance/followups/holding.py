"""In which words a reply only holds: thanks, regret, that it takes its time, that somebody else has it now.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, word_of

NO_WORD_YET = Pattern(
    word_of(
        r"still (?:checking|waiting|looking|working|digging|chasing|trying|investigating|searching|on it|at it|with|"
        r"no (?:\w+ )?(?:news|word|answer|reply)|nothing)",
        r"still (?:haven't|hasn't|have not|has not|don't|do not|owes?|await\w*|outstanding|pending)",
        r"(?:no|any) (?:\w+ )?(?:news|updates?|answer|word|joy|luck|reply|response|result|feedback)(?: \S+){0,5} (?:yet|so far|as yet|"
        r"at the moment|for now|today)",
        r"no (?:news|word|answer|joy|reply|response|update) (?:from|on|about) \w+",
        r"nothing (?:new|yet|so far|to (?:report|tell|share)|from (?:the|our|them))",
        r"(?:haven't|hasn't|have not|has not|not)(?: yet| even| actually)? (?:heard|had (?:an?|any)|come back|got back|replied|answered|"
        r"responded|reacted|confirmed|decided|been able|made up|told me|said anything|given (?:me|us)|finished|looked at)",
        r"(?:nearly|almost|getting) there|no sign of|ball is in|up in the air|promised (?:me|us)|until i (?:hear|know)|"
        r"as soon as i (?:hear|know)",
        r"(?:owes?|give|promised?)(?: \w+)? an (?:answer|update)",
        r"bear(?:ing)? with|working on|on it now|looking into",
        r"need(?:s|ed)? (?:a (?:bit|little|while|few)|some|another|more)(?: \w+)? ?(?:more |longer|time|days?|hours?)",
        r"(?:a bit|a little|somewhat|much|even) longer|(?:awaiting|waiting (?:for|on|to hear))",
        r"noch (?:nicht|keine?n?|dran|offen|dabei|etwas|auf)|auf sich warten|wart(?:e|en|et) (?:\w+ )?auf",
        r"(?:todavia|aun) no|a la espera|(?:seguimos|sigo|estamos|estoy) (?:esperando|en ello|con ello|pendientes?)",
        r"pas encore|toujours (?:pas|en attente|la reponse)",
        r"attend(?:s|ons|ent)(?: \w+){0,2} (?:la|le|une?|les|son|sa|votre|leur) (?:reponse|retour|confirmation|accord)",
    )
)
"""What says outright that the word is still to come: then the rest of the reply passes the time."""

_MANNERS = word_of(
    r"thank\w*|thx|cheers|appreciate\w*|grateful|welcome|pleasure|regards|sincerely|best wishes|all the best|take care",
    r"hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening)|my name(?:'s| is)",
    r"(?:good|great|bad|quick|short) (?:news|update|note|word|heads-up)",
    r"(?:hope|wish)(?:ing)? (?:you|all|this|that|your)|happy (?:new year|holidays|birthday|easter|to help)",
    r"have an? (?:\w+ )?(?:good|great|nice|lovely|wonderful|pleasant|fantastic|fab|safe|super)|enjoy (?:a|your|the)|haha\w*|lol",
    r"will do|fingers crossed|congrat\w*|(?:glad|happy|pleased|good|great|lovely|delighted) to (?:hear|see|read)|looking forward",
    r"(?:good|kind|nice|sweet|generous|thoughtful) of you|you(?:'ve| have) been (?:\w+ ){0,2}(?:kind|generous|helpful|great|understanding|"
    r"lovely)",
    r"^(?:let (?:me|us)|let's)|^please (?:stay|wait|allow|give|hold|rest|accept|be)|keep(?:ing)? you (?:posted|updated|informed|in the loop)",
    r"(?:our|my) (?:\w+ )?attention|halten (?:wir )?sie auf dem laufenden|tiens au courant|manten\w+ informad\w|al (?:tanto|corriente)",
    r"no (?:worries|problem)|you(?:'re| are| were) (?:right|welcome|quite right)",
    r"help(?:s|ed)? (?:me |us )?(?:a lot|a great deal|greatly|so much|enormously)|(?:very|most|so) (?:helpful|useful)",
    r"(?:very|so|really) (?:hard|tough|difficult)|awful|terrible|horrible|dreadful|nightmare|maddening|nasty|far too long",
    r"not (?:good enough|acceptable|on)|unacceptable|never have happened",
    r"(?:should you|if you) (?:need|require|have|wish)|your (?:satisfaction|happiness|comfort|business|trust|loyalty|experience)",
    r"to rate|(?:dm|message) us|survey|\d stars?|only takes",
    r"hang (?:in|on|tight)|hold on|sign of life|tricky|complicated|complex|no easy|not easy|unusual",
    r"(?:helfen|hilft) (?:uns|mir) (?:sehr |weiter)",
    r"(?:it|that|you|this)(?:'s| is|'re| are) (?:fine|ok|okay|great|perfect|right|noted|me|understood|clear|lovely|good|fair|"
    r"no problem)(?: \w+)?$",
    r"let (?:me|us) know|feel free|hesitate|reach out|here (?:to help|for you)|you know|you (?:don't|do not) think|"
    r"(?:quick|short) (?:note|line|message)",
    r"sorry (?:for|about|this|it|that (?:it|this|you)|you|we|i|to (?:keep|hear|leave|read|see)|again)|so sorry|apolog\w+|forgive",
    r"regret (?:the|this|any)|inconvenience",
    r"(?:frustrat|annoy|upsett|stress|worry|disappoint)(?:ing|ed)|every right|cross|angry|upset|fed up|lose heart|not alone|embarrass\w*",
    r"(?:doing|do) (?:what|all|everything|our|their|my|its) (?:\w+ )?(?:can|best|utmost|could)|(?:feel|care) (?:for|about) you",
    r"understandabl[ey]|means a lot|matters? to us|important to us",
    r"patien(?:ce|t)|understanding|assured?|forgotten|forgot|lo(?:se|sing|st) sight|good hands|priority|asap|soon|shortly|in due course",
    r"dank\w*|entschuldig\w*|verzeih\w*|(?:mir|uns) leid|geduld\w*|verstandnis|vergessen|hallo|guten (?:tag|morgen|abend)",
    r"sehr geehrt\w*|gruss\w*|schonen (?:tag|abend)",
    r"merci|remerci\w+|desolee?s?|excus\w+|pardon|patien\w+|comprehension|oublie\w*|bonjour|bonsoir|cordialement|bonne (?:journee|soiree)",
    r"gracias|agradec\w+|(?:lo|les?) (?:siento|sentimos|lament\w+)|lament\w+|disculp\w+|perdon\w*|paciencia|comprension|olvidad\w+",
    r"hola|buen(?:os|as) \w+|saludos",
)
"""Thanks, regret, greetings, and that nobody is forgotten."""

_WAITS = word_of(
    r"(?:take|takes|taking|took)(?: \w+)? (?:longer|time|a (?:while|bit|few)|another|some|until|over|it from|forever|ages)|longer than",
    r"(?:more|good|long) time|long (?:day|week)s?|think (?:it|this|that|about)|due (?:next|on|by|in)|commit to|could be|come back to",
    r"top of|as yet|so far|yet|picks? up|answers? the phone|backlog\w*|bus(?:y|ier)|hectic|bedlam|chaos|chaotic|manic|snowed under|swamped|"
    r"flooded with",
    r"(?:can|may|might|could|will|would) (?:\w+ )?take|(?:usually|normally|typically|generally) (?:\w+ )?(?:answer|repl|respond|tak|hear)\w*",
    r"(?:quicker|faster|slower) than|depends on (?:what|whether|when|if)|no (?:movement|change|progress|development)s?",
    r"(?:opened|launched|started|begun) an? (?:\w+ )?(?:investigation|inquiry|enquiry|search|trace|check|review|file|case|ticket)",
    r"(?:fair|good|great|excellent|valid) (?:question|point|comment)",
    r"double-?check\w*|(?:one|another) (?:more|last) (?:check|look)|read up|(?:systems?|servers?) (?:is|are) down|(?:public|bank) holiday|"
    r"for the day",
    r"(?:person|colleague|manager|boss|expert|he|she) is back|gone home|according to plan|busiest|permanently engaged|"
    r"hands (?:are|were) (?:full|tied)",
    r"en contacto con|(?:bin|sind|stehen) (?:\w+ )?in kontakt|en contact avec|suit son cours",
    r"short-?staffed|overwhelmed|rushed off|under pressure",
    r"high(?:er)? (?:\w+ )?(?:volumes?|demand)|volumes? (?:is|are|of)|(?:delay|slow|hold-up)(?:s|ed|ing)?|drag(?:s|ged|ging)|queues?",
    r"in (?:progress|hand|the works|process)|under ?way",
    r"under (?:review|investigation|way)|pending|on hold|on (?:it|top of it|the case)|at it",
    r"(?:on|to) (?:my|our|their|his|her) (?:list|desk|radar|plate|table|pile|agenda)|ongoing",
    r"being \w+(?:ed|en|t)",
    r"(?:is|are|'s|'re|be|been|keep|keeps)(?: \w+){0,2} (?:examin|check|investigat|look|review|analy[sz]|test|prepar|handl|process|discuss|"
    r"assess)ed(?: at| into)?$",
    r"in bearbeitung|bearbeite[nt]|wird (?:\w+ ){0,2}(?:gepruft|bearbeitet|geklart|untersucht)|pruf(?:t|en)|dauert|verzoger\w+",
    r"ruckstand|viel los|klaren das",
    r"en cours|en attente|retard\w*|tard(?:e|ent)|delais?|patient\w*|debordes?",
    r"(?:examine|etudie|verifie|analyse|traite)(?:nt)?(?: \w+)? (?:votre|le|la) (?:dossier|demande|cas)",
    r"en (?:curso|tramite|ello|proceso|estudio)|esperando|pendientes?|tard(?:a|an|ando|ara)|retrasos?|demoras?",
    r"(?:revisando|estudiando|analizando|mirando|comprobando)",
)
"""That something takes its time, or is being looked at."""

_PASSED_ON = word_of(
    r"(?:take|takes|taking|taken|took) (?:it|this|over|things|care)(?: over| from here| on)?|look(?:s|ed|ing)? after|in charge",
    r"cover(?:s|ing)? for|(?:point of )?contact (?:person|from now)",
    r"on (?:leave|holiday|vacation)|out of (?:the )?office|off (?:today|sick|until|work)|day off|my (?:shift|replacement|successor)",
    r"away (?:until|from|today)|(?:is|are|'s) with (?:the |our )?(?:second|next|first|third) (?:line|level|tier)",
    r"(?:colleagues?|supervisor|manager|team|desk|department|lead|specialists?|engineers?|technicians?) (?:now )?(?:has|have|'s got) (?:it|"
    r"this|that|everything)(?: now)?$",
    r"(?:sent|wrote|written|dropped|shot|e-?mailed|messaged|asked|told|called|rang|pinged) (?:to )?(?:them|him|her|another|"
    r"a (?:\w+ )?(?:reminder|chaser|note|line|mail|message|query|request))",
    r"(?:hard|difficult|impossible) to reach|unreachable|unavailable|in a meeting|at lunch|on (?:the|a) (?:road|trip)|travell?ing",
    r"noch im gesprach|nachgehakt|nachgefragt|(?:au|unser)(?:er)? bestes",
    r"(?:fed|feed(?:ing)?) (?:it |this |that )?back",
    r"(?:will|'ll|to)(?: \w+){0,2} (?:review|look|investigate|get back|be in touch|contact|reach out|respond|reply|answer|handle|chase)",
    r"(?:noted|logged|passed (?:it |this |that )?(?:on|to|along)|forwarded|escalated|received|registered|"
    r"recorded)(?: (?:and|on|to|with thanks).*)?$",
    r"ubernimmt|ubernommen|ubernehmen|kummert|(?:im|in) urlaub|meldet sich|melden uns|melde mich|weiter(?:geleitet|gegeben|gereicht)",
    r"zustandig\w*|vertret\w+|liegt (?:jetzt |nun )?(?:bei|beim|in) (?:\w+ )?(?:kolleg\w*|abteilung|technik|fach\w+|team|buchhaltung)",
    r"en conge\w*|prend(?:s|re)? (?:le relais|la suite|en charge)|(?:transmis|transfere|confie)e?s?|s'en (?:occupe|charge)",
    r"m'en (?:occupe|charge)|bien (?:recu|note)",
    r"de vacaciones|se (?:ocupa|encarga|hace cargo)(?:ra|n)?",
    r"(?:pasado|trasladado|derivado|remitido|transferido|reenviado|recibido)(?: \w+){0,2} (?:caso|solicitud|consulta|mensaje|expediente)|"
    r"tomado nota",
)
"""That somebody else has it now, or that it has come in."""

HOLDS = Pattern(either(_MANNERS, _WAITS, _PASSED_ON))
"""What brings no word in the clause in which it stands."""
