"""Whether a reply in a few words gives what was asked: there the same words prove nothing, and a fragment is an answer.

"Parking is 5 euros a day" has the words of "where do I park?" and not the place; "behind the church" has none of them, and is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from guidance.signals import answering, wording
from guidance.signals.asked import Asked, stem_of
from guidance.signals.matter import content_words
from guidance.signals.replies import Reply
from guidance.text.words import plain_words

MOST_WORDS: Final = 16
"""So many words at most are few."""

MAY_PLEAD: Final = frozenset({"yes", "deed", "how"})
"""What words that only plead may be after: "can you help?" asks for anything, and "who is my contact?" for somebody."""

_FRAGMENT: Final = 5
_LONG_FRAGMENT: Final = 9
"""So many words at most, up to the first comma, stand without a verb of their own; more where they begin with "in", "from" or a number."""

_SAID_OUTRIGHT: Final = frozenset({"when", "how long", "price"})
"""What no fragment gives that does not say it: "by post" is no day, and no price."""

_TELLS: Final = frozenset("is are was were will means".split())
"""Verbs behind a thing that say what it is."""

_FIRST_CLAUSE = re.compile(r"[,;:(]")
_COMPOUND = re.compile(r"\w+-[\w-]+")
_SENDS = frozenset(
    map(stem_of, "send ship post deliver bring forward email mail get give share return show transfer".split())
)
"""Deeds that are done where a thing is on its way."""
_SAME = tuple(
    frozenset(map(stem_of, words.split()))
    for words in (
        "arrive come reach land",
        "change update correct alter amend edit rename",
        "cancel end close stop terminate",
        "open close shut",
        "move shift postpone reschedule put",
        "refund return credit repay",
        "fix repair mend solve correct",
        "wash clean",
        "see view find",
        "cost pay charge price free",
        "book reserve hold",
        "take accept see",
        "help assist",
        "work function",
    )
)
"""Deeds that answer each other."""


class Brief(Struct, frozen=True):
    """A question, and a reply in a few words: the whole of it, and what of it is to the point."""

    asked: Asked
    said: Reply
    whole: Reply

    @property
    def statements(self) -> list[str]:
        """The sentences to the point that nothing was left out of, without courtesies and questions."""
        kept = frozenset(self.said.sentences)
        return [
            one for one in self.whole.sentences if one in kept and "?" not in one and not answering.COURTESY.search(one)
        ]


def gives(told: Brief) -> bool:
    """Whether a reply in a few words gives what was asked."""
    if told.asked.choices & told.said.content:
        return True
    if told.asked.slot not in _SAID_OUTRIGHT and _is_elliptical(told):
        return True
    return _BY_SLOT[told.asked.slot](told)


def _is_elliptical(told: Brief) -> bool:
    """Whether its first sentence that is no courtesy has no verb of its own, and so borrows that of the question: "row F, side by side"."""
    spoken = (one for one in told.whole.sentences if not answering.COURTESY.search(one))
    first = next(spoken, "")
    if first not in told.statements or answering.A_VERB.search(first):
        return False
    words, content = _FIRST_CLAUSE.split(first)[0].split(), content_words(first)
    if not 0 < len(words) <= (_LONG_FRAGMENT if answering.BEGINS_A_FRAGMENT.search(first) else _FRAGMENT):
        return False
    says_something = bool(content) or first == told.whole.text.strip() or any(map(str.isdigit, first))
    repeats_the_deed = bool(told.asked.deed) and stem_of(words[0]) == told.asked.deed
    return says_something and (repeats_the_deed or not told.asked.matter & content)


def _takes_up_deed(told: Brief) -> bool:
    """Whether it speaks of the very deed that was asked after, or of one that answers it."""
    deed = told.asked.deed
    alike = frozenset({deed}).union(*(group for group in _SAME if deed in group))
    return bool(deed) and not alike.isdisjoint(map(stem_of, plain_words(_COMPOUND.sub(" ", told.said.text))))


def _settles(told: Brief) -> bool:
    """A yes or a no, in these words, by the deed, or by saying all that was asked."""
    text, asked = told.said.text, told.asked
    is_sent = asked.deed in _SENDS and answering.DELIVERS.search(text)
    is_priced = asked.is_to_pay and wording.gives("price", text)
    says_all = len(asked.matter) > 1 and asked.matter <= told.said.content
    return (
        bool(answering.SAYS_SO.search(text) or is_sent or is_priced or says_all)
        or _takes_up_deed(told)
        or _is_so_now(told)
    )


def _is_so_now(told: Brief) -> bool:
    """Whether it tells what a wish has come to, or what we have done about it."""
    if not (told.asked.wishes or told.asked.asks_leave):
        return False
    is_done = answering.WE_DID.search(told.said.text) and told.asked.matter & told.said.content
    return bool(is_done or answering.IS_SO_NOW.search(told.said.text))


def _settles_or_tells_step(told: Brief) -> bool:
    return _settles(told) or _tells_step(told)


def _tells_time(told: Brief) -> bool:
    """A time that the question itself does not name."""
    words = (content_words(found[0]) for found in answering.TIME.finditer(told.said.text))
    return any(not one or not one <= told.asked.matter for one in words)


def _tells_duration(told: Brief) -> bool:
    """How long; the time when it ends is as good in a reply that says nothing else."""
    return bool(answering.DURATION.search(told.said.text)) or (
        not told.asked.matter & told.said.content and _tells_time(told)
    )


def _tells_figure(told: Brief) -> bool:
    return told.said.gives(told.asked.kind)


def _tells_place(told: Brief) -> bool:
    """A place that the question itself does not name."""
    if answering.A_PLACE.search(told.said.text):
        return True
    places = (found[1] for found in answering.PLACE.finditer(told.said.text))
    return any(not answering.NOWHERE.search(one) and not content_words(one) & told.asked.matter for one in places)


def _tells_place_or_way(told: Brief) -> bool:
    return _tells_place(told) or bool(answering.ITS_WAY.search(told.said.text))


def _tells_person(told: Brief) -> bool:
    return bool(answering.SOMEBODY.search(told.said.text))


def _tells_reason(told: Brief) -> bool:
    """A reason by its name, or a statement that is more than the question said again; against a trouble a step, too."""
    if told.asked.is_trouble and _tells_step(told):
        return True
    return bool(wording.BECAUSE.search(told.said.text)) or any(_is_a_cause(told.asked, one) for one in told.statements)


def _is_a_cause(asked: Asked, sentence: str) -> bool:
    """Whether a sentence states something new: of another thing, what went wrong with this one, or what it is."""
    if answering.TO_COME.search(sentence) or not answering.STATES.search(sentence):
        return False
    content, deeds = content_words(sentence), map(stem_of, plain_words(sentence))
    is_new = len(content - asked.matter) > 1 and not (asked.deed and asked.deed in deeds)
    return is_new and (not content & asked.matter or bool(answering.WENT_WRONG.search(sentence)))


def _tells_step(told: Brief) -> bool:
    """A step in words that are known for one, or any order: a sentence that states nothing."""
    orders = (content_words(one) for one in told.statements if not answering.STATES.search(one))
    is_ordered = any(len(content) > 1 and not content & told.asked.matter for content in orders)
    return is_ordered or bool(answering.STEP.search(told.said.text))


def _tells_which(told: Brief) -> bool:
    """Which one, or what it is: "it's a bank holiday", "the gate is B12", "E4 means the filter is full"; or what only can be meant for it."""
    if answering.IT_IS.search(told.said.text) or _names_it(told):
        return True
    content, matter = told.said.content, told.asked.matter
    return bool(content - matter) and (_takes_up_deed(told) or (bool(told.statements) and not matter & content))


def _names_it(told: Brief) -> bool:
    """Whether it says of the very thing asked for what it is, or gives a number beside it."""
    words = plain_words(told.said.text)
    named = [place for place, word in enumerate(words) if told.asked.of_what in content_words(word)]
    is_told = any(words[place + 1 : place + 2] and words[place + 1] in _TELLS for place in named)
    return is_told or (bool(named) and any(map(str.isdigit, told.said.text)))


_BY_SLOT: Final[Mapping[str, Callable[[Brief], bool]]] = {
    "yes": _settles,
    "deed": _settles_or_tells_step,
    "when": _tells_time,
    "how long": _tells_duration,
    "price": _tells_figure,
    "how much": _tells_figure,
    "where": _tells_place,
    "whereabouts": _tells_place_or_way,
    "who": _tells_person,
    "why": _tells_reason,
    "how": _tells_step,
    "what": _tells_which,
}
