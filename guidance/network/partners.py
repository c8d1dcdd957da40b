"""Partners: couriers, vendors and others whom a ticket may have to wait for, from the address book that admins keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache

from msgspec import Struct

from guidance.model import Author, Conversation, Hours, Visibility
from guidance.signals.moments import find_moments
from guidance.text.fold import Folded, fold
from guidance.text.patterns import Pattern
from guidance.text.sentences import sentences
from guidance.text.written import written

RULE = "network.call-on-partners"
"""Under this name a partner's promise stands among the follow-ups."""

FIELDS = ("contact", "ticket", "subject", "agent")
WORDING = (
    "Hello {contact},\n\nour customer is waiting, and we need your help to move on: our ticket {ticket}, “{subject}”.\n"
    "Could you look at it first, and tell me by when we can expect it?\n\nThank you,\n{agent}"
)
"""The message where a partner has no wording of its own. It says nothing of who the customer is, unless the ticket's subject does."""

_READ = 12
_FIELD = Pattern(r"\{([^{}]*)\}")


class Partner(Struct, frozen=True, kw_only=True):
    """One entry of the address book. `words`: by which a ticket shows that they are concerned; `hours`: theirs, in words.

    `reach`: how to get hold of them (an address, a number); `wording`: the message, with the fields of `FIELDS`.
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    contact: str = ""
    reach: str = ""
    hours: str = ""
    wording: str = ""


class Concerned(Struct, frozen=True):
    """A partner whom a ticket waits for, and the words that say so."""

    partner: Partner
    words: str


class Told(Struct, frozen=True, kw_only=True):
    """What a partner has promised, as a colleague's note tells it, with a time that is still to come."""

    words: str
    due_at: datetime
    due_kind: str
    comment_id: str


def concerned(partners: Sequence[Partner], conversation: Conversation) -> list[Concerned]:
    """The partners whom the subject or the latest comments name, in the order of the address book."""
    comments = conversation.comments[-_READ:]
    texts = [conversation.ticket.subject or "", *(_own(one.text) for one in comments)]
    folded = [(text, fold(text)) for text in texts]
    found = ((partner, next((hit for one in folded if (hit := _named(partner, *one))), None)) for partner in partners)
    return [Concerned(partner, words) for partner, words in found if words]


def message_to(partner: Partner, conversation: Conversation, agent_name: str) -> str:
    """The message that asks them to hurry. It names the ticket by its number and subject, and the customer only where that subject does."""
    told = {
        "contact": partner.contact or partner.name,
        "ticket": f"#{conversation.key.ticket_id}",
        "subject": conversation.ticket.subject or "",
        "agent": agent_name,
    }
    wording = partner.wording or WORDING
    beside, ends = [], 0
    for field in _FIELD.finditer(wording):
        beside += [wording[ends : field.start()], told.get(field[1], field[0])]
        ends = field.end()
    return "".join([*beside, wording[ends:]])


def unknown_field(wording: str) -> str | None:
    """The first field of a wording that there is not; None where all can be filled."""
    return next((str(name) for name in _FIELD.findall(wording) if name not in FIELDS), None)


def promised_by(
    partner: Partner, conversation: Conversation, *, now: datetime, hours: Hours, zone: tzinfo
) -> Told | None:
    """The latest note that names this partner and a time to come; None where there is none."""
    language = (conversation.ticket.language or "en").partition("-")[0]
    for note in reversed(conversation.comments[-_READ:]):
        if note.author is not Author.AGENT or note.visibility is not Visibility.INTERNAL or note.at is None:
            continue
        for words in _sentences(note.text):
            found = find_moments(words, now=note.at.astimezone(zone), language=language, hours=hours, zone=zone)
            if found and found[-1].at > now and _named(partner, words, fold(words)):
                return Told(words=words, due_at=found[-1].at, due_kind=found[-1].kind, comment_id=note.id)
    return None


def _named(partner: Partner, text: str, folded: Folded) -> str | None:
    """The words of a text that name this partner."""
    for words in (partner.name, *partner.words):
        place = _place_of(_wanted(words), folded.text)
        if place is not None:
            start, end = folded.span(*place)
            return text[start:end]
    return None


# An address book has thousands of words, and each of them is looked for in every ticket that is opened.
@lru_cache(maxsize=20_000)
def _wanted(words: str) -> str:
    return " ".join(fold(words).text.split())


def _place_of(wanted: str, text: str) -> tuple[int, int] | None:
    """Where these words stand whole in a folded text, first of all."""
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not _goes_on(text[start - 1 : start]) and not _goes_on(text[end : end + 1]):
            return start, end
        start = text.find(wanted, start + 1)
    return None


def _goes_on(char: str) -> bool:
    """Whether a word goes on with this character. Folded letters are plain ones; beyond them, words may stand without spaces."""
    return char.isascii() and (char.isalnum() or char == "_")


def _own(text: str) -> str:
    return "\n".join(text[start:end] for start, end in written(text))


def _sentences(text: str) -> Iterator[str]:
    for span in written(text):
        for start, end in sentences(text, span):
            yield " ".join(text[start:end].split())
