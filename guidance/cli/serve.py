"""`guidance serve`: the whole service."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click

from guidance.errors import PackError
from guidance.serve import serve as serve_all
from guidance.settings import read_settings


@click.command()
def serve() -> None:
    """Start the whole service: the store where none is given, the web process, a worker; Ctrl-C stops it."""
    settings = read_settings(makes_key=True)
    if settings.rules_dir is not None:
        check_rules(settings.rules_dir)
    serve_all(settings, say=click.echo)


def check_rules(folder: Path) -> None:
    """Raise `PackError` where a pack of the folder can't be used: every process would end at it, and be started again, for ever.

    They are read in a process of their own, since the one that stays needs none of them.
    """
    with ProcessPoolExecutor(max_workers=1) as beside:
        problems = beside.submit(_problems_in, folder).result()
    if problems:
        raise PackError(
            [
                *problems,
                f"nothing was started; mend this in {folder} (`guidance lint {folder}`), or unset GUIDANCE_RULES",
            ]
        )


def _problems_in(folder: Path) -> Sequence[str]:
    from guidance.rules import load_rulebook  # noqa: PLC0415 - see `check_rules`

    try:
        load_rulebook(folder)
    except PackError as error:
        return error.problems
    except OSError as error:
        return [f"{error.filename}: {error.strerror}"]
    return []
