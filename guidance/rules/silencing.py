"""A `silent` example put into a rule's own lines: where it speaks and should not, that is written down before it is mended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guidance.errors import MalformedError, NotFoundError
from guidance.rules.yamlfile import Document, Problem, read_yaml


def with_silent(text: str, rule_id: str, given: Mapping[str, Any]) -> str:
    """The file with one more `silent` example in this rule, first of its kind; every other line stays as it is.

    Raises `NotFoundError` where the rule is not in it, and `MalformedError` where its examples are not listed a line each.
    """
    try:
        document = read_yaml(text)
    except Problem as error:
        raise MalformedError(f"the draft does not load as it stands: {error.message}") from error
    line = _first_silent(document, rule_id)
    lines = text.splitlines(keepends=True)
    found = lines[line - 1]
    if not found.lstrip().startswith("- "):
        raise MalformedError("the rule's silent examples are not listed a line each; add this one by hand")
    told = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in given.items())
    indent = found[: len(found) - len(found.lstrip())]
    return "".join([*lines[: line - 1], f"{indent}- {{{told}}}\n", *lines[line - 1 :]])


def _first_silent(document: Document, rule_id: str) -> int:
    rules = document.value.get("rules") if isinstance(document.value, dict) else None
    for place, rule in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(rule, dict) and rule.get("id") == rule_id:
            return document.line_of(("rules", place, "examples", "silent", 0))
    raise NotFoundError(f"there is no rule {rule_id} in this file")
