"""`guidance owner`: the console's first owner, and the way back in where a password was lost."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from guidance.cli.noting import WHO
from guidance.cli.opening import opened_store
from guidance.people.users import Role, Users


@click.group()
def owner() -> None:
    """Owners of the console: add one, or give one a new password."""


@owner.command()
@click.argument("email")
@click.option("--name", default="", help="How the console calls them; default: the address up to the @.")
def add(email: str, name: str) -> None:
    """Make EMAIL an owner of the console. The password is asked for, or read from standard input; it is never an argument."""
    with opened_store() as store:
        user = Users(store, _now).add(email, name, Role.OWNER, _password(), who=WHO)
    click.echo(f"{user.email} owns this console; sign in at /console.")


@owner.command()
@click.argument("email")
def password(email: str) -> None:
    """Give the person EMAIL a new password; whoever is signed in as them is signed out."""
    with opened_store() as store:
        users = Users(store, _now)
        user = users.required(email)
        users.give_password(user, _password(), who=WHO, what="given a new password")
    click.echo(f"{user.email} has a new password.")


def _password() -> str:
    if sys.stdin.isatty():
        told: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return told
    return sys.stdin.readline().rstrip("\r\n")


def _now() -> datetime:
    return datetime.now(UTC)
