"""`guidance pilot`: the report on which an admin decides whether to go live."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import click
import msgspec

from guidance.accounts import settings_of
from guidance.backtests import Hits
from guidance.backtests.pilot import Progress, report
from guidance.cli.check import table_of
from guidance.cli.live import state_of
from guidance.cli.opening import account_of, connected, opened_store
from guidance.cli.tables import show_table
from guidance.rules import load_rulebook
from guidance.settings import read_settings

EXAMPLES = 3


@click.command()
@click.argument("account")
@click.option(
    "--replies",
    type=click.IntRange(1, 10_000),
    default=500,
    show_default=True,
    help="How many of the last replies are judged.",
)
@click.option(
    "--examples",
    type=click.IntRange(0, 100),
    default=EXAMPLES,
    show_default=True,
    help="How many replies are shown for each rule.",
)
@click.option("--json", "as_json", is_flag=True, help="The whole report as one JSON object.")
def pilot(account: str, replies: int, examples: int, *, as_json: bool) -> None:
    """What would have been said on the last replies of ACCOUNT. Nothing is shown to anybody, and nothing is kept.

    It reads up to twice as many tickets as replies, with about two calls each, and waits where the helpdesk asks for it.
    """
    with opened_store() as store:
        known = account_of(store, account)
        hits = report(
            connected(known, store),
            settings_of(known),
            load_rulebook(read_settings().rules_dir),
            replies=replies,
            now=datetime.now(UTC),
            on_progress=_progress if sys.stderr.isatty() else lambda _: None,
            wait=time.sleep,
        )
    if as_json:
        click.echo(msgspec.json.encode(hits))
        return
    _show(hits, examples)
    click.echo(state_of(known))


def _show(hits: Hits, examples: int) -> None:
    show_table(table_of(hits))
    for rule in hits.by_rule:
        shown = [hit for hit in hits.hits if hit.rule == rule][:examples]
        if shown:
            click.echo(f"\n{rule}")
        for hit in shown:
            quotes = "; ".join(f"“{one.text}”" for one in hit.evidence)
            click.echo(f"  {hit.conversation}, reply {hit.reply}: {hit.say} {quotes}".rstrip())


def _progress(progress: Progress) -> None:
    click.echo(f"\r{progress.replies} replies in {progress.tickets} tickets", nl=False, err=True)
