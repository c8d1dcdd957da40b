"""What a customer's question is after: its kind, the words of its matter, what it is asked of, and how it may be answered."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from guidance.signals import joints, kinds
from guidance.signals.matter import content_words
from guidance.text.fold import fold
from guidance.text.words import plain_words

PLAINLY = 2
"""So many words in one sentence speak of a matter plainly."""

_SHORT_PAST = (4, 5)
"""Letters of verbs in the past that are too short for an ending to be told at sight: "added", "moved"."""

_ORDER = frozenset({"first", "last", "next"})
"""Words that tell an order, and no matter."""


class Asked(Struct, frozen=True):
    """A question: what kind of thing it is after, the words that carry its matter, and which ways of answering it are open.

    `slot`: what a reply in a few words must give; `deed`: the stem of the verb that is asked after; `of_what`: of the noun.
    """

    kind: str
    slot: str
    matter: frozenset[str]
    deed: str
    of_what: str
    wants_a_call: bool
    is_about_contact: bool
    is_after_a_place: bool
    is_trouble: bool
    asks_the_way: bool
    asks_leave: bool
    takes_a_yes: bool
    wishes: bool
    is_to_pay: bool
    leans: bool
    choices: frozenset[str]


@lru_cache(maxsize=256)
def asked_in(question: str) -> Asked:
    """A question, looked at once: it stays the same at every stroke of the agent's keys."""
    whole = kinds.SALUTES.sub("", fold(question).text)
    text = whole[joints.states_first(whole) :]
    kind, choice = _kind_of(text), kinds.EITHER_OR.search(text)
    matter = _matter_of(text)
    if len(matter) < PLAINLY:
        matter = _matter_of(whole)
    return Asked(
        kind=kind,
        slot=_slot_of(kind, text),
        matter=matter,
        deed=_deed_of(text),
        of_what=_of_what(text),
        wants_a_call=bool(kinds.ASKS_TO_BE_CALLED.search(text)),
        is_about_contact=bool(kinds.ABOUT_CONTACT.search(text)),
        is_after_a_place=bool(kinds.ASKS_THE_PLACE.search(text)),
        is_trouble=kind == "why" and bool(kinds.IS_TROUBLE.search(text)),
        asks_the_way=bool(kinds.ASKS_THE_WAY.search(text)),
        asks_leave=bool(kinds.ASKS_LEAVE.search(text)) and not kinds.FEARS.search(text),
        takes_a_yes=kind == "yes" or (kind == "how" and not kinds.ASKS_HOW.search(text)),
        wishes=bool(kinds.WISHES.search(text)),
        is_to_pay=kind == "yes" and bool(kinds.ASKS_TO_PAY.search(text)),
        leans=len(matter) < PLAINLY or bool(kinds.LEANS.search(text)),
        choices=frozenset().union(*map(content_words, choice.groups())) if choice else frozenset(),
    )


def stem_of(word: str) -> str:
    """The stem of one word, of a strong verb its first form; nothing where it carries no matter."""
    if word in kinds.FIRST_FORM:
        return kinds.FIRST_FORM[word]
    if len(word) in _SHORT_PAST and word.endswith("ed") and word[-3] != "e":
        return word.removesuffix("ed")
    return next(iter(content_words(word)), "")


def _matter_of(text: str) -> frozenset[str]:
    return content_words(kinds.GIVES_ITS_REASON.sub("", text)) - _ORDER


def _kind_of(asked: str) -> str:
    """What a question is after; `yes` stands for yes or no."""
    if kinds.ASKS_WHETHER.search(asked) and not kinds.ASKS_THE_WAY.search(asked):
        return "yes"
    return next((kind for kind, pattern in kinds.KINDS if pattern.search(asked)), "yes")


def _slot_of(kind: str, asked: str) -> str:
    """What a reply in a few words must give: of a kind, but for a deed, how long a thing takes, and for which one, or what, it is."""
    if kind == "when" and kinds.HOW_LONG.search(asked):
        return "how long"
    if kind == "where" and kinds.WHERE_IS.search(asked):
        return "whereabouts"
    if (kind in ("yes", "how") or (kind == "why" and "what does" in asked)) and kinds.WHICH.search(asked):
        return "what"
    return kind if kind == "yes" or kinds.ASKS_WITH_A_WORD.search(asked) else "deed"


def _of_what(asked: str) -> str:
    """The word that names what is asked for behind "which" or "what": "which gate", "what is the wifi password"."""
    found = kinds.WHICH.search(asked)
    words = plain_words(" ".join(filter(None, found.groups()))) if found else []
    return next((stem for word in reversed(words) for stem in content_words(word)), "")


def _deed_of(asked: str) -> str:
    """The stem of the verb that is asked after, or of the state: "can I bring my dog", "is the pool heated"; nothing where there is none."""
    if within := kinds.WHETHER.search(asked):
        return _last(_stems(within[1]))
    found = kinds.PREDICATE.search(asked)
    if found is None:
        return _first(_stems(asked))
    verb, subject, said = found.groups()
    if kinds.PERFECT.search(verb) or said.startswith(("be ", "get ")):
        return _state_of(subject, said, asked)
    if subject in ("i", "we") and said.startswith("have "):
        return ""
    if kinds.A_PRONOUN.search(subject):
        return _first(_stems(said))
    strong = [kinds.FIRST_FORM[word] for word in plain_words(said) if word in kinds.FIRST_FORM]
    return _first(strong) or (_last if kinds.ASKS_WITH_A_WORD.search(asked) else _first)(_stems(said))


def _state_of(subject: str, said: str, asked: str) -> str:
    """What was done to a subject, or what it is; of "which" and "what" and of a place to be nothing."""
    if done := [stem_of(word) for word in plain_words(said) if kinds.DONE.search(word)]:
        return done[0]
    if said.startswith("be ") or kinds.WHICH.search(asked):
        return ""
    return _first(_stems(said)) if subject == "there" else _last(_stems(said))


def _stems(text: str) -> list[str]:
    return [stem for word in plain_words(text) if (stem := stem_of(word))]


def _first(stems: list[str]) -> str:
    return stems[0] if stems else ""


def _last(stems: list[str]) -> str:
    return stems[-1] if stems else ""
