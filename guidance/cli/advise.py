"""`guidance advise`: advice on conversations in wire format, one JSON object a line, in the same order."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click
import msgspec
from rich.console import Console
from rich.progress import track
from rich.text import Text
from rich.tree import Tree

from guidance.cli.naming import no_rule
from guidance.cli.tables import console
from guidance.conversations.wire import Asked, read_conversation
from guidance.errors import MalformedError
from guidance.model import Moment
from guidance.pipeline import Outcome, advance
from guidance.rules import Rule, Rulebook, Situation, fires, load_rulebook
from guidance.rules import explain as explain_rule
from guidance.rules.closest import as_written, waits_for
from guidance.rules.engine import Told
from guidance.signals import hear
from guidance.text.counting import counted

_COMBINES = {"all": "all of", "any": "any of", "not": "not"}
_LONGEST = 120
"""Characters of one condition; the pack has its patterns whole."""


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
        raise click.BadParameter(no_rule(rule_id, rulebook.rules), param_hint="--explain")
    failed = 0
    for number, line in _lines(source):
        answer, asked = answer_to(line, rulebook, everything=everything)
        if asked is None:
            failed += 1
            answer["error"]["line"] = number
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
        if rule_id and asked:
            console(stderr=True).print(tree_of(asked, rulebook, rule_id, answer))
    if failed:
        click.echo(f"{counted(failed, 'line')} could not be read; the errors stand in their places", err=True)


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


def tree_of(asked: Asked, rulebook: Rulebook, rule_id: str, answer: dict[str, Any]) -> Tree:
    """Why a rule fires or not at the moment of this answer, as a tree for people."""
    rule, moment = rulebook.rules[rule_id], Moment(answer["moment"])
    draft = asked.draft.draft if asked.draft else None
    situation = Situation(hear(asked.case, rulebook.ear), moment, asked.now, draft=draft, ear=rulebook.ear)
    tree = Tree(f"{asked.id}: {rule_id} {_verdict(rule, situation, answer)}")
    _grow(tree, explain_rule(rule.when, situation))
    return tree


def _verdict(rule: Rule, situation: Situation, answer: dict[str, Any]) -> str:
    held_back = [one["because"] for one in answer["held_back"] if one["rule"] == rule.id]
    if fires(rule, situation) is not None:
        return f"fires at the moment {situation.moment}{f', and is held back: {held_back[0]}' if held_back else ''}"
    told = waits_for(rule, situation)
    return f"is silent: {told}" if told else f"is silent at the moment {situation.moment}"


def _grow(tree: Tree, told: Told) -> None:
    """Each condition with its words; what combines conditions says no more than how, as they stand below it."""
    if told.children:
        branch = tree.add(f"{_sign(told)} {_COMBINES[told.label.partition(' ')[0]]}")
        for child in told.children:
            _grow(branch, child)
        return
    words = "; ".join(f"“{one.text}”" for one in told.evidence)
    label = as_written(told.label)
    label = label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…"
    tree.add(Text(f"{_sign(told)} {label}" + (f"  {words}" if words else "")))


def _sign(told: Told) -> str:
    return "✓" if told.held else "·"


def _lines(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each line that says something, with its number, without the mark that some programs put before UTF-8."""
    numbered = (
        (number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line) for number, line in enumerate(source, 1)
    )
    lines: Iterable[tuple[int, bytes]] = ((number, line) for number, line in numbered if line.strip())
    if sys.stderr.isatty() and not sys.stdout.isatty():
        lines = track(lines, description="Advising", console=Console(stderr=True))
    yield from lines
