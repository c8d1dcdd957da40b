"""How a value is written in YAML: on one line where it fits, else in a block; what was there before in the words it had."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import yaml
from msgspec import Struct

from guidance.rules.yamlfile import Problem, read_yaml

WIDTH = 120
_KEY = re.compile(r"[\w.-]+")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


class Snippet(Struct, frozen=True):
    """Some YAML as it stands in a file, from its first sign on, which is in this column."""

    text: str
    column: int
    is_block: bool


Kept = dict[int, Snippet]
"""What values were written as, by the identity of each list and mapping."""


def lines_of(prefix: str, value: Any, column: int, kept: Kept) -> list[str]:
    """An entry or item as lines, from this column on; `prefix` is `key:` or `-`."""
    pad = " " * column
    snippet = kept.get(id(value)) if isinstance(value, dict | list) else None
    if snippet and (snippet.is_block or "\n" in snippet.text):
        return _moved(prefix, snippet, pad)
    if not isinstance(value, dict | list) or not value:
        return [f"{pad}{prefix} {inline(value, kept)}"]
    is_condition = prefix == "-" and isinstance(value, dict) and len(value) == 1
    if (
        not is_condition
        and not _holds_block(value, kept)
        and len(told := f"{pad}{prefix} {inline(value, kept)}") <= WIDTH
    ):
        return [told]
    if isinstance(value, list):
        items = [line for item in value for line in lines_of("-", item, column + 2, kept)]
    else:
        items = [line for key, item in value.items() for line in lines_of(f"{_key(key)}:", item, column + 2, kept)]
    return _begun(prefix, items, pad)


def _holds_block(value: Any, kept: Kept) -> bool:
    """Whether something in a value was written over several lines before."""
    if not isinstance(value, dict | list):
        return False
    snippet = kept.get(id(value))
    parts = value.values() if isinstance(value, dict) else value
    return bool(snippet and "\n" in snippet.text) or any(_holds_block(one, kept) for one in parts)


def _begun(prefix: str, items: Sequence[str], pad: str) -> list[str]:
    """A dash shares the line of the first thing in it; a key stands alone."""
    return [f"{pad}- {items[0].lstrip()}", *items[1:]] if prefix == "-" else [f"{pad}{prefix}", *items]


def _moved(prefix: str, snippet: Snippet, pad: str) -> list[str]:
    """Words that were there before, in another place."""
    first, *others = snippet.text.split("\n")
    moved = [f"{pad}  {line[min(snippet.column, len(line) - len(line.lstrip())) :]}".rstrip() for line in others]
    if snippet.is_block:
        return _begun(prefix, [f"{pad}  {first}", *moved], pad)
    return [f"{pad}{prefix} {first}", *moved]


def inline(value: Any, kept: Kept, *, style: str | None = None) -> str:
    """A value on one line; a text in the quotes of `style` where those can hold it."""
    if isinstance(value, dict | list):
        snippet = kept.get(id(value))
        if snippet and not snippet.is_block and "\n" not in snippet.text:
            return snippet.text
        if isinstance(value, list):
            return f"[{', '.join(inline(item, kept) for item in value)}]"
        return f"{{{', '.join(f'{_key(key)}: {inline(item, kept)}' for key, item in value.items())}}}"
    if isinstance(value, str):
        return _text(value, style)
    if isinstance(value, bool):
        return "true" if value else "off"  # the only thing that is switched off in a rule is its default
    return "null" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _text(text: str, style: str | None) -> str:
    quoted = _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
    if style == "'" and "\\" not in quoted:
        return "'" + text.replace("'", "''") + "'"
    return text if style != '"' and _is_plain(text) else quoted


def _is_plain(text: str) -> bool:
    """Whether a text is the same without quotes, in a flow and after a key."""
    if not text or "\n" in text or text != text.strip() or _ESCAPED.search(text):
        return False
    try:
        return bool(read_yaml(f"[{text}]").value == [text] and read_yaml(f"k: {text}").value == {"k": text})
    except (Problem, yaml.YAMLError):
        return False


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
