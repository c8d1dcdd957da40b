"""The conditions about how a draft is put together: how often it is sorry, whether it lists steps, whom it introduces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from guidance.model import Evidence
from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals.matter import content_words
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of
from guidance.text.sentences import sentences

_SORRY = Pattern(r"\b(?:sorry|apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing)|forgive|regrets?|regretted)\b")
_NO_APOLOGY = Pattern(r"\b(?:no need to|don't|do not|needn't|don't be|you) (?:be |feel )?(?:sorry|apolog)")
_LOUD = Pattern(r"\b[A-Z]{3,}\b")
_ACRONYMS = frozenset(
    "USA PDF USB SIM CSV API URL VPN ATM PIN GPS LTE IOS PRS ORG NAME EMAIL NUMBER LED DVD CPU GPU RAM SSD HDMI SMS FAQ CEO UPS DHL IBAN VAT GMT EST PST PSN PS4 XBOX UTC HTML HTTP JSON IMEI IMAP WIFI".split()
)
_MARKS = Pattern(r"[!?]\s?[!?]|!{2,}")
_GLAD = Pattern(r"\b(?:thank|thanks|love|great|amazing|awesome|happy|excited|yay|perfect|brilliant|wonderful)")
_STEP = Pattern(r"(?m)^\s*(?:\d{1,2}[.)]|[-*•]|step \d|[a-h]\))\s*\S")
_STEPS_IN_LINE = Pattern(
    either(
        r"(?:^|[.!?:;,\n] ?)(?:and |so |please )?(?:(?:first|firstly|step 1|step one)\b|1[.)])"
        r".{3,200}\b(?:(?:then|next|second|secondly|step 2)\b|2[.)] )",
        r"\bthen (?:tap|click|choose|select|press|open|go)\b",
    )
)
FEWEST_WORDS = 3
"""A greeting or a name of fewer words is no sentence among others."""
_DIAGNOSIS = Pattern(
    either(
        r"\?",
        r"^(?:please |kindly |then |next,? |now,? |and |first,? |could you |can you )*"
        + one_of(
            r"check|try|send|share|provide|restart|reboot|reset|clear|open|go to|tap|click|select|choose|press",
            r"copy|look|find|save|delete|rename|paste|scroll|visit|type|set|repeat|change|add|connect|use|leave|keep",
            r"allow|charge|do th(?:is|ese)",
            r"unplug|turn|switch|confirm|tell|install|uninstall|update|log|sign|enter|run|make sure|ensure|dm|give",
            r"let us know|let me know|hold|remove|reinstall|reply|follow|download|fill|attach|take|dial|plug|move",
            r"wait|note|write",
        )
        + r"\b",
        r"^(?:in|on|under|from|at) [^,]{2,40}, (?:please |then )?(?:look|find|check|choose|select|open|click|tap|press|copy|delete|type|set)\b",
        r"^(?:if|once|when|as soon as) [^,]{3,60}, (?:please |then )?"
        + one_of(
            r"check|try|send|restart|open|go|tap|click|press|unplug|turn|switch|confirm|tell|move|dial|plug|let|run|sign|look",
            r"select|choose|log|use",
            r"hold|reply|call",
        )
        + r"\b",
        r"\b(?:we|i)(?:'ll| will| would)?(?: also)? need (?:to know |you to |your |the |a |two |three |four |some |these |more )",
        r"^(?:in the meantime|meanwhile|until then|also|and),? please\b|^please also\b",
        r"^(?:the |a |an |this |that |such )?(?:\w+ ){1,6}"
        + one_of(
            r"tends? to be|is (?:usually|often|mostly|most likely)",
            r"(?:can|may|might|could) (?:come from|be (?:caused|due))",
        )
        + r"\b",
        r"\byou(?:'ll| will)? need to\b",
        r"\bplease (?:don't|do not|avoid)\b",
        r"\bplease (?:\w+ )?(?:check|try|send|share|provide|restart|reset|clear|confirm|tell|dm|let)\b",
    )
)
_NAME = r"[A-ZÀ-Þ][^\s,.:;!?()]{1,30}"
_INTRODUCES = Pattern(
    either(
        rf"\b(?:our|my) (?:[a-z]+ )?(?:contact|partner|agent|rep|person)(?: (?:for|in|at|on) {_NAME})?, {_NAME}",
        r"\b"
        + one_of(
            r"[Cc]olleague|[Mm]anager|[Ss]pecialist|[Ee]ngineer|[Ll]ead|[Ss]upervisor|[Ee]xpert|[Aa]dviser",
            r"[Tt]echnician|named|called",
        )
        + rf",? {_NAME}",
        rf"{_NAME} (?:from|in|at|on|of) (?:our |the |my )?[a-z ]{{2,30}}"
        + one_of(r"team|desk|department|office|workshop|claims|billing|accounts|finance|sales|security|legal")
        + r"\b",
        r"\b"
        + one_of(
            r"to|with|by|asked|added|adding|meet|copied|copying|invited|brought",
            r"(?:bring|bringing|brought|copy|copied|loop|looped|looping|call|called|pull|pulled) in",
        )
        + rf" (?:my colleague |our colleague )?{_NAME}(?: {_NAME})?(?:,| in | from | on | who | at | - | \(|:)",
        rf"\b(?:our|my) (?:[a-z]+ )?[a-z]+, {_NAME}(?: {_NAME})?(?:,|\.| who| and| will| has)",
        rf"{_NAME},? (?:who|she|he|our|my|the head|head) ",
        rf"{_NAME} {_NAME} (?:takes|is taking|will take) (?:it |this )?over from (?:me|here)",
    )
)


_HANDS_TO = Pattern(
    rf"\b(?:hand|pass|handed|passed|given|moved|gone|over|on) (?:over )?(?:to|with) ({_NAME})(?: {_NAME})? (?:there|here|now|today)"
)
_DAYS = Pattern(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_TEAMS = Pattern(
    word_of(
        r"accounts?|billing|claims?|complaints?|customer|dispatch|engineering|escalations?|facilities|finance|hr|it",
        r"legal|logistics|maintenance|operations|ops|payments?|payroll|reception|refunds?|returns?|sales|security",
        r"service|shipping|support|tech|technical|warehouse",
    )
)
"""What is named like somebody and is nobody in particular: "passed on to Billing today"."""

_FEWEST_OF_US = 6
"""Fewer words than this are a greeting or a sign-off."""
_OF_US = Pattern(r"\b(?:our|ours|us|ourselves|we|we're|we've|we'll|we'd)\b")
_OF_YOU = Pattern(r"\b(?:you|your|yours|yourself|you're|you've|you'll|you'd)\b")

_CALLED = (
    r"("
    + one_of(
        r"clown|moron|idiot|imbecile|cretin|muppet|numpty|jerk|loser|liar|crook|scammer|monkey|donkey|bozo|buffoon",
        r"halfwit|nitwit|twit|dunce|amateur|parasite|leech|vulture|joker|cowboy|goon|thie",
    )
    + r")(?:f|ve)?s?\b"
)
"""What people call those who serve them; most of it may be goods, or somebody else, as well."""
_INSULT = Pattern(r"\b(?:non-?)?" + _CALLED)
_CALLS_US = Pattern(
    r"\b(?:you|you're|ya|u|your (?:staff|people|team|drivers?|colleagues?|company|lot)|they|they're|all of them|bunch of|pack of|gang of)"
    r"(?: (?:are|re|is|were|a|an|the|lot|of|bunch|pack|load|guys|people|all|such|just|nothing|but|must|be|some|kind|what"
    r"|absolute|complete|total|utter|bloody|stupid|lazy|useless|damn|damned|incompetent|little|lying|rude|thieving|greedy"
    r"|bleeding|f\w{0,3}ing|real|right|proper))* (?:non-?)?" + _CALLED
)
"""An insult for us: "you bunch of clowns", "your staff are idiots". A clown for a party, and an idiot that they call themselves, are none."""


_JIBES = (
    Pattern(
        r"\b(?:are you|are u|r u|you are|you're)(?: all| just| actually| really)? (?:a|an|some kind of) (\w+)[?.!]*$"
    ),
    Pattern(r"\b(?:bunch|pack|load|troop|herd|gang|zoo|(?:room|office|shop) full) of (?:\w+ )?(\w+)\b"),
    Pattern(
        r"\b(?:did|was|has|is) (?:it |this |that )?(?:a|an|your|some) (?:\w+ )?(\w+) "
        r"(?:put|write|writing|written|make|made|pack|packed|design|designed|do|draw|drawn|type|build|built|code|sew|paint)\b"
    ),
    Pattern(
        r"\b(?:my|a|an|any|even a|the average) (?:\w+ )?(\w+) (?:of \w+ )?(?:could|can|would|knows?|writes?|drives?|does) "
        r"(?:[\w']+ ){0,4}(?:better|faster|quicker|sooner|the difference)\b"
    ),
    Pattern(r"\b(?:working|single|half a|one|any) (brain|mind)\b"),
    Pattern(r"\b(?:can't|cannot|can not|couldn't|could not|don't|do you(?: people| lot)?)(?: \w+)? even (\w+)\b"),
)
"""What makes fun of us, without a word that is an insult by itself, and the word that it turns on: "did a toddler put it together"."""
_WORD = Pattern(r"[a-z]{3,}")
_JIBED_FROM = 0.5
"""The value of upset or of abuse from which such words are meant as one."""


def throws_back_insult(situation: Situation) -> Match:
    """The draft takes up an insult or a jibe of the customer's: "some of us clowns are mending it"."""
    if situation.typed is None:
        return None
    told = fold(situation.last.text).text
    insults = {found[1] for found in _CALLS_US.finditer(told)}
    said = fold(situation.typed.text)
    meant = [found for found in _INSULT.finditer(said.text) if found[1] in insults]
    jibes = _jibes_in(told) if max(map(situation.last.value, ("upset", "abusive"))) >= _JIBED_FROM else frozenset()
    meant += [found for found in _WORD.finditer(said.text) if jibes and content_words(found[0]) & jibes]
    return (
        tuple(
            Evidence("draft", *span, situation.typed.text[slice(*span)])
            for span in (said.span(*one.span()) for one in meant[:1])
        )
        or None
    )


