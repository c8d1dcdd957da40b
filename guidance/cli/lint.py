"""`guidance lint`: every problem of rule packs at once, each with file, line and rule id; then what is doubtful about them."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from guidance.errors import PackError
from guidance.rules import Pack, PackFile, build_rulebook, check_examples, read_pack, shipped_files, shipped_rulebook
from guidance.rules.doubts import doubts_about
from guidance.rules.examples import check_overlay
from guidance.rules.loader import files_in
from guidance.rules.overlays import overlaid
from guidance.rules.schema import Overlay
from guidance.text.counting import counted


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def lint(paths: tuple[Path, ...]) -> None:
    """Check packs (files or folders; none: the shipped ones), and run the examples of every rule.

    Warnings name rules that never fire, are hidden by another, double one, or are slow. The exit code is 1 for problems only.
    """
    packs, problems = _read(_files(paths))
    problems += _problems_together(packs)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{counted(len(problems), 'problem')} found.", err=True)
        sys.exit(1)
    doubts = _doubts(packs)
    for doubt in doubts:
        click.echo(f"warning: {doubt}")
    rules = sum(len(pack.rules) for pack in packs)
    told = f"; {counted(len(doubts), 'warning')}" if doubts else ""
    click.echo(
        f"{counted(len(packs), 'pack')} with {counted(rules, 'rule')}: all examples keep what they promise{told}."
    )


def _files(paths: tuple[Path, ...]) -> list[PackFile]:
    if not paths:
        return list(shipped_files())
    files: list[PackFile] = []
    for path in paths:
        try:
            files += files_in(path) if path.is_dir() else [PackFile(str(path), path.read_text("utf8"))]
        except UnicodeDecodeError:
            raise click.ClickException(f"{path}: not UTF-8 text") from None
    if not files:
        raise click.ClickException("there is no .yaml file in what you named")
    return files


def _read(files: list[PackFile]) -> tuple[list[Pack], list[str]]:
    packs: list[Pack] = []
    problems: list[str] = []
    for file in files:
        try:
            packs.append(read_pack(file))
        except PackError as error:
            problems += error.problems
    return packs, problems


def _doubts(packs: list[Pack]) -> list[str]:
    """What is doubtful about packs, beside each other and the shipped rules that stay in force with them."""
    rulebook = build_rulebook(packs)
    in_force = (shipped_rulebook().rules | rulebook.rules).values()
    return [
        f"{pack.source}:{one.line}: rule {one.rule}: {one.message}"
        for pack in packs
        for one in doubts_about(pack, in_force, rulebook, time.perf_counter, _overlays_beside(pack, packs))
    ]


def _overlays_beside(pack: Pack, packs: list[Pack]) -> list[Overlay]:
    return [one.overlay for one in packs if one.overlay and one is not pack]


def _problems_together(packs: list[Pack]) -> list[str]:
    try:
        rulebook = build_rulebook(packs)
    except PackError as error:
        return list(error.problems)
    return [problem for pack in packs for problem in check_examples(pack, rulebook)] or _overlay_problems(packs)


def _overlay_problems(packs: list[Pack]) -> list[str]:
    """What an overlay changes that is not there, in these files or among the shipped rules."""
    overlays = [pack for pack in packs if pack.overlay]
    if not overlays:
        return []
    names = {pack.name for pack in packs}
    try:
        in_force = build_rulebook(overlaid([one for one in shipped_rulebook().packs if one.name not in names], packs))
    except PackError as error:
        return list(error.problems)
    return [problem for pack in overlays for problem in check_overlay(pack, in_force)]
