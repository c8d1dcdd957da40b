"""What a customer gave already, and whether a draft asks for it again: a slip that costs them a second mail."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from guidance.text.patterns import Pattern, either, one_of, word_of

Span = tuple[int, int] | None

EMAIL: Final = Pattern(r"(?i)[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60})*\.[a-z]{2,20}")

_WANTS = r"(?i)" + one_of(
    one_of(
        r"what(?:'s| is| was)|(?:reply|write|come) (?:back )?with|provide|send|share|give|confirm|need|tell|supply|furnish",
        r"quote|restate\w*|state|forward|upload|submit|let (?:me|us) know|remind (?:me|us)",
        r"(?:pop|drop|fire|ping|chuck|shoot|bung|text|jot|read|type|whizz|slip) (?:me|us|it|that|them|over|across|back|down|in|out|through)",
        r"(?:could|can|would|will|might) (?:you|ye)(?: please| kindly| just| maybe)?|(?:have you got|do you (?:still |also |perhaps )?have)",
        r"enter|let (?:me|us) have|(?:may|can|could) (?:i|we|you) (?:please )?(?:have|get|ask for)",
        r"(?:must|have to|need to|will|requires? (?:me|us) to) (?:\w+ )?(?:take|note|record|ask for|require|collect)|collect|which",
        r"(?:wants?|needs|asks for|requires)\b[^.?!\n:]{0,30} (?:from|of) you|when|where",
    )
    + r"(?:[^.?!\n]{0,30}|[^.?!\n]{0,60}:[^.?!]{0,200})\b",
    r"(?:please|need you to) (?:tell|send|give|provide)\b[^.?!\n,]{0,60},[^.?!\n]{0,90}(?: and|,) (?:the|your|a|to send|send) ",
)
"""What asks for something, straight away or as one item of the list behind it: "please tell us the day, your name and the"."""
_NUMBERED = one_of(
    r"account|customer|membership|policy|meter|serial|tenancy|contract|member|patient|student|claim|case|flight|room|locker",
    r"plot|grave|berth|pitch|unit|bay|scooter|bike|van|stall|seat|cabin|garage|permit|licence|ticket",
)
_ASKED: Final = {
    "order": Pattern(
        _WANTS + r"(?:order|booking|reference|reservation|confirmation) (?:number|no\.?|id|reference|code)\b"
    ),
    "email": Pattern(_WANTS + r"e-?mail(?: address| id)?\b"),
    "phone": Pattern(_WANTS + r"(?:phone|mobile|telephone|contact|cell) (?:number|no\.?)"),
    "account": Pattern(
        _WANTS + rf"(?:(?:{_NUMBERED}) (?:number|no\.?|id)|number (?:on|of) (?:the|your) (?:{_NUMBERED}))\b"
    ),
    "reading": Pattern(_WANTS + r"(?:meter )?readings?\b"),
    "device": Pattern(_WANTS + r"(?:device|browser|operating system|phone or tablet|make of phone)\b"),
    "model": Pattern(_WANTS + r"model\b"),
    "purchase": Pattern(
        either(
            _WANTS + r"(?:(?:date|day|time) of (?:the |your )?purchase|(?:purchase|buying) date)\b",
            r"(?i)\b(?:when|which day|what day)(?: and (?:where|from whom))?(?: exactly)? (?:did|have|had) you (?:buy|bought|purchased?|get)\b",
        )
    ),
    "pictures": Pattern(_WANTS + r"(?:photo(?:graph)?|picture|pic|screenshot|screen shot)s?\b"),
    "postcode": Pattern(_WANTS + r"(?:postcode|post code|postal code|zip(?: code)?)\b"),
    "birth": Pattern(
        either(
            _WANTS
            + r"(?:(?:date|day|year) of (?:your )?birth|birth ?(?:date|day)|d\.?o\.?b\.?|(?:day|date) (?:on which )?you were born)\b",
            r"(?i)\bwhen (?:were you|was (?:he|she)) born\b",
        )
    ),
}
_GIVEN: Final = {
    "order": Pattern(
        either(
            r"(?i)\b"
            + one_of(r"order|booking|reference|reservation|confirmation|ref")
            + r"(?: (?:number|no\.?|id|code|is|was))*[^.?!\n\d]{0,16}[ :#.]{1,4}(?:is )?#?"
            + one_of(r"[a-z0-9]{0,6}-?\d{4,14}|[A-Z]{2,4}\d[A-Z0-9]{2,8}")
            + r"\b",
            r"(?i)\b[a-z]{0,4}-?\d{5,14} is (?:my|the) (?:order|booking|reference|reservation|confirmation)\b",
        )
    ),
    "email": EMAIL,
    "phone": Pattern(r"(?:\+\d|\b0)\d[\d ()-]{7,16}\d"),
    "account": Pattern(
        either(
            rf"(?i)\b(?:{_NUMBERED})"
            r"(?: (?:number|no\.?|id|is|was))*[^.?!\n\d]{0,24}[ :#.]{1,4}(?:is )?#?"
            r"(?:[a-z0-9]{1,6}-\d{4,16}|[a-z]{0,4}[1-9]\d{4,15})\b",
            rf"(?i)\b(?:{_NUMBERED})(?: (?:number|no\.?|id|is|was))*[ :#]{{1,3}}(?:\d{{3,5}} \d{{3,6}}|\d{{5,16}}|[a-z]{{1,3}}-\d{{2,4}})\b",
        )
    ),
    "reading": Pattern(
        r"(?i)\bmeter (?:now |still )?(?:says|reads|shows|read|showed|stands at|is at)\b[^.?!\n\d]{0,12}\d|"
        r"\breading (?:is|was|of|now)[ :]{1,3}\d"
    ),
    "device": Pattern(
        r"(?i)\b(?:iphone|ipad|samsung|galaxy|pixel|macbook|huawei|xiaomi|chromebook|thinkpad|"
        r"surface)\b[^.?!\n]{0,40}\b(?:chrome|firefox|safari|edge|opera|ios|android|windows)\b"
    ),
    "model": Pattern(
        either(
            r"(?i)\bmodel(?: (?:number|no\.?|is|was|name))*[ :#]{1,3}(?:is )?[a-z]{0,6}[ -]?\d[a-z0-9-]{0,10}\b",
            r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Yy]our|[Aa]n?) (?:[a-z-]+ ){0,3}[A-Z]{1,4}-?\d{2,4}[A-Z]{0,2}\b",
        )
    ),
    "purchase": Pattern(
        r"(?i)\b(?:bought|purchased|ordered)\b[^.?!\n]{0,60}\b(?:on|in|of|since|last|this) (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?\b|"
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)[a-z]*\b)"
    ),
    "pictures": Pattern(
        r"(?i)\b(?:i|we|i've|we've|i have|already|just) (?:already |just |have )?"
        + one_of(
            r"(?:sent|uploaded|attached|e-?mailed|shared|posted|dm'?e?d)\b[^.?!\n]{0,30}\b(?:photo(?:graph)?|picture|"
            r"pic|screenshot|screen shot)s\b",
            r"(?:put|attach|attached|include|included|add|added) (?:here )?(?:the|a|my|some) (?:photo(?:graph)?|picture|pic|"
            r"screenshot|screen shot)s? (?:here|below|of|to this|in this|with this)\b",
        )
        + r"|\b(?:photo(?:graph)?|picture|pic|screenshot|screen shot)s? (?:of [^.?!\n]{2,50} )?(?:is |are )?(?:attached|enclosed)\b"
    ),
    "birth": Pattern(
        r"(?i)\b(?:born (?:on |in )?(?:the )?\d|(?:date of birth|d\.?o\.?b\.?)(?: is)?[ :]{1,3}\d|born (?:on )?(?:the )?"
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]* \d)"
    ),
    "postcode": Pattern(
        r"(?i)\b(?:postcode|post code|zip(?: code)?|postal code)(?: is)?[ :]{1,3}[a-z0-9]{3,5} ?[a-z0-9]{0,4}\b"
    ),
}
_ASKS_ANOTHER = Pattern(
    r"(?i)"
    + word_of(
        r"other|another|second|different|new|more|further|clearer|again|alternative|correct|right",
        r"(?:someone|somebody|what|who) else",
    )
)
_IS_A_CHECK = Pattern(
    r"(?i)" + word_of(r"security|verif\w+|identity|data protection|don't|do not|no need|didn't|not|again|second time")
)
NEAR: Final = 40
"""So many characters around a request tell what it is for."""

_ENDS = re.compile(r"[.!?\n]")
_COMES_WITH = Pattern(r"(?i)^(?:reply|write|come) (?:back )?with ")
_BY_THE_WAY = Pattern(r"(?i)\b(?:to|by|via|on|from|at|with) (?:your|the|my|our|this|that|e-?mail|phone)\b")


class Asked(NamedTuple):
    """A request for something: its words in the draft, and what kind of thing it asks for."""

    start: int
    end: int
    what: str


def asked_again(text: str, given: str) -> Asked | None:
    """A request for something that the customer gave already; checks of identity and requests for another one are none."""
    for what in _kinds_in(given):
        found = _ASKED[what].search(text)
        if not found:
            continue
        is_meant = not _BY_THE_WAY.search(_COMES_WITH.sub("", found[0].replace("number on ", "number of ")))
        around = _sentence_around(text, found.start(), found.end())
        if is_meant and not (_IS_A_CHECK.search(around) or _ASKS_ANOTHER.search(around[around.find(found[0]) :])):
            return Asked(found.start(), found.end(), what)
    return None


def given_in(text: str, what: str) -> Span:
    """Where a text gives a thing of this kind."""
    found = _GIVEN[what].search(text)
    return (found.start(), found.end()) if found else None


def _sentence_around(text: str, start: int, end: int) -> str:
    """The words around a request, no farther than its own sentence goes."""
    before = _ENDS.split(text[max(0, start - NEAR) : start])[-1]
    return before + text[start:end] + _ENDS.split(text[end : end + NEAR])[0]


@lru_cache(maxsize=128)
def _kinds_in(given: str) -> tuple[str, ...]:
    """What of the kind that agents ask for was given; the same at every stroke of their keys."""
    return tuple(what for what in _ASKED if _GIVEN[what].search(given))
