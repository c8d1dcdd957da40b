"""A stream that is open already ends with its session."""

from __future__ import annotations

from itertools import islice

import pytest
from flask import Flask
from msgspec import Struct

from guidance.accounts import AccountBook
from guidance.errors import NotAuthenticError, StoreUnavailableError
from guidance.stream.blueprint import create_blueprint
from guidance.stream.broadcaster import Broadcaster
from guidance.stream.frames import GREETING, HEARTBEAT
from tests.cast import NOW


class Session(Struct):
    agent_id: str = "12"
    account: str = "zendesk:acme"
    id: str = "s"


def frames(store, error, count):
    """The first frames of a stream that looks after each of them whether its session still holds, which says so by an error."""
    told = iter([Session()])

    def session_of(_request):
        if (session := next(told, None)) is None:
            raise error
        return session

    app = Flask(__name__)
    blueprint = create_blueprint(
        store=store,
        accounts=AccountBook(store),
        broadcaster=Broadcaster(store, lambda: NOW),
        session_of=session_of,
        helpdesk=lambda _account: None,
        clock=lambda: NOW,
        heartbeat_after=0.0,
        checked_every=0.0,
    )
    app.register_blueprint(blueprint)
    with app.test_client() as client:
        return list(islice(client.get("/api/v1/stream", buffered=False).iter_encoded(), count))


def test_a_stream_whose_session_has_ended_ends(store):
    assert frames(store, NotAuthenticError("ended"), 9) == [GREETING, HEARTBEAT]


@pytest.mark.parametrize("count", [5])
def test_a_store_out_of_reach_ends_no_stream(store, count):
    assert frames(store, StoreUnavailableError(), count) == [GREETING] + [HEARTBEAT] * (count - 1)
