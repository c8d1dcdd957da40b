"""A small stateful Freshdesk behind its real REST paths, under `/freshdesk/api/v2`.

Shapes, limits and refusals follow Freshdesk's public reference (developers.freshdesk.com/api). Left out: search, time entries, surveys
beyond their answers, and of the limits of single doors all but that of listing tickets (making and changing them has one there, too).
"""

from __future__ import annotations

from flask import Blueprint

from guidance.demo.freshdesk import admin, people, ratings, tickets
from guidance.demo.freshdesk.door import guard
from guidance.demo.freshdesk.rules import Rules


def create_blueprint(rules: Rules) -> Blueprint:
    """The API; `rules` are shared with whatever sends its webhooks."""
    api = Blueprint("freshdesk", __name__, url_prefix="/freshdesk/api/v2")
    guard(api)
    tickets.add_routes(api)
    people.add_routes(api)
    ratings.add_routes(api)
    admin.add_routes(api, rules)
    return api
