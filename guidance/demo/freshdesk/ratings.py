"""`/api/v2/surveys/satisfaction_ratings` of the pretend Freshdesk."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, request

from guidance.demo.freshdesk.door import helpdesk
from guidance.demo.freshdesk.paging import page_of
from guidance.demo.freshdesk.words import read_time, zulu
from guidance.demo.values import Answer

SCORES = MappingProxyType({"good": 103, "neutral": 100, "bad": -103})


def add_routes(blueprint: Blueprint) -> None:
    """The one route about surveys."""
    blueprint.add_url_rule("/surveys/satisfaction_ratings", view_func=list_ratings)


def list_ratings() -> Response:
    """Ratings that were first given since `created_since`."""
    asked = request.args.get("created_since")
    since = read_time(asked, field="created_since") if asked else datetime.min.replace(tzinfo=UTC)
    return page_of([_json(one) for one in helpdesk().answers() if one.created_at >= since])


def _json(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id,
        "survey_id": 1,
        "ticket_id": answer.ticket_id,
        "feedback": answer.words or None,
        "ratings": {"default_question": SCORES[answer.rating]},
        "created_at": zulu(answer.created_at),
        "updated_at": zulu(answer.updated_at),
    }
