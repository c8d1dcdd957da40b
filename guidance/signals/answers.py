"""Whether a reply takes up what the customer asked, in whatever words."""

from __future__ import annotations

from functools import lru_cache

from guidance.model import Question
from guidance.signals import wording
from guidance.text.fold import fold
from guidance.text.sentences import sentences
from guidance.text.words import plain_words

_COMMON = frozenset(
    "a an the and or but if of to in on at by for with from is are was were be been am do does did have has had i you he she it we they my your "
    "our their me us him her them this that these those what when where why how who which can could will would should shall may might not no yes "
    "please thanks thank hi hello hey just so very too also there here any some got get u ur im ive going know need want help still even about out up "
    "now only then than more been being again one like it's i'm don't can't won't doesn't let tell because really".split()
)


def is_answered(question: Question, reply: str, *, canned: bool = False) -> bool:
    """Whether a reply takes a question up, in whatever words.

    It gives what the question is after, asks for what it needs in order to answer, or says that it will find out. A no, a
    rule or a page to read must also speak of the matter; being sent elsewhere with nothing named is no answer, and stock
    phrases (`canned`) answer no more than whom to turn to.
    """
    asked = fold(question.text).text
    if canned and not (wording.ABOUT_CONTACT.search(asked) or wording.ASKS_THE_PLACE.search(asked)):
        return False
    said = _to_the_point(fold(reply).text, asked)
    if wording.ASKS_TO_BE_CALLED.search(asked):
        return bool(wording.CALLS_THEM.search(said))
    kind, matter = _kind_of(asked), content_words(question.text)
    if _meets_at_once(kind, asked, said) or (kind == "where" and wording.A_LINK.search(fold(reply).text)):
        return True
    if matter <= wording.PLEADS_WITH:
        return _helps(said)
    if kind == "why" and wording.IS_TROUBLE.search(asked) and _shows_a_step(said):
        return True
    return _gives(kind, matter, said)


def _meets_at_once(kind: str, asked: str, said: str) -> bool:
    """Whether a reply finds out, asks for what it needs, settles it with a yes or no, or takes a wish down, whatever the matter."""
    if wording.FINDS_OUT.search(said) or _asks_what_it_needs(said):
        return True
    is_open = kind != "yes" and (kind != "how" or wording.ASKS_HOW.search(asked))
    if not is_open and wording.SAYS_YES_OR_NO.search(said):
        return True
    if kind == "when" and wording.NOT_KNOWN_YET.search(said):
        return True
    if (kind == "yes" or wording.ASKS_THE_WAY.search(asked)) and wording.SAYS_NO.search(said):
        return True
    if kind == "yes" and wording.ASKS_LEAVE.search(asked) and wording.GIVES_LEAVE.search(said):
        return True
    return bool(wording.WISHES.search(asked) and wording.TAKES_NOTE.search(said))


def _helps(said: str) -> bool:
    """Whether a reply to a mere plea for help gives a step, or asks what it is about."""
    return bool(wording.GIVES["how"].search(said) or wording.ASKS_WHAT_ABOUT.search(said))


def _shows_a_step(said: str) -> bool:
    """Whether a reply names something to do about a trouble."""
    return bool(wording.GIVES["how"].search(said)) and not wording.HEDGES.search(said)


def _asks_what_it_needs(said: str) -> bool:
    """Whether a sentence asks for something in particular, and not only how things are going."""
    spoken = (said[start:end] for start, end in sentences(said))
    return any(
        (wording.ASKS_BACK.search(one) or wording.ASKS_TO_SEND.search(one)) and not wording.VAGUE_BACK.search(one)
        for one in spoken
    )


def _to_the_point(said: str, asked: str) -> str:
    """A reply without the sentences that only send the customer elsewhere, unless that is what was asked for."""
    if wording.ABOUT_CONTACT.search(asked) and not wording.ASKS_TO_BE_CALLED.search(asked):
        return said
    if not wording.ASKS_THE_PLACE.search(asked):
        said = wording.POINTS_TO_A_PAGE.sub(" ", said)
    spoken = (wording.IDIOM.sub(" ", said[start:end]) for start, end in sentences(said))
    told = (one for one in spoken if not wording.SENDS_ELSEWHERE.search(one) or wording.NAMES_DETAILS.search(one))
    return " ".join(one for one in told if not wording.BARE_LINK.search(one))


def _gives(kind: str, asked: frozenset[str], said: str) -> bool:
    """Whether a reply speaks of what was asked, and gives what its kind of question is after where it does."""
    hedges = bool(wording.HEDGES.search(said))
    is_short = len(said.split()) <= wording.SHORT
    outright = kind in wording.HEARD_ALONE or (kind in wording.SAID_IN_FIGURES and is_short)
    if outright and not hedges and wording.GIVES[kind].search(said):
        return True
    shared = len(asked & content_words(said))
    if kind == "why" and shared and wording.BECAUSE.search(said):
        return True
    if kind == "yes" and not hedges and shared and wording.GIVES["yes"].search(said):
        return True
    needed = max(2, (len(asked) + 1) // 2) if hedges else 1
    if shared < needed:
        return False
    if kind in wording.SAID_OUTRIGHT:
        return _gives_nearby(kind, asked, said)
    return shared >= (len(asked) + 2) // 3 or bool(wording.GIVES[kind].search(said))


def _gives_nearby(kind: str, asked: frozenset[str], said: str) -> bool:
    """Whether a sentence that speaks of the matter, or the one before or after it, gives a time, a price or a reason."""
    spoken = [said[start:end] for start, end in sentences(said)]
    near = {at + step for at, one in enumerate(spoken) if asked & content_words(one) for step in (-1, 0, 1)}
    return any(wording.GIVES[kind].search(one) for at, one in enumerate(spoken) if at in near)


def _kind_of(asked: str) -> str:
    """What a question is after; `yes` stands for yes or no."""
    if wording.ASKS_WHETHER.search(asked) and not wording.ASKS_THE_WAY.search(asked):
        return "yes"
    return next((kind for kind, pattern in wording.KINDS if pattern.search(asked)), "yes")


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
