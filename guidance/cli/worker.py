"""`guidance worker`: one more worker, where a Redis URL lets several share one store."""

from __future__ import annotations

import signal

import click

from guidance.settings import read_settings
from guidance.telemetry import configure_logging
from guidance.worker import Worker, name_of, run


@click.command()
@click.option(
    "--after",
    metavar="PID",
    type=int,
    multiple=True,
    help="A worker of this machine that has ended: what it was at is taken over at once. `guidance serve` tells its own.",
)
def worker(after: tuple[int, ...]) -> None:
    """Start one worker: it reads what helpdesks sent, and does what falls due."""
    configure_logging("worker")

    def stop_by_signal(worker: Worker) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())

    run(read_settings(makes_key=True), after=[*map(name_of, after)], on_start=stop_by_signal)
