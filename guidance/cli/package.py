"""`guidance package <helpdesk>`: the app's ZIP in dist/, checked by the rules by which the helpdesk would."""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import click

from guidance.integrations import integrations
from guidance.sidebar.page import panel_files

_WHEN = (2026, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP, so that the same files give the same bytes."""


@click.command()
@click.argument("helpdesk", type=click.Choice(sorted(integrations())))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    show_default=True,
    help="The folder for the ZIP.",
)
def package(helpdesk: str, folder: Path) -> None:
    """Build the app that an admin uploads in HELPDESK, after checking it by the helpdesk's own rules."""
    home = f"guidance.integrations.{helpdesk}"
    validating = importlib.import_module(f"{home}.validating")
    files = importlib.import_module(f"{home}.package").staged(panel_files())
    wrong = validating.problems(files)
    for problem in wrong:
        click.echo(f"✗ {problem}", err=True)
    if wrong:
        sys.exit(1)
    for warning in getattr(validating, "warnings", lambda _: [])(files):
        click.echo(f"! {warning}")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"guidance-{helpdesk}.zip"
    target.write_bytes(zipped(files))
    click.echo(f"{target}: {len(files)} files, and no rule of the helpdesk's is broken")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files; the same files always give the same bytes."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _WHEN), files[name], zipfile.ZIP_DEFLATED)
    return body.getvalue()
