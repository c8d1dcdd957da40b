"""The console's blueprint, with all its doors."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from guidance.console import pages
from guidance.console.backtesting import Backtesting
from guidance.console.customers import Customers
from guidance.console.dashboard import Dashboard
from guidance.console.doors import Door, Room, hang
from guidance.console.editing import Editing
from guidance.console.forming import Forming
from guidance.console.going_back import GoingBack
from guidance.console.manual import Manual
from guidance.console.misreads import Misreads
from guidance.console.moving import Moving
from guidance.console.network import Network
from guidance.console.oidc import Oidc
from guidance.console.overlays import Overlays
from guidance.console.people import People
from guidance.console.promises import Promises
from guidance.console.rules import Rules
from guidance.console.signin import SignIn
from guidance.console.staging import Staging
from guidance.console.stored import Stored
from guidance.console.trail import Trail
from guidance.console.trying import Trying
from guidance.console.versions import Versions
from guidance.console.wiring import Wiring
from guidance.console.words import Words
from guidance.errors import NotFoundError
from guidance.rules.closest import as_written


def create_blueprint(wiring: Wiring) -> Blueprint:
    """All pages under `/console`, and the API that they speak under `/api/v1`."""
    blueprint = Blueprint("console", __name__, template_folder="templates")
    blueprint.add_app_template_filter(pages.shown_at, "at")
    blueprint.add_app_template_filter(pages.day_told, "day")
    blueprint.add_app_template_filter(pages.sentence, "sentence")
    blueprint.add_app_template_filter(as_written, "condition")
    hang(blueprint, wiring, doors_of(wiring))
    pages.answer_errors(blueprint)
    return blueprint


def doors_of(wiring: Wiring) -> Sequence[Door]:
    """Every door there is; tests walk over them."""
    rooms: list[Room] = [
        SignIn(wiring),
        Oidc(wiring),
        Rules(wiring),
        Staging(wiring),
        Editing(wiring),
        Forming(wiring),
        Overlays(wiring),
        Misreads(wiring),
        Versions(wiring),
        GoingBack(wiring),
        Moving(wiring),
        Trying(wiring),
        Backtesting(wiring),
        Words(wiring),
        Network(wiring),
        Promises(wiring),
        People(wiring),
        Customers(wiring),
        Trail(wiring),
        Dashboard(wiring),
        Stored(wiring),
        Manual(),
    ]
    return [Door("GET", "/console/static/<path:name>", None, _static), *(d for room in rooms for d in room.doors())]


def _static(name: str) -> Response:
    try:
        response = send_from_directory(pages.STATIC, name)
    except NotFound as error:
        raise NotFoundError("There is no such file.") from error
    response.headers["Cache-Control"] = "no-cache"
    return response
