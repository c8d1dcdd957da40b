"""`guidance demo`: the whole service and a desk to try it on, all on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from guidance.store import ending_with_parent


@click.command()
@click.option("--port", default=8700, show_default=True, help="The desk's port.")
@click.option("--service-port", default=8710, show_default=True, help="The service's port.")
@click.option(
    "--bare",
    is_flag=True,
    help="The helpdesks don't know the service yet: connect them as docs/zendesk.md and docs/freshdesk.md say.",
)
def demo(port: int, service_port: int, *, bare: bool) -> None:
    """A small Zendesk and Freshdesk beside the whole service; Ctrl-C ends all and forgets all."""
    if port == service_port:
        raise click.UsageError("The desk and the service need a port each.")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="guidance-demo-") as folder:
        environment = environment_of(Path(folder), port, service_port)
        service = _start_service(environment)
        try:
            from guidance.cli.desk import open_desk  # noqa: PLC0415 - the service starts while the desk's code is read

            open_desk(port, environment, service, is_bare=bare)
        finally:
            service.terminate()
            service.wait(20)


def environment_of(folder: Path, port: int, service_port: int) -> Mapping[str, str]:
    """What tells the service where it keeps its data, where it listens, and where the desk is."""
    told = {
        "GUIDANCE_DATA": str(folder / "data"),
        "GUIDANCE_KEY_FILE": str(folder / "key"),
        "GUIDANCE_PORT": str(service_port),
        "GUIDANCE_PUBLIC_URL": f"http://127.0.0.1:{service_port}",
        "GUIDANCE_ZAF_SDK_URL": f"http://127.0.0.1:{port}/zaf_sdk.js",
    }
    return {**os.environ, **told}


def _start_service(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The service as a child that ends with us."""
    command = ending_with_parent([sys.executable, "-m", "guidance.cli", "serve"])
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
