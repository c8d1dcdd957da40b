"""Whether a reply takes up what the customer asked, in whatever words."""

from __future__ import annotations

from functools import lru_cache

import re2

from guidance.model import Question
from guidance.text.fold import fold
from guidance.text.sentences import sentences
from guidance.text.words import plain_words

_COMMON = frozenset(
    "a an the and or but if of to in on at by for with from is are was were be been am do does did have has had i you he she it we they my your "
    "our their me us him her them this that these those what when where why how who which can could will would should shall may might not no yes "
    "please thanks thank hi hello hey just so very too also there here any some got get u ur im ive going know need want help still even about out up "
    "now only then than more been being again one like it's i'm don't can't won't doesn't let tell because really".split()
)

_ASKS_BACK = re2.compile(
    r"\b(?:what|which|where|when|who|how (?:long|many|much|old|often))\b[^.!?\n]{6,140}\?|\b(?:have|did|do|are|is|does|has|were|was|may|would) (?:you|your|it|the|this|that|there|they|i|we)\b[^.!?\n]{8,140}\?"
    r"|\b(?:dm|send|provide|share|give|pop|drop|confirm|let (?:me|us) (?:know|have)|supply|forward|tell (?:me|us)|need|may (?:i|we) have) [^.!?\n]{0,60}\b(?:numbers?|e-?mail|address|username|user name|name|postcode|zip|ref|reference|order|booking|screen ?shots?|photos?|pictures?|barcode|account|version|device|model|serial|url|id|date|phone|tracking|receipt|store|flight|station|platform|titles?|error|code)\b"
)
_VAGUE_BACK = re2.compile(
    r"\b(?:anything else|still (?:with|there|need)|what(?:'s| is) (?:up|going on|happening)|what happened|how (?:can|may) (?:i|we)|everything going|suitable for you|able to look into|help you with|more details|tell us more)\b"
)
_IDIOM = re2.compile(
    r"\b(?:can't|cannot|can not) wait\b|\bthank(?:s| you) for (?:\w+ ){1,6}|\b(?:let (?:me|us) know (?:if|how) (?:that|this|it|you|there)[^.!?]*)"
)
"""Courtesies that hold a word of refusing or of asking."""
_SENDS_ELSEWHERE = re2.compile(
    r"\b(?:send|drop|shoot|pop|give|write|leave) (?:us|me|them) (?:an? )?(?:quick |private |direct )?(?:dm|pm|note|message|line|e-?mail|shout)\b|\b(?:dm|pm|message|e-?mail|tweet) (?:us|me)\b|\b(?:create|submit|open|raise|log|file) an? (?:\w+ )?(?:ticket|case|request|thread)\b"
    r"|\b(?:contact|call|reach out to|get in touch with|connect with|reach|speak (?:to|with)|chat with|talk to|join|meet|follow) (?:us|our|the|them|me)\b|\b(?:we(?:'ve| have)?|i(?:'ve| have)?) (?:just )?(?:sent|replied|responded|answered)[^.!?]{0,20} (?:dm|pm|message)\b|\bvisit (?:us|our)\b|\b(?:help|support) (?:site|page|cent\w+|article)\b|\b(?:we're|i'm|we are|i am) here (?:to help|for you)\b|\bhere to help\b|\bwe'd (?:like|love) to help\b"
)
_NAMES_DETAILS = re2.compile(
    r"\b(?:your|the|with|including|what|which|full) (?:\w+ ){0,4}?(?:numbers?|e-?mail address|address|user ?name|name|post ?code|zip|ref|reference|order|booking|screen ?shots?|photos?|pictures?|barcode|version|device|model|serial|url|id|date|receipt|store|flight|station|platform|error|code|gamertag|username|details of)\b"
)
_ABOUT_CONTACT = re2.compile(
    r"\b(?:contact|speak|talk|reach|get hold|number|e-?mail|write to|report|complain|complaint|call|phone|who|where|link|address|form)\b"
)
_ASKS_TO_BE_CALLED = re2.compile(
    r"\b(?:call|ring|phone|contact) (?:me|us)\b|\bgive (?:me|us) a (?:call|ring|bell)\b|\b(?:manager|supervisor|someone|somebody)\b[^.!?]{0,40}\b(?:call|ring|phone)\b"
)
_CALLS_THEM = re2.compile(
    r"\b(?:call|calling|ring|phone|contact|reach|speak to|speak with|talk to) you\b|\bgive you a (?:call|ring|bell)\b|\byou a call\b|\byour (?:\w+ )?(?:number|phone)\b|\b(?:call|ring|phone)(?: you)? back\b"
)
_FINDS_OUT = re2.compile(
    r"\b(?:(?:i|we)(?:'ll| will) (?:\w+ ){0,2}?(?:check|find out|ask|look into|chase|confirm|see|verify|have a look|take a look|get back|let you know|be back)|let me (?:check|find|ask|see|have)|(?:i'm|i am|we're|we are) (?:just )?(?:checking|asking|looking|verifying|finding))\b"
)
_GIVES = {
    "when": re2.compile(
        r"\b(?:\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|\d{1,2}[:.]\d\d|\d+|today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weeks|days?|hours?|minutes|once|until|by|january|february|march|april|may|june|july|august|september|october|november|december|now|immediately|soon as it)\b"
    ),
    "where": re2.compile(r"<link>|https?:|www\.|#url#|\b(?:here|under|at the|in the|on the|via|go to|page|menu|settings|store|section)\b"),
    "how much": re2.compile(r"[£$€]|\b\d+|\bfree\b|\bno (?:extra )?(?:cost|charge)\b"),
    "why": re2.compile(
        r"\b(?:because|due to|as (?:the|a|we|it|this|there|you)|since|caused?|reason|so that|owing|in order|means|that's|that is|this is|it is|it's|it was|was|were|had|after|needed|need to|must|to (?:keep|cover|pay|protect|make|help|avoid)|for (?:the|your|safety|security))\b"
    ),
    "how": re2.compile(
        r"<link>|https?:|#url#|\b(?:go to|open|click|tap|press|select|restart|reset|reboot|unplug|turn|switch|hold|call|ring|log|sign|uninstall|reinstall|delete|update|clear|download|follow|use|enter|remove|choose|contact|try|visit|steps|submit|you can|you'll need|by)\b"
    ),
    "yes": re2.compile(
        r"^\W*(?:hi|hello|hey)?[\w ,!]{0,20}\b(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|right)\b|\b(?:you can|you could|you may|it is|it's|it isn't|there is|there's|there isn't|it does|it doesn't|we do|we don't|we can|we can't|i can|i can't|i've|i have|we've|we have|done|can be|can't be|cannot|isn't|not possible|available|unable|afraid|unfortunately|will be|should be|only|has been|have been)\b"
    ),
}  # fmt: skip
_SAYS_YES_OR_NO = re2.compile(
    r"^\W*(?:(?:hi|hello|hey|dear)\b[\w ,!]{0,20})?\W*(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|that's right|(?:we|you|it|they|i|he|she|there) (?:do|can|are|is|will|does|has|have|may|could|did|was|were|won't|can't|don't|isn't|doesn't)[,.;!])|[.!] ?(?:yes|yep|no|nope),? (?:you|it|we|i|they|the|this|that|there)\b"
)
_HEDGES = re2.compile(
    r"\b(?:refer to|visit our|help (?:site|page|cent\w+)|(?:the|this|following) (?:\w+ )?(?:article|page|guide)|more information|find out more|policy|policies|priority|priorities|monitoring|unable|not able|cannot|can't|could not|not possible|unfortunately|i'm afraid|we're afraid|don't|do not|doesn't|does not|high (?:volume|demand|workload)|in progress|please wait|soon|shortly|due course|any inconvenience|have a (?:great|good|nice)|more than happy)\b"
)
_ASKS_WHETHER = re2.compile(
    r"^\W*(?:(?:and|also|so|but|or|then),? )*(?:is|are|do|does|did|may|has|have|should) (?:the|it|my|your|this|that|there|i|we|you|they|any|a|an)\b[^?]*$|^\W*(?:(?:and|also),? )*(?:is|are|do|does|did|may|has|have|should) (?:the|it|my|your|this|that|there|i|we|you|they|any|a|an)\b[^?]*\?\W*$"
)
_ASKS_TO_SEND = re2.compile(
    r"\b(?:can|could|would|will|may|might) (?:you|i|we) (?:\w+ ){0,6}?(?:share|send|post|provide|confirm|describe|upload|attach|forward|tell (?:me|us)|give (?:me|us)|let (?:me|us) (?:know|have)|dm (?:me|us))\b[^.!?\n]{4,}"
)
_SAYS_NO = re2.compile(
    r"\b(?:unfortunately,? (?:not|no|we|it|there|this|that|you)|i'm afraid (?:not|we|it|there|this|that|you)|(?:not|isn't|won't be|is not) (?:possible|available|able|currently|directly)|(?:only|best) way|you(?:'ll| will) (?:need|have) to|we (?:don't|do not|can't|cannot|no longer|stopped)|there (?:is|are) no|there's no|there isn't)\b"
)
_ASKS_LEAVE = re2.compile(
    r"\b(?:can|could|may|should|shall|must) (?:i|we)\b|\bdo (?:i|we) (?:need|have)\b|\bi can\b|\bwe can\b|\bis it (?:ok|okay|possible|allowed)\b|\bam i (?:able|allowed)\b"
)
_GIVES_LEAVE = re2.compile(
    r"\byou(?:'ll| will|'d| would)? (?:can|could|may|should|need|must|don't need|won't need|can't|cannot|able|be able|need to|have to|won't be able)\b"
)
_TAKES_NOTE = re2.compile(
    r"\b(?:pass(?:ed|ing)?|forward(?:ed|ing)?|feed(?:ing)?|fed|shar(?:e|ed|ing)) (?:\w+ ){0,5}?(?:on|along|back|with|to)\b|\b(?:feedback|suggestion|idea|request|comments?)\b[^.!?]{0,40}\b(?:noted|passed|team|developers?|devs|community|here)\b|\b(?:suggest(?:ing)?|recommend(?:ing)?|submit|vote|post)\b[^.!?]{0,40}\b(?:it|this|that|idea|feature|request|here)\b|\b(?:aware|working (?:on|hard)|looking into|investigating|on it)\b|\b(?:we|they) (?:do|have|currently|already) (?:\w+ )?(?:have|offer|support|sell|stock|made|prohibited|removed|fixed|that)\b"
)
_WISHES = re2.compile(
    r"^\W*(?:(?:hi|hey|hello|dear)\b[^,.!]{0,30}[,.!] ?)?(?:\w+ ){0,4}?(?:please|pls|plz|kindly|can (?:you|u|ya|we)|could (?:you|we)|would (?:you|it)|any chance|any way|why (?:don't|can't|isn't|won't)|fix|bring|add|stop|remove|need)\b"
)
_PLEADS_WITH = frozenset(
    "idea option suggestion advice possibl thing try sort soon reply respond answer contact team guy issu problem quick asap chanc look fix support sir wrong happen mean explain anyon someon littl assist matter resolv case els more tell question".split()
)
"""Content words of a question that says no more than "help": what it is about stands in the sentences around it."""
_EXPLAINS = re2.compile(
    r"\b(?:that's|that is|it's|it is|this is|it sounds|sounds like|it means|this means|means|it looks|looks like|caused|because|due to|as the|has been|was|were|is|are) \w+"
)
_SETTLED_BY_YES_OR_NO = frozenset({"yes", "how"})
_SAID_IN_FIGURES = frozenset({"when", "how much"})
SHORT = 20
"""Words in a reply so short that a time or a price in it can only be the answer."""
_SAID_OUTRIGHT = frozenset({"when", "why", "how much"})
"""Kinds of question that a shared word alone does not answer: the time, the reason or the price must stand there."""
_KINDS = (
    ("why", re2.compile(r"\b(?:why|how come)\b")),
    ("how much", re2.compile(r"\bhow (?:much|many)\b|\bprice\b|\bcost\b")),
    (
        "when",
        re2.compile(r"\b(?:when|what time|how long|how soon|eta|what date|which day)\b|\bany (?:news|update|word)"),
    ),
    ("where", re2.compile(r"\bwhere\b")),
    ("why", re2.compile(r"\b(?:why|how come|what(?:'s| is) going on|what does)\b")),
    (
        "how",
        re2.compile(
            r"\bhow\b|\bwhat (?:else |more |other )?(?:can|do|should|could) (?:i|we)\b|\b(?:options|suggestions|advice)\b|\bhelp\b|\bfix\b|\bany ideas?\b|\bi (?:need|want)\b"
        ),
    ),
)