@lru_cache(maxsize=128)
def _jibes_in(told: str) -> frozenset[str]:
    """The words that jibes turn on, stemmed, but for those that the customer says of the matter as well; the same at every stroke of the agent's keys."""
    spoken = [told[start:end] for start, end in sentences(told)]
    turned_on = {found[1] for one in spoken for jibe in _JIBES for found in jibe.finditer(one)}
    return content_words(" ".join(word for word in turned_on if told.count(word) == 1))


def of_us_alone(situation: Situation) -> float | None:
    """How many sentences of a draft speak of us and not of the customer: "Our cleaners start at ten"."""
    if situation.typed is None:
        return None
    folded = fold(situation.typed.text).text
    spoken = [folded[start:end] for start, end in sentences(folded)]
    told = [one for one in spoken if len(one.split()) >= _FEWEST_OF_US]
    return float(sum(bool(_OF_US.search(one)) and not _OF_YOU.search(one) for one in told))


def apologies(situation: Situation) -> Sequence[Evidence]:
    """Each time that the draft says sorry, but for those that tell the customer not to."""
    if situation.typed is None:
        return ()
    text, folded = situation.typed.text, fold(situation.typed.text)
    denied = _NO_APOLOGY.spans(folded.text)
    said = [
        folded.span(*span)
        for span in _SORRY.spans(folded.text)
        if not any(span[0] < end and start < span[1] for start, end in denied)
    ]
    return [Evidence("draft", start, end, text[start:end]) for start, end in said]


