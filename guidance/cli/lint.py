"""`guidance lint`: every problem of rule packs at once, each with file, line and rule id."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guidance.errors import PackError
from guidance.rules import Pack, PackFile, build_rulebook, check_examples, read_pack, shipped_files
from guidance.rules.loader import files_in


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def lint(paths: tuple[Path, ...]) -> None:
    """Check packs (files or folders; none: the shipped ones), and run the examples of every rule."""
    packs, problems = _read(_files(paths))
    problems += _problems_together(packs)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.", err=True)
        sys.exit(1)
    rules = sum(len(pack.rules) for pack in packs)
    click.echo(f"{len(packs)} packs with {rules} rules: all examples keep what they promise.")


def _files(paths: tuple[Path, ...]) -> list[PackFile]:
    if not paths:
        return list(shipped_files())
    files: list[PackFile] = []
    for path in paths:
        try:
            files += files_in(path) if path.is_dir() else [PackFile(str(path), path.read_text("utf8"))]
        except (UnicodeDecodeError, PackError):
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


def _problems_together(packs: list[Pack]) -> list[str]:
    try:
        rulebook = build_rulebook(packs)
    except PackError as error:
        return list(error.problems)
    return [problem for pack in packs for problem in check_examples(pack, rulebook)]
