"""What operators ask: `/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from guidance.accounts import STEPS, open_steps
from guidance.app.figures import figures_of
from guidance.dispatch.living import is_alive
from guidance.errors import SetupError, StoreUnavailableError
from guidance.ports import Store
from guidance.rules import Rulebook
from guidance.telemetry import STORE_DURABLE, exposed
from guidance.web.answering import answer


def create_blueprint(*, store: Store, rulebook: Callable[[], Rulebook]) -> Blueprint:
    """`/healthz`: this process answers. `/readyz`: all that it needs is there. `/metrics`: for Prometheus.

    To take webhooks in it needs no worker: while none works they wait, and whoever asks `/readyz` is told.
    """
    blueprint = Blueprint("operators", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        response = answer({"status": "ok"})
        # The helpdesks' apps look here from their own origins, and it tells nothing else.
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    @blueprint.get("/readyz")
    def readyz() -> Response:
        told = {"store": _store(store), "worker": _worker(store), "rulebook": {"version": rulebook().version}}
        is_ready = told["store"]["reachable"]
        return answer({"status": "ready" if is_ready else "not ready", **told}, 200 if is_ready else 503)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        _store(store)
        return Response(exposed() + figures_of(store), content_type="text/plain; version=0.0.4; charset=utf-8")

    return blueprint


def _store(store: Store) -> dict[str, Any]:
    """Whether the store keeps all that it accepts (a metric too), for how many accounts a step is open, and how many another key locks.

    Whoever reaches `/readyz` reads this, so it names no account and no version; `guidance doctor` does.
    """
    try:
        facts = store.health()
        accounts = store.accounts()
    except StoreUnavailableError:
        STORE_DURABLE.set(0)
        return {"reachable": False, "message": "the store can't be reached"}
    except SetupError as error:
        STORE_DURABLE.set(0)
        return {"reachable": False, "message": str(error)}
    STORE_DURABLE.set(0 if facts["warnings"] else 1)
    waiting = [open_steps(account) for account in accounts]
    steps = {step: sum(step in each for each in waiting) for step in STEPS}
    locked = sum(bool(account.locked) for account in accounts)
    told = {"durable": not facts["warnings"], "warnings": facts["warnings"]}
    return {"reachable": True, **told, "accounts": len(accounts), "locked": locked, "open_steps": steps}


def _worker(store: Store) -> dict[str, Any]:
    """Whether some worker has given a sign of life within the last minute."""
    try:
        return {"seen": is_alive(store)}
    except StoreUnavailableError:
        return {"seen": False}
