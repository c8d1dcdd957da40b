"""One rule of a pack as a small pack of its own, in the words of its author: where changing a shipped rule begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from guidance.errors import NotFoundError
from guidance.rules.loader import PackFile
from guidance.rules.yamlfile import Problem, read_yaml

_TOP = re.compile(r"^[a-z_]+:")
_COMMENT = "  #"
_ENTRY = re.compile(r"^  (?! )[\"']?([^\s:\"']+)[\"']?:")


def own_copy(file: PackFile, rule_id: str) -> str:
    """A pack with this rule alone, in its languages, with the lists and macros that it uses. Raises `NotFoundError`."""
    rule = rule_text(file, rule_id)
    sections = {name: dict(_entries(file.text, name)) for name in ("macros", "lists")}
    macros = _used(sections["macros"], rule)
    lists = _used(sections["lists"], rule + "".join(macros.values()))
    head = [f"pack: house.{rule_id}", "version: 1", f"title: Our own {rule_id}", *_languages(file), ""]
    parts = ["\n".join(head)]
    parts += [f"{name}:\n" + "".join(found.values()) for name, found in (("lists", lists), ("macros", macros)) if found]
    return "\n".join([*parts, f"rules:\n{rule}"]).rstrip() + "\n"


def _languages(file: PackFile) -> list[str]:
    given = read_yaml(file.text).value.get("languages")
    named = [given] if isinstance(given, str) else given or []
    return [f"languages: [{', '.join(named)}]"] if named else []


def rule_text(file: PackFile, rule_id: str) -> str:
    """A rule's own lines. Raises `NotFoundError`."""
    document = read_yaml(file.text)
    rules = document.value["rules"]
    place = next((n for n, rule in enumerate(rules) if rule.get("id") == rule_id), None)
    if place is None:
        raise NotFoundError(f"there is no rule {rule_id} in {file.source}")
    lines = file.text.splitlines(keepends=True)
    first = document.line_of(("rules", place)) - 1
    last = document.line_of(("rules", place + 1)) - 1 if place + 1 < len(rules) else _end(lines, first)
    return "".join(lines[first:last]).rstrip() + "\n"


def rules_that_differ(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Ids of the rules that files say otherwise, or of which they say what is other somewhere."""
    found = set[str]()
    for name in {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}:
        old, new = (_said_of_rules(files.get(name, "")) for files in (before, after))
        found |= {rule_id for rule_id in old.keys() | new.keys() if old.get(rule_id) != new.get(rule_id)}
    return found


def _said_of_rules(text: str) -> dict[str, Any]:
    """What a file says, by rule; nothing where it can't be read."""
    try:
        value = read_yaml(text).value
    except Problem:
        return {}
    rules, changes = (value.get(key) for key in ("rules", "changes")) if isinstance(value, dict) else (None, None)
    own = {str(one.get("id")): one for one in rules if isinstance(one, dict)} if isinstance(rules, list) else {}
    return {**own, **(changes if isinstance(changes, dict) else {})}


def _end(lines: list[str], first: int) -> int:
    """Where the section ends in which a line stands."""
    return next((n for n in range(first + 1, len(lines)) if _TOP.match(lines[n])), len(lines))


def _entries(text: str, section: str) -> Iterator[tuple[str, str]]:
    """The entries of a top section, each with its lines, and the comment right above it."""
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{section}:")), None)
    if start is None:
        return
    name, held, ahead = "", "", ""
    for line in lines[start + 1 : _end(lines, start)]:
        if found := _ENTRY.match(line):
            if name:
                yield name, held.rstrip() + "\n"
            name, held, ahead = found[1], ahead, ""
        if line.startswith(_COMMENT):
            ahead += line
        else:
            held, ahead = f"{held}{ahead}{line}", ""
    if name:
        yield name, held.rstrip() + "\n"


def _used(entries: dict[str, str], text: str) -> dict[str, str]:
    """The entries that a text names, and those that they name in turn."""
    used: dict[str, str] = {}
    while new := [n for n in entries if n not in used and re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)]:
        used |= {name: entries[name] for name in new}
        text = "".join(entries[name] for name in new)
    return {name: entries[name] for name in entries if name in used}
