"""The agent page and the desk's own API under `/desk/api`, which only this page and tests use."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zipfile import BadZipFile

import msgspec
import requests
from flask import Blueprint, Response, jsonify, redirect, render_template, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from guidance.demo import freshworks
from guidance.demo.board import agent_card, agents, board, ticket_card
from guidance.demo.context import HelpdeskRoom, desk
from guidance.demo.faults import Fault
from guidance.demo.launch import SIDEBAR, launch
from guidance.demo.owner import OWNER
from guidance.demo.pace import Pace, set_pace
from guidance.demo.richtext import to_html
from guidance.demo.seeds import person_id, place
from guidance.demo.sender import Weather
from guidance.demo.stories import Story, stories, story_json
from guidance.errors import MalformedError, NotFoundError, RefusedError
from guidance.integrations.zendesk.validating import problems, read_zip
from guidance.model import Rating

STATIC = Path(__file__).parent / "static"
WAITS_FOR = 20.0
LOOKS_FOR = 1.0
Row = msgspec.Struct
Shape = TypeVar("Shape", bound=Row)


class SignIn(Row):
    """Body of `POST /desk/api/sign-in`."""

    agent: str


class Words(Row):
    """Body of `POST /desk/api/customer`: what the requester of a ticket writes."""

    account: str
    ticket: str
    text: str


class Rated(Row):
    """Body of `POST /desk/api/rate`: a customer's answer to the survey."""

    account: str
    ticket: str
    rating: Rating
    words: str = ""


class Opening(Row):
    """Body of `POST /desk/api/launch`: who opens the sidebar, on which helpdesk's account."""

    account: str
    agent: str
    place: str = SIDEBAR


class PaceOrder(Row):
    """Body of `POST /desk/api/pace`."""

    pace: Pace


class FaultOrder(Row):
    """Body of `POST /faults`."""

    helpdesk: str
    next: list[Fault]


def create_blueprint() -> Blueprint:
    """The page at `/`, its files, and `/desk/api`."""
    page = Blueprint(
        "desk", __name__, static_folder="static", static_url_path="/desk/static", template_folder="templates"
    )
    rule = page.add_url_rule
    rule("/", view_func=show)
    rule("/zaf_sdk.js", view_func=sdk)
    rule("/healthz", view_func=health)
    rule("/desk/api/state", view_func=state)
    rule("/desk/api/outbox", view_func=outbox)
    rule("/desk/api/stories", view_func=list_stories)
    rule("/desk/api/stories/<story_id>", view_func=begin_story, methods=["POST"])
    rule("/desk/api/sign-in", view_func=sign_in, methods=["POST"])
    rule("/desk/api/customer", view_func=write_as_customer, methods=["POST"])
    rule("/desk/api/rate", view_func=rate_as_customer, methods=["POST"])
    rule("/desk/api/launch", view_func=open_sidebar, methods=["POST"])
    rule("/desk/api/pace", view_func=order_pace, methods=["POST"])
    rule("/desk/api/install", view_func=install_app, methods=["POST"])
    rule("/desk/api/weather", view_func=order_weather, methods=["POST"])
    rule("/faults", view_func=order_faults, methods=["POST"])
    freshworks.add_routes(page)
    page.register_error_handler(RefusedError, _refused)
    return page


def show() -> AnyResponse:
    """The page, at the one address that the sidebar's frames accept."""
    settings = desk().settings
    if request.host != urlsplit(settings.desk_url).netloc:
        return redirect(settings.desk_url)
    html = render_template(
        "desk.html",
        agents=agents(),
        service_url=settings.service_url,
        console_owner=OWNER,
        console_password=settings.secrets.console_password,
    )
    response = Response(html)
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"frame-src 'self' {settings.service_url}; form-action {settings.service_url}; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def sdk() -> Response:
    """Our stand-in for Zendesk's app SDK."""
    return send_from_directory(STATIC, "zaf_sdk.js")


def health() -> Response:
    """That the desk is there."""
    return jsonify(ok=True)


def state() -> Response:
    """The board; with `?after=<revision>`, as soon as it is another one, or after 20 seconds."""
    seen = request.args.get("after", type=int)
    revision = desk().pulse.after(-1 if seen is None else seen, seconds=WAITS_FOR)
    return jsonify(board(desk(), revision))


def outbox() -> Response:
    """All mail that customers would have got."""
    return jsonify(mails=board(desk(), 0)["mails"])


def list_stories() -> Response:
    """What the Play button offers."""
    return jsonify(stories=[story_json(story) for story in stories()])


def begin_story(story_id: str) -> Response:
    """Put the story's ticket on the desk; its past is there already, so no webhook tells of it."""
    story = next((found for found in stories() if found.id == story_id), None)
    if story is None:
        raise NotFoundError("there is no such story")
    return jsonify(_ticket_of(story))


