"""What customers answered to Zendesk's survey: the ticket and the score, never the words beside it.

Source: Zendesk's Satisfaction Ratings API, cursor pages; admins only. Newer, survey-based CSAT has no list of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from guidance.integrations.taming import Id, ident, moment, tame_each
from guidance.integrations.zendesk.paging import SIZE, next_of
from guidance.integrations.zendesk.records import Page
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.model import Rating, TicketKey, TicketRated
from guidance.ports import Account, Changes

_SCORES = {
    "good": Rating.GOOD,
    "good_with_comment": Rating.GOOD,
    "bad": Rating.BAD,
    "bad_with_comment": Rating.BAD,
}
"""`offered` and `unoffered` are no answers."""


class RatingRecord(Struct, frozen=True, kw_only=True):
    id: Id = None
    ticket_id: Id = None
    score: str | None = None
    updated_at: str | None = None


class RatingsPage(Page, frozen=True, kw_only=True):
    satisfaction_ratings: list[Any]


def read_ratings(session: ZendeskSession, account: Account, *, since: datetime, cursor: str | None) -> Changes:
    """One page. Raises `HelpdeskError`, and `MalformedError` for an answer of another shape."""
    asked = {"start_time": str(int(since.timestamp())), "sort_order": "asc", **SIZE}
    page = session.read(cursor, RatingsPage) if cursor else session.read("satisfaction_ratings", RatingsPage, asked)
    following = next_of(page)
    records = tame_each(page.satisfaction_ratings, RatingRecord, account=account.id)
    events = tuple(event for one in records if (event := _event(one, account)) is not None)
    return Changes(events=events, cursor=following or "", more=following is not None)


def _event(record: RatingRecord, account: Account) -> TicketRated | None:
    rating, ticket_id, at = _SCORES.get(record.score or ""), ident(record.ticket_id), moment(record.updated_at)
    if rating is None or ticket_id is None or at is None:
        return None
    event_id = f"rated:{record.id}:{record.updated_at}"
    return TicketRated(key=TicketKey(account.id, ticket_id), event_id=event_id, at=at, rating=rating)
