"""What the signals of one text say about each other: a way out is one only beside a no, care is no deed, a bare thanks closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from guidance.model import Signal
from guidance.signals.models import ALONE_FROM, Model, words_in
from guidance.signals.odds import odds_of, value_of
from guidance.signals.praising import is_heartfelt, thanks_in_passing
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of
from guidance.text.sentences import sentences

BESIDE_A_NO: Final = 0.5
"""How much surer, in log-odds, a way out may be than the no that it stands beside."""

FARTHEST: Final = 6.0
"""Log-odds beyond this count no more."""

EDGE: Final = value_of(-FARTHEST)

FEWEST_WORDS: Final = 4
"""Fewer words beside a no, or beside words of care, hold no step."""

BARE: Final = 2.0
"""How much, in log-odds, thanks that name nothing count against gratitude, and what a thing repeats against an earlier contact."""

SHORT: Final = 4
"""Letters in words that must end where they are found."""

A_STEP_FROM: Final = 1.0
"""The log-odds from which a single sentence beside words of care tells of a step: a plain one has three and more."""

_OWNS_UP = Pattern(
    either(
        r"\b(?:we|i|they|somebody|someone) (?:really |simply )?(?:should|ought to)(?: not|n't)? have\b|\bshould (?:not |never )?have been\b",
        r"\byou must (?:be|have (?:been|had|felt|begun|thought|wondered|spent|waited))\b",
        r"\b(?:was|were|is|it's|that's|as) (?:all |entirely |plainly |purely |simply )?(?:our|my) (?:own |contractor's |driver's |office's )?"
        + one_of("doing|fault|mistake|error|slip|oversight")
        + r"\b",
        r"\bwe did(?:n't| not) (?:\w+ ){1,6}(?:enough|in time)\b|\band we did(?:n't| not)\b",
        r"\b(?:silence|delay|mistake|error|slip|muddle|mix-?up|wait|omission|fault) (?:was|is) ours\b",
        r"\band should have (?:told|said|called|let|checked|seen|warned)\b",
        r"\bthe (?:best|right|very) thing you could(?:'ve| have)\b|\byou did (?:just )?the right thing\b",
    )
)
"""A sentence that takes the blame, or feels with the customer: it holds the words of a defence and is none."""

SENTENCES_TELL: Final = {"excuse": 1, "boilerplate": 2}
"""The signals of single sentences, and how many of them tell each."""

CANNED_BY_TWO: Final = 0.85
"""What it adds, in log-odds, to a canned sentence that another one stands in the same reply: by the less canned of the two it is told."""

HIT_COUNTS: Final = frozenset({"defensive", "presumes", "scripted", "servile"})
"""Signals of which a hit of the list tells what the sentence says that it stands in."""

SAID_OUTRIGHT: Final = 1.0
"""What it adds to the log-odds of upset that somebody says so outright: the rest of a message may be as calm as it likes."""

_AM_UPSET = Pattern(
    one_of(
        r"\b(?:i|we)(?:'m| am|'re| are| feel)"
        r"(?: (?:\w+ly|so|very|quite|rather|pretty|most|more than|just|now|also|still|a (?:bit|little|tad)|beyond|too|all|both)){0,3} ",
        r"(?:^|[.!?,;\n] ?)(?:just |now |i )?(?:absolutely|utterly|truly|really|so|beyond|properly|completely|fucking|bloody) ",
    )
    + one_of(
        r"disappointed|upset|annoyed|frustrated|angry|furious|livid|cross|unhappy|fed up|dismayed|disgusted|outraged|gutted|irritated",
        r"unimpressed|appalled|exasperated|aggrieved|offended|let down|mad|raging|fuming|enraged|incensed|seething",
        r"hacked off|pissed off",
    )
    + r"(?:[^\w-]|$)"
)
_AM_NOT = Pattern(
    r"(?:\b(?:not|never|no longer)\b|n't\b)[^.!?;,]{0,20}$|\b(?:if|unless|when|before|until) $|\b(?:hardly|barely|scarcely|rarely)\b"
)
"""What takes it back, before it or in it: "I'm not saying that I am", "if we are disappointed", "I'm hardly upset"."""

MEANT: Final = 1.0
"""The log-odds of gratitude, at least, where somebody calls us an angel, or says that we saved their day."""

_A_THING_REPEATS = Pattern(
    r"\b(?:it|\w+s?) (?:blink|flash|beep|click|ring|spin|buzz|vibrate|restart|reboot|turn|skip|squeak|whistle|jump|crackle)e?[sd]? "
    r"(?:\w+ )?(?:twice|(?:two|three|four|five|six|ten|\d+) times)\b"
)
"""What a thing does so many times is nobody's asking again."""

