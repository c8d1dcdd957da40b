"""The words of a reply that speak of a matter: what is left when greetings, courtesies and the words of every support desk are gone.

A reply with none left fits anybody, however kindly it is put; so `scripted` is told less by what is said than by what is not.
"""

from __future__ import annotations

from typing import Final

from guidance.signals.matter import content_words
from guidance.text.fold import fold
from guidance.text.patterns import Pattern

AT_MOST: Final = {
    "no_particulars": 0,
    "one_particular": 1,
    "two_particulars": 2,
    "few_particulars": 4,
    "some_particulars": 7,
}
"""Cues by name, and how many particular words a reply has at most for each to be heard; fewer ones raise all that follow."""

_GREETING = Pattern(
    r"^\W*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|thanks|thank you)\b,? ?(?:there|[a-z]+)?\W"
)
_SIGNED = Pattern(r"(?:[\^*/~-]+ ?|\b(?:thanks|thx|thank you|ty|regards|cheers)\b[ ,.!^*/~-]{1,5})\w+[\s.]*$")
_CALLED = Pattern(r", ?[a-z]+(?: ?[.!?]| ?$)")
"""Names of people, who are spoken to in any reply; a last word after a comma is one more often than not."""

_PART = Pattern(r"[\[(]?\b\d/\d\b[\])]?|24/7|\+?\d[\d .-]{5,}\d|#\w+#")
"""Numbers of parts, of telephones, and what stands for a name that was taken out."""

STOCK: Final = content_words(
    "all both each every more most another many much nor must need needs lets i'll i've i'd we'll we've we'd you're you've you'll you'd it'll that's there's here's what's "
    "didn doesn couldn wouldn isn aren wasn haven hasn hadn able was had "
    "whose whom where again already always anything everything something someone anyone anybody everybody ever never yet today soon shortly later further additional extra once truly "
    "certainly definitely absolutely sure surely perhaps maybe good morning afternoon evening day days greetings folks team sir madam pls kindly sorry apologise apologize apology apologies "
    "sincere sincerely sincerest inconvenience inconveniences trouble troubles issue issues problem problems concern concerns situation experience matter case query queries question "
    "request requested complaint feedback comment suggestion input help helpful assist assisting assistance support look looking check review investigate resolve fix fixed sort sorted "
    "address handle follow pass passing share submit submitting report reported forward forwarded escalate escalated working work works see seen seeing hear hearing heard find found know understand "
    "understood appreciate thankful pm dm dms message messages messaging tweet email mail note line call calling phone chat reach reaching contact connect get getting got gotten send sending sent drop "
    "shoot give given giving provide provided tell told ask click tap visit come join open create fill use using try trying tried take taking took make made wants like love happy glad "
    "pleased delighted available welcome link url website site page article guide step tip info information instruction instructions detail below above form ticket tickets number account name ids option "
    "direct directly private privately personal personally secure agent expert specialist colleague representative advisor department manager service customer care member user "
    "everyone people social media twitter best better great nice kind right relevant quick quickly asap possible earliest convenience convenient moment time minute hour patience patient wait waiting hold bear "
    "rest assured continue ahead touch back posted post update advise inform proceed progress hesitate feel feeling free hope hoping wish nothing else happening happen happened closer start begin "
    "yes okay awesome enjoy choose choosing value valued important importance priority improve improvement strive committed hard regarding regard regards unfortunately way thing things well "
    "sometimes receive received confirm bring bringing attention unable during while since after before without within through around over off onto into "
    "fingers crossed hopefully learn interest interested stay promise certain anytime any future ready instead please keep kept let lets say said response respond responded reply replied "
    "meantime along across towards upon via simply exactly currently least otherwise currently immediately following next part related general various per such own new way ways "
    "having doing others don helping helps wanted wants needed needs knowing known telling tells two truly sounds "
    "serious seriously satisfaction regret expectations cause caused causing valuable enquiry enquiries aware awareness vary varies availability revert requirements positive "
    "correspondence utmost brief extremely excellence serve serving pleasure highest high top ongoing notify notified passion aim effort efforts volume workload complete completing "
    "completed remember attach attached technical interaction solution solutions clarification thrilled recommend refer efficient guest guests concerned matters occasion entire "
    "verify intention intend include including perform constantly continually"
)  # fmt: skip
"""Words that any reply may hold, whatever it is about."""


def particulars(text: str) -> frozenset[str]:
    """The words of a reply that speak of a matter, crudely stemmed; names of people are no matter."""
    folded = fold(text).text
    for pattern in (_GREETING, _SIGNED, _CALLED, _PART):
        folded = pattern.sub(" ", folded)
    return content_words(folded) - STOCK


def wanting(text: str) -> list[str]:
    """The cues that a reply's few particular words give."""
    count = len(particulars(text))
    return [name for name, most in AT_MOST.items() if count <= most]
