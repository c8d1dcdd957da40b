"""`guidance advise`: advice on conversations in wire format, one JSON object a line, in the same order."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click
import msgspec
from rich.console import Console
from rich.progress import track
from rich.tree import Tree

from guidance.conversations.wire import Asked, read_conversation
from guidance.errors import MalformedError
from guidance.pipeline import Outcome, advance
from guidance.rules import Rulebook, Situation, load_rulebook
from guidance.rules import explain as explain_rule
from guidance.rules.engine import Told
from guidance.signals import hear


@click.command()
@click.argument("source", type=click.File("rb"), default="-")
@click.option("--all", "everything", is_flag=True, help="Every rule that fires, nothing held back.")
@click.option("--explain", "rule_id", metavar="RULE", help="Show on standard error why this rule fires or not.")
@click.option(
    "--rules",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of packs beside the shipped ones.",
)
def advise(source: IO[bytes], folder: Path | None, rule_id: str | None, *, everything: bool) -> None:
    """Advise on conversations in wire format, from a file or standard input.

    A line that can't be read gives an error object in its place, and the next one is gone on with.
    """
    rulebook = load_rulebook(folder)
    if rule_id is not None and rule_id not in rulebook.rules:
        raise click.BadParameter(f"there is no rule {rule_id}; `guidance lint` lists them", param_hint="--explain")
    for line in _lines(source):
        answer, asked = answer_to(line, rulebook, everything=everything)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        if rule_id and asked:
            Console(stderr=True).print(tree_of(asked, rulebook, rule_id))


def answer_to(line: bytes, rulebook: Rulebook, *, everything: bool) -> tuple[dict[str, Any], Asked | None]:
    """The advice on one line as it goes out, and what was asked; an error object and None where it can't be read."""
    try:
        asked = read_conversation(line, clock=lambda: datetime.now(UTC))
    except MalformedError as error:
        told = {"code": "invalid_conversation", "path": error.path, "message": str(error)}
        return {"id": error.ref, "error": told}, None
    outcome = advance(asked.case, asked.draft, rulebook, asked.now, moment=asked.moment, everything=everything)
    return as_wire(asked, outcome), asked


def as_wire(asked: Asked, outcome: Outcome) -> dict[str, Any]:
    """Advice in wire format 1, under the id that was sent in."""
    told: dict[str, Any] = msgspec.to_builtins(outcome.advice)
    return told | {"id": asked.id}


def tree_of(asked: Asked, rulebook: Rulebook, rule_id: str) -> Tree:
    """Why a rule fires or not, as a tree for people."""
    rule = rulebook.rules[rule_id]
    case = hear(asked.case, rulebook.ear)
    draft = asked.draft.draft if asked.draft else None
    moment = asked.moment or next(iter(sorted(rule.moments)))
    situation = Situation(case, moment, asked.now, draft=draft, ear=rulebook.ear)
    tree = Tree(f"{asked.id}: {rule_id} at moment {moment}")
    _grow(tree, explain_rule(rule.when, situation))
    return tree


def _grow(tree: Tree, told: Told) -> None:
    words = "; ".join(f"“{one.text}”" for one in told.evidence)
    branch = tree.add(f"{'✓' if told.held else '·'} {told.label}" + (f"  {words}" if words else ""))
    for child in told.children:
        _grow(branch, child)


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    lines: Iterable[bytes] = (line for line in source if line.strip())
    if sys.stderr.isatty() and not sys.stdout.isatty():
        lines = track(lines, description="Advising", console=Console(stderr=True))
    yield from lines
