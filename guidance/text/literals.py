"""Which literal words a text must contain for a pattern to match it, so that most patterns never need to be tried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from msgspec import Struct

Need = tuple[str, ...]
"""One of these strings must occur."""

MOST = 24
"""Alternatives beyond this many are not spelled out together with what stands before and after them."""

WIDEST = 20 * MOST
"""Alternatives beyond this many are no help as a filter."""

_COMMON = frozenset(" .,:;-'\"")
"""Signs that stand in almost every text: one of them alone tells nothing, nor does a letter or a digit."""

_QUANTIFIERS = "*+?{"
_ZERO_WIDTH = "bBAz"
_BLANKS = {"n": "\n", "t": "\t"}
_RANGES = frozenset("\\^-")
"""Signs that make of a class of characters more than those it names."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 '\"-,;:!@#%&=<>_/~`")
_RUN = re.compile(f"[{re.escape(''.join(sorted(_PLAIN)))}]+(?![*+?{{])")
"""Plain signs one after another, but for a last one that is repeated."""


class _Part(Struct, frozen=True):
    """What is known of a part of a pattern: all that it can match (`exact`), or what must occur in it (`needs`)."""

    exact: tuple[str, ...] | None = None
    needs: tuple[Need, ...] = ()


_ANYTHING = _Part()
_NOTHING = _Part(exact=("",))


@lru_cache(maxsize=32_768)
def needs(pattern: str) -> tuple[Need, ...]:
    """Every text that the pattern matches contains at least one string of each need; no needs: nothing is known.

    Reads the usual core of RE2 syntax over folded text (lower case, ASCII); of anything else it claims nothing.
    """
    try:
        part, place = _alternation(pattern, 0, 0)
    except (_UnreadError, IndexError, ValueError):
        return ()
    return _needs_of(part) if place == len(pattern) else ()


@lru_cache(maxsize=32_768)
def whole_words(pattern: str) -> Need:
    r"""The words of a pattern that is no more than a choice of them, as `\b(?:refund|money back)\b`; else none."""
    inner = pattern.removeprefix(r"\b").removesuffix(r"\b")
    if len(inner) != len(pattern) - 4 or any(sign in inner for sign in (r"\b", r"\B", r"\A", r"\z", "^", "$")):
        return ()
    try:
        part, place = _sequence(inner, 0, 0)
    except (_UnreadError, IndexError, ValueError):
        return ()
    words = part.exact if place == len(inner) else None
    return words if words and all(word[:1].isalnum() and word[-1:].isalnum() for word in words) else ()


class _UnreadError(Exception):
    """The pattern uses syntax that this module does not read."""


def _needs_of(part: _Part) -> tuple[Need, ...]:
    if part.exact is None:
        return part.needs
    return (part.exact,) if part.exact and all(map(_tells, part.exact)) else ()


def _tells(text: str) -> bool:
    """Whether a text is rare enough to be worth looking for."""
    return len(text) >= 2 or (len(text) == 1 and not text.isalnum() and text not in _COMMON)


def _alternation(pattern: str, place: int, depth: int) -> tuple[_Part, int]:
    if depth > 20:
        raise _UnreadError
    branches = []
    while True:
        part, place = _sequence(pattern, place, depth)
        branches.append(part)
        if place >= len(pattern) or pattern[place] != "|":
            return _either(branches), place
        place += 1


def _either(branches: Sequence[_Part]) -> _Part:
    if len(branches) == 1:
        return branches[0]
    if all(part.exact is not None for part in branches):
        exact = tuple(dict.fromkeys(text for part in branches for text in part.exact or ()))
        return _Part(exact=exact) if len(exact) <= MOST else _with_need(exact)
    best = [max(_needs_of(part), key=_worth, default=()) for part in branches]
    return _with_need(tuple(dict.fromkeys(text for need in best for text in need))) if all(best) else _ANYTHING


def _with_need(texts: Need) -> _Part:
    useful = 0 < len(texts) <= WIDEST and all(map(_tells, texts))
    return _Part(needs=(texts,) if useful else ())


def _worth(need: Need) -> tuple[int, int]:
    return min(len(text) for text in need), -len(need)


def _sequence(pattern: str, place: int, depth: int) -> tuple[_Part, int]:
    exact: tuple[str, ...] = ("",)
    found: list[Need] = []
    is_exact = True
    while place < len(pattern) and pattern[place] not in "|)":
        if run := _RUN.match(pattern, place):
            exact, place = tuple(before + run[0] for before in exact), run.end()
            continue
        part, place = _atom(pattern, place, depth)
        part, place = _repeated(part, pattern, place)
        if part.exact is not None and len(exact) * len(part.exact) <= MOST:
            exact = tuple(dict.fromkeys(before + after for before, after in product(exact, part.exact)))
            continue
        is_exact = False
        found.extend(_needs_of(_Part(exact=exact)))
        exact = part.exact if part.exact is not None else ("",)
        found.extend(part.needs if part.exact is None else ())
    if is_exact:
        return _Part(exact=exact), place
    found.extend(_needs_of(_Part(exact=exact)))
    return _Part(needs=tuple(found)), place


def _atom(pattern: str, place: int, depth: int) -> tuple[_Part, int]:
    char = pattern[place]
    if char == "(":
        return _group(pattern, place, depth)
    if char == "[":
        return _characters(pattern, place)
    if char == "\\":
        return _escape(pattern[place + 1]), place + 2
    if char in "^$":
        return _NOTHING, place + 1
    if char == ".":
        return _ANYTHING, place + 1
    if char in _PLAIN:
        return _Part(exact=(char,)), place + 1
    raise _UnreadError


def _escape(char: str) -> _Part:
    if char in _ZERO_WIDTH:
        return _NOTHING
    if char in "dDwWsS":
        return _ANYTHING
    if char in _BLANKS:
        return _Part(exact=(_BLANKS[char],))
    if char.isalnum():
        raise _UnreadError
    return _Part(exact=(char,))


def _group(pattern: str, place: int, depth: int) -> tuple[_Part, int]:
    place += 1
    if pattern[place] == "?":
        if pattern[place + 1] != ":":
            raise _UnreadError
        place += 2
    part, place = _alternation(pattern, place, depth + 1)
    if pattern[place] != ")":
        raise _UnreadError
    return part, place + 1


def _characters(pattern: str, place: int) -> tuple[_Part, int]:
    place += 1
    first = place
    while pattern[place] != "]" or place == first or (place == first + 1 and pattern[first] == "^"):
        if pattern[place] == "[":
            raise _UnreadError
        place += 2 if pattern[place] == "\\" else 1
    inside = pattern[first:place]
    if len(inside) <= WIDEST and not any(char in _RANGES for char in inside):
        return _Part(exact=tuple(inside)), place + 1
    return _ANYTHING, place + 1


def _repeated(part: _Part, pattern: str, place: int) -> tuple[_Part, int]:
    if place >= len(pattern) or pattern[place] not in _QUANTIFIERS:
        return part, place
    sign = pattern[place]
    if sign == "{":
        end = pattern.index("}", place)
        fewest = pattern[place + 1 : end].split(",")[0]
        if not fewest.isdigit():
            raise _UnreadError
        sign, place = ("+" if int(fewest) else "*"), end
    place += 1
    if place < len(pattern) and pattern[place] == "?":
        place += 1
    if sign == "+":
        return _Part(needs=_needs_of(part)), place
    if sign == "?" and part.exact is not None:
        return _Part(exact=tuple(dict.fromkeys((*part.exact, "")))), place
    return _ANYTHING, place
