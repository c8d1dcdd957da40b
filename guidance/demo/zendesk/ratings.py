"""`/api/v2/satisfaction_ratings` of the pretend Zendesk: offers that nobody answered stand among the answers, as there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from guidance.demo.values import Answer
from guidance.demo.zendesk.door import helpdesk
from guidance.demo.zendesk.paging import page_of
from guidance.demo.zendesk.words import zulu


def add_routes(blueprint: Blueprint) -> None:
    """The one route about surveys."""
    blueprint.add_url_rule("/satisfaction_ratings", view_func=list_ratings)


def list_ratings() -> Response:
    """Ratings since `start_time`, by when they were first given."""
    since = datetime.fromtimestamp(float(request.args.get("start_time") or 0), UTC)
    found = [_json(one) for one in helpdesk().answers() if one.created_at >= since]
    return page_of("satisfaction_ratings", found)


def _json(answer: Answer) -> dict[str, Any]:
    score = "offered" if answer.rating == "neutral" else str(answer.rating)
    return {
        "id": answer.id,
        "ticket_id": answer.ticket_id,
        "score": score,
        "comment": answer.words or None,
        "created_at": zulu(answer.created_at),
        "updated_at": zulu(answer.updated_at),
    }
