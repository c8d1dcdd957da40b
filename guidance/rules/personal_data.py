"""The conditions about what a draft lays bare in public, and what it asks people to post there."""

from __future__ import annotations

from guidance.model import Evidence
from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals.given import EMAIL
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of

_ROLE = Pattern(
    r"(?i)^"
    + one_of(
        r"support|help|info|care|customer|contact|claims?|sales|billing|team|hello|office|returns?|refunds?|press",
        r"admin|orders?|feedback|privacy|accounts?|service|hi|talk|ask|social|no-?reply|reservations?|bookings?",
    )
)
_TELLS_PRIVATE = Pattern(
    either(
        r"(?i)\b(?:your|the|card|account|the one) (?:\w+ ){0,3}(?:ending|ends)(?: in| with)? \d{3,4}\b",
        r"\byour (?:\w+ )?"
        + one_of(
            r"address|flat|home|phone|mobile|date of birth|postcode|iban|card|account|policy|passport|meter|booking",
            r"order|reference|membership|case",
        )
        + r"(?: (?:number|no\.?|id|reference|ref|of birth))?(?: we have| on file| you gave)?(?: is| as|:|,)? #?\(?"
        + one_of(r"[A-Z]{0,4}-?\d[\dA-Z /.-]{3,}|\d{1,4} [A-Z][a-z]+"),
        r"\b(?:at|to|living at|live at) (?:[A-Z][a-z]+ )?\d{1,4}[A-Za-z]?,? [A-Z][a-z]+ (?i:"
        + one_of(r"street|st|road|rd|avenue|ave|lane|ln|drive|close|way|court|gardens|place|crescent|terrace|square")
        + r")\b",
        r"(?i)\b(?:call|ring|text|reach|phone|message) (?:you|him|her|them) (?:on|at) \+?\d[\d ()-]{5,16}\d\b",
        r"\byour (?:test|lab|scan|blood|allergy)(?: test| sample)?(?: results?)?(?: (?:from|of|on) [^.!?,]{2,20},?)? "
        + one_of(r"show|is positive|is negative|are back|came"),
        r"\bdate of birth\W{1,3}(?:is )?\d",
        r"\b[A-Z]{2}\d{2}(?: ?\d{4}){3,}",
        r"\byour "
        + one_of(
            r"antidepressants?|medication|pills|tablets|insulin|contracepti\w+|inhaler|prescription|biopsy|scan",
            r"therapy|chemo\w*|hearing|smear",
        )
        + r"(?: \w+)? (?:is|are|was|were|has|have)\b",
        r"\bexpir\w+ (?:date )?\d\d ?/ ?\d\d\b",
        r"\byour (?:credit )?score (?:is|was)\b",
        r"\byou(?:'ve| have)? (?:missed|skipped|defaulted on) (?:\w+ ){0,2}(?:payments?|instal?ments?|bills?)\b",
        r"\byou owe (?:us )?[£$€]?\d",
        r"\byour "
        + one_of(
            r"diagnosis|prescription for|salary|overdraft|debt|arrears|balance (?:is|of)|outstanding balance",
            r"late payments?|(?:\w+ )?(?:operation|surgery|treatment|illness|pregnancy|therapy|medication)",
        )
        + r"\b",
        r"\b(?:your|the) (?:\w+ ){0,3}"
        + one_of(
            r"bill|payments?|application|direct debit|invoice|rent|premium|loan|mortgage|cheque|instal?ments?",
            r"credit check",
        )
        + r"(?: \w+)? (?:of [^.!?]{1,15} )?"
        + one_of(r"is|was|were|are|got|has been|came back|hasn't been|wasn't|isn't|not")
        + r"(?: been| being| still| now)? ?"
        + one_of(r"declined|rejected|refused|bounced|unpaid|overdue|late|paid|outstanding|returned|not paid|missed")
        + r"\b",
        r"\b(?:under|your|registered) (?:mobile|phone)(?: number| no\.?)? \+?\d[\d ]{8,}",
        r"\b\d+ ?(?:mg|mcg)\b",
        r"\byour (?:visa|mastercard|amex|maestro) \d{4}\b",
        r"(?i)\b(?:visa|mastercard|amex|maestro|debit card|credit card|card) (?:ending|ends)(?: in| with)? \d{3,4}\b",
        r"\b(?:going|goes|headed|addressed|on its way|out) to \d{1,5}[A-Za-z]? (?:[A-Z][\w']+ ){1,3}"
        r"(?:Ct|Cir|Pl|Pkwy|Ter|Blvd|St|Rd|Ave|Ln|Dr|Way|Hwy)\b",
        r"(?i)\b(?:phone|mobile|cell|tel)(?: (?:no\.?|number|is))?:? \(?\d{3}\)?[ -]\d{3}[ -]\d{4}\b",
        r"\b(?:HbA1c|biopsy|smear|mammogram|urine|semen|blood) (?:test )?(?:results? )?"
        + one_of(r"is|are|was|were|has been|have been|shows?|showed|came")
        + r"\b",
        r"\byour (?:iron|blood pressure|sugar|cholesterol|white cells|hormones?)(?: level)? (?:is|was|are)\b",
        r"\b(?:down|booked(?: in)?|due|here|in) for (?:your|a|an|the) (?:\w+ )?"
        + one_of(r"smear|biopsy|x-ray|blood test|mammogram|colonoscopy|vasectomy|therapy|counselling|chemo\w*|clinic")
        + r"\b",
        r"\b(?:down|booked(?: in)?|due|here|in) for (?:your scan|(?:your|a|an|the)"
        r" (?:(?i:ct|mri|pet)|bone|brain|heart|chest|liver|baby|\w+[- ]week) scan)\b",
        r"\babout your (?:\w+ )?(?:blood test|scan|smear|biopsy|x-ray|diagnosis)\b",
        r"\byour (?:appointment|session|consultation|visit) with (?:the |our )?\w+ "
        + one_of(r"nurse|clinic|doctor|consultant|team|therapist")
        + r"\b",
        r"\b\d[\d.,]* (?:was |were )?(?:taken |sent |moved |paid )?(?:from|out of|into)"
        r" your (?:savings|current|joint) account\b",
        r"\b(?:[Ff]lat|[Aa]pt\.?|[Aa]partment) \d+[A-Za-z]?, ",
        one_of(
            r"\byou (?:down )?(?:as|at|under)|\b[Ff]or you,? (?:that's|that is|it's|this is)",
            r"\b(?:[Aa]ccount|[Pp]roperty|[Mm]eter|[Pp]olicy|[Cc]ontract|[Bb]ooking|[Oo]rder|[Pp]arcel|[Hh]ome)"
            r"(?: #?[\w-]{0,8}\d[\w-]*)? (?:for|at|to|is)",
            r"\byour (?:\w+ )?address(?: is| as| we have is)?:?",
            r"\b(?:[Dd]eliver\w*|[Ss]ent|[Ss]hipp\w+|[Pp]osted|[Rr]egistered) (?:it )?(?:to|at)",
        )
        + r" \d{1,4}[A-Za-z]?,? (?:[A-Z][\w']+ ){1,3}"
        + one_of(
            r"Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Way|Place|Crescent|Terrace|Gardens|Grove",
            r"Square|Boulevard|Blvd|Park|Hill|View|Row|Mews",
        )
        + r"\b",
        r"\b[£$€]?\d+ (?:pounds |euros |dollars )?(?:behind|in arrears|overdue)\b",
        r"\b(?:in arrears|overdrawn|behind|overdue) (?:by|of) (?:rs\.? ?|[£$€₹])?\d",
        r"\b(?:behind|in arrears) (?:with|on) (?:your |the )?(?:payments?|rent|bills?|instalments?)\b",
        r"\b(?:claim|policy|account) (?:no\.? |number |ref(?:erence)? )?#?(?:[A-Za-z]{1,4}-?)?\d{4,}\b",
        r"(?i)\b(?:lack of|insufficient|not enough) (?:funds|money|balance|credit)\b",
    )
)
_THEIRS = Pattern(
    either(
        r"\byour\b[^.!?]{0,50}$",
        r"\b"
        + one_of(r"delivered|handed|sent|booked|registered|signed|e-?mailed|mailed|written")
        + r" (?:[^.!?]{0,30}\b)?(?:to|for|by|under)\b[^.!?]*$",
        r"\b(?:e-?mailed|mailed|wrote to|written to|reached) you (?:at|on|under)\b[^.!?]*$",
    )
)
_OF_OURS = Pattern(
    r"(?i)\b"
    + one_of(
        r"(?:find|visit|reach|see|join|meet) us|we(?:'re| are)|located|based|open|(?:come|pop|drop|call) (?:in|by|along|over)",
        r"(?:our|the|this|that|nearest|local) (?:\w+ ){0,2}"
        + one_of(
            r"shop|store|branch|office|clinic|depot|showroom|restaurant|hotel|studio|garage|surgery|salon|library",
            r"warehouse|locker|station|counter|desk|workshop|bakery|gym|hub|collection point|yard|lot|car park|premises",
            r"site|farm|kennels?|pool|hall|museum|nursery|marina|stables|rink|factory|kitchen|centre|center",
        ),
    )
    + r"(?: (?:is|are|now|also|just))*[ ,:]*$"
)
"""What stands before an address that is ours, and known to everybody."""
_TRIED = Pattern(
    r"(?i)\b"
    + one_of(
        r"your|texted|text (?:you|your|the)|called|rang|phoned|tried|dialled|messaged|(?:mobile|number|phone) we have",
        r"(?:we|i)(?:'ll| will| shall) (?:text|call|ring|phone|message|try)",
        r"you (?:down )?(?:as|at|on|under)",
    )
    + r"\b"
)
_PHONE = Pattern(r"(?:\+\d|\b0)\d[\d ()-]{7,16}\d")
_ASKS_PRIVATE = Pattern(
    r"(?i)"
    + word_of(
        r"reply|respond|comment|post|tell us|send us|give us|share|provide|confirm|tweet|leave|drop",
        r"what(?:'s| is| are)|need|put",
    )
    + r"[^.?!\n]{0,60}\byour (?:full )?(?:\w+ )?"
    + one_of(
        r"e-?mail(?: address)?|phone|mobile|address|postcode|zip code|date of birth|dob|card number|card details",
        r"account number|password|pin|policy number|booking reference|order number|bank details|iban|ssn",
        r"social security",
    )
    + r"\b"
)
_IN_PRIVATE = Pattern(
    r"(?i)"
    + word_of(
        r"dm|dms|dm'd|direct message|private(?:ly)?|pm|inbox|in a message|message us|by e-?mail|via e-?mail",
        r"e-?mail (?:us|me|it)|never (?:post|share)|don't (?:post|share)|do not (?:post|share)",
        r"not (?:to )?(?:post|share)|delete|secure|form",
    )
)


