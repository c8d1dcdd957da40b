"""Into which ticket another one went, where the webhook that said so was lost: the API has no field for it.

A merged ticket is closed and tagged `closed_by_merge`; its last comment names the other one, and one of the other's names it. Both
comments can be worded anew, so a number counts only where each ticket names the other. Source: Zendesk's guide to merging tickets.
"""

from __future__ import annotations

from collections.abc import Iterable

import re2

from guidance.errors import HelpdeskError, MalformedError
from guidance.integrations.zendesk.paging import newest_comments
from guidance.integrations.zendesk.records import CommentRecord, TicketRecord
from guidance.integrations.zendesk.session import ZendeskSession

MERGED_TAG = "closed_by_merge"
_NUMBER = re2.compile(r"#(\d{1,20})\b")
_LOOKED_AT = 5
"""Comments of the merged ticket, newest first: a trigger may have added one since."""


def is_merged(record: TicketRecord) -> bool:
    """Whether a ticket was closed in favour of another one."""
    return record.status == "closed" and MERGED_TAG in (record.tags or ())


def target_of(session: ZendeskSession, ticket_id: str) -> str | None:
    """The ticket that took this one over, None where that can't be told. Raises `HelpdeskError`."""
    try:
        return _target_of(session, ticket_id)
    except MalformedError:  # comments of another shape are told when the ticket is fetched, and hold up no list
        return None


def _target_of(session: ZendeskSession, ticket_id: str) -> str | None:
    for named in _named(newest_comments(session, ticket_id)[:_LOOKED_AT]):
        if named != ticket_id and ticket_id in _named(_comments_if_any(session, named)):
            return named
    return None


def _comments_if_any(session: ZendeskSession, ticket_id: str) -> list[CommentRecord]:
    try:
        return newest_comments(session, ticket_id)
    except HelpdeskError as error:
        if error.status == 404:
            return []
        raise


def _named(comments: Iterable[CommentRecord]) -> list[str]:
    texts = (one.plain_body or one.body or "" for one in comments)
    return list(dict.fromkeys(number for text in texts for number in _NUMBER.findall(text)))
