"""The YAML files that are shipped beside the code: word lists, principles, people of the demo desk."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads a large file eight times as fast, where the wheel has it."""


def shipped_yaml(package: str, *path: str) -> Any:
    """What a YAML file of a package of ours holds; `path`: below the package. Raises `FileNotFoundError` where there is none."""
    return yaml.load(resources.files(package).joinpath(*path).read_text("utf8"), Loader=FAST_LOADER)  # noqa: S506 - a safe one
