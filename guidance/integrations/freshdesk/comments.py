"""The comment that a webhook tells of: whose it is, and its text without Freshdesk's trimmings."""

from __future__ import annotations

from datetime import datetime

from guidance.integrations.freshdesk.bodies import HookBody
from guidance.integrations.taming import digest, ident, moment
from guidance.model import Author, Comment, TicketKey, Visibility
from guidance.text.html import to_text

CREATED = "ticket_created"
REPLIES = frozenset({"customer_reply", "agent_reply", "reply"})
NOTES = frozenset({"public_note", "private_note"})

_APART = " : "
_LONGEST_NAME = 120


def comment_in(told: HookBody, event: str, key: TicketKey, *, received_at: datetime) -> Comment | None:
    """The provisional comment of a body, None where it has no text or does not show who wrote it.

    Its id is derived from what the body says, so that the same note sent again is the same comment. Freshdesk tries for an hour
    and a half, so that the time of arrival says little of when it was written.
    """
    at = moment(told.updated_at) or received_at
    if event == CREATED:
        return _description(told, key, at)
    if event not in REPLIES and event not in NOTES:
        return None
    raw = _raw_text(told, event)
    name, text = _without_name(raw, told)
    author = _author_of(told, event, name)
    if author is None or not text:
        return None
    return Comment(
        id=f"p-{digest(str(key), event, raw, told.updated_at or '')}",
        author=author,
        text=text,
        visibility=Visibility.INTERNAL if event == "private_note" else Visibility.PUBLIC,
        author_id=ident(told.requester_id) if author is Author.REQUESTER else None,
        author_name=name,
        at=at,
        provisional=True,
        undated=moment(told.updated_at) is None,
        from_html=_is_html(raw),
    )


def _description(told: HookBody, key: TicketKey, at: datetime) -> Comment | None:
    """A new ticket's first message, written by its requester; an agent's where the ticket is an outbound e-mail."""
    raw = told.description or told.description_text or ""
    text = to_text(raw) if _is_html(raw) else raw.strip()
    is_outbound = str(told.source or "").strip().lower() in ("10", "outbound email")
    if not text or is_outbound:
        return None
    return Comment(
        id=f"p-{digest(str(key), CREATED)}",
        author=Author.REQUESTER,
        text=text,
        author_id=ident(told.requester_id),
        author_name=told.requester_name or None,
        at=at,
        provisional=True,
        undated=moment(told.updated_at) is None,
        from_html=_is_html(raw),
    )


def _raw_text(told: HookBody, event: str) -> str:
    if told.comment:
        return told.comment
    if event == "private_note":
        return told.latest_private_comment or told.latest_private_comment_text or ""
    return told.latest_public_comment or told.latest_public_comment_text or ""


def _without_name(raw: str, told: HookBody) -> tuple[str | None, str]:
    """Author and text of `Name : text`. Words before a colon are a name only where HTML follows, or we know the name."""
    name, found, rest = raw.partition(_APART)
    name = name.strip()
    is_name = found and len(name) <= _LONGEST_NAME and "<" not in name and "\n" not in name
    if not is_name or not (rest.lstrip().startswith("<") or name in (told.requester_name, told.agent_name)):
        name, rest = "", raw
    return name or None, to_text(rest) if _is_html(raw) else rest.strip()


def _author_of(told: HookBody, event: str, name: str | None) -> Author | None:
    """Who wrote it, by the performer for whom the rule was written, else by name; None where neither shows it.

    People on copy count as requesters for Freshdesk's rules; their name gives them away.
    """
    actor = {"customer_reply": "requester", "agent_reply": "agent"}.get(event, (told.actor_type or "").lower())
    if event == "private_note":
        return Author.AGENT
    if actor == "agent":
        # The latest public comment is the one of the moment at which it is looked up: a customer may have written since.
        is_customers = name is not None and name == told.requester_name != told.agent_name
        return None if is_customers else Author.AGENT
    if actor == "requester":
        is_other = name is not None and bool(told.requester_name) and name != told.requester_name
        return Author.OTHER if is_other else Author.REQUESTER
    if name is None:
        return None
    return {told.requester_name: Author.REQUESTER, told.agent_name: Author.AGENT}.get(name)


def _is_html(raw: str) -> bool:
    return "<" in raw