CARES_FROM: Final = 0.3
"""The value from which words are taken for care: what else they would be is a step."""

CARES: Final = ("empty_care", "acknowledgement", "apology")
"""Whose words tell of the customer's trouble or of our regret, and hold no step: "to find her like that at two"."""

_NO_WAY_OUT = Pattern(
    either(
        r"\b(?:before|until|till|unless) (?:you|we|i|it|they) (?:can|could|may|will)\b[^.!?\n]*",
        r"\b(?:i|we)(?:'ve| have|'d| had)? (?:just |now |already |also )?"
        r"(?:checked|looked|reviewed|examined|gone (?:through|over)|been through|seen|read|tried)\b[^.!?,;\n]*",
    )
)
"""What comes only afterwards, or was looked up: "before you can borrow again", "I checked your number"."""

_TURNS = Pattern(
    either(
        r"[,;]? \b(?:but|however|although|though|instead|please)\b,?|[,;] so\b",
        r"[:;] ",
        r"[,;:] (you(?:'ll| can| could| will| may)|feel free|try|visit|contact|call)\b",
    )
)
"""Where a sentence turns from the no to what there is beside it."""


def heard_together(model: Model, folded: str, listed: Mapping[str, Signal]) -> dict[str, float]:
    """The values that a model gives a folded text, 0..1, in view of each other. `listed`: what the lists heard in it.

    One sentence that says a thing counts, however much else is said. Thanks that name nothing are no gratitude. An alternative is
    a concrete step that stands beside a refusal: told outside the clauses that refuse. Words of care are no step themselves.
    """
    values = model.values(folded, listed)
    values |= _in_one_sentence(values, model, folded, listed)
    if "upset" in values and says_they_are_upset(folded):
        values["upset"] = value_of(max(0.0, _odds(values["upset"])) + SAID_OUTRIGHT)
    if "repeat_contact" in values and "repeat_contact" not in listed and _A_THING_REPEATS.search(folded):
        values["repeat_contact"] = value_of(_odds(values["repeat_contact"]) - BARE)
    if "grateful" in values and is_heartfelt(folded):
        grateful = max(values["grateful"], value_of(MEANT))
        return values | {"upset": value_of(_odds(values["upset"]) - BARE), "grateful": grateful}
    if "grateful" in values and "grateful" not in listed and thanks_in_passing(folded):
        return values | {"grateful": value_of(_odds(values["grateful"]) - BARE)}
    if {"alternative", "refusal", "action"} <= values.keys():
        return _with_way_out(values, model, folded, listed)
    return values


def says_they_are_upset(folded: str) -> bool:
    """Whether the writer says so outright, and does not take it back."""
    said = _AM_UPSET.finditer(folded)
    return any(
        not (_AM_NOT.search(folded[max(0, one.start() - 30) : one.start()]) or _AM_NOT.search(one[0])) for one in said
    )


def _in_one_sentence(
    values: Mapping[str, float], model: Model, folded: str, listed: Mapping[str, Signal]
) -> dict[str, float]:
    """What one sentence of several says more surely than all of them together, and what single ones are told of for themselves."""
    pieces = _pieces(folded)
    if not pieces or pieces == [folded]:
        return {"excuse": values["defensive"]} if "defensive" in values else {}
    each = _odds_of_each(model, pieces, listed)
    heard = {name: value_of(max(each[name]) - least) for name, least in ALONE_FROM.items() if name in each}
    told = {name: max(odds) for name, odds in _of_its_own(each, pieces).items() if odds}
    return {name: value for name, value in heard.items() if value > values[name]} | told


def _of_its_own(each: Mapping[str, Sequence[float]], pieces: Sequence[str]) -> dict[str, list[float]]:
    """For the signals that single sentences have of their own, the value of each sentence: none where one canned sentence stands alone."""
    if not {"defensive", "scripted"} <= each.keys():
        return {}
    return {
        "excuse": [value_of(odds) for odds in _defending(each["defensive"], pieces)],
        "boilerplate": [value_of(odds + CANNED_BY_TWO) for odds in sorted(each["scripted"])[:-1]],
    }


def _odds_of_each(model: Model, pieces: Sequence[str], listed: Mapping[str, Signal]) -> dict[str, list[float]]:
    """How surely each sentence says a thing, in log-odds, with what the signal's own list found in it."""
    each = model.of_each(pieces)
    for name in HIT_COUNTS & each.keys() & listed.keys():
        found, hit = _found_by(listed[name]), model.counts_hit(name)
        each[name] = [
            odds + hit * any(_stands_in(words, piece) for words in found)
            for odds, piece in zip(each[name], pieces, strict=True)
        ]
    return each


