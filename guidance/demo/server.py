"""Serves the desk: threads, since its callers wait for one another, and quiet."""

from __future__ import annotations

from typing import Any

import click
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from guidance.demo.app import create_desk
from guidance.demo.settings import DeskSettings


class QuietHandler(WSGIRequestHandler):
    """Logs no calls: a page that asks every few seconds would drown everything else."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002
        if type != "info":
            super().log(type, message, *args)


def make_desk_server(settings: DeskSettings, host: str, port: int) -> BaseWSGIServer:
    """A bound server that does not serve yet; port 0 takes any that is free (then `desk_url` must be right already)."""
    return make_server(host, port, create_desk(settings), threaded=True, request_handler=QuietHandler)


def serve_desk(settings: DeskSettings, *, host: str = "127.0.0.1", port: int = 8700) -> None:
    """Serve the desk until the process ends, and say where once it is there. Raises `OSError` where the port is taken."""
    server = make_desk_server(settings, host, port)
    click.echo(f"desk      {settings.desk_url}")
    server.serve_forever()
