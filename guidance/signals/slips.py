"""Slips: near-certain mistakes in a draft, never about tone. Each function gives the span of the words, or None."""

from __future__ import annotations

from functools import lru_cache

from guidance.signals.given import EMAIL
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of

Span = tuple[int, int] | None

_FIELD = one_of(
    r"your|customer|client|insert|agent|first|last|full|order|enter|add|company|product|ticket|tracking|user|recipient",
    r"guest|requester|delivery|refund",
)
_BARE = one_of(
    r"name|date|time|amount|company|number|address|x+|day|product|price|title|reason|signature|first_?name|last_?name",
    r"order_?(?:id|number)|dd/mm(?:/yyyy)?",
)
_CAPITAL = one_of(
    r"NAME|AMOUNT|DATE|TIME|NUMBER|NO|ADDRESS|LINK|REASON|PRODUCT|PRICE|CODE|EMAIL|REFERENCE|REF|SUM|FEE|TITLE|ID",
    r"DETAILS|BRANCH|LOCATION|PHONE|ITEM|DAY|WEEK|MONTH|YEAR|CITY|MODEL|STORE|COLOUR|COLOR|SIZE|PLACE",
)
_TYPES = Pattern(
    r"(?i)\b(?:types?|typing|send|text|sms|dial|enter|write|reply|run|replace|format|command|syntax)\b[^.?!\n]{0,24}$"
)
"""What says that the customer fills it in: "text PORT <your number> to 1900"."""
_WE_DO = Pattern(
    r"(?i)\b(?:i|we|they|he|she)(?:'\w+)?(?: \w+){0,2} (?:send|text|dial|enter|write|reply|run|replace)\b[^.?!,\n]{0,24}$"
)
"""What says that we do: "we send it to <address>" waits for us to fill it in."""
_ON_A_SCREEN = Pattern(
    r"(?i)\b(?:click|clicking|press|tap|hit|select|choose|button|shows?|says|reads|error|message|labelled)\b[^.?!\n]{0,16}$"
)
"""What says that words in brackets stand on a button or a screen: "click [RESET CODE]"."""
_BRACES = frozenset({"{{", "{%", "<<", "[[", "%%", "${"})
"""How fields of templates begin: who writes one themselves is answered with others."""
_PLACEHOLDER = Pattern(
    either(
        r"(?i)\{\{[^{}\n]{1,60}\}\}",
        r"\{%[^%\n]{1,60}%\}",
        r"<<[^<>\n]{1,40}>>",
        r"\[\[[^\[\]\n]{1,40}\]\]|%%[a-z_ .]{2,30}%%",
        r"\$\{[a-z_. ]{2,40}\}",
        rf"\[(?:{_FIELD}[ _-][a-z /_-]{{0,40}}|{_BARE})\]",
        rf"\[(?-i:(?:[A-Z]{{2,14}}[ _-]){{1,3}}{_CAPITAL}|{_CAPITAL}(?:[ _-][A-Z]{{2,14}}){{1,3}})\]",
        r"\[(?-i:(?:[A-Z]{2,14}[ _-]){1,3}(?:OF|FOR|YOUR|THE|TO)[ _-](?:[A-Z]{2,14}[ _-]?){1,3})\]",
        rf"<(?:{_FIELD}[ _-][a-z _-]{{0,30}}|{_BARE})>",
        r"<(?-i:[A-Z]{2,14}(?:[ _-][A-Z]{2,14}){1,4})>",
        r"\((?:insert|enter|customer'?s?) (?:[a-z]+ ?){1,4}\)",
        r"\{(?:name|first_?name|last_?name|customer|order|date|agent|ticket|amount|product|company|email)[a-z_.]{0,20}\}",
        r"%(?:name|first_?name|order_?id|date|customer_?name)%",
        r"\bX{4,}\b",
        r"\b(?-i:TODO)\b",
        r"\bTBC BY AGENT\b",
        r"lorem ipsum",
        r"\b(?:FIRST|CUSTOMER|ORDER|AGENT)_(?:NAME|NUMBER|ID)\b",
        r"_{4,}",
    )
)
_ATTACHED = Pattern(
    r"(?i)"
    + either(
        word_of(
            r"i(?:'ve| have)? attached|we(?:'ve| have)? attached|please find attached|find attached|see attached",
            r"is attached|are attached|attached (?:is|are|you|please|to this|here)|the attached|in the attachment",
            r"(?:see|open) the attachment|annexed hereto|appended hereto|included here(?:with)? as|enclosed",
            r"i(?:'m| am) attaching|we(?:'re| are) attaching",
            r"attaching (?:the|your|a|it|them|here)|pfa|enclosing (?:a|an|the|your|our)|find (?:\w+ )?herewith|"
            r"herewith (?:your|the|our|a|an)",
            r"find (?:it|yours|them|this|[\w' -]{2,70}) attached|attached as an? (?:pdf|file|document|zip|spreadsheet)",
        ),
        r"\bas an? (?:\w+ )?(?:pdf|zip|csv|jpe?g|png|word document|spreadsheet|excel file) (?:with this|to this|here|below)\b",
        r"\b(?:here|in|over|below),? as an? (?:\w+ )?(?:pdf|zip|csv|jpe?g|png|word document|spreadsheet)\b",
        r"\b(?:tacked|clipped|pinned|stapled|added|appended|annexed|accompanying|accompan(?:y|ies)|along with|comes? with|sending with|"
        r"goes with|together with|files? with) (?:on ?to |to |with )?this (?:e-?mail|message|mail|note|reply|letter)\b",
        r"\bat the (?:bottom|end|foot) of this (?:e-?mail|mail|message|reply)\b|\bon the end of this (?:e-?mail|mail|message|reply)\b",
        r"\b(?:file|spreadsheet|document|pdf|csv|zip) (?:is )?below (?:has|holds|shows|with|in it)\b",
        r"\b(?:spreadsheet|document|pdf|file) i(?:'ve| have) (?:dropped|put|popped|stuck) (?:in )?(?:below|here)\b",
    )
)
_NOT_ATTACHED = Pattern(
    either(
        r"(?i)(?:you|your|customer) (?:have |had )?(?:attached|enclosed)",
        r"(?:export|save|download|send|share|open|contact|reach|write to) (?:\w+ ){0,4}(?:as an? |at the bottom|file|with this name)",
        r"(?:nothing|never|not) (?:was |were |been )?(?:attached|enclosed)",
        r"attached to (?:nothing|the post|a wall)|enclosed by|(?:room|garden|terrace|yard|space) is enclosed|"
        r"enclosing the (?:garden|yard|terrace)",
        r"attached to (?:this|that|your|the) (?:\w+ )?(?:policy|account|plan|contract|booking|number|address|profile|property)",
        r"(?:you|that you) (?:sent|attached)",
        r"if you (?:have )?attached",
        r"attached (?:in|to) your",
        r"(?:could|can|please) (?:you )?attach",
        r"device",
        r"strings attached",
        r"attached to (?:the|its|a|an|each|both|either|one) (?:left|right|back|front|side|top|bottom|end|inside|outside|rear|\w+ side)",
        r"attached to (?:the|your|my|our|its|a|an) (?:\w+ )?"
        + one_of(
            r"device|wall|unit|router|box|frame|deck|door|lid|hose|cable|bag|bike|bed|chair|tank|pump|parcel|collar|handle|base"
        ),
        r"attached (?:hose|cable|lid|bathroom)",
        r"(?:garage|shed|bathroom|kitchen|porch|carport|conservatory|annexe?|unit|hose|cable|lid|handle|trailer|cart) (?:is|are) attached",
        r"enclosed (?:space|area|garden)",
        r"attached to (?:the|your|its|a|an|each) (?:\w+ ){1,2}(?:with|by|using) (?:\w+ ){0,3}"
        + one_of(r"bolts?|screws?|nails?|hooks?|clips?|rivets?|glue|tape|straps?"),
        r"attached (?:with|by|using) (?:\w+ ){0,2}"
        + one_of(
            r"screws?|bolts?|clips?|magnets?|straps?|hooks?|tabs?|velcro|glue|tape|strings?|cords?|hinges?|rivets?"
        ),
        r"was attached",
        r"were attached",
    )
)
_ORDER = Pattern(
    r"(?i)\b(?:order|booking|ticket|case|reference|invoice|account|ref)(?: (?:number|no\.?|id))?[ :#]{1,3}((?:[a-z]{0,4}[-]?)?\d{5,14})\b"
)
_ASKS_NAME = Pattern(
    word_of(
        r"may i (?:have|know|ask) (?:your|ur) name|your name",
        r"(?:who|whom) (?:am i|do i have|are we|have i) (?:speaking|chatting|talking|the pleasure|got|here)",
        r"(?:who|whom) (?:do i|should i|shall i|can i) (?:thank|address|call)",
        r"how would you like to be (?:called|addressed)",
        r"what (?:name|should|shall|may|do) (?:i|we|do you|people|should i) (?:call|go by|use)",
        r"what should i call you|what can i call you|how (?:should|may) i address you",
        r"who(?:'s| is| am i| are we)(?: \w+){0,4} (?:on the other end|at the other end|on the line|talking to|chatting with|typing)",
        r"(?:who|whom) have i got(?: \w+){0,3}|and you are|(?:got|have you got) a name|(?:put|give) a name to",
    )
)
_MAIL_OF_THEIRS = Pattern(
    r"(?i)"
    + word_of(
        r"your (?:e-?mail(?: address)?|account|login|address|profile|username)|registered|on file",
        r"e-?mailed (?:it|this|them|you)|sent (?:it|this|them|you|the \w+|your \w+)|under|we have",
    )
    + r"[^.?!\n]{0,40}$"
)
_ROLES = frozenset(
    "support help info care service services contact claims sales billing team hello office returns refunds complaints noreply no-reply press admin orders customerservice customercare feedback privacy accounts enquiries".split()
)


