"""`guidance jobs`: one more process for backtests, where a Redis URL lets several share one store."""

from __future__ import annotations

import click

from guidance.jobs import run
from guidance.settings import read_settings
from guidance.telemetry import configure_logging


@click.command()
def jobs() -> None:
    """Start one process that runs backtests and keeps the noise limit."""
    configure_logging("jobs")
    run(read_settings(makes_key=True))
