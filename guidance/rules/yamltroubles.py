"""What is wrong with a text that is no YAML: its cause as the writer would see it, on the line where that lies."""

from __future__ import annotations

import re

import yaml

from guidance.text.shipped import FAST_LOADER

_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SETS_IN = "this line is set in otherwise than those it belongs to, or a quote ends too early"
_BRACKETS = "a bracket or brace is not closed, or a comma or a quote is missing"
_MEANT = (
    ("mapping values", "a colon with a space behind it needs quotes around its text, or this line is set in too far"),
    ("',' or", _BRACKETS),
    ("node content", _BRACKETS),
    ("':'", "a colon is missing behind a name"),
    ("expected key", _SETS_IN),
    ("block end", _SETS_IN),
    ("'-' indicator", _SETS_IN),
    ("sequence entries", "a list begins on a line of its own"),
    ("another document", "a file holds one pack, without a line of --- in it"),
    ("escape character", "in double quotes a backslash is a sign of its own; write two, or use single quotes"),
)
"""What parsers say, as we would: libyaml, and PyYAML's own where a wheel lacks it."""

SET_IN_BY_NO_BREAK_SPACES = "this line begins with no-break spaces, which look like spaces; set it in with plain ones"


def trouble_with(text: str, error: yaml.YAMLError | RecursionError) -> tuple[str, int | None]:
    """Why a text is no YAML, and its line, counted from 1; None where no line can be named."""
    mark = (error.problem_mark or error.context_mark) if isinstance(error, yaml.MarkedYAMLError) else None
    if mark and isinstance(error, yaml.MarkedYAMLError):
        told, line = _marked(text, error, mark)
        return f"this is no YAML: {told}", line
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return f"this line holds a sign that YAML forbids (U+{ord(found[0]):04X}); take it out", line
    return "this is no YAML that can be read: it nests too deeply or holds characters that YAML forbids", None


def _marked(text: str, error: yaml.MarkedYAMLError, mark: yaml.Mark) -> tuple[str, int]:
    lines = text.split("\n")
    at = min(
        mark.line, text.rstrip().count("\n")
    )  # what is never closed is told at the end, maybe on a line without a word
    said, sign = error.problem or error.context or "", lines[at][mark.column : mark.column + 1]
    if "\t" in _indent(lines[at]):
        return "this line begins with a tab; set it in with spaces", at + 1
    if odd := next((n for n in range(at + 1) if "\xa0" in _indent(lines[n])), None):
        return SET_IN_BY_NO_BREAK_SPACES, odd + 1
    if "start any token" in said and sign:
        return (
            "a tab can't stand here; use spaces" if sign == "\t" else f"what begins with {sign} needs quotes around it",
            at + 1,
        )
    if "end of stream" in said and error.context_mark:
        return "a quote is opened here and never closed", error.context_mark.line + 1
    told = next((meant for word, meant in _MEANT if word in said), "it can't be read from here on")
    opened = _quote_open_until(text, at)
    return told if opened is None else f"{told}; perhaps a quote is missing at the end of line {opened + 1}", at + 1


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _quote_open_until(text: str, line: int) -> int | None:
    """Where a quoted text of several lines began that ends on this line: hardly by intention, where the file breaks off there."""
    opened = None
    try:
        for token in yaml.scan(text, Loader=FAST_LOADER):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                first, last = token.start_mark.line, token.end_mark.line
                opened = first if first < last == line else opened
    except yaml.YAMLError:
        pass
    return opened
