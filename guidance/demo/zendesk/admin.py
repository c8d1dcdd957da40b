"""What an admin sets up in the pretend Zendesk: webhooks, triggers, hours, the app's key, and tokens."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, request

from guidance.demo.answers import refuse
from guidance.demo.context import desk
from guidance.demo.seeds import bot_id
from guidance.demo.settings import public_key
from guidance.demo.zendesk.door import room
from guidance.demo.zendesk.events import WEBHOOK_ID
from guidance.demo.zendesk.paging import page_of
from guidance.errors import MalformedError, NotFoundError

CLIENT_ID = "guidance-demo"
TOKEN_LASTS_FOR = 1800
SUNDAY_TO_MONDAY = 24 * 60


class Setup:
    """Webhooks and triggers by id, and the webhooks' secrets. The one that feeds the service is there from the start."""

    def __init__(self, *, endpoint: str, secret: str) -> None:
        self.webhooks: dict[str, dict[str, Any]] = {}
        self.secrets: dict[str, str] = {}
        self.triggers: dict[int, dict[str, Any]] = {}
        self.add_webhook({"name": "Guidance", "endpoint": endpoint, "status": "active"}, WEBHOOK_ID, secret)

    def add_webhook(self, webhook: dict[str, Any], webhook_id: str, secret: str) -> dict[str, Any]:
        """Keep a webhook under an id."""
        self.webhooks[webhook_id] = {"id": webhook_id, **webhook}
        self.secrets[webhook_id] = secret
        return self.webhooks[webhook_id]


def add_routes(blueprint: Blueprint, setup: Setup) -> None:
    """The routes about the set-up."""
    blueprint.add_url_rule("/apps/<int:app_id>/public_key.pem", view_func=show_public_key)
    blueprint.add_url_rule("/business_hours/schedules", view_func=schedules)
    blueprint.add_url_rule("/business_hours/schedules/<int:schedule_id>/holidays", view_func=holidays)
    _add_webhooks(blueprint, setup)
    _add_triggers(blueprint, setup)


def _add_webhooks(blueprint: Blueprint, setup: Setup) -> None:
    @blueprint.get("/webhooks")
    def list_webhooks() -> Response:
        return page_of("webhooks", list(setup.webhooks.values()))

    @blueprint.post("/webhooks")
    def create_webhook() -> tuple[Response, int]:
        webhook = request.get_json().get("webhook", {})
        if not webhook.get("endpoint"):
            raise MalformedError("can't be blank", path="endpoint")
        webhook_id = f"01JDESK{secrets.token_hex(10).upper()}"[:26]
        return jsonify(webhook=setup.add_webhook(webhook, webhook_id, secrets.token_urlsafe(32))), 201

    @blueprint.route("/webhooks/<webhook_id>", methods=["GET", "DELETE"])
    def one_webhook(webhook_id: str) -> Response:
        found = _known(setup.webhooks, webhook_id)
        if request.method == "GET":
            return jsonify(webhook=found)
        del setup.webhooks[webhook_id], setup.secrets[webhook_id]
        return Response(status=204)

    @blueprint.get("/webhooks/<webhook_id>/signing_secret")
    def signing_secret(webhook_id: str) -> Response:
        return jsonify(signing_secret={"secret": _known(setup.secrets, webhook_id), "algorithm": "SHA256"})


def _add_triggers(blueprint: Blueprint, setup: Setup) -> None:
    @blueprint.get("/triggers")
    def list_triggers() -> Response:
        return page_of("triggers", list(setup.triggers.values()))

    @blueprint.post("/triggers")
    def create_trigger() -> tuple[Response, int]:
        trigger = request.get_json().get("trigger", {})
        if not trigger.get("title"):
            raise MalformedError("can't be blank", path="title")
        trigger_id = 7000 + len(setup.triggers)
        setup.triggers[trigger_id] = {"id": trigger_id, **trigger}
        return jsonify(trigger=setup.triggers[trigger_id]), 201


def show_public_key(app_id: int) -> Response:
    """The key with which iframe tokens of the app are checked."""
    if app_id != 1:
        raise NotFoundError(f"there is no app {app_id}")
    return Response(public_key(desk().settings.secrets.iframe_key), mimetype="application/x-pem-file")


def schedules() -> Response:
    """Monday to Friday, nine to five; minutes since Sunday midnight, as Zendesk counts them."""
    days = range(1, 6)
    intervals = [
        {"start_time": day * SUNDAY_TO_MONDAY + 9 * 60, "end_time": day * SUNDAY_TO_MONDAY + 17 * 60} for day in days
    ]
    schedule = {"id": 1, "name": "Office", "time_zone": "Eastern Time (US & Canada)", "intervals": intervals}
    return jsonify(schedules=[schedule])


def holidays(schedule_id: int) -> Response:
    """None beyond those of the country."""
    return jsonify(holidays=[], url=f"schedules/{schedule_id}")


def token() -> Response:
    """`POST /oauth/tokens` with grant type client_credentials; JSON or form."""
    given = request.get_json() if request.is_json else request.form.to_dict()
    knows = secrets.compare_digest(str(given.get("client_secret", "")), desk().settings.secrets.zendesk_client_secret)
    if given.get("grant_type") != "client_credentials" or given.get("client_id") != CLIENT_ID or not knows:
        refuse(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
    return jsonify(
        access_token=room().passes.issue(bot_id("zendesk")),
        token_type="bearer",
        scope=given.get("scope", "read write"),
        expires_in=TOKEN_LASTS_FOR,
    )


def _known(found: dict[str, Any], key: str) -> Any:
    if key not in found:
        raise NotFoundError("there is no such webhook")
    return found[key]
