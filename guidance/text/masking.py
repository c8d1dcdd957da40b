"""Masking: e-mail addresses, phone and card numbers, out of words that are shown away from their ticket."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from guidance.text.patterns import Pattern

_EMAIL = Pattern(r"[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+")
_APART = r"[\pZ.()/‐‑–-]"
_DIGITS = Pattern(rf"(?:\+|00|\(|\b)\pN(?:{_APART}{{0,3}}\pN){{6,}}")
_GROUP = Pattern(r"\pN+")
_DATE = Pattern(r"^(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)")
_FEWEST_PHONE, _MOST_PHONE = 7, 15
_FEWEST_CARD, _MOST_CARD = 13, 19
_LONGEST_DATE = 10
_SHORTEST_OF_CARD = 3
"""Digits in a group of a card's number, of which the first has one more."""
_BESIDE_CARD = 4
"""The longest group of what stands behind a card's number: until when it is valid, and its check number."""

Span = tuple[int, int]


class Private(Struct, frozen=True):
    """Where something private stands, in code points. `kind`: `e-mail`, `phone` or `card`."""

    kind: str
    start: int
    end: int


def private_in(text: str) -> Iterator[Private]:
    """What is private in a text, in order. A number counts as a phone's where it is written like one: grouped, or with a prefix.

    Order numbers in one run of digits, dates and amounts are left alone; a card's number is told by its check digit.
    """
    text = text.encode(errors="replace").decode()
    found = [Private("e-mail", *span) for span in _EMAIL.spans(text)]
    beside: list[Private] = []
    ends = [one.end for one in found]
    numbers = [number for span in _DIGITS.spans(text) for number in _numbers_in(text, *span)]
    for kind, start, end in numbers:
        place = bisect_right(ends, start)
        if place == len(ends) or found[place].start >= end:
            beside.append(Private(kind, start, end))
    return iter(sorted([*found, *beside], key=lambda one: one.start))


def masked(text: str, start: int = 0, end: int | None = None) -> str:
    """The text, or a part of it, with everything private replaced by its kind: `[e-mail]`, `[phone]`, `[card]`.

    A piece of a number is private where the whole is, so a part is told from its whole text, and not cut out first.
    """
    last = len(text) if end is None else end
    told, at = [], start
    for one in private_in(text):
        if one.start < last and one.end > start:
            told += [text[at : max(at, one.start)], f"[{one.kind}]"]
            at = one.end
    return "".join([*told, text[at:last]])


def _numbers_in(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The private numbers of one run of digits, with what parts it: the whole of it, else those that it is strung together of."""
    if kind := _kind_of(text[start:end]):
        yield kind, start, end
        return
    groups = [(start + first, start + last) for first, last in _GROUP.spans(text[start:end])]
    place = 0
    while place < len(groups):
        here = groups[place : place + _MOST_CARD]
        begins = here[0][0]
        if dated := _DATE.search(text[begins : begins + _LONGEST_DATE]):
            place += sum(first < begins + dated.end() for first, _ in here[:3])
        elif length := _card_at(text, here):
            yield "card", begins, here[length - 1][1]
            place += length
        elif length := _phone_at(text, here):
            yield "phone", begins, here[length - 1][1]
            place += length
        else:
            place += 1


def _card_at(text: str, groups: Sequence[Span]) -> int:
    """How many of these groups of digits are a card's number, and what is written behind it; 0 where none is."""
    digits = ""
    for count, (start, end) in enumerate(groups, 1):
        digits += _digits(text[start:end])
        if len(digits) > _MOST_CARD or end - start < _SHORTEST_OF_CARD + (count == 1):
            break
        if len(digits) >= _FEWEST_CARD and _checks(digits):
            beside = groups[count : count + 3]
            return count + next((n for n, (s, e) in enumerate(beside) if e - s > _BESIDE_CARD), len(beside))
    return 0


def _phone_at(text: str, groups: Sequence[Span]) -> int:
    """How many of these groups of digits are a phone's number with its prefix, up to the next prefix; 0 where none is."""
    length = count = 0
    for number, (start, end) in enumerate(groups):
        begins_one = text[start] == "0" and end - start >= 3
        if (number == 0) is not begins_one or length + end - start > _MOST_PHONE:
            break
        length, count = length + end - start, count + 1
    return count if length >= _FEWEST_PHONE else 0


def _kind_of(number: str) -> str | None:
    digits = _digits(number)
    if _FEWEST_CARD <= len(digits) <= _MOST_CARD and _checks(digits):
        return "card"
    if not _FEWEST_PHONE <= len(digits) <= _MOST_PHONE or _DATE.search(number):
        return None
    return "phone" if number.startswith(("+", "00", "(")) or (number[0] == "0" or _is_grouped(number)) else None


def _digits(number: str) -> str:
    return "".join(str(int(char)) for char in number if char.isdecimal())


def _is_grouped(number: str) -> bool:
    """At least two groups, none of which is longer than a phone's: what one types for people, not an order's number."""
    groups = "".join(char if char.isdecimal() else " " for char in number).split()
    return len(groups) >= 3 and all(2 <= len(group) <= 4 for group in groups)


def _checks(digits: str) -> bool:
    """The check digit of cards (ISO/IEC 7812-1, Luhn)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
