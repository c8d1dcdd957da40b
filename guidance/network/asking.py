"""Questions between colleagues: who was asked something in an internal note, by name, and has written nothing since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidance.model import Author, Case, Colleague, Comment, OpenQuestion, Roster, Status, Visibility
from guidance.signals.colleagues import asks, takes_back
from guidance.signals.names import KnownName, profile_name
from guidance.text.fold import fold


def open_questions(case: Case, roster: Roster) -> tuple[OpenQuestion, ...]:
    """The latest open question to each colleague; none once the ticket is solved. Any word of theirs on the ticket answers."""
    if case.gone or case.merged_into or case.conversation.ticket.status in (Status.SOLVED, Status.CLOSED):
        return ()
    comments = [one for one in case.conversation.comments if one.author is Author.AGENT and one.author_id and one.at]
    names = [(one, known) for one in roster.colleagues if (known := profile_name(one.name))]
    found: dict[str, OpenQuestion] = {}
    for comment in comments:
        found.pop(comment.author_id or "", None)
        if comment.visibility is Visibility.INTERNAL:
            if takes_back(comment.text):
                found = {key: one for key, one in found.items() if one.by_id != comment.author_id}
            found |= {one.agent_id: one for one in _put_in(comment, names, comments)}
    return tuple(found.values())


def _put_in(
    note: Comment, names: Sequence[tuple[Colleague, KnownName]], comments: Sequence[Comment]
) -> Iterator[OpenQuestion]:
    asked = [(one, known) for one, known in names if one.id != note.author_id and asks(note.text, known)]
    for colleague, _ in _meant(asked, note, comments):
        assert note.at is not None
        assert note.author_id is not None
        yield OpenQuestion(
            agent_id=colleague.id,
            by_id=note.author_id,
            by_name=note.author_name or "",
            comment_id=note.id,
            at=note.at,
        )


def _meant(
    asked: Sequence[tuple[Colleague, KnownName]], note: Comment, comments: Sequence[Comment]
) -> Iterator[tuple[Colleague, KnownName]]:
    """Where two share a first name: whoever is called by their last name, too, else who has written on the ticket, else nobody."""
    said, present = fold(note.text).text, {comment.author_id for comment in comments}
    for colleague, known in asked:
        called = fold(known.called).text
        alike = [(one, name) for one, name in asked if fold(name.called).text == called]
        if len(alike) > 1:
            by_name = [one.id for one, name in alike if name.last and fold(name.last).text in said]
            by_place = [one.id for one, _ in alike if one.id in present]
            if (by_name or by_place) != [colleague.id]:
                continue
        yield colleague, known
