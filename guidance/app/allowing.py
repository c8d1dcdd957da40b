"""`GET /oauth/zendesk`: where Zendesk sends an admin who has allowed the access, with a code for the command that waits for it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from guidance.errors import NotFoundError
from guidance.ports import Store

_LONGEST = 512
_CODE_LIVES_FOR = 300


def asked_name(state: str) -> str:
    """Under which name it is kept that a command waits for this state."""
    return f"oauth:{state}"


def code_name(state: str) -> str:
    """Under which name the command finds its code, or '' where the admin said no."""
    return f"oauth-code:{state}"


def create_blueprint(store: Store) -> Blueprint:
    """The one route. A state that nobody waits for looks like none; each is good once."""
    blueprint = Blueprint("allowing", __name__)

    @blueprint.get("/oauth/zendesk")
    def allowed() -> Response:
        state, code = request.args.get("state", ""), request.args.get("code", "")
        if not state or len(state) > _LONGEST or len(code) > _LONGEST or store.recall(asked_name(state)) is None:
            raise NotFoundError("Nobody waits for this. Run the command again, and use the address that it prints.")
        store.release(asked_name(state))
        store.keep(code_name(state), code.encode(), seconds=_CODE_LIVES_FOR)
        told = "Allowed. Go back to the command line; this window may be closed."
        response = Response(told if code else "Not allowed. The command line says how to go on.", mimetype="text/plain")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return blueprint
