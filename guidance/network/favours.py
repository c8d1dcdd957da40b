"""Favours: the colleague's note that unblocked a ticket, recalled once it is solved, until they have been thanked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from guidance.model import Author, Case, Comment, Status, Visibility
from guidance.network.cards import solver_of
from guidance.signals.colleagues import asks, thanks
from guidance.signals.matter import content_words
from guidance.signals.names import profile_name
from guidance.text.sentences import sentences
from guidance.text.shortening import shortened
from guidance.text.written import written

_FEWEST_SHARED = 2
_LONGEST_QUOTE = 120


class Favour(Struct, frozen=True, kw_only=True):
    """Whose note helped whom, and its words. Only these two are ever told."""

    helper_id: str
    helper_name: str
    solver_id: str
    comment_id: str
    words: str


def favour_in(case: Case) -> Favour | None:
    """The latest note of a colleague's that unblocked this solved ticket; None where there was none, or thanks were given.

    A note unblocked it where the solver had asked that colleague, or where the reply to the customer takes up what nobody
    had said before the note.
    """
    if case.conversation.ticket.status is not Status.SOLVED or (solver_id := solver_of(case)) is None:
        return None
    comments = case.conversation.comments
    said = _Said(comments, solver_id)
    for place in range(len(comments) - 1, -1, -1):
        note = comments[place]
        if _is_from_colleague(note, case, solver_id) and _unblocked(comments, place, solver_id, said):
            return None if _is_thanked(comments[place:], note, solver_id) else _favour(note, solver_id)
    return None


class _Said:
    """Where on a ticket each word was said first, and where the solver last wrote it to the customer; each comment is read once."""

    def __init__(self, comments: Sequence[Comment], solver_id: str) -> None:
        self._first: dict[str, int] = {}
        self._named: dict[str, int] = {}
        self._replied: dict[str, int] = {}
        self.last_reply = -1
        self._words = [content_words(one.text) for one in comments]
        for place, (one, words) in enumerate(zip(comments, self._words, strict=True)):
            for word in words:
                self._first.setdefault(word, place)
            for word in content_words(one.author_name or ""):
                self._named.setdefault(word, place)
            if one.is_public_reply and one.author_id == solver_id:
                self.last_reply = place
                self._replied |= dict.fromkeys(words, place)

    def taken_up(self, place: int) -> int:
        """How many words that nobody had said before this place, and that are no names, were written to the customer after it."""
        new = (word for word in self._words[place] if self._first[word] == place)
        return sum(self._replied.get(word, -1) > place for word in new if self._named.get(word, place + 1) > place)


def _is_from_colleague(comment: Comment, case: Case, solver_id: str) -> bool:
    return (
        comment.author is Author.AGENT
        and comment.visibility is Visibility.INTERNAL
        and bool(comment.author_id and comment.author_name)
        and comment.author_id not in (solver_id, case.settings.bot_id)
    )


def _unblocked(comments: Sequence[Comment], place: int, solver_id: str, said: _Said) -> bool:
    if said.last_reply <= place:
        return False
    return _was_asked_for(comments[:place], comments[place], solver_id) or said.taken_up(place) >= _FEWEST_SHARED


def _was_asked_for(before: Sequence[Comment], note: Comment, solver_id: str) -> bool:
    """Whether the solver asked this colleague by name, and this is the first that they wrote since."""
    name = profile_name(note.author_name)
    for earlier in reversed(before):
        if earlier.author_id == note.author_id:
            return False
        if earlier.author_id == solver_id and not earlier.is_public and name and asks(earlier.text, name):
            return True
    return False


def _is_thanked(since: Sequence[Comment], note: Comment, solver_id: str) -> bool:
    name = profile_name(note.author_name)
    return name is not None and any(
        one.author_id == solver_id and not one.is_public and thanks(one.text, name) for one in since
    )


def _favour(note: Comment, solver_id: str) -> Favour:
    return Favour(
        helper_id=note.author_id or "",
        helper_name=note.author_name or "",
        solver_id=solver_id,
        comment_id=note.id,
        words=first_sentence(note.text),
    )


def first_sentence(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """The first own sentence of a note, cut at a word where it is long."""
    spans = written(text)
    first = next((text[a:b] for span in spans for a, b in sentences(text, span)), text)
    return shortened(first, longest)
