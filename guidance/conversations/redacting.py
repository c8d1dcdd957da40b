"""Whether words were taken out of comments: by the words of two tellings, of which none is kept."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.model import Comment
from guidance.text.fold import fold
from guidance.text.words import letter_words, plain_words


def has_lost_words(held: Sequence[Comment], shown: Sequence[Comment]) -> bool:
    """Whether a comment that we hold is shown with fewer of its words; how they are set, and what was added, is no matter."""
    now = {comment.id: comment.text for comment in shown}
    told = ((one.text, now[one.id]) for one in held if one.id in now)
    return any(before != after and _words(before) - _words(after) for before, after in told)


def _words(text: str) -> set[str]:
    folded = fold(text).text
    return {*letter_words(folded), *plain_words(folded)}