def _defending(odds: Sequence[float], pieces: Sequence[str]) -> list[float]:
    """How surely each sentence defends: one that takes the blame does not."""
    return [-FARTHEST if _OWNS_UP.search(piece) else one for one, piece in zip(odds, pieces, strict=True)]


def told_by(name: str, model: Model, folded: str, listed: Mapping[str, Signal]) -> list[tuple[int, int]]:
    """The spans of the sentences that a signal of `SENTENCES_TELL` rests on, in order."""
    spans = _spoken(folded)
    if not spans:
        return []
    pieces = [folded[start:end] for start, end in spans]
    each = _odds_of_each(model, pieces, listed)
    odds = _defending(each["defensive"], pieces) if name == "excuse" else each["scripted"]
    most = sorted(range(len(spans)), key=odds.__getitem__)[-SENTENCES_TELL[name] :]
    return [spans[number] for number in sorted(most)]


def _pieces(folded: str) -> list[str]:
    """The sentences of a folded text that say something."""
    return [folded[start:end] for start, end in _spoken(folded)]


def _spoken(folded: str) -> list[tuple[int, int]]:
    """The spans of the sentences of a folded text that say something."""
    return [(start, end) for start, end in sentences(folded) if len(folded[start:end].split()) >= FEWEST_WORDS]


def _with_way_out(
    values: dict[str, float], model: Model, folded: str, listed: Mapping[str, Signal]
) -> dict[str, float]:
    if values.get("empty_care", 0.0) >= CARES_FROM:
        cares = [name for name in CARES if values.get(name, 0.0) >= CARES_FROM]
        told = min(_step_beside(cares, model, folded, listed), _step_in_one_sentence(model, folded, listed))
        values = values | {"action": min(values["action"], told)}
    step = values["action"]
    if values["refusal"] >= 0.5:
        step = min(step, _step_beside(["refusal"], model, folded, listed))
    refusal, way_out, own = map(_odds, (values["refusal"], step, values["alternative"]))
    return values | {"alternative": value_of(min(refusal + BESIDE_A_NO, (own + way_out) / 2))}


def _step_beside(names: Sequence[str], model: Model, folded: str, listed: Mapping[str, Signal]) -> float:
    """How surely a step is told in what stands beside the words of other signals."""
    taken = [words for name in names for words in _words_of(name, model, folded, listed)]
    left = _left_beside(taken, folded)
    if "refusal" in names:
        left = _NO_WAY_OUT.sub(" ", left)
    if sum(any(map(str.isalnum, word)) for word in left.split()) < FEWEST_WORDS:
        return 0.0
    return model.values(left, _listed_in(left, listed))["action"]


def _step_in_one_sentence(model: Model, folded: str, listed: Mapping[str, Signal]) -> float:
    """How surely any one sentence tells of a step: what many of them only hint at is none."""
    told = [model.values(one, _listed_in(one, listed))["action"] for one in _pieces(folded)]
    return value_of(_odds(max(told)) - A_STEP_FROM) if told else 0.0


def _listed_in(text: str, listed: Mapping[str, Signal]) -> set[str]:
    """The signals whose lists were found in this part of a text."""
    return {name for name, one in listed.items() if any(_stands_in(words, text) for words in _found_by(one))}


def _words_of(name: str, model: Model, folded: str, listed: Mapping[str, Signal]) -> list[str]:
    if name in listed:
        return _found_by(listed[name])
    span = model.strongest(words_in(folded), name)
    return [folded[slice(*span)]] if span else []


def _found_by(listed: Signal) -> list[str]:
    """The words in which a signal's list was found, folded."""
    return [fold(found.text).text for found in listed.evidence]


def _left_beside(refused: list[str], folded: str) -> str:
    """A text without the clauses that hold these words."""
    spoken = (folded[start:end] for start, end in sentences(folded))
    clauses = (clause for one in spoken for clause in _TURNS.sub(r"\n\1", one).split("\n"))
    return "\n".join(clause for clause in clauses if not any(_stands_in(words, clause) for words in refused))


def _stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text as words of their own: "no" does not in "know" and "noon". A pattern may end within a long word."""
    end = 0
    while words and (start := text.find(words, end)) >= 0:
        end = start + len(words)
        goes_on = len(words) <= SHORT and text[end : end + 1].isalnum()
        if not (text[start - 1 : start].isalnum() or goes_on):
            return True
    return False


def _odds(value: float) -> float:
    return odds_of(value, edge=EDGE)
