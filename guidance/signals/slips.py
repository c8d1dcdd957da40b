"""Slips: near-certain mistakes in a draft, never about tone. Each function gives the span of the words, or None."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from guidance.signals.given import EMAIL
from guidance.signals.placeholders import NEAR, Span
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of

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
        r"attached to nothing|enclosed by|(?:room|garden|terrace|yard|space) is enclosed|"
        r"enclosing the (?:garden|yard|terrace)",
        r"attached to (?:this|that) (?:\w+ )?(?:policy|account|plan|contract|booking|number|address|profile|property)",
        r"(?:you|that you) (?:sent|attached)",
        r"if you (?:have )?attached",
        r"attached (?:in|to) your",
        r"(?:could|can|please) (?:you )?attach",
        r"device",
        r"strings attached",
        r"attached (?:hose|cable|lid|bathroom)",
        r"(?:garage|shed|bathroom|kitchen|porch|carport|conservatory|annexe?|unit|hose|cable|lid|handle|trailer|cart) (?:is|are) attached",
        r"enclosed (?:space|area|garden)",
        r"attached (?:with|by|using) (?:\w+ ){0,2}"
        + one_of(
            r"screws?|bolts?|clips?|magnets?|straps?|hooks?|tabs?|velcro|glue|tape|strings?|cords?|hinges?|rivets?"
        ),
        r"was attached",
        r"were attached",
    )
)
_TO_A_THING = Pattern(
    r"(?i)^(?:attached|enclosed) (?:to|with|in|inside|under|behind) (?:the|your|my|our|its|their|his|her|a|an|each|every|both|either|one|all) "
    r"((?:[\w'-]+ ?){1,3})"
)
"""Something that holds on a thing, or comes with one; a message is none: "attached to the ring", "enclosed with every kettle"."""
_MESSAGE = Pattern(r"(?i)\b(?:e-?mails?|mails?|messages?|reply|replies|letter|notes?|response|answer|chat)\b")
_ORDER = Pattern(
    r"(?i)\b(order|booking|ticket|case|reference|invoice|account|ref)(?: (?:number|no\.?|id))?[ :#]{1,3}((?:[a-z]{0,4}[-]?)?\d{5,14})\b"
)
_NEWLY = Pattern(
    r"(?i)"
    + one_of(
        r"\b(?:new|replacement|another|second|other|further|fresh|separate|follow-?up|extra|next) (?:\w+ ){0,2}$",
        r"\bnow (?:(?:has|is|under|runs|your|the|called|it's|with|as) )*$",
        r"\b(?:i|we)(?:'ve| have)? (?:(?:just|now|also|already|therefore) )*"
        r"(?:opened|raised|created|placed|logged|filed|started|issued) (?:an? |the |your )?(?:\w+ )?$",
        r"\b(?:merged|joined|linked)\b[^.?!\n]{0,24} (?:into|to|with) (?:\w+ ){0,2}$",
        r"\b(?:swapped|exchanged|replaced|rebooked)\b[^.?!\n]{0,24} (?:for|by|with|under|on|to) (?:\w+ ){0,2}$",
        r"\b(?:goes|comes|leaves|go|come|leave) (?:out |to you )?(?:as|under|with) (?:\w+ ){0,2}$",
    )
)
"""What says that a number is one of today's, which cannot stand on the ticket yet."""
_OF_OURS = Pattern(r"(?i)\b(?:our|ours|my colleagues?|a colleague)\b[^.?!\n]{0,30}$")
"""What says that an address is of our side: "I e-mailed it to our fitter, tom@fitters.example"."""
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


def mention_of_attachment(text: str) -> Span:
    """Words that say that something is attached to this very reply."""
    for found in _ATTACHED.finditer(text):
        around = text[max(0, found.start() - 24) : found.end() + 40]
        if not (_NOT_ATTACHED.search(around) or _holds_on_a_thing(text, *found.span())):
            return (found.start(), found.end())
    return None


def _holds_on_a_thing(text: str, start: int, end: int) -> bool:
    verb = max(text.rfind(word, start, end) for word in ("attached", "enclosed"))
    on = _TO_A_THING.search(text[verb : end + NEAR]) if verb >= 0 else None
    return on is not None and not _MESSAGE.search(on[1])


def foreign_data(text: str, known: str) -> Span:
    """A reference number, or an e-mail address called theirs, that is nowhere on the ticket while another of its kind is."""
    held = fold(known).text
    return _foreign_number(text, held) or _foreign_address(text, held)


def _foreign_number(text: str, held: str) -> Span:
    """A number of the same kind as one of theirs, in a draft that has none of theirs of that kind and does not say that it is new."""
    theirs = _numbers_in(held)
    said = [(_kind_of(found[1]), found) for found in _ORDER.finditer(text)] if theirs else []
    from_here = {kind for kind, found in said if found[2].lower() in held}
    for kind, found in said:
        number, own = found[2].lower(), theirs.get(kind, ())
        is_near = any(number in other or other in number for other in own)
        if own and kind not in from_here and not is_near and not _NEWLY.search(text[: found.start()][-NEAR:]):
            return (found.start(2), found.end(2))
    return None


@lru_cache(maxsize=128)
def _numbers_in(held: str) -> Mapping[str, tuple[str, ...]]:
    """The numbers of a ticket by the kind of thing that they are of: an order's, an invoice's."""
    found: dict[str, tuple[str, ...]] = {}
    for one in _ORDER.finditer(held):
        kind = _kind_of(one[1])
        found[kind] = (*found.get(kind, ()), one[2])
    return found


def _kind_of(word: str) -> str:
    return "reference" if word.lower() == "ref" else word.lower()


@lru_cache(maxsize=128)
def _addresses_in(held: str) -> frozenset[str]:
    return frozenset(EMAIL.findall(held))


def _foreign_address(text: str, held: str) -> Span:
    if not (addresses := _addresses_in(held)):
        return None
    for found in EMAIL.finditer(text):
        mailbox = found[0].lower().partition("@")[0]
        before = text[max(0, found.start() - 80) : found.start()]
        is_theirs = _MAIL_OF_THEIRS.search(before) and not _OF_OURS.search(before)
        if is_theirs and mailbox not in _ROLES and found[0].lower() not in addresses:
            return (found.start(), found.end())
    return None


def asks_for_name(text: str) -> bool:
    """Whether a reply asks what to call the customer."""
    return bool(_ASKS_NAME.search(fold(text).text))
