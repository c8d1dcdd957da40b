"""What customers answered to Freshdesk's survey: the ticket and the score, never the words beside it.

Source: Freshdesk's API reference (Satisfaction Ratings); the scale is 103 to -103 around 100, in classic surveys 1 to 3.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.taming import Id, ident, moment, zulu
from guidance.model import Rating, TicketKey, TicketRated
from guidance.ports import Account, Changes

_NEUTRAL = 100
_CLASSIC = {1: Rating.GOOD, 2: Rating.NEUTRAL, 3: Rating.BAD}
_PATH = "surveys/satisfaction_ratings"
_QUESTION = "default_question"


class RatingRecord(Struct, frozen=True, kw_only=True):
    id: Id = None
    ticket_id: Id = None
    ratings: dict[str, int | None] = {}
    created_at: str | None = None
    updated_at: str | None = None


def read_ratings(api: FreshdeskApi, account: Account, *, since: datetime, cursor: str | None) -> Changes:
    """One page. Raises `HelpdeskError`."""
    number = int(cursor) if cursor and cursor.isdecimal() else 1
    asked = {"created_since": zulu(since)}
    with api.reserved(1):
        pages = api.pages(_PATH, RatingRecord, asked, most=1, first=number, one_by_one=True)
        records, more = next(iter(pages))
    events = tuple(event for one in records if (event := _event(one, account)) is not None)
    return Changes(events=events, cursor=str(number + 1), more=more and bool(records))


def rating_of(score: int | None) -> Rating | None:
    """A score in our words; None for one that is on neither scale."""
    if score is None or score == 0:
        return None
    if score in _CLASSIC:
        return _CLASSIC[score]
    if score == _NEUTRAL:
        return Rating.NEUTRAL
    return Rating.GOOD if score > _NEUTRAL else Rating.BAD if score < -_NEUTRAL else None


def _event(record: RatingRecord, account: Account) -> TicketRated | None:
    told_at = record.updated_at or record.created_at
    rating, ticket_id, at = rating_of(record.ratings.get(_QUESTION)), ident(record.ticket_id), moment(told_at)
    if rating is None or ticket_id is None or at is None:
        return None
    event_id = f"rated:{record.id}:{told_at}"
    return TicketRated(key=TicketKey(account.id, ticket_id), event_id=event_id, at=at, rating=rating)
