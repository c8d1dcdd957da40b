"""Words that were taken out of comments: whether there are any, and a text without them. Which ones they were is kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from guidance.model import Comment
from guidance.text.fold import fold
from guidance.text.words import letter_words, plain_words

_CUT = "…"


def has_lost_words(held: Sequence[Comment], shown: Sequence[Comment]) -> bool:
    """Whether a comment that we hold is shown with fewer of its words; how they are set, and what was added, is no matter."""
    now = {comment.id: comment.text for comment in shown}
    return any(lost_words(one.text, now[one.id]) for one in held if one.id in now)


def lost_words(before: str, after: str) -> frozenset[str]:
    """The words, folded, that a text had and has no more."""
    return frozenset() if before == after else frozenset(_words(before) - _words(after))


def without(text: str, lost: Collection[str]) -> str:
    """A text without these words, a mark in the place of each run of them; empty where nothing that says anything is left."""
    kept: list[str] = []
    for word in text.split():
        if _words(word).isdisjoint(lost):
            kept.append(word)
        elif kept[-1:] != [_CUT]:
            kept.append(_CUT)
    left = " ".join(kept)
    return left if _words(left) else ""


def _words(text: str) -> set[str]:
    folded = fold(text).text
    return {*letter_words(folded), *plain_words(folded)}
