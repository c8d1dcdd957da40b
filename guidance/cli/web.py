"""`guidance web`: one more web process, where a Redis URL lets several share one store."""

from __future__ import annotations

import click


@click.command()
def web() -> None:
    """Start one web process: webhooks, sidebar, API and stream."""
    from gevent import monkey  # noqa: PLC0415

    monkey.patch_all()
    from guidance.app.serving import serve  # noqa: PLC0415 - nothing may be imported before it is patched
    from guidance.settings import read_settings  # noqa: PLC0415
    from guidance.telemetry import configure_logging  # noqa: PLC0415

    configure_logging("web")
    serve(read_settings(makes_key=True))