def placeholder(text: str, theirs: str = "") -> Span:
    """A placeholder that nobody filled in; one that stands in the customer's own words (`theirs`) may be shown to them."""
    for found in _PLACEHOLDER.finditer(text):
        before = text[max(0, found.start() - 48) : found.start()]
        is_for_them = found[0].startswith("<") and _TYPES.search(before) and not _WE_DO.search(before)
        is_on_a_screen = found[0].startswith("[") and found[0].isupper() and _ON_A_SCREEN.search(before)
        is_theirs = found[0] in theirs or (found[0][:2] in _BRACES and found[0][:2] in theirs)
        if not (is_for_them or is_on_a_screen or is_theirs):
            return (found.start(), found.end())
    return None


def mention_of_attachment(text: str) -> Span:
    """Words that say that something is attached to this very reply."""
    for found in _ATTACHED.finditer(text):
        around = text[max(0, found.start() - 24) : found.end() + 40]
        if not _NOT_ATTACHED.search(around):
            return (found.start(), found.end())
    return None


def foreign_data(text: str, known: str) -> Span:
    """A reference number, or an e-mail address called theirs, that is nowhere on the ticket while another of its kind is."""
    held = fold(known).text
    return _foreign_number(text, held) or _foreign_address(text, held)


def _foreign_number(text: str, held: str) -> Span:
    theirs = _numbers_in(held)
    for found in _ORDER.finditer(text) if theirs else ():
        number = found[1].lower()
        if number not in held and not any(number in other or other in number for other in theirs):
            return (found.start(1), found.end(1))
    return None


@lru_cache(maxsize=128)
def _numbers_in(held: str) -> frozenset[str]:
    return frozenset(found[1] for found in _ORDER.finditer(held))


@lru_cache(maxsize=128)
def _addresses_in(held: str) -> frozenset[str]:
    return frozenset(EMAIL.findall(held))


def _foreign_address(text: str, held: str) -> Span:
    if not (addresses := _addresses_in(held)):
        return None
    for found in EMAIL.finditer(text):
        mailbox = found[0].lower().partition("@")[0]
        is_theirs = _MAIL_OF_THEIRS.search(text[max(0, found.start() - 80) : found.start()])
        if is_theirs and mailbox not in _ROLES and found[0].lower() not in addresses:
            return (found.start(), found.end())
    return None


def asks_for_name(text: str) -> bool:
    """Whether a reply asks what to call the customer."""
    return bool(_ASKS_NAME.search(fold(text).text))
