"""From settings to a Flask application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from flask import Blueprint, Flask
from msgspec import Struct
from werkzeug.middleware.proxy_fix import ProxyFix

from guidance import console, sidebar, stream, webhooks
from guidance.accounts import AccountBook
from guidance.app import openapi
from guidance.app.allowing import create_blueprint as create_allowing_blueprint
from guidance.app.operators import create_blueprint as create_operators_blueprint
from guidance.console.oidc import PATH as OIDC
from guidance.console.provider import Provider
from guidance.console.sessions import Sessions as ConsoleSessions
from guidance.console.wiring import Wiring as ConsoleWiring
from guidance.dispatch import LiveRulebook, Noticing, connecting, warm_up
from guidance.integrations import Integration, integrations
from guidance.integrations.budget import within
from guidance.people.users import Users
from guidance.ports import Account, Helpdesk, Offload, Store, here
from guidance.rules import Rulebook
from guidance.settings import Settings
from guidance.store import open_store
from guidance.web.answering import answer_errors, set_security_headers
from guidance.web.bodies import BODY_LIMIT

STORE_CONNECTIONS = 96
"""Sixteen of them wait for news, one a shard; the others serve requests."""


class _Parts(Struct, frozen=True, kw_only=True):
    """What the doors share. `rulebook` is what is judged by, `live` what the console publishes; the same but in tests."""

    settings: Settings
    store: Store
    accounts: AccountBook
    helpdesks: Mapping[str, Integration]
    connect: Callable[[Account], Helpdesk]
    live: LiveRulebook
    rulebook: Callable[[], Rulebook]
    sessions: sidebar.Sessions
    broadcaster: stream.Broadcaster
    clock: Callable[[], datetime]
    offload: Offload


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    helpdesks: Mapping[str, Integration] | None = None,
    rulebook: Callable[[], Rulebook] | None = None,
    offload: Offload = here,
) -> Flask:
    """The application. Nothing runs in the background until `broadcaster_of(app).start()` and `noticing_of(app).run()`.

    `store`, `helpdesks` and `rulebook` default to those that the settings and the packages name; a rulebook handed in stays
    as it is, whatever the console publishes. `offload` does what takes long. Raises `SetupError` and `PackError`.
    """
    parts = _parts(settings, store or open_app_store(settings), clock, helpdesks or integrations(), rulebook, offload)
    app = _bare(settings)
    app.extensions["guidance.broadcaster"] = parts.broadcaster
    app.extensions["guidance.noticing"] = Noticing(
        parts.store, parts.live, (parts.accounts.forget, parts.broadcaster.reset)
    )
    for doors in (_operators, _allowing, _openapi, _webhooks, _sidebar, _stream, _console):
        app.register_blueprint(doors(parts))
    answer_errors(app)
    set_security_headers(app)
    return app


def _parts(
    settings: Settings,
    store: Store,
    clock: Callable[[], datetime],
    helpdesks: Mapping[str, Integration],
    rulebook: Callable[[], Rulebook] | None,
    offload: Offload,
) -> _Parts:
    live = LiveRulebook(store, settings.rules_dir, offload=offload)
    return _Parts(
        settings=settings,
        store=store,
        accounts=AccountBook(store),
        helpdesks=helpdesks,
        connect=connecting(lambda account: within(helpdesks[account.helpdesk].connect(account), store, account, clock)),
        live=live,
        rulebook=rulebook or _loaded(live),
        sessions=sidebar.Sessions(settings.secret_key, store, clock),
        broadcaster=stream.Broadcaster(store, clock),
        clock=clock,
        offload=offload,
    )


def _bare(settings: Settings) -> Flask:
    """The application without a door: what holds for every request before it reaches one."""
    app = Flask("guidance", static_folder=None)
    if settings.proxies:  # without it all who sign in would share the proxy's address, and its fifty tries
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    return app


def _operators(parts: _Parts) -> Blueprint:
    return create_operators_blueprint(store=parts.store, rulebook=parts.rulebook)


def _allowing(parts: _Parts) -> Blueprint:
    return create_allowing_blueprint(parts.store)


def _openapi(_parts: _Parts) -> Blueprint:
    return openapi.create_blueprint()


def _webhooks(parts: _Parts) -> Blueprint:
    return webhooks.create_blueprint(
        store=parts.store, accounts=parts.accounts, integrations=parts.helpdesks, clock=parts.clock
    )


def _sidebar(parts: _Parts) -> Blueprint:
    return sidebar.create_blueprint(
        store=parts.store,
        accounts=parts.accounts,
        sessions=parts.sessions,
        rulebook=parts.rulebook,
        helpdesk=parts.connect,
        clock=parts.clock,
        zaf_sdk_url=parts.settings.zaf_sdk_url,
    )


def _stream(parts: _Parts) -> Blueprint:
    return stream.create_blueprint(
        store=parts.store,
        accounts=parts.accounts,
        broadcaster=parts.broadcaster,
        session_of=parts.sessions.of,
        helpdesk=parts.connect,
        clock=parts.clock,
    )


def _console(parts: _Parts) -> Blueprint:
    settings, store, clock = parts.settings, parts.store, parts.clock
    users = Users(store, clock, offload=parts.offload)
    wiring = ConsoleWiring(
        store=store,
        accounts=parts.accounts,
        users=users,
        sessions=ConsoleSessions(settings.secret_key, store, users, clock),
        rulebook=parts.live,
        helpdesk=parts.connect,
        clock=clock,
        offload=parts.offload,
        url=settings.url,
        provider=Provider(settings.oidc, f"{settings.url}{OIDC}/back", store, clock) if settings.oidc else None,
    )
    return console.create_blueprint(wiring)


def broadcaster_of(app: Flask) -> stream.Broadcaster:
    """The application's broadcaster: started and closed by whoever serves the application."""
    found = app.extensions["guidance.broadcaster"]
    assert isinstance(found, stream.Broadcaster)
    return found


def noticing_of(app: Flask) -> Noticing:
    """Who notices that rules, stages or a pause have changed: run by whoever serves the application."""
    found = app.extensions["guidance.noticing"]
    assert isinstance(found, Noticing)
    return found


def open_app_store(settings: Settings) -> Store:
    """The store as a web process uses it."""
    return open_store(
        settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=STORE_CONNECTIONS
    )


def _loaded(live: LiveRulebook) -> LiveRulebook:
    live.look()
    warm_up(live())
    return live
