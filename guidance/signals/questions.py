"""The customer's real questions and requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.model import Question
from guidance.signals import asking, joints, rhetoric
from guidance.signals.asked import PLAINLY
from guidance.signals.matter import content_words
from guidance.text.fold import Folded, fold
from guidance.text.sentences import sentences

Spans = Sequence[tuple[int, int]]

MOST = 8
"""Questions of one text that are kept."""

_LONG = 14
"""A question of more words than this is listed without the statement before it."""

_WORD = re.compile(r"[\w']+")
_LEADS_IN = re.compile(r"^\W*(?:(?:so|and|but|well|now|again)\b\W*)+")
_POINTS_BACK = frozenset("it that this they them he she".split())
_OF_ONE_THING = frozenset("where when why has have had is are was were did does will can could".split())
"""Beginnings after which "it" is what was spoken of: a price or a kind may be of anything."""


def find_implied(text: str, kept: Spans) -> tuple[Question, ...]:
    """The trouble that is reported without a word of asking: the first sentence that names one, at most."""
    for start, end in (sentence for span in kept for sentence in sentences(text, span)):
        if "?" not in text[start:end] and asking.TROUBLE.search(fold(text[start:end]).text):
            return (Question(where="", text=text[start:end], start=start, end=end),)
    return ()


def wants_no_answer(text: str, kept: Spans) -> tuple[Question, ...]:
    """The first sentence that has the form of a question or of a request and expects no answer: rhetoric, courtesy, what others were asked."""
    for start, end in (sentence for span in kept for sentence in sentences(text, span)):
        folded = fold(text[start:end]).text
        if ("?" in folded[-4:] or asking.REQUEST.search(folded)) and not _is_asked(folded.strip()):
            return (Question(where="", text=text[start:end], start=start, end=end),)
    return ()


def find_meant(text: str, kept: Spans) -> tuple[Question, ...]:
    """What somebody is after who asks without a question: help with the trouble that they name, else their last sentence."""
    last = [sentence for span in kept for sentence in sentences(text, span)][-1:]
    said = tuple(part for s, e in last if "?" not in text[s:e] for part in _questions(text, s, fold(text[s:e])))
    return find_implied(text, kept) or said


def find_questions(text: str, kept: Spans) -> tuple[Question, ...]:
    """Real questions and requests, in order; rhetorical ones are left out. `where` is set by who knows the place."""
    found: list[Question] = []
    for start, end in (sentence for span in kept for sentence in sentences(text, span)):
        folded = fold(text[start:end])
        said = folded.text.strip()
        if (found and _names_one_more(said)) or asking.ANNOUNCED.search(said) or not _is_asked(said):
            continue
        found += _questions(text, start, folded)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _is_asked(folded: str) -> bool:
    """Whether a sentence asks or requests something and expects an answer."""
    folded = asking.ADDRESSES.sub("", folded) or folded
    if rhetoric.WISHED.search(folded):
        return True
    folded = rhetoric.REPORTED.sub(" ", rhetoric.COURTESY.sub(" ", folded))
    if "?" not in folded[-4:] and not asking.REQUEST.search(folded):
        return False
    if rhetoric.ONE_WORD.search(folded) or rhetoric.RHETORICAL.search(folded):
        return False
    if rhetoric.TAGGED.search(folded) and not asking.INVERTED.search(folded):
        return False
    _, dots, last = folded.rstrip(". ").rpartition("...")
    return not (dots and rhetoric.RHETORICAL.search(last))


def each_once(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Questions without those that ask a second time for the same: in the same words, or with "it" for what the one before names."""
    kept: dict[tuple[str, ...], Question] = {}
    for question in asked:
        words = tuple(_WORD.findall(_LEADS_IN.sub("", fold(question.text).text)))
        if not any(words == before or _asks_again(words, before) for before in kept):
            kept[words] = question
    return tuple(kept.values())


def _asks_again(words: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether "where is it" stands for "where is the tree": the same beginning, nothing of its own, and a word that points back."""
    said = [word for word in words if word not in _POINTS_BACK]
    points = len(said) < len(words)
    return points and words[:1] == before[:1] and words[0] in _OF_ONE_THING and set(said) <= set(before)


def is_outright(question: Question) -> bool:
    """Whether a question is more than a statement with a question mark behind it, which as often as not only marvels."""
    folded = fold(question.text).text
    return bool(asking.OPENS.search(folded) or asking.REQUEST.search(folded))


def _names_one_more(folded: str) -> bool:
    """Whether a question is no more than a word or two after another: "who has it? the library? amazon?"."""
    return len(folded.split()) <= 2 and not asking.REQUEST.search(folded)


def _questions(text: str, start: int, sentence: Folded) -> list[Question]:
    """The questions of a sentence that begins at `start`."""
    places = ((start + left, start + right) for left, right in _parts(sentence))
    return [Question(where="", text=text[left:right], start=left, end=right) for left, right in places]


def _parts(folded: Folded) -> list[tuple[int, int]]:
    """One question, or several where more hang on by "and" or by commas: places in the original sentence.

    What only tells how things stand before a question is none of them: "my order is late, can I cancel it?" is one question.
    """
    text, begin, parts = folded.text, 0, list[tuple[int, int]]()
    for joint in joints.JOINT.finditer(text):
        first, second = text[begin : joint.start()].rstrip(" ,;-"), max(map(joint.start, (1, 2, 3)))
        if text.count(" ", second) < 2 or not (joint[3] or joints.ASKS.search(first)):
            continue
        parts.append((begin, begin + len(first)))
        begin = second
    places = [*parts, (begin, len(text))] if parts else [(0, len(text))]
    return [folded.span(_asks_from(text[start:end]) + start, end) for start, end in places]


def _asks_from(part: str) -> int:
    """Where a question begins that a long statement stands before; a statement that tells what "it" is belongs to it."""
    begin = joints.states_first(part) if len(part.split()) > _LONG else 0
    return begin if len(content_words(part[begin:])) >= PLAINLY else 0
