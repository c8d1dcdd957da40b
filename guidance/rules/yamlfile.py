"""YAML with lines: plain values, and the line on which each one stands."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guidance.rules.yamltroubles import SET_IN_BY_NO_BREAK_SPACES, trouble_with
from guidance.text.shipped import FAST_LOADER

LIMIT = 1024 * 1024
DEEPEST = 40
LONGEST_NUMBER = 100
"""Signs of a plain number, time or the like; one that is longer takes ever longer to read, and is more than any field can hold."""

_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp"))
Path = tuple[str | int, ...]

_MAY_BE_ALIAS = re.compile(r"(?:^|[\s,:?\[\]{}-])[&*]")
"""Where an anchor or alias could begin; most packs hold no such place, and are then read once, not twice."""


class Problem(Exception):  # noqa: N818 - it is a finding, gathered and listed, not a failure
    """One thing wrong with a pack: where, and what would be right."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class _Loader(FAST_LOADER):  # type: ignore[misc]
    """Stops where nodes nest too deeply: libyaml goes down without an end, and takes the whole process with it."""

    _depth = 0

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        if self._depth > DEEPEST:
            raise Problem("this nests too deeply", parent.start_mark.line + 1 if parent else None)
        self._depth += 1

    def ascend_resolver(self) -> None:
        self._depth -= 1


class Document:
    """A parsed YAML file: `value`, and `line_of(path)` counting from 1."""

    def __init__(self, value: Any, lines: dict[Path, int]) -> None:
        self.value = value
        self._lines = lines

    def line_of(self, path: Path) -> int:
        """The line of a place, or of the nearest place around it that is known."""
        for length in range(len(path), -1, -1):
            if (line := self._lines.get(path[:length])) is not None:
                return line
        return 1


def read_yaml(text: str) -> Document:
    """Parse one YAML document of plain values: no tags, no aliases, no key twice. Raises `Problem`."""
    lines: dict[Path, int] = {}
    return Document(value_of(read_nodes(text), (), lines), lines)


def read_nodes(text: str) -> Node:
    """The nodes of one YAML document, each with its marks. Raises `Problem`."""
    if len(text) > LIMIT:
        raise Problem(f"a pack may have 1 MiB, this one has {len(text):,} characters")
    try:
        _refuse_aliases(text)
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise Problem(*trouble_with(text, error)) from error
    if root is None:
        raise Problem("the file is empty; a pack begins with `pack:` and its name", 1)
    assert isinstance(root, Node)
    return root


def _refuse_aliases(text: str) -> None:
    if _MAY_BE_ALIAS.search(text) is None:
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Problem(
                "anchors and aliases (& and *) are not taken; quote a word that begins with * or &",
                event.start_mark.line + 1 if event.start_mark else None,
            )


def value_of(node: Node, path: Path, lines: dict[Path, int]) -> Any:
    """The plain value of a node; the line of each place in it goes to `lines`. Raises `Problem`."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, SequenceNode):
        return [value_of(child, (*path, number), lines) for number, child in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    if node.tag not in _PLAIN_TAGS:
        raise Problem(f"tags such as {node.tag} are not taken", node.start_mark.line + 1)
    return _scalar(node)


def _mapping(node: MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key_node, child in node.value:
        if not isinstance(key_node, ScalarNode):
            raise Problem("a key is a word or two, no list or mapping", key_node.start_mark.line + 1)
        key = str(key_node.value)
        if key.startswith("\xa0"):
            raise Problem(SET_IN_BY_NO_BREAK_SPACES, key_node.start_mark.line + 1)
        if key in value:
            raise Problem(f"`{key}` stands here twice", key_node.start_mark.line + 1)
        lines[*path, key] = key_node.start_mark.line + 1
        value[key] = value_of(child, (*path, key), lines)
    return value


def _scalar(node: ScalarNode) -> Any:
    if node.tag == "tag:yaml.org,2002:str":
        return node.value
    if len(node.value) > LONGEST_NUMBER:
        raise Problem(f"`{node.value[:20]}…` is too long for a number; put it in quotes", node.start_mark.line + 1)
    try:
        value = _CONSTRUCTOR.construct_object(node)
    except (ValueError, yaml.YAMLError) as error:
        raise Problem(f"`{node.value}` can't be read; put it in quotes", node.start_mark.line + 1) from error
    return value if isinstance(value, str | int | float | bool) or value is None else node.value
