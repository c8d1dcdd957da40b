"""What stands around a text and tells how to take it: an earlier turn that was as cross, a complaint that a reply answers.

Short words borrow their sense from what went before: "Airport and Nelson" after three angry messages is not calm, and
"trains stop early now and then" is an excuse only under a complaint. A signal's log-odds move by a share of another's, and
an answer in the customer's own words is seldom canned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from guidance.model import Signal
from guidance.signals.ear import ASKED_FROM, HEARD_FROM, WEIGHED
from guidance.signals.matter import content_words
from guidance.signals.odds import odds_of, value_of
from guidance.signals.questions import is_outright
from guidance.signals.together import says_they_are_upset
from guidance.signals.view import NOTHING, Heard, Said
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of

CARRIED: Final = {"upset": 0.3}
"""How much of a signal's log-odds in the customer's turn before counts in the next one: a mood, which may pass."""

KEPT: Final = {"repeat_contact": 0.7, "churn_risk": 0.3}
"""How much of a signal's log-odds in any turn before counts, where it was heard: a fact, true from then on."""

ANSWERING: Final = {"upset": -0.8, "asks": -1.2}
"""What is added where the turn follows a question of ours: most people who answer one are giving a fact, and ask where they say so."""

COMING_BACK: Final = {"repeat_contact": 0.5}
"""What is added where the turn follows a reply that asked nothing: whoever comes back to it has been here before."""

RELIEVED: Final = -2.0
"""What is added to upset where the customer reports that the matter is settled, and asks or misses nothing more."""

LEANS_ON_UPSET: Final = {"defensive": 0.5, "scripted": 0.4}
"""How much of the customer's being upset counts in what is heard in the answer."""

A_NO_DEFENDS: Final = 0.3
"""How much of a refusal counts as defence where the customer is upset: a bare no takes the company's side."""

UNDERSTANDING_DISARMS: Final = {"defensive": 0.15, "scripted": 0.25}
"""How much of an acknowledgement in the same text counts against what would be held against it."""

TAKEN_UP: Final = 0.8
"""How much each of the customer's own words in an answer counts against its being canned: it speaks of their matter."""

MOST_TAKEN_UP: Final = 3
"""More of their words than this tell nothing more."""

FARTHEST = 3.0
"""Log-odds beyond this count no more."""

NO_WORDS: Final = Heard(())

UNHEARD = -2.0
"""The log-odds of a signal too weak to be kept."""

EDGE: Final = 0.001
"""Values are kept to three places."""


_SETTLED = Pattern(
    either(
        r"\b(?:works?|working|fixed|sorted|resolved|solved|restored)"
        r"(?: (?:out|fine|ok|okay|well|great|perfectly|properly|again|for me|all))* (?:now|again|today|finally|at last)\b",
        r"\b"
        + one_of(r"has|have|'s|is|are|was|were|been|got|it|that|all|now|seems?|appears?")
        + r" (?:(?:all|now|been|finally|it|that|just|to be) )*(?:resolved|sorted|fixed|solved|restored|answered)\b",
        r"\b(?:it's|its|it is|they're|everything is|everything's) (?:all |now |finally )*(?:working|back up|back on)\b",
        r"\ball (?:good|sorted|fine|set|working|ok|okay) (?:now|here|thanks?|thank you|cheers|ta)\b",
        r"\b(?:it|they|order|parcel|package|refund|money|delivery) (?:(?:has|have|just|finally|did|now) )*"
        r"(?:came|arrived|arrive|turned up|come through|came through)(?: (?:now|today|this \w+|just now|after all))*\W*$",
        r"\b(?:it|they) (?:fits?|suits?|looks?) (?:\w+ ){0,2}(?:very |really |so )?(?:well|perfectly|great|fine|nicely|lovely|beautiful\w*)\b",
    )
)
_UNSETTLED = Pattern(
    either(
        r"\?|n't\b",
        word_of(
            r"not|never|no|none|nothing|nobody|still|but|yet|however|although|until|till|if|when|why|how|unless|only",
            r"without|should|would|get|want|need|please|pls|plz|must|demand|expect|hope|hoping|wait|waiting|await\w*",
            r"been working|another|except|broken|damaged|wrong|missing|late|before|supposed|told|promised",
            r"sa(?:y|ys|id)|claim\w*|apparently|supposedly|allegedly|you (?:closed|marked|call\w*)|lies|lied",
            r"same|fail\w*|broke|breaks|drop(?:s|ped)|went|goes|stop(?:s|ped) (?:working|again)|(?:second|third|\w+th) time",
            r"(?:down|out|off|dead|gone|stuck) again|(?:leak|happen|start|do|cut|flash|beep|play)\w*ing (?:it )?again",
            r"now and (?:then|again)|at most",
            r"for (?:about )?(?:a|an|one|two|three|five|ten|half|\d+) (?:few |couple of )?(?:second|minute|min|hour|day)s?",
            r"took|disgrace\w*|disgust\w*|shame\w*|shock\w*|ridiculous|appalling|pathetic|unacceptable|useless",
            r"terrible|awful|worst|fed up|sick of",
        ),
        r"\b(?:it|they|leak|fault|error|problem|noise|smell|issue|bug|trouble|message|warning|light)s?"
        r"(?:'s| is| are| has| have| came| comes| come)? (?:\w+ )?back\W*(?:$|[.!,;]| (?:again|already|today|this|and|since|after))",
    )
)
"""What leaves a matter open, though it sounds settled: "get it sorted now", "it should be fixed", "it came, but broken", "you said it was fixed", "it was fixed and is leaking again". So does what is held against us."""


