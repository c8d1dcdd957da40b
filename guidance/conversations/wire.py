"""Reading a conversation in wire format 1 (docs/wire.md section 1) into a case and what is to be judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from guidance.conversations.folding import empty_case
from guidance.conversations.wire_schema import (
    WireAttention,
    WireComment,
    WireConversation,
    WireDraft,
    WireHours,
    WireMuted,
    WirePerson,
    WireSeen,
    WireTicket,
)
from guidance.errors import MalformedError
from guidance.hours.horizon import FIRST_YEAR, LAST_YEAR, is_within
from guidance.model import (
    AccountSettings,
    AgentHabits,
    Audience,
    Case,
    Channel,
    Comment,
    Conversation,
    Draft,
    DraftTyped,
    Hours,
    Moment,
    Mute,
    Person,
    Seen,
    Slot,
    Ticket,
    TicketKey,
    Verdict,
    Visibility,
)
from guidance.text.foreign import CUT, misfit, read_json
from guidance.text.html import to_text

LIMIT = 1024 * 1024
ANYBODY = "anybody"
"""The agent of a conversation that names neither a draft's author nor an assignee."""


class Asked(Struct, frozen=True, kw_only=True):
    """A conversation as it was sent in: the case, the draft if there is one, the moment if it was named, and `now`."""

    id: str
    case: Case
    draft: DraftTyped | None
    moment: Moment | None
    now: datetime


def read_conversation(line: bytes, *, clock: Callable[[], datetime]) -> Asked:
    """Read one JSON object in wire format 1. `clock` is asked only where `now` is missing.

    Raises `MalformedError` whose `path` names the field, and whose `ref` is the conversation's id where it could be read.
    """
    if len(line) > LIMIT:
        raise MalformedError(f"a conversation may hold 1 MiB, this one has {len(line):,} bytes", ref=_id_in(line))
    try:
        return _asked(read_json(line, WireConversation), clock)
    except MalformedError as error:
        raise MalformedError(_told(error), path=error.path, ref=_id_in(line)) from error


def take_conversation(value: Any, *, clock: Callable[[], datetime]) -> Asked:
    """The same for a value that is already parsed, such as an example in a pack."""
    try:
        return _asked(msgspec.convert(value, WireConversation), clock)
    except msgspec.ValidationError as error:
        raise misfit(error) from error


def _told(error: MalformedError) -> str:
    return f"{error}; a conversation stands on one line, whole" if str(error) == CUT else str(error)


def _id_in(line: bytes) -> str | None:
    found = re.match(rb'\s*\{\s*"id"\s*:\s*(?:"([^"\\]{1,200})"|(\d{1,20}))', line[:400])
    return (found[1] or found[2]).decode(errors="replace") if found else None


def _asked(raw: WireConversation, clock: Callable[[], datetime]) -> Asked:
    if not raw.comments and raw.draft is None:
        raise MalformedError("comments may be empty only where a draft is given", path="comments")
    conversation_id = str(raw.id)
    key = _key(conversation_id, raw)
    agent_id = _agent_id(raw)
    now = _aware(raw.now, "now") if raw.now else clock()
    conversation = Conversation(
        key=key,
        ticket=_ticket(raw, key, now),
        requester=_person(raw.requester),
        assignee=_person(raw.assignee),
        comments=_in_order([_comment(c, n) for n, c in enumerate(raw.comments)]),
    )
    case = replace(
        empty_case(key),
        conversation=conversation,
        settings=AccountSettings(account=key.account, hours=_hours(raw.hours, conversation.requester)),
        slots=(Slot(agent_id=agent_id, seen=_seen(raw.attention, conversation.comments, now)),),
        readers=(_habits(raw, agent_id),),
    )
    return Asked(id=conversation_id, case=case, draft=_draft(raw.draft, agent_id), moment=raw.moment, now=now)


def _key(conversation_id: str, raw: WireConversation) -> TicketKey:
    helpdesk, _, rest = conversation_id.partition(":")
    account, _, ticket_id = rest.rpartition(":")
    if account and ticket_id:
        return TicketKey(f"{helpdesk}:{account}", ticket_id)
    return TicketKey("", str(raw.ticket.id) if raw.ticket and raw.ticket.id is not None else conversation_id)


def _agent_id(raw: WireConversation) -> str:
    for person in (raw.draft.author_id if raw.draft else None, raw.assignee.id if raw.assignee else None):
        if person is not None:
            return str(person)
    return ANYBODY


def _ticket(raw: WireConversation, key: TicketKey, now: datetime) -> Ticket:
    """The ticket; one that says nothing of its age is created now, so that `tomorrow` in a comment without a time is tomorrow."""
    given = raw.ticket or WireTicket()
    channel = given.channel or Channel.OTHER
    told = {
        name: getattr(given, name)
        for name in ("subject", "status", "priority", "audience", "language", "brand", "group")
        if getattr(given, name) is not None
    }
    if channel is Channel.FORUM:
        told.setdefault("audience", Audience.WORLD)
    created_at = _aware(given.created_at, "ticket.created_at") if given.created_at else now
    return Ticket(id=key.ticket_id, channel=channel, tags=tuple(given.tags or ()), created_at=created_at, **told)


