"""From settings to a Flask application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from guidance import console, sidebar, stream, webhooks
from guidance.accounts import AccountBook
from guidance.app import openapi
from guidance.app.allowing import create_blueprint as create_allowing_blueprint
from guidance.app.answering import answer_errors, set_security_headers
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

BODY_LIMIT = 1 << 20
STORE_CONNECTIONS = 96
"""Sixteen of them wait for news, one a shard; the others serve requests."""


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
    store = store or open_app_store(settings)
    helpdesks = helpdesks or integrations()
    live = LiveRulebook(store, settings.rules_dir, offload=offload)
    rulebook = rulebook or _loaded(live)
    accounts = AccountBook(store)
    connect = connecting(lambda account: within(helpdesks[account.helpdesk].connect(account), store, account, clock))
    sessions = sidebar.Sessions(settings.secret_key, store, clock)
    broadcaster = stream.Broadcaster(store, clock)
    app = Flask("guidance", static_folder=None)
    if settings.proxies:  # without it all who sign in would share the proxy's address, and its ten tries
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.extensions["guidance.broadcaster"] = broadcaster
    app.extensions["guidance.noticing"] = Noticing(store, live, (accounts.forget, broadcaster.reset))
    app.register_blueprint(create_operators_blueprint(store=store, rulebook=rulebook))
    app.register_blueprint(create_allowing_blueprint(store))
    app.register_blueprint(openapi.create_blueprint())
    app.register_blueprint(
        webhooks.create_blueprint(store=store, accounts=accounts, integrations=helpdesks, clock=clock)
    )
    app.register_blueprint(
        sidebar.create_blueprint(
            store=store,
            accounts=accounts,
            sessions=sessions,
            rulebook=rulebook,
            helpdesk=connect,
            clock=clock,
            zaf_sdk_url=settings.zaf_sdk_url,
        )
    )
    app.register_blueprint(
        stream.create_blueprint(
            store=store,
            accounts=accounts,
            broadcaster=broadcaster,
            session_of=sessions.of,
            helpdesk=connect,
            clock=clock,
        )
    )
    app.register_blueprint(_console(settings, store, accounts, live, connect, clock, offload))
    answer_errors(app)
    set_security_headers(app)
    return app


def _console(
    settings: Settings,
    store: Store,
    accounts: AccountBook,
    live: LiveRulebook,
    connect: Callable[[Account], Helpdesk],
    clock: Callable[[], datetime],
    offload: Offload,
) -> Blueprint:
    users = Users(store, clock, offload=offload)
    wiring = ConsoleWiring(
        store=store,
        accounts=accounts,
        users=users,
        sessions=ConsoleSessions(settings.secret_key, store, users, clock),
        rulebook=live,
        helpdesk=connect,
        clock=clock,
        offload=offload,
        is_secure=settings.url.startswith("https://"),
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
