"""A small stateful Zendesk behind its real REST paths, under `/zendesk`.

Shapes, limits and refusals follow Zendesk's public reference (developer.zendesk.com/api-reference). Left out: search, audits
beyond their frame, side conversations, who belongs to which organization.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint

from guidance.demo.settings import DeskSettings
from guidance.demo.zendesk import admin, comments, people, ratings, tickets
from guidance.demo.zendesk.door import guard
from guidance.demo.zendesk.oauth import Oauth
from guidance.demo.zendesk.once import Answers
from guidance.demo.zendesk_setup import Setup

__all__ = ["Setup", "connect", "create_blueprints", "webhook_url"]

WEBHOOK_ID = "01JDESKGUIDANCEWEBHOOK0001"
EVERYTHING = "zen:event-type:ticket.*"
"""Here alone: a subscription to every event of tickets."""


def webhook_url(settings: DeskSettings) -> str:
    """Where this Zendesk sends its events."""
    return f"{settings.service_url}/webhooks/zendesk/demo"


def connect(setup: Setup, settings: DeskSettings) -> None:
    """Set up what `guidance connect` sets up: the webhook that feeds the service, and the app's installation."""
    webhook = {"name": "Guidance", "endpoint": webhook_url(settings), "status": "active", "subscriptions": [EVERYTHING]}
    setup.add_webhook(webhook, WEBHOOK_ID, settings.secrets.zendesk_webhook)
    setup.install("Guidance", {"service_url": settings.service_url})


def create_blueprints(setup: Setup, clock: Callable[[], datetime]) -> list[Blueprint]:
    """The API under `/zendesk/api/v2`, and the token endpoint beside it."""
    api = Blueprint("zendesk", __name__, url_prefix="/zendesk/api/v2")
    guard(api)
    tickets.add_routes(api, Answers(clock))
    comments.add_routes(api)
    people.add_routes(api)
    ratings.add_routes(api)
    admin.add_routes(api, setup)
    oauth = Blueprint("zendesk_oauth", __name__, url_prefix="/zendesk/oauth")
    Oauth().add_routes(oauth)
    return [api, oauth]
