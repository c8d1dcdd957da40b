"""Placeholders that nobody filled in, and what only looks like one: a masked number, a line to sign on, a word on a button."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of

Span = tuple[int, int] | None

NEAR = 48
"""So many characters before a word that may be a slip, and behind it, tell what it is."""

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
_TO_WRITE_ON = Pattern(
    r"(?i)\b(?:sign|signs|signed|signature|initials?|write|fill|blank|dotted|empty|the lines?)\b[^.?!\n]{0,30}$"
)
"""What says that a line is there to write on: "sign on the dotted line ____"."""
_A_WORD = Pattern(
    either(
        r"(?i)\b(?:types?|typing|write|enter|search|searching|look|grep|tags?|tagged|label|marked?|called|named|word|says?|put)\b"
        r"[^.?!:\n]{0,16}$",
        r"[\"“'‘`#]$",
    )
)
_A_WORD_AS_SUCH = Pattern(
    r"(?i)^(?:[\"”'’`]|[ -](?:lists?|tags?|comments?|columns?|labels?|items?|boards?|markers?)\b)"
)
"""What says, before "TODO" or behind it, that this very word is meant: "search for TODO", "a TODO comment"."""
_MASK = Pattern(
    either(
        r"(?:\bX{2,}[ .-]?){2,}\d{2,}",
        r"\d{2,}[ .-]?(?:X{2,}[ .-]?){2,}",
        r"\bX{4,}[ .-]?\d{3,}",
        r"\d{3,}[ .-]?X{4,}[ .-]?\d{2,}",
    )
)
"""A number whose middle is not shown: "XXXX XXXX XXXX 4242"."""
_WAITS = Pattern(
    r"(?i)(?:\b(?:is|are|was|of|to|for|at|by|on|in|the|your|order|booking|number|no|code|ref|reference|id|pin)\b|[£$€:#])\W*$"
)
"""What a value is still to follow on; kisses at the end of a line follow on anything else."""
_OF_A_SHELL = Pattern(
    r"^\$\{(?:HOME|PATH|USER|PWD|SHELL|TMP|TEMP|TMPDIR|LANG|[A-Z]{2,12}_(?:HOME|PATH|DIR|ROOT|[A-Z]+_HOME))\}$"
)
"""A variable of a shell: who sets one up is told its name."""
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


def placeholder(text: str, theirs: str = "") -> Span:
    """A placeholder that nobody filled in; one that stands in the customer's own words (`theirs`) may be shown to them."""
    for found in _PLACEHOLDER.finditer(text):
        start, end = found.span()
        is_theirs = found[0] in theirs or (found[0][:2] in _BRACES and found[0][:2] in theirs)
        if not (is_theirs or _only_looks_like_one(found[0], text, start)):
            return (start, end)
    return None


def _only_looks_like_one(words: str, text: str, start: int) -> bool:
    """Whether it is for the customer to fill in or to look for, masks a number, or closes a message with kisses."""
    before, after = text[max(0, start - NEAR) : start], text[start + len(words) : start + len(words) + NEAR]
    if words.startswith("<"):
        return bool(_TYPES.search(before)) and not _WE_DO.search(before)
    if words.startswith("["):
        return words.isupper() and bool(_ON_A_SCREEN.search(before))
    if words.startswith("$"):
        return bool(_OF_A_SHELL.search(words))
    if words == "TODO":
        return bool(_A_WORD.search(before) or _A_WORD_AS_SUCH.search(after))
    if words.startswith("_"):
        return bool(_TO_WRITE_ON.search(before))
    return _is_of_crosses(words) and (_masks_a_number(text, start) or _are_kisses(words, before, after))


def _is_of_crosses(words: str) -> bool:
    return words.lower().strip("x") == ""


def _masks_a_number(text: str, start: int) -> bool:
    return any(begin <= start < end for begin, end in _MASK.spans(text))


def _are_kisses(words: str, before: str, after: str) -> bool:
    """Whether small crosses end a line, or its last words: "have a lovely weekend xxxx"."""
    ends_there = not after.partition("\n")[0].strip()
    return words.islower() and ends_there and not _WAITS.search(before)