def shows_personal_data(situation: Situation) -> Match:
    """The draft tells something about the customer that they did not say in public themselves."""
    if situation.typed is None:
        return None
    text = situation.typed.text
    told = fold(situation.customers_words).text
    for found in (*EMAIL.finditer(text), *_PHONE.finditer(text), *_TELLS_PRIVATE.finditer(text)):
        if _is_private(found[0], text, found.start(), told, situation):
            return (Evidence("draft", found.start(), found.end(), found[0]),)
    return None


def _is_private(words: str, text: str, start: int, told: str, situation: Situation) -> bool:
    theirs = fold(situation.case.conversation.requester.email or "").text
    lowered = fold(words).text
    if "@" in words:
        before = text[max(0, start - 80) : start].lower()
        return lowered == theirs or (not _ROLE.search(words) and bool(_THEIRS.search(before)))
    digits = "".join(sign for sign in words if sign.isdigit())
    if _PHONE.fullmatch(words):
        return bool(_TRIED.search(text[max(0, start - 40) : start]))
    if _OF_OURS.search(text[max(0, start - 60) : start]):
        return False
    return not (len(digits) >= 4 and digits in "".join(sign for sign in told if sign.isdigit()))


def asks_for_personal_data(situation: Situation) -> Match:
    """The draft asks for personal data and does not say to send it in private."""
    if situation.typed is None or _IN_PRIVATE.search(situation.typed.text):
        return None
    found = _ASKS_PRIVATE.search(situation.typed.text)
    return (Evidence("draft", found.start(), found.end(), found[0]),) if found else None
