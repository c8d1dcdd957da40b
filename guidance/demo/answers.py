"""Answers that both pretend helpdesks give: refusals in the vendor's shape, and faults on order."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Response, abort, g, jsonify, request

from guidance.demo.faults import Fault

SLOW_FOR = 12.0


def refuse(status: int, body: Mapping[str, Any] | None, headers: Mapping[str, str] | None = None) -> NoReturn:
    """End the call here with this answer; no body where None."""
    response = Response(status=status) if body is None else jsonify(body)
    response.status_code = status
    response.headers.update(dict(headers or {}))
    abort(response)


def suffer_before(fault: Fault | None, *, broken: Mapping[str, Any], too_many: Mapping[str, Any]) -> None:
    """Let a fault happen that comes before the work; remember the others for `suffer_after`."""
    g.fault = fault
    if fault is Fault.TOO_MANY:
        refuse(429, too_many, {"Retry-After": "1"})
    if fault is Fault.BROKEN:
        refuse(500, broken)
    if fault is Fault.CONFLICT:
        refuse(409, broken)
    if fault is Fault.TIME_OUT:
        time.sleep(SLOW_FOR)
        refuse(504, broken)


def suffer_after(response: Response) -> Response:
    """Let a fault happen once the work is done: lose the answer, or cut it in half."""
    fault = g.get("fault")
    if fault is Fault.DROP_AFTER:
        connection = request.environ.get("werkzeug.socket")
        if isinstance(connection, socket.socket):
            connection.shutdown(socket.SHUT_RDWR)
    if fault is Fault.CUT:
        body = response.get_data()
        response.set_data(body[: len(body) // 2])
    return response
