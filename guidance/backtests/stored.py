"""A case as a conversation in wire format, so that a backtest reads what was stored, fetched and uploaded in one way."""

from __future__ import annotations

import msgspec

from guidance.conversations.folding import visible_comments
from guidance.model import Case


def as_wire(case: Case) -> bytes:
    """One line in wire format 1: what was said, by whom and when; nothing of what was shown to whom."""
    conversation = case.conversation
    told = {
        "id": str(case.key),
        "ticket": _told(
            conversation.ticket,
            ("subject", "status", "priority", "channel", "audience", "tags", "language", "brand", "group"),
        )
        | {"id": case.key.ticket_id},
        "requester": _told(conversation.requester, ("id", "name", "email", "locale", "time_zone", "organization")),
        "assignee": _told(conversation.assignee, ("id", "name")),
        "comments": [
            _told(one, ("id", "author", "text", "visibility", "author_id", "author_name", "at", "attachments"))
            for one in visible_comments(case)
            if not one.provisional
        ],
    }
    return msgspec.json.encode(told)


def _told(value: msgspec.Struct, names: tuple[str, ...]) -> dict[str, object]:
    """Those fields that say something."""
    return {name: told for name in names if (told := getattr(value, name)) not in (None, ())}
