"""Changing values of a YAML file in its text: only the lines of what changed are other ones, and every comment stays.

A file is opened as values; whoever changes them copies what they change and keeps the rest, object by object, so that what
was moved but not changed keeps its own words, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guidance.rules.yamlfile import Problem, read_nodes, read_yaml, value_of
from guidance.rules.yamlwords import Kept, Snippet, inline, lines_of

_BY_HAND = "this can't be written from here; change it in the text"

Span = tuple[int, int]


class Splice(NamedTuple):
    """Another text from `start` to `end`."""

    start: int
    end: int
    text: str


class Source:
    """A YAML file: its text, and `value`, which is not to be changed in place. Raises `Problem` where it can't be read."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff")  # places in a text are counted without it
        self._root = read_nodes(self.text)
        self.value = value_of(self._root, (), {})
        self._kept: Kept = {}
        self._note(self._root, self.value)

    def lines(self, path: Sequence[str | int]) -> tuple[int, int] | None:
        """The first and the last line of the entry at a path, counted from 1; None where there is none."""
        key, node = None, self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                return None
            key, node = found
        end = self._end_of_entry(key, node) if key else self._end(node)
        return (key or node).start_mark.line + 1, self.text.count("\n", 0, end) + 1

    def changed(self, value: Any) -> str:
        """The text that reads as `value`, with as little changed as can be. Raises `Problem` where that can't be written."""
        splices = sorted(self._change(self._root, self.value, value), key=lambda one: (one.start, one.end))
        text, end = self.text, len(self.text)
        for one in reversed(splices):
            if one.end > end:
                raise Problem(_BY_HAND)
            text, end = text[: one.start] + one.text + text[one.end :], one.start
        if not _same(read_yaml(text).value, value):
            raise Problem(_BY_HAND)
        return text

    def _change(self, node: Node, old: Any, new: Any) -> Iterator[Splice]:
        if old is new or _same(old, new):
            return
        if isinstance(node, MappingNode) and isinstance(new, dict) and new and node.value:
            yield from (self._flow_mapping if node.flow_style else self._block_mapping)(node, old, new)
        elif isinstance(node, SequenceNode) and isinstance(new, list) and new and node.value:
            yield from (self._flow_list if node.flow_style else self._block_list)(node, old, new)
        else:
            style = node.style if isinstance(node, ScalarNode) else None
            yield Splice(node.start_mark.index, self._end(node), inline(new, self._kept, style=style))

    def _block_mapping(self, node: MappingNode, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Splice]:
        places = _places(node)
        if not places.keys() & new.keys():
            told = self._entries(new, node.start_mark.column)
            yield Splice(node.start_mark.index, self._end(node), "\n".join(told).lstrip())
            return
        for name, (key, child) in places.items():
            if name in new:
                yield from self._entry(key, child, old[name], new[name])
            else:
                yield Splice(self._line_start(key, ""), self._line_after(self._end_of_entry(key, child)), "")
        yield from self._added(node, places, new)

    def _entry(self, key: Node, child: Node, old: Any, new: Any) -> Iterator[Splice]:
        """The value of a key in a block; one of another kind is written anew, with its key."""
        if _kind(old) is _kind(new) and child.start_mark.index < self._end(child):
            yield from self._change(child, old, new)
        elif not _same(old, new):
            told = lines_of(f"{key.value}:", new, key.start_mark.column, self._kept)
            yield Splice(key.start_mark.index, self._end_of_entry(key, child), "\n".join(told).lstrip())

    def _added(
        self, node: MappingNode, places: Mapping[str, tuple[Node, Node]], new: dict[str, Any]
    ) -> Iterator[Splice]:
        """New keys, each behind the one that stands before it in `new`."""
        before = node.value[0]
        added: dict[int, dict[str, Any]] = {}
        for name, value in new.items():
            if name in places:
                before = places[name]
            else:
                added.setdefault(self._line_after(self._end_of_entry(*before)), {})[name] = value
        for place, told in added.items():
            yield self._inserted(place, self._entries(told, node.start_mark.column))

    def _block_list(self, node: SequenceNode, old: list[Any], new: list[Any]) -> Iterator[Splice]:
        items, column = node.value, node.start_mark.column
        for was, now in _moves(old, new):
            for place, other in zip(was, now, strict=False):
                yield from self._change(items[place], old[place], new[other])
            for place in was[len(now) :]:
                yield Splice(self._line_start(items[place], "-"), self._line_after(self._end(items[place])), "")
            told = [line for other in now[len(was) :] for line in lines_of("-", new[other], column, self._kept)]
            if told and was.stop:
                yield self._inserted(self._line_after(self._end(items[was.stop - 1])), told)
            elif told:
                yield self._inserted(self._line_start(items[0], "-"), told)

    def _flow_list(self, node: SequenceNode, old: list[Any], new: list[Any]) -> Iterator[Splice]:
        spans = [(item.start_mark.index, self._end(item)) for item in node.value]
        for was, now in _moves(old, new):
            for place, other in zip(was, now, strict=False):
                yield from self._change(node.value[place], old[place], new[other])
            if gone := was[len(now) :]:
                yield _without(spans, gone)
            if told := [inline(new[other], self._kept) for other in now[len(was) :]]:
                yield _beside(spans, was.stop, told)

    def _flow_mapping(self, node: MappingNode, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Splice]:
        places = _places(node)
        if not places.keys() & new.keys():
            yield Splice(node.start_mark.index, self._end(node), inline(new, self._kept))
            return
        spans = [(key.start_mark.index, self._end_of_entry(key, child)) for key, child in places.values()]
        for number, (name, (_, child)) in enumerate(places.items()):
            if name in new:
                yield from self._change(child, old[name], new[name])
            else:
                yield _without(spans, range(number, number + 1))
        if told := [inline({name: value}, self._kept)[1:-1] for name, value in new.items() if name not in places]:
            yield _beside(spans, len(spans), told)

    def _entries(self, values: Mapping[str, Any], column: int) -> list[str]:
        return [line for name, value in values.items() for line in lines_of(f"{name}:", value, column, self._kept)]

    def _inserted(self, place: int, lines: Sequence[str]) -> Splice:
        """Lines of their own, where a line begins or the text ends."""
        begins = "" if place == 0 or self.text[place - 1] == "\n" else "\n"
        return Splice(place, place, f"{begins}{chr(10).join(lines)}\n")

    def _line_start(self, node: Node, before: str) -> int:
        """Where the line of an entry or item begins. Raises `Problem` where something else than `before` stands before it."""
        start = self.text.rfind("\n", 0, node.start_mark.index) + 1
        if self.text[start : node.start_mark.index].strip() != before:
            raise Problem(_BY_HAND)
        return start

    def _line_after(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1

    def _end_of_entry(self, key: Node, child: Node) -> int:
        """Where an entry ends; one without a value ends with its colon."""
        end = self._end(child)
        return end if end > child.start_mark.index else self.text.index(":", key.end_mark.index) + 1

    def _end(self, node: Node) -> int:
        """Where the last sign of a node stands; a block's own mark is only where the next thing begins."""
        if isinstance(node, MappingNode) and not node.flow_style:
            return self._end_of_entry(*node.value[-1])
        if isinstance(node, SequenceNode) and not node.flow_style:
            return self._end(node.value[-1])
        start, end = node.start_mark.index, int(node.end_mark.index)
        return start + len(self.text[start:end].rstrip())

    def _note(self, node: Node, value: Any) -> None:
        """Remember how each list and mapping is written."""
        if not isinstance(node, MappingNode | SequenceNode):
            return
        written = self.text[node.start_mark.index : self._end(node)]
        self._kept[id(value)] = Snippet(written, node.start_mark.column, not node.flow_style)
        if isinstance(node, MappingNode):
            for name, (_, child) in _places(node).items():
                self._note(child, value[name])
        else:
            for child, one in zip(node.value, value, strict=True):
                self._note(child, one)


def _places(node: MappingNode) -> dict[str, tuple[Node, Node]]:
    return {str(key.value): (key, child) for key, child in node.value}


def _child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    """The key, where there is one, and the value under a step of a path."""
    if isinstance(node, MappingNode):
        return _places(node).get(str(step))
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _moves(old: list[Any], new: list[Any]) -> Iterator[tuple[range, range]]:
    """The places of the old list and of the new one that differ."""
    told = SequenceMatcher(None, [_plainly(one) for one in old], [_plainly(one) for one in new], autojunk=False)
    for what, first, last, first_new, last_new in told.get_opcodes():
        if what != "equal":
            yield range(first, last), range(first_new, last_new)


def _without(spans: Sequence[Span], gone: range) -> Splice:
    """A flow without some of its parts, and without a comma too many."""
    if gone.start:
        return Splice(spans[gone.start - 1][1], spans[gone.stop - 1][1], "")
    return Splice(spans[0][0], spans[gone.stop][0] if gone.stop < len(spans) else spans[-1][1], "")


def _beside(spans: Sequence[Span], place: int, told: Sequence[str]) -> Splice:
    """More parts of a flow, behind the one before `place`."""
    if place:
        return Splice(spans[place - 1][1], spans[place - 1][1], "".join(f", {one}" for one in told))
    return Splice(spans[0][0], spans[0][0], "".join(f"{one}, " for one in told))


def _kind(value: Any) -> type:
    return type(value) if isinstance(value, dict | list) else object


def _same(one: Any, other: Any) -> bool:
    return _plainly(one) == _plainly(other)


def _plainly(value: Any) -> str:
    """A value as a text by which it is compared: `1` is not `true`, and the order of keys is no difference."""
    return json.dumps(value, sort_keys=True)
