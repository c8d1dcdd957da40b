"""The customer's real questions and requests, and whether a reply takes them up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import re2

from guidance.model import Question
from guidance.text.fold import fold
from guidance.text.sentences import sentences
from guidance.text.words import plain_words

Spans = Sequence[tuple[int, int]]

MOST = 8
"""Questions of one text that are kept."""

_RHETORICAL = re2.compile(
    r"^\W*(?:seriously|really|for real|srsly|you serious|are (?:you|u) (?:kidding|serious|joking|having a laugh|for real|people that)|is (?:this|that|it) (?:a joke|some kind of)"
    r"|how hard (?:is|can|could)|how difficult|how (?:dare|is (?:this|that|it) (?:ok|okay|acceptable|legal|possible|even|right|fair))|what (?:a joke|a surprise|else is new|more can i|is wrong with|the (?:hell|heck|f\w*|actual))"
    r"|what(?:'s| is) (?:the point|wrong with you)|why (?:bother|am i not surprised|do i (?:even )?bother|are you (?:so|such|always|lot)|is (?:it|everything|anything)[^?]{0,40} always|do you (?:always|keep|hate))"
    r"|who (?:does|cares|knew|would have|needs|do you think you are)|what kind of|what sort of|do you (?:even )?(?:care|think|realize|realise)|do you (?:all|people|guys|lot) |don't you (?:think|care)"
    r"|isn't it|can you (?:believe|imagine)|could (?:this|it|you|they) (?:be|get) any|remember when|see the (?:issue|problem)|guess (?:what|who)|right|ok|okay|hello|hi|hey|anyone|anybody there|any one there|huh|eh|lol|ha)\W*(?:\?|$|[^?]*\?)"
    r"|^\W*$|^\W*(?:so )?(?:[a-z']+ ){0,3}(?:then|again|huh|eh|ya|yeah|right)\?+$"
)
_ONE_WORD = re2.compile(r"^\W*(?:really|seriously|right|ok|okay|hello|hi|hey|anyone|anybody|wow|huh|eh|lol)\W*$")
_REQUEST = re2.compile(
    r"\b(?:can|could|would|will|cud|wud) (?:you|u|ya|someone|somebody|anyone|i|we|it|this)\b"
    r"|\b(?:please|pls|plz|kindly) (?:\w+ ){0,2}?(?:help|send|tell|advise|confirm|let|check|fix|cancel|refund|call|explain|reply|respond|sort|update|do|look|provide|give|get|add|remove|change|make|contact|respond|resolve|stop|arrange|return|assist|escalate|clarify|bring|ship|deliver|dm|see|share|show|point|allow|enable|delete|close|move)\b"
    r"|\b(?:help|fix (?:it|this|that|your|the)|sort (?:it|this) out|any (?:help|ideas?|updates?|news|chance|eta|suggestions?|advice|word|luck)|pls help|plz help|refund me|call me|answer me|dm me)\b"
    r"|\b(?:i|we|id|i'd|we'd) (?:really |just |also |do )*(?:need|want|would like|like|require|wish) (?:to (?:know|speak|talk|cancel|change|get|have|return|add|transfer|read|find|see|use|update|book|move|ask)|a|an|my|the|some|someone|somebody|you|help)\b"
    r"|\b(?:let me know|advise|wondering (?:if|how|when|what|whether)|would love to know|like to know|don't know (?:how|what|where)|not sure (?:how|what|where|if)|looking for|need (?:help|a refund|my|to know|someone))\b"
    r"|^\W*(?:how (?:do|can|to|much|many|long)|where (?:is|are|do|can|s)|where's|when (?:is|will|are|do|does|can)|what (?:is|are|time|do|does|should|can)|what's|which|who (?:do|can|is)|is there|are there|do you (?:have|know|sell|offer)|does (?:the|it|this|anyone)|why (?:is|are|can't|won't|does|do|did|has|have|isn't|doesn't|would))\b"
)
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
_FINDS_OUT = re2.compile(
    r"\b(?:(?:i|we)(?:'ll| will) (?:\w+ ){0,2}?(?:check|find out|ask|look into|chase|confirm|see|verify|have a look|take a look|get back|let you know|be back)|let me (?:check|find|ask|see|have)|(?:i'm|i am|we're|we are) (?:just )?(?:checking|asking|looking|verifying|finding))\b"
)
_GIVES = {
    "when": re2.compile(
        r"\b(?:\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|\d{1,2}[:.]\d\d|\d+|today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weeks|days?|hours?|minutes|once|until|by|january|february|march|april|may|june|july|august|september|october|november|december|now|immediately|soon as it)\b"
    ),
    "where": re2.compile(r"<link>|https?:|www\.|#url#|\b(?:here|under|at the|in the|on the|via|go to|page|menu|settings|store|section)\b"),
    "how much": re2.compile(r"[£$€]|\b\d+|\bfree\b|\bno (?:extra )?(?:cost|charge)\b"),
    "why": re2.compile(r"\b(?:because|due to|as (?:the|a|we|it|this|there|you)|since|caused|reason|so that|owing|that's why|in order|means|it is|it's|which|after|was|were)\b"),
    "how": re2.compile(
        r"<link>|https?:|#url#|\b(?:go to|open|click|tap|press|select|restart|reset|reboot|unplug|turn|switch|hold|call|ring|log|sign|uninstall|reinstall|delete|update|clear|download|follow|use|enter|remove|choose|contact|try|visit|steps|submit|you can|you'll need|by)\b"
    ),
    "yes": re2.compile(
        r"^\W*(?:hi|hello|hey)?[\w ,!]{0,20}\b(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|right)\b|\b(?:you can|you could|you may|it is|it's|it isn't|there is|there's|there isn't|it does|it doesn't|we do|we don't|we can|we can't|i can|i can't|i've|i have|we've|we have|done|can be|can't be|cannot|isn't|not possible|available|unable|afraid|unfortunately|will be|should be|only|has been|have been)\b"
    ),
}  # fmt: skip
_SAYS_YES_OR_NO = re2.compile(
    r"^\W*(?:(?:hi|hello|hey|dear)\b[\w ,!]{0,20})?\W*(?:yes|yep|yeah|no|nope|sure|of course|absolutely|certainly|correct|exactly|that's right)\b|[.!] ?(?:yes|yep|no|nope),? (?:you|it|we|i|they|the|this|that|there)\b"
)
_HEDGES = re2.compile(
    r"\b(?:refer to|visit our|help (?:site|page|cent\w+)|(?:the|this|following) (?:\w+ )?(?:article|page|guide)|more information|find out more|policy|policies|priority|priorities|monitoring|unable|not able|cannot|can't|could not|not possible|unfortunately|i'm afraid|we're afraid|don't|do not|doesn't|does not|high (?:volume|demand|workload)|in progress|please wait|soon|shortly|due course|any inconvenience|have a (?:great|good|nice)|more than happy)\b"
)
_KINDS = (
    ("how much", re2.compile(r"\bhow (?:much|many)\b|\bprice\b|\bcost\b")),
    (
        "when",
        re2.compile(r"\b(?:when|what time|how long|how soon|eta|what date|which day)\b|\bany (?:news|update|word)"),
    ),
    ("where", re2.compile(r"\bwhere\b")),
    ("why", re2.compile(r"\b(?:why|how come|what(?:'s| is) going on|what does)\b")),
    ("how", re2.compile(r"\bhow\b|\bwhat (?:can|do|should) i\b|\bhelp\b|\bfix\b|\bany ideas?\b|\bi (?:need|want)\b")),
)


def find_questions(text: str, kept: Spans) -> tuple[Question, ...]:
    """Real questions and requests, in order; rhetorical ones are left out. `where` is set by who knows the place."""
    found: list[Question] = []
    for start, end in (sentence for span in kept for sentence in sentences(text, span)):
        if len(found) == MOST:
            break
        if _is_asked(fold(text[start:end]).text.strip()):
            found.append(Question(where="", text=text[start:end], start=start, end=end))
    return tuple(found)


def _is_asked(folded: str) -> bool:
    """Whether a sentence asks or requests something and expects an answer."""
    if "?" not in folded[-4:] and not _REQUEST.search(folded):
        return False
    return not (_ONE_WORD.search(folded) or _RHETORICAL.search(folded))


def is_answered(question: Question, reply: str) -> bool:
    """Whether a reply takes a question up, in whatever words.

    It gives what the question is after, asks for what it needs in order to answer, or says that it will find out. A no, a
    rule or a page to read must also speak of the matter.
    """
    said = fold(reply).text
    if _SAYS_YES_OR_NO.search(said) or _FINDS_OUT.search(said):
        return True
    if _ASKS_BACK.search(said) and not _VAGUE_BACK.search(said):
        return True
    kind = _kind_of(fold(question.text).text)
    asked = content_words(question.text)
    shared = len(asked & content_words(reply))
    if kind == "how" and _GIVES["how"].search(said) and not _HEDGES.search(said):
        return True
    needed = max(2, (len(asked) + 1) // 2) if _HEDGES.search(said) else 1
    if kind == "yes" and not _HEDGES.search(said) and shared >= 1 and _GIVES["yes"].search(said):
        return True
    return shared >= needed and (shared >= (len(asked) + 2) // 3 or bool(_GIVES[kind].search(said)))


def _kind_of(asked: str) -> str:
    """What a question is after; `yes` stands for yes or no."""
    return next((kind for kind, pattern in _KINDS if pattern.search(asked)), "yes")


@lru_cache(maxsize=256)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its matter, crudely stemmed."""
    words = plain_words(fold(text).text)
    return frozenset(_stem(word) for word in words if len(word) > 2 and word not in _COMMON)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word.removesuffix("e")
