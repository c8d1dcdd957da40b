"""What the person wrote themselves: quotes, forwards, signatures, notices and program output left out, by rules about lines.

The words that mark them stand in `written.yaml`. Every rule looks at one line and at most a few after it, so the time is
linear in the text. Where a rule is unsure the words stay: to read a signature too much does less harm than to lose a complaint.
"""

from __future__ import annotations

from functools import cache, cached_property

import msgspec
import re2
from msgspec import Struct

from guidance.text.fold import fold
from guidance.text.lines import lines
from guidance.text.shipped import shipped_yaml

Span = tuple[int, int]

_LONGEST_SIGNATURE = 12
_LOOK_AHEAD = 6
_RULES_OFF = " \t-_=*•·|<>#"
_AN_HOUR = re2.compile(r"\d:\d\d")
_MERGED = re2.compile(r"^\w+ #(\d{1,20}) [\"“„«].*#(\d{1,20}) ?:$")
"""Zendesk's words above the last comment of a ticket that was merged into this one: it names that ticket, its subject, and it again."""

_SCOWLS = (">:(", ">:-(", ">:[", ">:/", ">:@", ">.<", ">_<")


class _Marks(Struct, frozen=True):
    quote_opens: tuple[str, ...]
    quote_ends: tuple[str, ...]
    quote_verbs: tuple[str, ...]
    quote_after_address: tuple[str, ...]
    forwards: frozenset[str]
    senders: tuple[str, ...]
    headers: tuple[str, ...]
    devices: tuple[str, ...]
    notices: tuple[str, ...]
    farewells: frozenset[str]


class _Line(Struct, frozen=True):
    """A line's place, its words as typed, and folded, both without the blanks around."""

    start: int
    end: int
    typed: str
    folded: str


def written(text: str) -> list[Span]:
    """The spans of a text that its writer wrote, in order; everything else is quoted, signed or pasted. Linear in the text."""
    rows = [_line(text, start, end) for start, end in lines(text)]
    kept: list[_Line] = []
    for block in _new(rows):
        kept += [row for row in _unsigned(block, is_first=not kept) if row.typed]
    return _joined(text, kept)


def _line(text: str, start: int, end: int) -> _Line:
    typed = text[start:end].strip()
    return _Line(start, end, typed, fold(typed[:200]).text.strip())


def _new(rows: list[_Line]) -> list[list[_Line]]:
    """The lines that are neither quoted, forwarded, nor a program's output, in blocks that stood together."""
    blocks: list[list[_Line]] = [[]]
    place, is_begun = 0, False
    while place < len(rows) and not _opens_older(rows, place):
        after = _after_older_words(rows, place, is_begun=is_begun)
        if after:
            blocks.append([])
        else:
            blocks[-1].append(rows[place])
            is_begun = is_begun or bool(rows[place].typed)
        place = after or place + 1
    return blocks


def _after_older_words(rows: list[_Line], place: int, *, is_begun: bool) -> int | None:
    folded = rows[place].folded
    if folded.startswith(">") and not folded.startswith(_SCOWLS):
        return place + 1
    return _after_code(rows, place) or _after_quote_opening(rows, place, is_begun=is_begun)


def _after_quote_opening(rows: list[_Line], place: int, *, is_begun: bool) -> int | None:
    """The line after "On Monday Ana wrote:"; the end where what follows it is quoted without marks, below words of one's own."""
    first = rows[place].folded
    if not first.startswith(_marks().quote_opens) and "@" not in first:
        return None
    for last in range(place, min(place + 3, len(rows))):
        if _names_the_writer(" ".join(row.folded for row in rows[place : last + 1])):
            following = next((rows[n].typed for n in range(last + 1, min(last + 4, len(rows))) if rows[n].typed), "")
            return last + 1 if following.startswith(">") else len(rows) if is_begun else None
    return None


def _names_the_writer(heading: str) -> bool:
    """Whether this says when somebody wrote what follows, in the order in which mail programs of some language say it."""
    marks = _marks()
    if not heading.endswith(":"):
        return False
    if heading.startswith(marks.quote_opens):
        if heading.endswith(marks.quote_ends):
            return any(char.isdigit() or char == "@" for char in heading)
        is_told_exactly = "@" in heading or _AN_HOUR.search(heading) is not None
        return is_told_exactly and any(verb in heading for verb in marks.quote_verbs)
    _, address, told = heading.partition("@")
    return bool(address) and any(verb in told for verb in marks.quote_after_address)


