"""Whether a reply takes up what the customer asked, in whatever words."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.model import Question
from guidance.signals import briefly, kinds, wording
from guidance.signals.asked import PLAINLY, Asked, asked_in
from guidance.signals.matter import content_words
from guidance.signals.replies import Reply, reply_of, unframed

_GREETINGS = frozenset("good morn afternoon even day dear hello regard kind best wish sir madam mr mrs ms dr".split())

_MANY_WORDS = 6
"""A matter of so many words is told by more than one of them."""

_OF_A_TIME = frozenset({"dat", "day", "tim", "hour", "long", "soon"})
"""What a question after a time says of no matter, stemmed: "from what date would it be?"."""


def is_answered(
    question: Question, reply: str, *, canned: bool = False, around: str = "", beside: Sequence[Question] = ()
) -> bool:
    """Whether a reply takes a question up, in whatever words.

    `around` is what was said just before the question, where a sentence that takes that up may be meant as the answer.
    `beside`: the other questions of that turn. A sentence that speaks of their matter and not of this one's answers them alone.

    It gives what the question is after, asks for what it needs in order to answer, or says that it will find out. A no, a
    rule or a page to read must also speak of the matter; being sent elsewhere with nothing named is no answer, and stock
    phrases (`canned`) answer no more than whom to turn to, unless a sentence among them speaks of the matter. A reply of a few
    words is held to what was asked (`briefly`).
    """
    inside = unframed(reply)
    is_brief = not beside and not around and len(inside.split()) <= briefly.MOST_WORDS
    asked, told = asked_in(question.text), reply_of(inside if is_brief else reply)
    if told.items and len(told.items) == len(beside) + 1:
        return bool(told.items[sum(one.start < question.start for one in beside)])
    if canned and not (asked.is_about_contact or asked.is_after_a_place or _takes_up(told, asked.matter)):
        return False
    whole = _left_for(asked, told, beside)
    if any(one.start < question.start and asked_in(one.text).takes_a_yes for one in beside):
        whole = whole.without_bare_yes
    if around and _takes_up(whole, content_words(around) | asked.matter):
        return True
    if around and asked.leans and asked.kind == "when" and not content_words(around) & whole.content:
        return False
    if asked.wants_a_call:
        return bool(wording.CALLS_THEM.search(whole.to_the_point.text))
    said = whole if asked.is_about_contact else whole.to_the_point if asked.is_after_a_place else whole.of_its_own
    is_long = len(told.sentences) > len(beside) + 1
    near = said.about(asked.matter) if beside and is_long and not asked.leans else said
    if _meets_at_once(asked, near) or said.finds_out or (asked.kind == "where" and whole.links):
        return True
    pleads = asked.matter <= kinds.PLEADS_WITH
    if is_brief and not (pleads and asked.slot in briefly.MAY_PLEAD):
        return briefly.gives(briefly.Brief(asked, said, whole))
    if pleads:
        return said.helps
    if asked.is_trouble and said.gives("how") and not said.hedges:
        return True
    return _gives(asked, said, least=_least(asked) if beside else 1)


def _left_for(asked: Asked, said: Reply, beside: Sequence[Question]) -> Reply:
    """A reply without the sentences that speak of another question's matter, and not of this one's.

    The same where it has fewer sentences than there are questions, so that one must answer several, or where the question
    borrows its matter from another, as "is that possible?" does.
    """
    elsewhere = frozenset[str]().union(*(asked_in(one.text).matter for one in beside)) - asked.matter
    if not elsewhere or asked.leans or len(said.sentences) <= len(beside):
        return said
    spoken = ((one, content_words(one)) for one in said.sentences)
    left = [one for one, words in spoken if words & asked.matter or not words & elsewhere]
    return said if len(left) == len(said.sentences) else Reply(" ".join(left))


def _takes_up(said: Reply, matter: frozenset[str]) -> bool:
    """Whether one sentence speaks of a matter in more than one of its words."""
    return any(len((matter & content_words(one)) - _GREETINGS) >= PLAINLY for one in said.sentences)


def _meets_at_once(asked: Asked, said: Reply) -> bool:
    """Whether a reply finds out, asks for what it needs, settles it with a yes or no, or takes a wish down, whatever the matter."""
    if said.goes_after_it:
        return True
    if asked.takes_a_yes and wording.SAYS_YES_OR_NO.search(said.text):
        return True
    if asked.kind == "when" and wording.NOT_KNOWN_YET.search(said.text):
        return True
    if asked.is_to_pay and wording.IS_FREE.search(said.text):
        return True
    if (asked.kind == "yes" or asked.asks_the_way) and said.says_no:
        return True
    if asked.kind == "yes" and asked.asks_leave and wording.GIVES_LEAVE.search(said.text):
        return True
    return asked.wishes and bool(wording.TAKES_NOTE.search(said.text))


def _gives(asked: Asked, said: Reply, *, least: int) -> bool:
    """Whether a reply speaks of what was asked, and gives what its kind of question is after where it does.

    `least`: so many words of the matter must stand beside a yes or no.
    """
    kind, matter = asked.kind, asked.matter
    hedges = said.hedges and (not matter & said.content or said.about(matter).hedges)
    outright = kind in kinds.HEARD_ALONE or (kind in kinds.SAID_IN_FIGURES and said.words <= wording.SHORT)
    if not hedges and ((outright and said.gives(kind)) or said.says_shortly(kind)):
        return True
    if kind in kinds.SAID_IN_FIGURES and said.begins_with(kind):
        return True
    if kind == "when" and matter and asked.leans and matter <= _OF_A_TIME:
        return said.gives(kind)
    shared = len(matter & said.content)
    if kind == "why" and shared and wording.BECAUSE.search(said.text):
        return True
    if kind == "yes" and not hedges and shared >= least and _gives_nearby("yes", matter, said.sentences):
        return True
    if kind == "yes" and not hedges and asked.choices & said.content:
        return True
    needed = max(2, (len(matter) + 1) // 2) if hedges else 1
    if shared < needed:
        return False
    if kind in kinds.SAID_OUTRIGHT:
        return _gives_nearby(kind, matter, said.sentences)
    return _shared_nearby(matter, said.sentences) >= (len(matter) + 2) // 3 or (kind != "yes" and said.gives(kind))


def _least(asked: Asked) -> int:
    """How many words of one matter among several a yes or no must stand beside: one of many, or of two to choose from, may be there by chance."""
    return 2 if len(asked.matter) >= _MANY_WORDS or asked.choices else 1


def _shared_nearby(matter: frozenset[str], spoken: Sequence[str]) -> int:
    """How many words of a matter stand in two sentences of a reply that follow each other: those strewn over all of it tell of no answer."""
    words = [matter & content_words(one) for one in spoken]
    return max((len(one | two) for one, two in zip(words, [*words[1:], frozenset()], strict=True)), default=0)


def _gives_nearby(kind: str, matter: frozenset[str], spoken: Sequence[str]) -> bool:
    """Whether a sentence that speaks of the matter, or the one before or after it, gives a time, a price or a reason."""
    near = {at + step for at, one in enumerate(spoken) if matter & content_words(one) for step in (-1, 0, 1)}
    return any(wording.gives(kind, one) for at, one in enumerate(spoken) if at in near)