def customer_shouts(situation: Situation) -> Match:
    """The customer's latest turn has words in capitals, or rows of exclamation or question marks."""
    for one in situation.last.said:
        text = "\n".join(one.text[start:end] for start, end in one.reading.written)
        loud = [word for word in _LOUD.findall(text) if word not in _ACRONYMS]
        if len(loud) >= 2 or (_MARKS.search(text) and not _GLAD.search(text.lower())):
            return ()
    return None


def lists_steps(situation: Situation) -> Match:
    """The draft is a list, or leads through steps."""
    if situation.typed is None:
        return None
    text = situation.typed.text
    return () if len(_STEP.findall(text)) >= 2 or _STEPS_IN_LINE.search(fold(text).text) else None


def mostly_diagnoses(situation: Situation) -> Match:
    """More than half of the sentences of the agent's turn ask the customer something, or tell them what to do."""
    spans = [
        (one.text, span)
        for one in situation.draft.said
        for kept in one.reading.written
        for span in sentences(one.text, kept)
    ]
    folded = [
        fold(text[start:end]).text for text, (start, end) in spans if len(text[start:end].split()) >= FEWEST_WORDS
    ]
    asking = [bool(_DIAGNOSIS.search(sentence)) for sentence in folded]
    return () if asking and sum(asking) * 2 > len(asking) else None


def introduces_somebody(situation: Situation) -> Match:
    """The agent's turn names a colleague who takes part from here."""
    text = _DAYS.sub("then", situation.draft.text)
    is_named = any(not _TEAMS.search(found[1].lower()) for found in _HANDS_TO.finditer(text))
    return () if is_named or _INTRODUCES.search(text) else None
