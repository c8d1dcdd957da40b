"""`guidance worker`: one more worker, where a Redis URL lets several share one store."""

from __future__ import annotations

import signal

import click

from guidance.settings import read_settings
from guidance.telemetry import configure_logging
from guidance.worker import Worker, run


@click.command()
def worker() -> None:
    """Start one worker: it reads what helpdesks sent, and does what falls due."""
    configure_logging("worker")

    def stop_by_signal(worker: Worker) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())

    run(read_settings(), on_start=stop_by_signal)
