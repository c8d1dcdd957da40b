"""`guidance connect <helpdesk>`: one command a helpdesk, each in `guidance.cli.connect_<helpdesk>` under the helpdesk's name."""

from __future__ import annotations

import importlib
from typing import Any

import click

HELPDESKS = {
    "freshdesk": "Freshdesk: automation rules, business hours, what a task needs; --thin for ids without text.",
    "zendesk": "Zendesk: webhook, signing secret, test delivery; --app once the app is installed.",
}
"""Each helpdesk's line in `guidance connect --help`."""


class HelpdeskGroup(click.Group):
    """Imports what connects a helpdesk only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(HELPDESKS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in HELPDESKS:
            return None
        command: click.Command = getattr(importlib.import_module(f"guidance.cli.connect_{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: Any) -> None:
        with formatter.section("Helpdesks"):
            formatter.write_dl(sorted(HELPDESKS.items()))


@click.group(cls=HelpdeskGroup)
def connect() -> None:
    """Connect a helpdesk. Nothing is shown to any agent before `guidance live` says so."""
