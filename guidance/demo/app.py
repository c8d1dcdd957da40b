"""Puts the desk together: two pretend helpdesks, their webhooks, and the agent page, as one Flask app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response

from guidance.demo import freshdesk, zendesk
from guidance.demo.context import NAME, Desk, HelpdeskRoom, Passes
from guidance.demo.faults import Faults
from guidance.demo.freshdesk.house_rules import house_rules
from guidance.demo.freshdesk.rules import Rules
from guidance.demo.freshworks import CALLS_A_MINUTE
from guidance.demo.helpdesk import DeskHelpdesk, Pulse
from guidance.demo.hooks import freshdesk_hooks, zendesk_hooks
from guidance.demo.limits import Limit
from guidance.demo.page import create_blueprint
from guidance.demo.seeds import admit_people, bot_id, place, seeds
from guidance.demo.sender import Sender
from guidance.demo.settings import DeskSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TEN_MINUTES = 600
_FIRST_IDS = {"zendesk": (4821, 91000001), "freshdesk": (318, 72000001)}
Clock = Callable[[], datetime]


def create_desk(settings: DeskSettings, *, clock: Clock | None = None) -> Flask:
    """The desk as an app; everything it holds lives in memory. `clock` gives aware UTC (none: the real one)."""
    clock = clock or (lambda: datetime.now(UTC))
    pulse = Pulse()
    known = settings.secrets
    rooms = {
        "zendesk": _room("zendesk", settings, clock, pulse, {known.zendesk_token: bot_id("zendesk")}),
        "freshdesk": _room("freshdesk", settings, clock, pulse, {known.freshdesk_api_key: bot_id("freshdesk")}),
    }
    sender = Sender(clock=clock, pulse=pulse, time_out=settings.webhook_time_out)
    rules = house_rules(settings)
    for seed in seeds().tickets:
        place(rooms[seed.helpdesk].helpdesk, seed)
    setup = zendesk.Setup()
    if settings.is_connected:
        zendesk.connect(setup, settings)
    _listen(rooms, sender, settings, rules, setup)

    app = Flask(__name__, static_folder=None)
    app.config["TRUSTED_HOSTS"] = [urlsplit(settings.desk_url).hostname or "", "127.0.0.1", "localhost"]
    app.extensions[NAME] = Desk(
        settings=settings, clock=clock, pulse=pulse, sender=sender, rooms=rooms, zendesk_setup=setup
    )
    for blueprint in (
        *zendesk.create_blueprints(setup, clock),
        freshdesk.create_blueprint(rules),
        create_blueprint(),
    ):
        app.register_blueprint(blueprint)
    app.wsgi_app = _without_json_suffix(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.after_request(_never_cached)
    return app


def _room(name: str, settings: DeskSettings, clock: Clock, pulse: Pulse, passes: Mapping[str, int]) -> HelpdeskRoom:
    first_ticket_id, first_comment_id = _FIRST_IDS[name]
    helpdesk = DeskHelpdesk(
        clock=clock, pulse=pulse, first_ticket_id=first_ticket_id, first_comment_id=first_comment_id
    )
    admit_people(helpdesk, name)
    return HelpdeskRoom(
        helpdesk=helpdesk,
        passes=Passes(passes),
        faults=Faults(),
        calls=Limit(settings.requests_a_minute, seconds=60, clock=clock),
        updates=Limit(settings.ticket_updates, seconds=TEN_MINUTES, clock=clock),
        lists=Limit(settings.ticket_lists, seconds=60, clock=clock),
        invocations=Limit(CALLS_A_MINUTE, seconds=60, clock=clock),
        parameters={"install_secret": settings.secrets.freshdesk_install},
    )


def _listen(
    rooms: Mapping[str, HelpdeskRoom], sender: Sender, settings: DeskSettings, rules: Rules, setup: zendesk.Setup
) -> None:
    ours, theirs = rooms["zendesk"].helpdesk, rooms["freshdesk"].helpdesk
    ours.listen(zendesk_hooks(ours, sender, settings, setup))
    theirs.listen(freshdesk_hooks(theirs, sender, settings, rules))


def _without_json_suffix(wsgi_app: WSGIApplication) -> WSGIApplication:
    """Zendesk takes every path with `.json` at its end, too."""

    def strip(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith("/zendesk/api/"):
            environ["PATH_INFO"] = path.removesuffix(".json")
        return wsgi_app(environ, start_response)

    return strip


def _never_cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
