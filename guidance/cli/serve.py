"""`guidance serve`: the whole service."""

from __future__ import annotations

import click

from guidance.serve import serve as serve_all
from guidance.settings import read_settings


@click.command()
def serve() -> None:
    """Start the whole service: the store where none is given, the web process, a worker; Ctrl-C stops it."""
    serve_all(read_settings(makes_key=True), say=click.echo)
