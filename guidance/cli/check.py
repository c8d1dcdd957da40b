"""`guidance check`: how often each rule speaks over a folder of conversations."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.table import Table

from guidance.backtests import Hits, read_corpus, run
from guidance.cli.naming import no_rule
from guidance.cli.tables import show_table
from guidance.rules import load_rulebook


@click.command()
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="A folder of .jsonl files, a conversation in wire format a line.",
)
@click.option(
    "--rules",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of packs beside the shipped ones.",
)
@click.option("--all", "everything", is_flag=True, help="Count every rule that fires, nothing held back.")
@click.option("--show", metavar="RULE", help="List what this rule said, and on which reply.")
@click.option("--ceiling", type=float, help="Exit with 1 where there are more hints per 100 replies than this.")
def check(corpus: Path, folder: Path | None, show: str | None, ceiling: float | None, *, everything: bool) -> None:
    """Count hints per 100 replies, rule by rule, over a folder of conversations.

    A conversation's draft is one reply; where there is none, every public reply in it is judged as the draft that it was.
    """
    rulebook = load_rulebook(folder)
    if show is not None and show not in rulebook.rules:
        raise click.BadParameter(no_rule(show, rulebook.rules), param_hint="--show")
    hits = run(read_corpus(corpus), rulebook, everything=everything)
    show_table(table_of(hits))
    if show:
        for hit in hits.hits:
            if hit.rule == show:
                quotes = "; ".join(f"“{one.text}”" for one in hit.evidence)
                click.echo(f"{hit.conversation} {hit.reply}: {hit.say} {quotes}")
    if ceiling is not None and hits.per_hundred(hits.total) > ceiling:
        click.echo(f"more than {ceiling:g} hints per 100 replies", err=True)
        sys.exit(1)


def table_of(hits: Hits) -> Table:
    """The counts as a table, the noisiest rule first."""
    table = Table(title=f"{hits.replies} replies in {hits.conversations} conversations")
    table.add_column("rule")
    table.add_column("hints", justify="right")
    table.add_column("per 100 replies", justify="right")
    for rule, count in hits.by_rule.items():
        table.add_row(rule, str(count), f"{hits.per_hundred(count):.1f}")
    table.add_section()
    table.add_row("all rules", str(hits.total), f"{hits.per_hundred(hits.total):.1f}")
    return table
