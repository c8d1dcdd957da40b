"""`guidance backtest`: what rules would have done on past conversations, beside the rules of today. For CI of a rules repository."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from guidance.accounts import settings_of
from guidance.backtests import Books, Compared, compare, lines_in
from guidance.backtests.fetched import case_of, fetched
from guidance.backtests.stored import as_wire
from guidance.cli.naming import no_rule
from guidance.cli.opening import account_of, connected, opened_store
from guidance.cli.tables import show_table
from guidance.errors import MalformedError
from guidance.rules import shipped_files
from guidance.rules.loader import files_in, read_packs


@click.command()
@click.argument("conversations", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--account", help="In place of CONVERSATIONS: tickets fetched from this helpdesk, kept nowhere.")
@click.option(
    "--last",
    type=click.IntRange(1, 5000),
    default=200,
    show_default=True,
    help="With --account: so many of its last tickets.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The candidate: a folder of packs over the shipped ones; a rule of the same id stands in a shipped one's place.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="What to compare with: another folder; default: the shipped packs alone.",
)
@click.option("--rule", "focus", multiple=True, help="Look closely at this rule: its hits and near misses.")
@click.option(
    "--ceiling", type=float, help="Exit with 1 where the candidate gives more hints per 100 replies than this."
)
@click.option("--processes", type=click.IntRange(1, 64), help="Default: one for each processor.")
def backtest(
    conversations: Path | None,
    account: str | None,
    last: int,
    rules: Path | None,
    against: Path | None,
    focus: tuple[str, ...],
    ceiling: float | None,
    processes: int | None,
) -> None:
    """Run rules over CONVERSATIONS (a .jsonl file in wire format, or a folder of them) and show what would change.

    With --account, over the tickets of a helpdesk that changed last: two calls each, made in spare time, so that no
    ticket waits for them.
    """
    if (conversations is None) == (account is None):
        raise click.UsageError("Name CONVERSATIONS, or an --account whose last tickets to fetch.")
    base = shipped_files()
    books = Books(
        live=(*base, *(files_in(against) if against else ())),
        candidate=(*base, *(files_in(rules) if rules else ())),
        base=len(base),
        focus=focus,
    )
    _refuse_unknown(focus, books)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        lines, places = lines_in(conversations) if conversations else (_fetched(account or "", last, progress), [])
        task = progress.add_task("Judging", total=len(lines))

        def on_progress(done: int) -> bool:
            progress.update(task, completed=done)
            return True

        compared = compare(lines, books, places=places, processes=processes, on_progress=on_progress)
    _tell(compared, focus)
    total = compared.per_hundred(sum(compared.candidate.values()))
    if ceiling is not None and total > ceiling:
        click.echo(f"{total:.1f} hints per 100 replies; the ceiling is {ceiling:g}", err=True)
        sys.exit(1)


def _refuse_unknown(focus: tuple[str, ...], books: Books) -> None:
    """A rule that is not there would have neither hits nor near misses, which looks like an answer."""
    there = {rule.id for pack in read_packs(books.candidate) for rule in pack.rules} if focus else set()
    for rule_id in focus:
        if rule_id not in there:
            raise click.BadParameter(no_rule(rule_id, there), param_hint="--rule")


def _fetched(account_id: str, count: int, progress: Progress) -> list[bytes]:
    """The account's last tickets in wire format. Raises `HelpdeskError`, and `MalformedError` where there is none."""
    task = progress.add_task("Fetching", total=None)
    with opened_store() as store:
        account = account_of(store, account_id)
        found = fetched(
            connected(account, store),
            count,
            wait=time.sleep,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        lines = [as_wire(case_of(one, settings_of(account))) for one in found if one.conversation.comments]
    if not lines:
        raise MalformedError(f"{account_id} has no ticket with a conversation", path="--account")
    return lines


def _tell(compared: Compared, focus: tuple[str, ...]) -> None:
    show_table(table_of(compared))
    click.echo(
        f"{compared.new_count} new, {compared.gone_count} gone, {compared.changed_count} changed; "
        f"{sum(compared.candidate.values())} hints in {compared.agent_hours} agent-hours"
    )
    for line in compared.unread:
        click.echo(f"not read: {line}", err=True)
    if focus:
        for hit in compared.hits:
            click.echo(f"hit  {hit.conversation} {hit.reply}: {hit.say}")
        for near in compared.near:
            click.echo(f"near {near.conversation} {near.reply}: lacks {', '.join(near.lacking)}")


def table_of(compared: Compared) -> Table:
    """Rule by rule: today, the candidate, and both per 100 replies."""
    table = Table(title=f"{compared.replies} replies in {compared.conversations} conversations")
    for name in ("rule", "today", "candidate", "per 100 replies"):
        table.add_column(name, justify="left" if name == "rule" else "right")
    for rule in sorted(compared.live | compared.candidate, key=lambda one: (-compared.candidate.get(one, 0), one)):
        today, then = compared.live.get(rule, 0), compared.candidate.get(rule, 0)
        told = f"{compared.per_hundred(today):.1f} → {compared.per_hundred(then):.1f}"
        table.add_row(rule, str(today), str(then), told)
    return table
