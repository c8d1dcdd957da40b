"""The customer's real questions and requests."""

from __future__ import annotations

from collections.abc import Sequence

import re2

from guidance.model import Question
from guidance.text.fold import Folded, fold
from guidance.text.sentences import sentences

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
_JOINT = re2.compile(
    r"[,;]?\s(?:and|also|plus|or|but|\&)(?: also| then)?,? ((?:how|what|when|where|why|who|which|whose|is (?:there|it|that|this)|are there|do (?:you|i|we)|does (?:it|that|this|the)|did|can (?:i|we|you)|could (?:i|we|you)|will (?:it|you|i|we|the)|would (?:it|you|i|we)|should (?:i|we)|may (?:i|we)|am i|have you|has (?:it|the|my))\b)"
)
_ASKS = re2.compile(
    r"\b(?:how|what|when|where|why|who|which|is|are|do|does|did|can|could|will|would|should|may|has|have|any) \S+ \S+"
)
_ONE_WORD = re2.compile(r"^\W*(?:really|seriously|right|ok|okay|hello|hi|hey|anyone|anybody|wow|huh|eh|lol)\W*$")
_REQUEST = re2.compile(
    r"\b(?:can|could|would|will|cud|wud) (?:you|u|ya|someone|somebody|anyone|i|we|it|this)\b"
    r"|\b(?:please|pls|plz|kindly) (?:\w+ ){0,2}?(?:help|send|tell|advise|confirm|let|check|fix|cancel|refund|call|explain|reply|respond|sort|update|do|look|provide|give|get|add|remove|change|make|contact|respond|resolve|stop|arrange|return|assist|escalate|clarify|bring|ship|deliver|dm|see|share|show|point|allow|enable|delete|close|move)\b"
    r"|\b(?:help|fix (?:it|this|that|your|the)|sort (?:it|this) out|any (?:help|ideas?|updates?|news|chance|eta|suggestions?|advice|word|luck)|pls help|plz help|refund me|call me|answer me|dm me)\b"
    r"|\b(?:i|we|id|i'd|we'd) (?:really |just |also |do )*(?:need|want|would like|like|require|wish) (?:to (?:know|speak|talk|cancel|change|get|have|return|add|transfer|read|find|see|use|update|book|move|ask)|a|an|my|the|some|someone|somebody|you|help)\b"
    r"|\bplease,? (?:can|could|would|will|may) \w+|\b(?:can|could|will|would) (?:an?|one|the|your|any) (?:[\w-]+ ){1,4}(?:please|call|ring|reply|contact|look|check|come|help|explain|tell|send|get)\b|\bif you (?:can|could) (?:please |just |kindly )?(?:help|send|tell|reply|check|fix|call|let|look|give|arrange|confirm|explain|respond|sort)\b|\bwhy (?:the|such|so|this|no|not)\b"
    r"|^\W*(?:(?:and|so|then|now|just|also) )*(?:send|tell|refund|explain|answer|reply|respond|check|confirm|show|return|give (?:me|us|the|it|my)|look into|fix (?:it|this|that|your|my|the)|put (?:me|it|us)|get (?:me|someone|somebody)|bring back|remove|replace) (?:me|us|my|your|the|it|this|that|them|to|back|someone|into|our|whether|if|when|how|what|why)\b"
    r"|\b(?:let me know|advise|wondering (?:if|how|when|what|whether)|would love to know|like to know|don't know (?:how|what|where)|not sure (?:how|what|where|if)|looking for|need (?:help|a refund|my|to know|someone))\b"
    r"|^\W*(?:how (?:do|can|to|much|many|long)|where (?:is|are|do|can|s)|where's|when (?:is|will|are|do|does|can)|what (?:is|are|time|do|does|should|can)|what's|which|who (?:do|can|is)|is there|are there|do you (?:have|know|sell|offer)|does (?:the|it|this|anyone)|why (?:is|are|can't|won't|does|do|did|has|have|isn't|doesn't|would))\b"
)


def find_questions(text: str, kept: Spans) -> tuple[Question, ...]:
    """Real questions and requests, in order; rhetorical ones are left out. `where` is set by who knows the place."""
    found: list[Question] = []
    for start, end in (sentence for span in kept for sentence in sentences(text, span)):
        folded = fold(text[start:end])
        said = folded.text.strip()
        if not _is_asked(said) or (found and _names_one_more(said)):
            continue
        for left, right in _parts(folded):
            found.append(
                Question(where="", text=text[start + left : start + right], start=start + left, end=start + right)
            )
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _is_asked(folded: str) -> bool:
    """Whether a sentence asks or requests something and expects an answer."""
    if "?" not in folded[-4:] and not _REQUEST.search(folded):
        return False
    return not (_ONE_WORD.search(folded) or _RHETORICAL.search(folded))


def _names_one_more(folded: str) -> bool:
    """Whether a question is no more than a word or two after another: "who has it? the library? amazon?"."""
    return len(folded.split()) <= 2 and not _REQUEST.search(folded)


def _parts(folded: Folded) -> list[tuple[int, int]]:
    """One question, or two where a second one hangs on by "and": places in the original sentence."""
    whole = folded.span(0, len(folded.text))
    joint = _JOINT.search(folded.text)
    if joint is None or not (
        _ASKS.search(folded.text[: joint.start()]) and folded.text[joint.start(1) :].count(" ") >= 2
    ):
        return [whole]
    first, second = folded.text[: joint.start()].rstrip(" ,;-"), joint.start(1)
    return [folded.span(0, len(first)), (folded.at[second], whole[1])]
