"""Favours: the colleague's note that unblocked a ticket, recalled once it is solved, until they have been thanked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from guidance.model import Author, Case, Comment, Status, Visibility
from guidance.network.cards import solver_of
from guidance.signals.answers import content_words
from guidance.signals.colleagues import asks, thanks
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
    for place in range(len(comments) - 1, -1, -1):
        note = comments[place]
        if _is_from_colleague(note, case, solver_id) and _unblocked(comments, place, solver_id):
            return None if _is_thanked(comments[place:], note, solver_id) else _favour(note, solver_id)
    return None


def _is_from_colleague(comment: Comment, case: Case, solver_id: str) -> bool:
    return (
        comment.author is Author.AGENT
        and comment.visibility is Visibility.INTERNAL
        and bool(comment.author_id and comment.author_name)
        and comment.author_id not in (solver_id, case.settings.bot_id)
    )


def _unblocked(comments: Sequence[Comment], place: int, solver_id: str) -> bool:
    note, after = comments[place], comments[place + 1 :]
    replies = [one for one in after if one.is_public_reply and one.author_id == solver_id]
    if not replies:
        return False
    return _was_asked_for(comments[:place], note, solver_id) or _is_taken_up(comments[:place], note, replies)


def _was_asked_for(before: Sequence[Comment], note: Comment, solver_id: str) -> bool:
    """Whether the solver asked this colleague by name, and this is the first that they wrote since."""
    name = profile_name(note.author_name)
    for earlier in reversed(before):
        if earlier.author_id == note.author_id:
            return False
        if earlier.author_id == solver_id and not earlier.is_public and name and asks(earlier.text, name):
            return True
    return False


def _is_taken_up(before: Sequence[Comment], note: Comment, replies: Sequence[Comment]) -> bool:
    known = {word for one in before for word in content_words(one.text)}
    names = {word for one in (*before, note) for word in content_words(one.author_name or "")}
    new = content_words(note.text) - known - names
    said = {word for one in replies for word in content_words(one.text)}
    return len(new & said) >= _FEWEST_SHARED


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
