"""What an admin sets up in the pretend Zendesk: webhooks, triggers, hours, the app's key, and tokens."""

from __future__ import annotations

from typing import Any

import requests
from flask import Blueprint, Response, jsonify, request

from guidance.demo.approved import APPROVED
from guidance.demo.context import desk
from guidance.demo.settings import public_key
from guidance.demo.zendesk.door import require
from guidance.demo.zendesk.events import headers_for, signature
from guidance.demo.zendesk.paging import page_of
from guidance.demo.zendesk.words import zulu
from guidance.demo.zendesk_setup import APP_ID, Setup
from guidance.errors import MalformedError, NotFoundError

SUNDAY_TO_MONDAY = 24 * 60


def add_routes(blueprint: Blueprint, setup: Setup) -> None:
    """The routes about the set-up."""
    blueprint.add_url_rule("/apps/<int:app_id>/public_key.pem", view_func=show_public_key)
    blueprint.add_url_rule("/macros/active", view_func=macros)
    blueprint.add_url_rule("/business_hours/schedules", view_func=schedules)
    blueprint.add_url_rule("/business_hours/schedules/<int:schedule_id>/holidays", view_func=holidays)
    _add_webhooks(blueprint, setup)
    _add_triggers(blueprint, setup)
    _add_apps(blueprint, setup)


def _add_webhooks(blueprint: Blueprint, setup: Setup) -> None:
    @blueprint.get("/webhooks")
    def list_webhooks() -> Response:
        return page_of("webhooks", list(setup.webhooks.values()))

    @blueprint.post("/webhooks")
    def create_webhook() -> tuple[Response, int]:
        require("webhooks:write")
        webhook = request.get_json().get("webhook", {})
        if not webhook.get("endpoint"):
            raise MalformedError("can't be blank", path="endpoint")
        return jsonify(webhook=setup.add_webhook(webhook)), 201

    @blueprint.route("/webhooks/<webhook_id>", methods=["GET", "PATCH", "DELETE"])
    def one_webhook(webhook_id: str) -> Response:
        found = _known(setup.webhooks, webhook_id)
        if request.method == "GET":
            return jsonify(webhook=found)
        if request.method == "PATCH":
            found.update(request.get_json().get("webhook", {}))
        else:
            del setup.webhooks[webhook_id], setup.secrets[webhook_id]
        return Response(status=204)

    @blueprint.get("/webhooks/<webhook_id>/signing_secret")
    def signing_secret(webhook_id: str) -> Response:
        return jsonify(signing_secret={"secret": _known(setup.secrets, webhook_id), "algorithm": "SHA256"})

    @blueprint.post("/webhooks/test")
    def test_webhook() -> Response:
        webhook = _known(setup.webhooks, request.args.get("webhook_id", ""))
        payload = str(request.get_json().get("request", {}).get("payload", ""))
        stamp = zulu(desk().clock())
        signed = headers_for(webhook["id"], stamp, signature(setup.secrets[webhook["id"]], stamp, payload.encode()))
        answer = requests.post(webhook["endpoint"], data=payload.encode(), headers=signed, timeout=10)
        return jsonify(response={"status_code": answer.status_code, "headers": [], "payload": answer.text})


def _add_triggers(blueprint: Blueprint, setup: Setup) -> None:
    @blueprint.get("/triggers")
    def list_triggers() -> Response:
        return page_of("triggers", list(setup.triggers.values()))

    @blueprint.post("/triggers")
    def create_trigger() -> tuple[Response, int]:
        require("triggers:write")
        trigger = request.get_json().get("trigger", {})
        if not trigger.get("title"):
            raise MalformedError("can't be blank", path="title")
        return jsonify(trigger=setup.add_trigger(trigger)), 201

    @blueprint.route("/triggers/<int:trigger_id>", methods=["PUT", "DELETE"])
    def one_trigger(trigger_id: int) -> Response:
        if trigger_id not in setup.triggers:
            raise NotFoundError(f"there is no trigger {trigger_id}")
        if request.method == "DELETE":
            del setup.triggers[trigger_id]
            return Response(status=204)
        setup.triggers[trigger_id] = {"id": trigger_id, "active": True, **request.get_json().get("trigger", {})}
        return jsonify(trigger=setup.triggers[trigger_id])


def _add_apps(blueprint: Blueprint, setup: Setup) -> None:
    @blueprint.get("/apps/owned")
    def owned() -> Response:
        names = {one["app_id"]: one["settings"]["name"] for one in setup.installations}
        return jsonify(apps=[{"id": app_id, "name": name} for app_id, name in names.items()])

    @blueprint.get("/apps/installations")
    def installations() -> Response:
        return jsonify(installations=setup.installations)


def show_public_key(app_id: int) -> Response:
    """The key with which iframe tokens of the app are checked."""
    if app_id != APP_ID:
        raise NotFoundError(f"there is no app {app_id}")
    return Response(public_key(desk().settings.secrets.iframe_key), mimetype="application/x-pem-file")


def macros() -> Response:
    """What the team has approved, and one agent's own macro, which nobody has."""
    shared = [_macro(number, title, text) for number, (title, text) in enumerate(APPROVED.items(), 1)]
    own = _macro(99, "Mine", "Calm down, please.") | {"restriction": {"type": "User", "id": 1}}
    return page_of("macros", [*shared, own])


def _macro(number: int, title: str, text: str) -> dict[str, Any]:
    actions = [
        {"field": "status", "value": "pending"},
        {"field": "comment_value", "value": ["channel:all", text]},
    ]
    return {"id": number, "title": title, "active": True, "restriction": None, "actions": actions}


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


def _known(found: dict[str, Any], key: str) -> Any:
    if key not in found:
        raise NotFoundError("there is no such webhook")
    return found[key]
