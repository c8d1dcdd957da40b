"""Freshworks' side of the app for Freshdesk, as far as its pages can tell: it serves them, and makes their calls by template.

What runs is the very app that `guidance package freshdesk` zips. Its parameters are filled in here, the secret one too, so
that no page ever holds it. Left out: functions on the server, the key-value store, dialogues.
"""

from __future__ import annotations

import mimetypes
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import msgspec
import re2
import requests
from flask import Blueprint, Response, jsonify, request
from msgspec import Struct

from guidance.demo.context import desk
from guidance.errors import MalformedError, NotFoundError
from guidance.integrations.freshdesk.package import staged
from guidance.sidebar.page import panel_files

CALLS_A_MINUTE = 50
_TIMES_OUT = 15.0
_PARAMETER = re2.compile(r"<%=\s*(iparam|context)\.([a-z_]+)\s*%>")
_CLIENT = b"{{{appclient}}}"


class Invocation(Struct, frozen=True, kw_only=True):
    """Body of `POST /desk/api/freshworks/invoke`: which template, with what to fill it."""

    template: str
    body: str = ""
    context: dict[str, str] = {}


def add_routes(page: Blueprint) -> None:
    """The app's pages under `/desk/freshworks/`, and the door for its calls."""
    page.add_url_rule("/desk/freshworks/<path:name>", view_func=app_file)
    page.add_url_rule("/desk/api/freshworks/invoke", view_func=invoke, methods=["POST"])
    page.add_url_rule("/desk/api/freshworks/install", view_func=install, methods=["POST"])


def app_file(name: str) -> Response:
    """A file of the app; in pages, the place of Freshworks' client is taken by ours."""
    content = app_files().get(f"app/{name}")
    if content is None:
        raise NotFoundError("the app has no such file")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(content.replace(_CLIENT, b"/desk/static/fresh_client.js"), content_type=kind)
    service = desk().settings.service_url
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {service}; "
        "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    return response


def invoke() -> tuple[Response, int]:
    """Make one call by its template. As Freshworks does: fifty a minute for the whole account, the answer's body as text."""
    order = _order()
    if desk().rooms["freshdesk"].invocations.spend("app").is_spent:
        return jsonify(status=429, response="Too many requests", message="Rate limit exceeded"), 429
    template = msgspec.json.decode(app_files()["config/requests.json"]).get(order.template)
    if template is None:
        raise NotFoundError("the app has no such template")
    status, headers, text = _call(template["schema"], order)
    told = {"status": status, "headers": headers, "response": text}
    return jsonify(told), 200 if 200 <= status < 300 else 502


def install() -> Response:
    """Install the app anew with the secret that `connect` showed: `{"install_secret": "…"}`, as an admin does in its settings."""
    desk().rooms["freshdesk"].parameters["install_secret"] = str(request.get_json()["install_secret"])
    return jsonify(ok=True)


@cache
def app_files() -> dict[str, bytes]:
    """The app as it is packaged."""
    return staged(panel_files())


def _call(schema: dict[str, Any], order: Invocation) -> tuple[int, dict[str, str], str]:
    settings = desk().settings
    known = {
        "iparam": {
            "service_host": urlsplit(settings.service_url).netloc,
            **desk().rooms["freshdesk"].parameters,
        },
        "context": order.context,
    }

    def filled(text: str) -> str:
        return str(_PARAMETER.sub(lambda found: known[found.group(1)].get(found.group(2), ""), text))

    # Local testing speaks plain http, here as with Freshworks' own tool.
    url = f"http://{filled(schema['host'])}{filled(schema['path'])}"
    headers = {name: filled(value) for name, value in schema.get("headers", {}).items()}
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(schema["method"], url, data=order.body, headers=headers, timeout=_TIMES_OUT)
    except requests.RequestException:
        return 504, {}, "the service does not answer"
    return answer.status_code, {"Content-Type": answer.headers.get("Content-Type", "")}, answer.text


def _order() -> Invocation:
    try:
        return msgspec.convert(request.get_json(), Invocation)
    except msgspec.ValidationError as error:
        raise MalformedError(str(error)) from None
