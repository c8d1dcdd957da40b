"""From settings to a Flask application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from flask import Flask

from guidance import sidebar, stream, webhooks
from guidance.accounts import AccountBook
from guidance.app.answering import answer_errors, set_security_headers
from guidance.app.operators import create_blueprint as create_operators_blueprint
from guidance.dispatch import connecting, warm_up
from guidance.integrations import Integration, integrations
from guidance.integrations.budget import within
from guidance.ports import Store
from guidance.rules import Rulebook, load_rulebook
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
) -> Flask:
    """The application. Nothing runs in the background until `broadcaster_of(app).start()`.

    `store`, `helpdesks` and `rulebook` default to those that the settings and the packages name. Raises `SetupError`
    and `PackError`.
    """
    store = store or open_app_store(settings)
    helpdesks = helpdesks or integrations()
    rulebook = rulebook or _loaded(settings)
    accounts = AccountBook(store)
    connect = connecting(lambda account: within(helpdesks[account.helpdesk].connect(account), store, account, clock))
    sessions = sidebar.Sessions(settings.secret_key, store, clock)
    broadcaster = stream.Broadcaster(store, clock)
    app = Flask("guidance", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.extensions["guidance.broadcaster"] = broadcaster
    app.register_blueprint(create_operators_blueprint(store=store, rulebook=rulebook))
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
    answer_errors(app)
    set_security_headers(app)
    return app


def broadcaster_of(app: Flask) -> stream.Broadcaster:
    """The application's broadcaster: started and closed by whoever serves the application."""
    found = app.extensions["guidance.broadcaster"]
    assert isinstance(found, stream.Broadcaster)
    return found


def open_app_store(settings: Settings) -> Store:
    """The store as a web process uses it."""
    return open_store(
        settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=STORE_CONNECTIONS
    )


def _loaded(settings: Settings) -> Callable[[], Rulebook]:
    book = load_rulebook(settings.rules_dir)
    warm_up(book)
    return lambda: book
