"""What an admin sets up in the pretend Freshdesk: automation rules, hours and ticket fields."""

from __future__ import annotations

import itertools
from typing import Any

from flask import Blueprint, Response, jsonify, request

from guidance.demo.answers import refuse
from guidance.demo.approved import APPROVED
from guidance.demo.freshdesk.door import validation_error
from guidance.demo.freshdesk.paging import page_of
from guidance.demo.freshdesk.rules import Rules
from guidance.demo.richtext import to_html
from guidance.errors import NotFoundError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def add_routes(blueprint: Blueprint, rules: Rules) -> None:
    """The routes about the set-up; what is written to `rules` takes effect with the next change."""
    blueprint.add_url_rule("/business_hours", view_func=business_hours)
    blueprint.add_url_rule("/canned_response_folders", view_func=folders)
    blueprint.add_url_rule("/canned_response_folders/<int:folder_id>/responses", view_func=canned)
    blueprint.add_url_rule("/ticket_fields", view_func=ticket_fields)
    numbers = itertools.count(1000)
    path = "/automations/<int:kind>/rules"

    @blueprint.get(path)
    def list_rules(kind: int) -> Response:
        return page_of(list(rules[kind].values()))

    @blueprint.post(path)
    def create_rule(kind: int) -> tuple[Response, int]:
        rule = _read_rule()
        rule_id = next(numbers)
        rules[kind][rule_id] = rule | {"id": rule_id}
        return jsonify(rules[kind][rule_id]), 201

    @blueprint.route(f"{path}/<int:rule_id>", methods=["GET", "PUT", "DELETE"])
    def one_rule(kind: int, rule_id: int) -> Response:
        if rule_id not in rules[kind]:
            raise NotFoundError("there is no such rule")
        if request.method == "DELETE":
            del rules[kind][rule_id]
            return Response(status=204)
        if request.method == "PUT":
            rules[kind][rule_id] |= request.get_json()
        return jsonify(rules[kind][rule_id])


def business_hours() -> Response:
    """Monday to Friday, nine to five."""
    day = {"start_time": "09:00:00 am", "end_time": "05:00:00 pm"}
    hours = {
        "id": 1,
        "name": "Office",
        "description": "",
        "is_default": True,
        "time_zone": "Eastern Time (US & Canada)",
        "business_hours": dict.fromkeys(WEEKDAYS, day),
    }
    return page_of([hours])


def ticket_fields() -> Response:
    """The fields whose choices matter to us."""
    choices = {
        "2": ["Open", "Being Processed"],
        "3": ["Pending", "Awaiting your Reply"],
        "4": ["Resolved", "This ticket has been Resolved"],
        "5": ["Closed", "This ticket has been Closed"],
        "7": ["Waiting on Third Party", "Being Processed"],
    }
    fields: list[dict[str, Any]] = [
        {"id": 1, "name": "status", "type": "default_status", "default": True, "choices": choices},
        {
            "id": 2,
            "name": "priority",
            "type": "default_priority",
            "choices": {"Low": 1, "Medium": 2, "High": 3, "Urgent": 4},
        },
    ]
    return page_of(fields)


def _read_rule() -> dict[str, Any]:
    rule = request.get_json(silent=True)
    if not isinstance(rule, dict):
        refuse(400, {"code": "invalid_json", "message": "Request body has invalid json format"})
    for name in ("name", "actions"):
        if not rule.get(name):
            refuse(400, validation_error(name, "It should not be blank as this is a mandatory field", "missing_field"))
    return rule


def folders() -> Response:
    """One folder that all share, and one agent's own."""
    shared = {"id": 1, "name": "General", "personal": False, "responses_count": len(APPROVED)}
    return jsonify([shared, {"id": 2, "name": "Personal_3", "personal": True, "responses_count": 1}])


def canned(folder_id: int) -> Response:
    """The responses of a folder."""
    told = APPROVED if folder_id == 1 else {"Mine": "Calm down, please."}
    return page_of(
        [
            {"id": number, "title": title, "content": text, "content_html": to_html(text)}
            for number, (title, text) in enumerate(told.items(), 1)
        ]
    )