def in_view_of_earlier(latest: Heard, before: Sequence[Heard], replied: Heard = NO_WORDS) -> Heard:
    """The customer's latest turn in view of those before it, oldest first, and of our own just before it; the same where there was none."""
    placed = _after(latest, replied)
    if is_settled(latest.text):
        return _moved(placed, lambda _: {"upset": RELIEVED})
    if not before:
        return placed
    moods = {name: share * _near(before[-1].value(name)) for name, share in CARRIED.items()}
    facts = {name: share * max(0.0, *(_near(turn.value(name)) for turn in before)) for name, share in KEPT.items()}
    moves = moods | facts
    return _moved(placed, lambda _: moves)


@lru_cache(maxsize=256)
def is_settled(text: str) -> bool:
    """Whether a customer reports that their matter is settled, and nothing beside it: "Power reset it. Working now.".

    It stays the same at every stroke of the agent's keys.
    """
    said = fold(text[:WEIGHED]).text
    return bool(_SETTLED.search(said)) and not _UNSETTLED.search(said)


def _after(latest: Heard, replied: Heard) -> Heard:
    """A turn in view of our words that it follows: a question, or anything else."""
    if not replied:
        return latest
    is_asked = "asks" in replied.signals or "?" in replied.text
    return _moved(latest, _answering) if is_asked else _moved(latest, lambda _: COMING_BACK)


def _answering(one: Said) -> dict[str, float]:
    """How the signals of an answer to our question move, in log-odds; what is asked or felt outright in it is asked, and felt."""
    said = {
        "asks": any(is_outright(question) for question in one.reading.questions),
        "upset": says_they_are_upset(fold(one.text[:WEIGHED]).text),
    }
    return {name: move for name, move in ANSWERING.items() if not said[name]}


def in_view_of_customer(reply: Heard, asked: Heard) -> Heard:
    """The agent's turn in view of the customer's that it answers; the same where there was none."""
    if not asked:
        return reply
    upset, words = _near(asked.value("upset")), content_words(asked.text[:WEIGHED])
    return _moved(reply, lambda one: _seen_by_customer(one, upset, words))


def _seen_by_customer(one: Said, upset: float, words: frozenset[str]) -> dict[str, float]:
    """How the signals of one text of ours move in view of the customer's being upset, in log-odds, and of their words."""
    understanding = _near(one.value("acknowledgement"))
    moves = {
        name: share * upset - UNDERSTANDING_DISARMS[name] * understanding for name, share in LEANS_ON_UPSET.items()
    }
    if upset > 0:
        moves["defensive"] += A_NO_DEFENDS * _near(one.value("refusal"))
    moves["scripted"] -= TAKEN_UP * min(MOST_TAKEN_UP, len(words & content_words(one.text[:WEIGHED])))
    return moves


def _moved(turn: Heard, moves: Callable[[Said], Mapping[str, float]]) -> Heard:
    return Heard([_said_moved(one, moves(one)) if one.reading.signals else one for one in turn.said])


def _said_moved(one: Said, moves: Mapping[str, float]) -> Said:
    signals = dict(one.reading.signals)
    for name, move in moves.items():
        heard = signals.get(name, NOTHING)
        value = value_of(_odds(heard.value) + move)
        signals.pop(name, None)
        if value >= HEARD_FROM:
            signals[name] = Signal(round(value, 3), heard.evidence)
    kept = one.reading.questions if "asks" not in moves or signals.get("asks", NOTHING).value >= ASKED_FROM else ()
    return Said(one.where, one.text, replace(one.reading, signals=signals, questions=kept))


def _odds(value: float) -> float:
    return odds_of(value, edge=EDGE) if value >= HEARD_FROM else UNHEARD


def _near(value: float) -> float:
    """Log-odds, held within bounds: how sure we are of the one must not drown the other."""
    return max(-FARTHEST, min(FARTHEST, _odds(value)))
