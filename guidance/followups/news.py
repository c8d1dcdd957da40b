"""Whether a reply brings the word that was promised: something of the matter, and not only that somebody thinks of it.

An answer, a decision, a finding, a way on is a word. Thanks, regret, "still at it", a plea for patience and a hand-over are none:
whoever was promised to hear from us would not say that they have. What we tell of ourselves is a word where it was found, decided
or done for them; what is told of all else is one where it neither waits nor is only passed around.
Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from guidance.followups.clauses import clauses
from guidance.text.patterns import Pattern, either, one_of, word_of

_STATEMENT = 3
"""So many words at least state something; two where one of them is plainly a verb."""

_VERB = Pattern(
    r"(?:'(?:s|re|ll|ve)|n't)\b|\d|\b(?:is|are|was|were|has|have|can|will|may|ist|sind|est|sont|esta|son)\b"
)
_HANGS_ON = Pattern(
    r"^(?:(?:dass|que|about|after|at|before|by|during|for|from|in|of|on|since|to|with|per|von|mit|bei|seit|wegen|pour|de|avec|por|con|para|en)\b"
    r"(?: \S+){0,4}|(?:as|when|whilst?) (?:they say|we speak|sie warten|promised|agreed|discussed|requested|you (?:asked|know|wished)|"
    r"versprochen)|(?:\S+ ){0,4}(?:team|desk|department|support|customer (?:care|services?)))$"
)
"""What only belongs to the statement before it: "because of the storm", "as promised"."""

_NO_WORD_YET = Pattern(
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
        r"(?:nearly|almost|getting) there|ball is in|up in the air|promised (?:me|us)|until i (?:hear|know)|as soon as i (?:hear|know)",
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
    r"will do|fingers crossed",
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
    r"(?:frustrat|annoy|upsett|stress|worry|disappoint)(?:ing|ed)|every right|cross|angry|upset|fed up",
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
    r"away (?:until|from|today)",
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

_PAPERS = Pattern(
    word_of(
        r"(?:your|the|this|that|a|his|her) (?:\w+ )?(?:case|ticket|request|file|query|enquiry|inquiry|message|matter|e-?mail|complaint|report|"
        r"photos?|notes|feedback|question|concerns?|wish)",
        r"(?:ihre?|den|die|der|das) (?:\w+ )?(?:fall|anfrage|frage|anliegen|nachricht|vorgang|ticket|mail|meldung)",
        r"(?:votre|le|la) (?:\w+ )?(?:dossier|demande|message|cas|ticket|reclamation)",
        r"(?:su|tu|el|la) (?:\w+ )?(?:caso|solicitud|consulta|mensaje|expediente|peticion|reclamacion)",
    )
)
"""The papers of the matter: where they lie is no news of it, what was decided on them is."""

_DECIDED = Pattern(
    word_of(
        r"accept\w*|approv\w*|reject\w*|declin\w*|grant\w*|den(?:y|ied)|refus\w*|uph(?:e|o)ld|turned down|allowed|successful|settled",
        r"cover(?:s|ed)|unfounded|valid",
        r"genehmigt|abgelehnt|bewilligt|anerkannt|angenommen|accept\w+|refus\w+|rejet\w+|valid\w+|aprobad\w|rechazad\w|aceptad\w",
        r"denegad\w|concedid\w|shows?|says?|found",
    )
)

_LED_IN = one_of(
    r"just|also|now|currently|unfortunately|sadly|yes|no|well|of course|personally|meanwhile|today|again|here|this \w+|earlier|only",
    r"already",
    r"please|kindly|rest|right now|at the moment|(?:da|hier|leider|gerade|derzeit)|malheureusement|actuellement|actualmente|ya|que",
)
_GOES_ON = Pattern(r"(?:\b(?:is|are)|'s|'re)(?: \w+ly| \w+wards?| still| now| just| also| always)? (\w+ing)\b")
_OF_IT = frozenset(
    "covering sending refunding replacing paying coming arriving leaving flying delivering bringing giving offering charging closing opening missing "
    "lacking showing refusing letting keeping making waiving crediting shipping costing returning working going nothing anything something interesting".split()
)
"""What goes on is no word yet, but for what comes of the matter by it."""

_OF_STAFF = Pattern(
    r"^(?:\S+ ){0,2}(?:garage|mechanic|colleagues?|team|technicians?|engineers?|supervisor|manager|boss|lawyers?|advis[eo]rs?|experts?|"
    r"specialists?|department|desk|"
    r"accounts|accounting|bookkeeping|finance|legal|claims|workshop|warehouse|management|developers?|everyone|everybody)(?: in \w+| here|"
    r" there)? "
    r"(?:is|are|has|have|was|were|had|picks?|answers?|wants?|needs?|wrote|took|will|would)\b"
)
_REPORTS = Pattern(
    word_of(
        r"found|says?|said|confirm\w*|agree\w*|decid\w+|approv\w*|fine with|happy (?:to|with)|willing|certain|sure|recommend\w*|can",
        r"can't|cannot|won't|refus\w+|accept\w*|reject\w*",
        r"fixed|repaired|replaced|refunded|cancell?ed|sent|shipped|corrected|changed|handed|given|declin\w+|allow\w*|offer\w*|sold",
        r"ready|free|done|finished",
    )
)
"""How our own people are is no word, what comes from them is."""

_OF_OURSELVES = Pattern(
    either(
        rf"^(?:{_LED_IN} )*(?:i|we|i'm|i've|i'll|i'd|we're|we've|we'll|we'd|ich|wir|je|j'ai|j'\w+|nous|yo|nosotros)\b(?: |$)",
        rf"^(?:{_LED_IN} )*(?:on (?:a|est|va|vous)|me|nos|(?:(?:le|lo|la|les|se) )?(?:he|hemos|estoy|estamos|sigo|seguimos) \w+(?:[ai]do|"
        rf"[ai]?endo|ando|to|cho))\b",
        r"\b(?:habe|haben|bin|sind|konnten?|werden?|warten?|prufen?) (?:ich|wir)\b",
        r"^(?:just|only|already|have|had|am|been|chas|nudg|ask|flagg|not|pass|forward|escalat|look|wait|try|remind|ping|call|phon|"
        r"email)(?:ed|ing)?\b",
        r"^(?:left|wrote|spoke|rang|tried|sent|told|put|got) (?:a|an|another|the|them|him|her|to|with|up|your|you|it|my|our)\b",
        r"^our (?:\w+ )?(?:team|desk|department|people|specialists?|colleagues?)\b|^(?:please |kindly )?(?:allow|give|grant) (?:me|us)\b",
    )
)
"""What we tell of ourselves. The subject that a Spanish verb leaves out is in its ending."""

_FOR_THEM = Pattern(
    word_of(
        r"f(?:ind|ound)(?: out)?|discovered|figured|worked out|traced|located|tracked|identified|spotted|established|noticed",
        r"learn(?:ed|t)|see (?:that|the|your|from|in|a|an|no|it)",
        r"(?:can|could|are able to|are happy to|'re happy to) (?:now )?(?:offer|confirm|do|give|replace|exchange|refund|send|ship|waive|"
        r"extend|move|change|book|cancel|repair|see|lend|swap|take|keep|hold|tell|provide|accept|credit|add|remove|let|make|pay|reserve|"
        r"upgrade|match|deliver|bring|fix)",
        r"(?:can't|cannot|can not|couldn't|could not|won't|will not|don't|do not|no longer|never|'re unable to|are unable to|"
        r"aren't able to)(?: \w+)? (?:offer|do (?:it|that|this|so)|replace|exchange|refund|"
        r"send|ship|waive|extend|move|change|book|cancel|repair|take|accept|credit|add|remove|make|pay|reserve|upgrade|match|deliver|find|"
        r"sell|stock|have (?:any|it|that|them)|charge|need|"
        r"see|allow|support|cover|fix|reopen|give|provide)",
        r"decided|agreed|approved|accepted|rejected|declined|granted|waived|settled|resolved|solved",
        r"confirm(?:ed)? (?:that|it|your|the)|concluded|chose|owe",
        r"refunded|credited|corrected|fixed|repaired|changed|removed|reset|cancell?ed|booked|rebooked|reserved|sent",
        r"e-?mailed (?:you|it|your|the)|shipped|dispatched|ordered|attach(?:ed)?|arranged|updated|extended",
        r"unlocked|activated|reactivated|added|set (?:it |this |that )?up|switched|swapped|upgraded|replaced|renewed|restored|reversed",
        r"paid|deleted|moved|got (?:it|you|your|them)|put (?:it|that|this|you|your|them|the|aside|through)",
        r"(?:found|decid|agree)\w* |talked (?:him|her|them) (?:in|out)|managed|succeeded|secured|recovered",
        r"gefunden|herausgefunden|festgestellt|entschieden|beschlossen|genehmigt|erstattet|gutgeschrieben|storniert|korrigiert|behoben",
        r"gelost|gebucht|geandert|verschickt|geschickt|ersetzt|freigeschaltet",
        r"(?:kann|konnen|durfen)(?: \w+){0,8} (?:anbieten|tauschen|umtauschen|erstatten|ersetzen|bestatigen|erlassen|reparieren|liefern|"
        r"schicken|buchen|verlangern|stornieren)|sehe",
        r"trouve|constate|decide|accepte|rembourse|corrige|annule|envoye|regle|modifie|reserve|expedie|resolu|repare|remplace",
        r"(?:peux|pouvons)(?: \w+){0,3} (?:proposer|offrir|confirmer|echanger|rembourser|remplacer)|vois",
        r"encontrad\w|encontramos|comprobado que|decidido|aprobado|reembolsado|corregido|cancelado|enviado|cambiado|resuelto",
        r"solucionado|reparado|visto que|(?:puedo|podemos)(?: \w+){0,2} \w+r(?:le|te|lo|la)?",
    )
)
"""What we found, decided or did for them, or can and cannot do."""

_OUTRIGHT = Pattern(
    r"https?://|^here(?:'s| is| are) |\bwww\.|\b(?:attached|enclosed|(?:the )?answer(?: \w+){0,4} is|anbei|im anhang|ci-joint|voici|adjunt\w+)\b"
)
_TO_BREAK_IT = Pattern(
    r"^(?:\w+ )?(?:i'm|i am|we're|we are|i|we) (?:\w+ )?(?:afraid|(?:sorry|sad|glad|happy|pleased|delighted|regret|able) to (?:say|tell you|"
    r"report|confirm|inform you|let you know|announce))(?: that)? "
)
"""What only leads bad or good news in."""

_EMPTY = Pattern(either(_MANNERS, _WAITS, _PASSED_ON))


def says_no_word_yet(folded: str) -> bool:
    """Whether a reply says of itself that the word is still to come."""
    return _NO_WORD_YET.search(folded) is not None


def brings_word(folded: str) -> bool:
    """Whether a sentence tells something of the matter."""
    return any(_is_news(clause.strip(" .-")) for clause in clauses(folded))


def _is_news(clause: str) -> bool:
    clause = _TO_BREAK_IT.sub("", clause)
    if _OUTRIGHT.search(clause):
        return True
    words = len(clause.split())
    if words < _STATEMENT and not (words == _STATEMENT - 1 and _VERB.search(clause)):
        return False
    if _EMPTY.search(clause) or _HANGS_ON.search(clause):
        return False
    if _PAPERS.search(clause):
        return _DECIDED.search(clause) is not None
    if _goes_on(clause) or (_OF_STAFF.search(clause) and not _REPORTS.search(clause)):
        return False
    return not _OF_OURSELVES.search(clause) or _FOR_THEM.search(clause) is not None


def _goes_on(clause: str) -> bool:
    found = _GOES_ON.search(clause)
    return found is not None and found[1] not in _OF_IT
