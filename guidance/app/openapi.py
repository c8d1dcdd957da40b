"""The JSON API as an OpenAPI document, `/api/v1/openapi.json`: shapes made from the very types that the doors read and answer.

A test compares its paths with the application's routes, and schemathesis its shapes with what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from flask import Blueprint, Response
from msgspec import Struct

from guidance.app import answers as told_as
from guidance.console.backtesting import Judged
from guidance.console.editing import LintBody
from guidance.console.forming import FormBody, FormTold
from guidance.console.network import PartnerBody, PartnerKept, PartnersTold
from guidance.people.stored import AboutAgent
from guidance.sidebar.followups import FollowUpBody, HandOverBody
from guidance.sidebar.network import MeBody, PromiseBody
from guidance.sidebar.network_told import MeTold, NetworkTold
from guidance.sidebar.quiet import MutesTold, QuietBody
from guidance.sidebar.tickets import DraftBody, FeedbackBody
from guidance.stream.blueprint import WatchBody

PATH = "/api/v1/openapi.json"
_REF = "#/components/schemas/{name}"
_SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "sidebar": [{"sidebar": []}],
    "console": [{"console": [], "csrf": []}],
    "reader": [{"console": []}],
    "nobody": [],
}
_SCHEMES = {
    "sidebar": {"type": "http", "scheme": "bearer", "description": "The session token of a sidebar; 15 minutes."},
    "console": {"type": "apiKey", "in": "cookie", "name": "guidance_console"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token", "description": "Of the console's page."},
}
_REFUSALS = {
    "400": "What was sent can't be read; `path` names the place.",
    "401": "Nobody is signed in, or the session has ended.",
    "403": "Known, and may not do this.",
    "404": "There is no such thing here.",
    "409": "Somebody else changed it first: read again, then decide.",
    "413": "More than the limit.",
    "503": "Out of reach just now; `Retry-After` says when to ask again.",
}


class Operation(Struct, frozen=True, kw_only=True):
    """One door: what it does, who may come, what it takes and what it answers."""

    does: str
    who: str
    answer: Any
    body: Any = None
    query: dict[str, dict[str, Any]] = {}


_TICKET = "/api/v1/tickets/{account_id}/{ticket_id}"
_HINT = f"{_TICKET}/hints/{{hint}}"
_LISTED: dict[str, dict[str, Any]] = {
    "ticket": {"type": "string", "description": "All of one ticket's, instead of an agent's open ones."},
    "of": {"type": "string", "enum": ["group"], "description": "Of the groups that the agent leads."},
    "when": {"type": "string", "enum": ["late", "today", "week"]},
}
_MUTED: dict[str, dict[str, Any]] = {"what": {"type": "string", "description": "A rule or principle that was muted."}}
_OF_TICKET: dict[str, dict[str, Any]] = {
    "ticket": {"type": "string", "description": "The ticket that is open beside it."}
}

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", PATH): Operation(does="This document", who="nobody", answer=dict[str, Any]),
    ("GET", f"{_TICKET}/advice"): Operation(
        does="Advice on the ticket as it stands", who="sidebar", answer=told_as.TicketAdvice
    ),
    ("POST", f"{_TICKET}/draft"): Operation(
        does="Advice on what the agent is writing; it is not stored",
        who="sidebar",
        body=DraftBody,
        answer=told_as.TicketAdvice,
    ),
    ("POST", f"{_HINT}/feedback"): Operation(
        does="Take a hint as done or dismissed", who="sidebar", body=FeedbackBody, answer=told_as.HintJudged
    ),
    ("DELETE", f"{_HINT}/feedback"): Operation(
        does="Take the last word on a hint back", who="sidebar", answer=told_as.HintJudged
    ),
    ("POST", f"{_HINT}/follow-up"): Operation(
        does="Plan what a hint proposes", who="sidebar", answer=told_as.FollowUpTold
    ),
    ("GET", "/api/v1/follow-ups"): Operation(
        does="Follow-ups by due time", who="sidebar", answer=told_as.FollowUpsTold, query=_LISTED
    ),
    ("PATCH", "/api/v1/follow-ups/{follow_up_id}"): Operation(
        does="Correct, hand over, withdraw, keep or reopen a follow-up",
        who="sidebar",
        body=FollowUpBody,
        answer=told_as.FollowUpTold,
        query=_OF_TICKET,
    ),
    ("POST", "/api/v1/follow-ups/hand-over"): Operation(
        does="Hand over the open promises of somebody who is away",
        who="sidebar",
        body=HandOverBody,
        answer=told_as.FollowUpsTold,
    ),
    ("POST", "/api/v1/follow-ups/calendar"): Operation(
        does="A new link to one's calendar; the one before ends", who="sidebar", answer=told_as.CalendarLink
    ),
    ("DELETE", "/api/v1/follow-ups/calendar"): Operation(
        does="Revoke the link to one's calendar", who="sidebar", answer=told_as.CalendarLink
    ),
    ("GET", "/api/v1/me"): Operation(does="What is stored about the agent who asks", who="sidebar", answer=AboutAgent),
    ("GET", f"{_TICKET}/network"): Operation(
        does="The people around a ticket, as the agent who asks may see them", who="sidebar", answer=NetworkTold
    ),
    ("POST", f"{_TICKET}/network/partners/{{partner_id}}/follow-up"): Operation(
        does="Plan a follow-up on what a partner has promised",
        who="sidebar",
        body=PromiseBody,
        answer=told_as.FollowUpTold,
    ),
    ("GET", "/api/v1/network/me"): Operation(
        does="Whether the agent who asks is named to colleagues, and who waits for them", who="sidebar", answer=MeTold
    ),
    ("PUT", "/api/v1/network/me"): Operation(
        does="Be named to colleagues, or not", who="sidebar", body=MeBody, answer=MeTold
    ),
    ("GET", "/api/v1/quiet"): Operation(
        does="Everything that the agent who asks does not want to see", who="sidebar", answer=MutesTold
    ),
    ("PUT", "/api/v1/quiet"): Operation(
        does="No hints for an hour or for today", who="sidebar", body=QuietBody, answer=told_as.QuietTold
    ),
    ("DELETE", "/api/v1/quiet"): Operation(
        does="Hints again: all, or what was muted", who="sidebar", answer=told_as.QuietTold, query=_MUTED
    ),
    ("GET", "/api/v1/stream"): Operation(
        does="News of the watched tickets as Server-Sent Events (docs/wire.md)", who="sidebar", answer=None
    ),
    ("PUT", "/api/v1/stream/watch"): Operation(
        does="Say which tickets are open", who="sidebar", body=WatchBody, answer=told_as.Watched
    ),
    ("GET", "/api/v1/partners"): Operation(does="The partners' address book", who="reader", answer=PartnersTold),
    ("POST", "/api/v1/partners"): Operation(does="Add a partner", who="console", body=PartnerBody, answer=PartnerKept),
    ("PUT", "/api/v1/partners/{partner_id}"): Operation(
        does="Change a partner", who="console", body=PartnerBody, answer=PartnerKept
    ),
    ("DELETE", "/api/v1/partners/{partner_id}"): Operation(does="Remove a partner", who="console", answer=PartnerKept),
    ("GET", "/api/v1/rules"): Operation(does="All rules in force", who="reader", answer=told_as.RulesTold),
    ("GET", "/api/v1/rules/{rule_id}"): Operation(
        does="One rule with its source", who="reader", answer=told_as.RuleTold
    ),
    ("POST", "/api/v1/rules/lint"): Operation(
        does="What is wrong with a file of rules, and what is doubtful, line by line",
        who="console",
        body=LintBody,
        answer=told_as.Flaws,
    ),
    ("POST", "/api/v1/rules/form"): Operation(
        does="One rule of a file as a form, and the file's text with another value in a field of it",
        who="console",
        body=FormBody,
        answer=FormTold,
    ),
    ("GET", "/api/v1/backtests"): Operation(
        does="Backtests of the last week", who="reader", answer=told_as.BacktestsTold
    ),
    ("GET", "/api/v1/backtests/{job_id}"): Operation(
        does="How far a backtest is, and its counts", who="reader", answer=told_as.BacktestTold
    ),
    ("PUT", "/api/v1/backtests/{job_id}/judgements"): Operation(
        does="Judge one finding", who="console", body=Judged, answer=told_as.JudgedTold
    ),
}
"""Every door of the API; paths as OpenAPI writes them."""


def create_blueprint() -> Blueprint:
    """`/api/v1/openapi.json`, open to everybody: it holds nothing of this installation."""
    blueprint = Blueprint("openapi", __name__)

    @blueprint.get(PATH)
    def openapi() -> Response:
        return Response(msgspec.json.encode(document()), content_type="application/json")

    return blueprint


@cache
def document() -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    types = {one for told in OPERATIONS.values() for one in (told.body, told.answer) if one is not None}
    _, shapes = msgspec.json.schema_components([told_as.Refused, *sorted(types, key=str)], ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), told in OPERATIONS.items():
        paths.setdefault(path, {})[method.lower()] = _operation(path, told)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Guidance", "version": "1", "license": {"name": "GPL-3.0-or-later"}},
        "paths": paths,
        "components": {"schemas": shapes, "securitySchemes": _SCHEMES},
    }


def _operation(path: str, told: Operation) -> dict[str, Any]:
    answered = _answered(told)
    refused = {status: {"description": text, **_json(told_as.Refused)} for status, text in _REFUSALS.items()}
    operation: dict[str, Any] = {
        "summary": told.does,
        "security": _SECURITY[told.who],
        "parameters": list(_parameters(path, told)),
        "responses": {"200": answered} | (refused if told.who != "nobody" else {}),
    }
    if told.body is not None:
        operation["requestBody"] = {"required": True, **_json(told.body)}
    return operation


def _answered(told: Operation) -> dict[str, Any]:
    if told.answer is None:
        return {"description": told.does, "content": {"text/event-stream": {"schema": {"type": "string"}}}}
    return {"description": told.does, **_json(told.answer)}


def _json(shape: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=_REF)
    return {"content": {"application/json": {"schema": schema}}}


def _parameters(path: str, told: Operation) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    for name, schema in told.query.items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}
