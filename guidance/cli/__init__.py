"""The command line: one file per command or group, imported only when it is called for."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from guidance.errors import GuidanceError, StoreUnavailableError

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "accounts": "Helpdesk accounts: list, put, drop.",
        "advise": "Advise on conversations in wire format, from a file or standard input.",
        "backtest": "What rules would have done on past conversations, beside the rules of today.",
        "backup": "Everything in the store, as one file.",
        "check": "How often each rule speaks over a folder of conversations.",
        "connect": "Connect a helpdesk: webhooks, secrets, a test delivery.",
        "demo": "A desk to try it on, with a sidebar beside each ticket.",
        "disconnect": "Leave: webhooks deleted, tickets exported or erased.",
        "doctor": "Check this installation from end to end.",
        "failures": "What could not be done: list, show, retry, drop.",
        "follow-ups": "Promises: what is open, late or due, and the kept rate by week.",
        "lint": "Check rule packs and run their examples.",
        "live": "Let agents see hints, group by group or brand by brand.",
        "package": "The app for a helpdesk, as a ZIP in dist/.",
        "jobs": "Start one more process for backtests.",
        "owner": "Owners of the console: add one, or give one a new password.",
        "pause": "Silence everything, or one account, within two seconds.",
        "pilot": "What would have been said on a helpdesk's last replies.",
        "principles": "What is taught, made from the packs: docs/principles.md.",
        "reconcile": "Ask helpdesks now for what webhooks may have missed.",
        "restore": "A backup into an empty store.",
        "resume": "End a pause.",
        "rules": "The house's published rules in a folder, for git: pull, push.",
        "serve": "Start the whole service.",
        "shadow": "Take an account, a group or a brand back into shadow.",
        "web": "Start one more web process.",
        "when": "The moments that a text names.",
        "worker": "Start one more worker.",
    }
)
"""Each command's name and its line in `guidance --help`; `guidance.cli.<name>` holds it under the same name, `-` as `_`."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for, so that start-up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(f"guidance.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone: help imports nothing."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours, or a file that can't be read or written, is one sentence on standard error and exit code 1."""
        try:
            return super().invoke(ctx)
        except StoreUnavailableError as error:
            click.echo(f"guidance: {error}; {_where_the_store_was_sought()}", err=True)
            sys.exit(1)
        except GuidanceError as error:
            click.echo(f"guidance: {error}", err=True)
            sys.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read what we say has had enough: click ends without a word
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"guidance: {place}{error.strerror or type(error).__name__}", err=True)
            sys.exit(1)


def _where_the_store_was_sought() -> str:
    """What to look at, for whoever runs a command in another folder or environment than the service's."""
    if os.environ.get("GUIDANCE_REDIS_URL"):
        return "is GUIDANCE_REDIS_URL right, and does that server run?"
    folder = Path(os.environ.get("GUIDANCE_DATA") or "var").absolute()
    return f"is `guidance serve` running on {folder}? Another folder is named by GUIDANCE_DATA"


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="helpdesk-guidance", prog_name="guidance")
def main() -> None:
    """One useful hint in the helpdesk's sidebar, before the reply is sent."""
