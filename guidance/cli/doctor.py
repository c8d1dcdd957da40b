"""`guidance doctor`: what is well with this installation, what is not, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import click
import msgspec
from rich.table import Table
from rich.text import Text

from guidance.cli.checks import helpdesks, installation
from guidance.cli.checks.finding import BAD, DOUBTFUL, GOOD, Finding, look
from guidance.cli.tables import console
from guidance.errors import SetupError, StoreUnavailableError
from guidance.settings import Settings, read_settings
from guidance.store import RedisStore, open_store

_SIGNS = {GOOD: ("✓", "green"), DOUBTFUL: ("!", "yellow"), BAD: ("✗", "red")}
_ABOUT = 13


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def doctor(*, as_json: bool) -> None:
    """Check this installation from end to end, and each helpdesk with a handful of reads. The exit code is 1 where something is bad."""
    out, is_well = console(), True
    for finding in examine():
        is_well = is_well and finding.state != BAD
        if as_json:
            click.echo(msgspec.json.encode(finding))
        else:
            out.print(_line_of(finding))
    sys.exit(0 if is_well else 1)


def _line_of(finding: Finding) -> Table:
    """One finding; on a narrow terminal its sentence goes on under itself, so that the signs stand alone."""
    sign, colour = _SIGNS[finding.state]
    line = Table.grid(padding=(0, 1))
    line.add_column(no_wrap=True, min_width=_ABOUT)
    line.add_row(Text(f"{sign} {finding.about}", colour), Text(finding.told))
    return line


def examine() -> Iterator[Finding]:
    """Look at everything, one thing after another; what needs something bad is left out."""
    yield look("python", lambda: (GOOD, f"Python {sys.version.split()[0]}"))
    try:
        settings = read_settings()
        settings.check_key()
    except SetupError as error:
        yield Finding("settings", BAD, str(error))
        return
    yield look("rules", lambda: installation.rules(settings))
    yield look("server", lambda: installation.server(settings))
    if settings.redis_url is None:
        yield look("disk", lambda: installation.disk(settings.data_dir))
    yield look("address", lambda: installation.address(settings))
    if settings.url.startswith("https://"):
        yield look("certificate", lambda: installation.certificate(settings.url, datetime.now(UTC)))
    try:
        store = open_store(settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=2)
    except (SetupError, StoreUnavailableError) as error:
        yield Finding("store", BAD, str(error))
        return
    try:
        yield from _through(store, settings, lambda: datetime.now(UTC))
    finally:
        store.close()


def _through(store: RedisStore, settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """What only the store can tell."""
    found = look("store", lambda: installation.store(store))
    yield found
    if found.state == BAD:
        return
    yield look("published", lambda: installation.published(store, settings.rules_dir))
    yield look("clock", lambda: installation.clock(store))
    if settings.redis_url is None:
        yield look("backup", lambda: installation.backup(store, clock()))
    yield look("worker", lambda: installation.worker(store))
    yield look("failures", lambda: installation.failures(store))
    yield look("accounts", lambda: helpdesks.accounts(store))
    yield from helpdesks.each(store, settings.url, clock)
    yield look("ratings", lambda: helpdesks.ratings(store, clock()))
