"""`guidance principles`: the page docs/principles.md, made from the packs."""

from __future__ import annotations

import click

from guidance.rules import read_packs, shipped_files
from guidance.rules.principles import page


@click.command()
def principles() -> None:
    """Print docs/principles.md as it follows from the shipped packs."""
    click.echo(page(read_packs(shipped_files())), nl=False)
