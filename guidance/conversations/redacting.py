"""Words that were taken out of comments: whether there are any, and a text without them. Which ones they were is kept nowhere.

A whole ticket may show a comment in another rendering than a webhook told it in: with its links and pictures as Markdown there, and
by their names alone here. So what is only told differently the first time that a whole ticket shows it was not taken out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct

from guidance.model import Case, Comment
from guidance.text.fold import fold
from guidance.text.patterns import Pattern
from guidance.text.words import letter_words, plain_words

GONE, PRIVATE, MISSING = "gone", "private", "missing"
"""What hides a comment: it was told of as deleted, or as made private; or it was not in the last whole ticket, whose list may have
shifted while its pages were turned."""

HIDES_ALL = frozenset({GONE, MISSING})

_CUT = "…"
_TARGET = r"\]\((?:[^()\s]|\([^()\s]*\))*(?: +\"[^\"]*\")?\)"
_PICTURE = Pattern(r"!\[[^\[\]]*" + _TARGET)
_LINK = Pattern(r"\[([^\[\]]*)" + _TARGET)


class Cut(Struct, frozen=True):
    """What a comment that we hold is shown without: these words, folded, and the targets of its links where it is `in_names`."""

    words: frozenset[str]
    in_names: bool = False

    def told(self, text: str) -> str:
        """A text of this comment in the rendering in which it is shown."""
        return _LINK.sub(r"\1", _PICTURE.sub(" ", text)) if self.in_names else text

    def out_of(self, text: str) -> str:
        """What is left of a text, a mark in the place of each run of words that are gone; empty where nothing that says anything is."""
        return _without(self.told(text), self.words)

    def spares(self, text: str) -> bool:
        """Whether none of a text's words are gone."""
        return self.out_of(text) == " ".join(self.told(text).split())


def cuts(held: Case, shown: Iterable[Comment]) -> dict[str, Cut]:
    """How comments that a case holds are shown otherwise by now, by their ids."""
    now = {comment.id: comment.text for comment in shown}
    reworded = [one for one in held.conversation.comments if now.get(one.id, one.text) != one.text]
    return {one.id: _cut(one.text, now[one.id], is_first=_is_first(held, one)) for one in reworded}


def has_lost_words(held: Case, shown: Iterable[Comment]) -> bool:
    """Whether a comment that we hold is shown with fewer of its words; how they are set, and what was added, is no matter."""
    return any(cut.words for cut in cuts(held, shown).values())


def hidden_whole(case: Case) -> set[str]:
    """The ids of comments of which nothing is to be seen any more."""
    return {name for name, kind in case.tombstones.items() if kind in HIDES_ALL}


def has_erased(before: Case, after: Case) -> bool:
    """Whether words that the helpdesk took back are in a case no more: then they must not stay on the disk either."""
    if before.gone_for_good != after.gone_for_good:
        return True
    return bool(hidden_whole(after) - hidden_whole(before)) or has_lost_words(before, after.conversation.comments)


def _is_first(held: Case, comment: Comment) -> bool:
    """Whether no whole ticket has shown this comment yet."""
    return held.fetched_at is None or (comment.at is not None and comment.at > held.fetched_at)


def _cut(before: str, after: str, *, is_first: bool) -> Cut:
    """The words, folded, that a text had and has no more."""
    rendered = Cut(frozenset(), in_names=is_first and "](" not in after)
    return Cut(frozenset(_words(rendered.told(before)) - _words(after)), in_names=rendered.in_names)


def _without(text: str, lost: Collection[str]) -> str:
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