def _opens_older(rows: list[_Line], place: int) -> bool:
    row = rows[place].folded
    marks = _marks()
    if row.strip(_RULES_OFF + ":") in marks.forwards or _is_merge(rows[place].typed):
        return True
    if not row.lstrip("*").startswith(marks.senders):
        return False
    window = [line.folded.lstrip("*") for line in rows[place + 1 : place + 1 + _LOOK_AHEAD]]
    return sum(line.startswith(marks.headers) for line in window) >= 2


def _is_merge(typed: str) -> bool:
    found = _MERGED.match(typed) if typed.endswith(":") else None
    return found is not None and found.group(1) == found.group(2)


def _after_code(rows: list[_Line], place: int) -> int | None:
    """The line after a fenced block, a stack trace or a log; None where none begins here."""
    typed = rows[place].typed
    if typed.startswith("```"):
        closing = next((n for n in range(place + 1, len(rows)) if rows[n].typed.startswith("```")), None)
        return closing + 1 if closing else None
    if typed.startswith("Traceback (most recent call last)"):
        return _after_traceback(rows, place + 1)
    if _is_frame(typed) or typed.startswith(("Caused by: ", "Exception in thread ")):
        return place + 1
    return None


def _after_traceback(rows: list[_Line], place: int) -> int:
    while place < len(rows) and rows[place].typed.startswith(("File ", "at ", "^", "~")):
        place += 1 if rows[place].typed.startswith(("^", "~")) else 2
    return min(place + 1, len(rows))


def _is_frame(typed: str) -> bool:
    """A frame as Java, JavaScript and .NET print it: `at name.of.thing(File.java:12)`."""
    name, opened, place = typed.removeprefix("at ").partition("(")
    if not typed.startswith("at ") or not opened or not (typed.endswith(")") or ":line " in typed):
        return False
    file, _, line = place.rstrip(")").rpartition(":")
    is_dotted = " " not in name.strip() and "." in name.strip(" .")
    return is_dotted or ":line " in place or ("." in file and line.isdigit())


def _unsigned(rows: list[_Line], *, is_first: bool) -> list[_Line]:
    """The lines before the signature, the device's line or the legal notice; a text does not begin with one."""
    marks = _marks()
    ending = _Ending(rows)
    kept: list[_Line] = []
    for place, row in enumerate(rows):
        is_below = bool(kept) or not is_first
        if is_below and row.folded.lstrip(_RULES_OFF).startswith(marks.notices):
            break
        if row.typed == "--" or (row.typed in ("—", "---") and ending.is_signature(place + 1)):
            break
        if row.folded.startswith(marks.devices) and len(row.folded) < 80:
            continue
        kept.append(row)
        if row.folded.strip(" ,.!-") in marks.farewells and ending.is_signature(place + 1):
            break
    return kept


class _Ending:
    """How a block ends. Every line is looked at once, however many farewells there are to look from."""

    def __init__(self, rows: list[_Line]) -> None:
        self._rows = rows

    def is_signature(self, place: int) -> bool:
        """Whether all that is left looks like a name, a title, numbers and addresses, or a notice."""
        return self._card_lines[place] <= _LONGEST_SIGNATURE

    @cached_property
    def _card_lines(self) -> list[int]:
        """For each place, how many lines of a card stand between it and the end or a notice; too many where anything else does."""
        marks = _marks()
        below = [0] * (len(self._rows) + 1)
        for place, row in reversed(list(enumerate(self._rows))):
            if not row.typed:
                below[place] = below[place + 1]
            elif not (row.folded.lstrip(_RULES_OFF).startswith(marks.notices) or row.typed == "--"):
                below[place] = below[place + 1] + 1 if _is_card_line(row) else _LONGEST_SIGNATURE + 1
        return below


def _is_card_line(row: _Line) -> bool:
    if any(sign in row.folded for sign in ("@", "www.", "http", "tel", "|", "+")):
        return True
    return len(row.typed.split()) <= 6 and len(row.typed) <= 60 and row.typed[-1] not in "?!" and not _is_sentence(row)


def _is_sentence(row: _Line) -> bool:
    first = row.folded.partition(" ")[0]
    return (
        first in ("i", "i'll", "i've", "we", "we'll", "you", "please", "it", "ps", "p.s.", "ps:", "p.s")
        or row.typed[0].islower()
    )


def _joined(text: str, kept: list[_Line]) -> list[Span]:
    spans: list[Span] = []
    for row in kept:
        start = text.index(row.typed[0], row.start)
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], start + len(row.typed))
        else:
            spans.append((start, start + len(row.typed)))
    return spans


@cache
def _marks() -> _Marks:
    return msgspec.convert(shipped_yaml("guidance.text", "written.yaml"), _Marks)