def sign_in() -> Response:
    """What an agent needs to speak to both helpdesks: their id there, and an Authorization header."""
    key = _read(SignIn).agent
    if key not in {agent["key"] for agent in agents()}:
        raise NotFoundError("there is no such agent")
    return jsonify({name: _pass(key, name, room) for name, room in desk().rooms.items()})


def write_as_customer() -> tuple[Response, int]:
    """The ticket's requester writes: as if their mail or chat message came in."""
    words = _read(Words)
    helpdesk = _room(words.account).helpdesk
    ticket = helpdesk.ticket(_number(words.ticket))
    comment = helpdesk.write(ticket.id, actor_id=ticket.requester_id, html=to_html(words.text), is_public=True)
    return jsonify(id=str(comment.id)), 201


def rate_as_customer() -> Response:
    """The ticket's requester answers the survey: as if they clicked in its mail."""
    told = _read(Rated)
    _room(told.account).helpdesk.rate(_number(told.ticket), told.rating, told.words)
    return jsonify(ok=True)


def open_sidebar() -> Response | tuple[Response, int]:
    """A signed launch for a new frame, for Freshdesk where its app lies; 503 while the service is not there."""
    opening = _read(Opening)
    _room(opening.account)
    if not _service_answers():
        return jsonify(error="The guidance service is not up yet."), 503
    helpdesk = opening.account.partition(":")[0]
    if helpdesk == "freshdesk":
        return jsonify(app="/desk/freshworks/")
    agent_id = person_id(helpdesk, opening.agent)
    opened = launch(desk().settings, helpdesk=helpdesk, agent_id=agent_id, now=desk().clock(), place=opening.place)
    return jsonify(msgspec.to_builtins(opened))


def order_pace() -> Response:
    """How soon a promise becomes a task, and a reminder comes."""
    set_pace(_read(PaceOrder).pace)
    return jsonify(ok=True)


def install_app() -> Response:
    """Install the app in the pretend Zendesk, as an admin does who uploads its ZIP: it is the body, and Zendesk checks it."""
    files, wrong = _unzipped(request.get_data())
    if wrong := wrong or problems(files):
        raise MalformedError("; ".join(wrong), path="manifest.json")
    manifest = msgspec.json.decode(files["manifest.json"])
    service_url = request.args.get("service_url") or desk().settings.service_url
    return jsonify(desk().zendesk_setup.install(manifest["name"], {"service_url": service_url}))


def _unzipped(body: bytes) -> tuple[dict[str, bytes], list[str]]:
    try:
        return read_zip(body)
    except BadZipFile:
        raise MalformedError("this is no ZIP; upload dist/guidance-zendesk.zip") from None


def order_weather() -> Response:
    """Mishaps for the webhooks to come, for tests: `{"drop": 1, "double": 1, "shuffle": 3}`."""
    desk().sender.weather = _read(Weather)
    return jsonify(ok=True)


def order_faults() -> Response:
    """Faults for the API calls to come, for tests: `{"helpdesk": "zendesk", "next": ["429", "drop_after"]}`."""
    order = _read(FaultOrder)
    _room(f"{order.helpdesk}:demo").faults.order(order.next)
    return jsonify(ok=True)


def _ticket_of(story: Story) -> dict[str, Any]:
    name = story.ticket.helpdesk
    helpdesk = desk().rooms[name].helpdesk
    return ticket_card(name, helpdesk, place(helpdesk, story.ticket))


def _pass(key: str, name: str, room: HelpdeskRoom) -> dict[str, Any]:
    token = room.passes.issue(person_id(name, key))
    basic = base64.b64encode(f"{token}:X".encode()).decode()
    authorization = f"Bearer {token}" if name == "zendesk" else f"Basic {basic}"
    return agent_card(key, name, room.helpdesk) | {"authorization": authorization}


def _room(account: str) -> HelpdeskRoom:
    name, _, rest = account.partition(":")
    if rest != "demo" or name not in desk().rooms:
        raise NotFoundError("there is no such account here")
    return desk().rooms[name]


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotFoundError("there is no such ticket")
    return int(text)


def _read(shape: type[Shape]) -> Shape:
    try:
        return msgspec.convert(request.get_json(), shape)
    except msgspec.ValidationError as error:
        raise MalformedError(str(error)) from None


def _service_answers() -> bool:
    try:
        with requests.Session() as session:
            session.trust_env = False
            return session.get(f"{desk().settings.service_url}/healthz", timeout=LOOKS_FOR).ok
    except requests.RequestException:
        return False


def _refused(error: RefusedError) -> tuple[Response, int]:
    return jsonify(error={"code": error.code, "message": str(error)}), error.status