def _person(raw: WirePerson | None) -> Person:
    if raw is None:
        return Person()
    return Person(
        id="" if raw.id is None else str(raw.id),
        name=raw.name,
        email=raw.email,
        locale=raw.locale,
        time_zone=raw.time_zone,
        organization=raw.organization,
    )


def _comment(raw: WireComment, number: int) -> Comment:
    if raw.text is None and raw.html is None:
        raise MalformedError("a comment needs text or html", path=f"comments[{number}].text")
    return Comment(
        id=str(raw.id),
        author=raw.author,
        text=raw.text if raw.text is not None else to_text(raw.html or ""),
        visibility=raw.visibility or Visibility.PUBLIC,
        author_id=None if raw.author_id is None else str(raw.author_id),
        author_name=raw.author_name,
        at=_aware(raw.at, f"comments[{number}].at") if raw.at else None,
        attachments=None if raw.attachments is None else tuple(raw.attachments),
        from_html=raw.text is None,
    )


def _in_order(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    if any(comment.at is None for comment in comments):
        return tuple(comments)
    return tuple(sorted(comments, key=lambda comment: comment.at or datetime.min.replace(tzinfo=UTC)))


def _draft(raw: WireDraft | None, agent_id: str) -> DraftTyped | None:
    if raw is None:
        return None
    draft = Draft(
        text=raw.text if raw.text is not None else to_text(raw.html or ""),
        visibility=raw.visibility or Visibility.PUBLIC,
        author_id=None if raw.author_id is None else str(raw.author_id),
        author_name=raw.author_name,
        settled=True if raw.settled is None else raw.settled,
        attachments=None if raw.attachments is None else tuple(raw.attachments),
        from_html=raw.text is None and raw.html is not None,
    )
    return DraftTyped(draft=draft, agent_id=agent_id)


def _hours(raw: WireHours | None, requester: Person) -> Hours:
    if raw is None:
        return Hours(time_zone=requester.time_zone)
    weekly = None if raw.weekly is None else {day: tuple(spans) for day, spans in raw.weekly.items()}
    return Hours(
        time_zone=raw.time_zone or requester.time_zone,
        weekly=weekly,
        holidays=tuple(raw.holidays or ()),
        country=raw.country,
    )


def _seen(raw: WireAttention | None, comments: Sequence[Comment], now: datetime) -> tuple[Seen, ...]:
    if raw is None:
        return ()
    present = next((c.id for c in reversed(comments) if c.is_public_reply), "")
    lists = ((Verdict.SHOWN, raw.shown), (Verdict.OBEYED, raw.obeyed), (Verdict.DISMISSED, raw.dismissed))
    return tuple(_one_seen(entry, verdict, present, now) for verdict, entries in lists for entry in entries or ())


def _one_seen(entry: str | WireSeen, verdict: Verdict, present: str, now: datetime) -> Seen:
    if isinstance(entry, str):
        return Seen(rule=entry, slot=present, verdict=verdict, at=now)
    return Seen(
        rule=entry.rule,
        slot=present if entry.slot is None else entry.slot,
        verdict=verdict,
        at=_aware(entry.at, "attention") if entry.at else now,
    )


def _habits(raw: WireConversation, agent_id: str) -> AgentHabits:
    attention = raw.attention or WireAttention()
    name = raw.draft.author_name if raw.draft and raw.draft.author_name else None
    if name is None and raw.assignee:
        name = raw.assignee.name
    return AgentHabits(
        agent_id=agent_id,
        agent_name=name,
        muted=tuple(_mute(one) for one in attention.muted or ()),
        mastered=tuple(attention.mastered or ()),
    )


def _mute(raw: str | WireMuted) -> Mute:
    if isinstance(raw, str):
        return Mute(what=raw)
    what = raw.rule or raw.principle or ("all" if raw.all else None)
    if what is None:
        raise MalformedError("a mute names a rule, a principle, or all", path="attention.muted")
    return Mute(what=what, until=_aware(raw.until, "attention.muted") if raw.until else None)


def _aware(given: str, path: str) -> datetime:
    """A time with its offset: ISO 8601, or as mails and older exports write it (`Wed, 4 Mar 2026 14:00:00 +0000`)."""
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        moment = _as_mails_write(given, path)
    if moment.tzinfo is None:
        raise MalformedError("a time needs its offset, as in 2026-03-04T14:00:00Z", path=path)
    if not is_within(moment):
        raise MalformedError(f"a time lies in the years {FIRST_YEAR} to {LAST_YEAR}", path=path)
    return moment


def _as_mails_write(given: str, path: str) -> datetime:
    for form in ("%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y"):
        try:
            return datetime.strptime(given[:40], form)  # noqa: DTZ007 - both forms carry the offset
        except ValueError:
            continue
    raise MalformedError("this is no time; write it as in 2026-03-04T14:00:00Z", path=path)