def is_answered(question: Question, reply: str) -> bool:
    """Whether a reply takes a question up, in whatever words.

    It gives what the question is after, asks for what it needs in order to answer, or says that it will find out. A no, a
    rule or a page to read must also speak of the matter; being sent elsewhere with nothing named is no answer.
    """
    asked = fold(question.text).text
    said = _to_the_point(fold(reply).text, asked)
    if _ASKS_TO_BE_CALLED.search(asked):
        return bool(_CALLS_THEM.search(said))
    kind, matter = _kind_of(asked), content_words(question.text)
    if _FINDS_OUT.search(said) or (_SAYS_YES_OR_NO.search(said) and kind in _SETTLED_BY_YES_OR_NO):
        return True
    if (_ASKS_BACK.search(said) or _ASKS_TO_SEND.search(said)) and not _VAGUE_BACK.search(said):
        return True
    if kind == "yes" and (_SAYS_NO.search(said) or (_ASKS_LEAVE.search(asked) and _GIVES_LEAVE.search(said))):
        return True
    if _WISHES.search(asked) and _TAKES_NOTE.search(said):
        return True
    if matter <= _PLEADS_WITH:
        return bool(_GIVES["how"].search(said) or (len(said.split()) >= SHORT // 2 and _EXPLAINS.search(said)))
    return _gives(kind, matter, said)


def _to_the_point(said: str, asked: str) -> str:
    """A reply without the sentences that only send the customer elsewhere, unless that is what was asked for."""
    if _ABOUT_CONTACT.search(asked) and not _ASKS_TO_BE_CALLED.search(asked):
        return said
    spoken = (_IDIOM.sub(" ", said[start:end]) for start, end in sentences(said))
    return " ".join(one for one in spoken if not _SENDS_ELSEWHERE.search(one) or _NAMES_DETAILS.search(one))


def _gives(kind: str, asked: frozenset[str], said: str) -> bool:
    """Whether a reply speaks of what was asked, and gives what its kind of question is after where it does."""
    hedges = bool(_HEDGES.search(said))
    if kind in _SAID_IN_FIGURES and not hedges and len(said.split()) <= SHORT and _GIVES[kind].search(said):
        return True
    if kind == "how" and not hedges and _GIVES["how"].search(said):
        return True
    shared = len(asked & content_words(said))
    if kind == "yes" and not hedges and shared and _GIVES["yes"].search(said):
        return True
    needed = max(2, (len(asked) + 1) // 2) if hedges else 1
    if shared < needed:
        return False
    if kind in _SAID_OUTRIGHT:
        return _gives_nearby(kind, asked, said)
    return shared >= (len(asked) + 2) // 3 or bool(_GIVES[kind].search(said))


def _gives_nearby(kind: str, asked: frozenset[str], said: str) -> bool:
    """Whether a sentence that speaks of the matter, or the one before or after it, gives a time, a price or a reason."""
    spoken = [said[start:end] for start, end in sentences(said)]
    near = {at + step for at, one in enumerate(spoken) if asked & content_words(one) for step in (-1, 0, 1)}
    return any(_GIVES[kind].search(one) for at, one in enumerate(spoken) if at in near)


def _kind_of(asked: str) -> str:
    """What a question is after; `yes` stands for yes or no."""
    if _ASKS_WHETHER.search(asked):
        return "yes"
    return next((kind for kind, pattern in _KINDS if pattern.search(asked)), "yes")


@lru_cache(maxsize=256)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its matter, crudely stemmed."""
    words = plain_words(fold(text).text)
    return frozenset(_stem(word) for word in words if len(word) > 2 and word not in _COMMON)


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word.removesuffix("ies") + "y"
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + (2 if ending == "s" else 3):
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e")
