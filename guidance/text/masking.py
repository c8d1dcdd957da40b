"""Masking: e-mail addresses, phone and card numbers, out of words that are shown away from their ticket."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from guidance.text.patterns import Pattern

_EMAIL = Pattern(r"[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+")
_DIGITS = Pattern(r"(?:\+|00|\(|\b)\pN(?:[ .()/–-]{0,3}\pN){6,22}")
_DATE = Pattern(r"^(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)")
_FEWEST_PHONE, _MOST_PHONE = 7, 15
_FEWEST_CARD, _MOST_CARD = 13, 19


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
    found = [Private("e-mail", *one.span()) for one in _EMAIL.finditer(text)]
    taken = [(one.start, one.end) for one in found]
    for one in _DIGITS.finditer(text):
        start, end = one.span()
        kind = _kind_of(text[start:end])
        if kind and not any(start < until and since < end for since, until in taken):
            found.append(Private(kind, start, end))
    return iter(sorted(found, key=lambda one: one.start))


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


def _kind_of(number: str) -> str | None:
    digits = "".join(str(int(char)) for char in number if char.isdecimal())
    if _FEWEST_CARD <= len(digits) <= _MOST_CARD and _checks(digits):
        return "card"
    if not _FEWEST_PHONE <= len(digits) <= _MOST_PHONE or _DATE.search(number):
        return None
    return "phone" if number.startswith(("+", "00", "(")) or (number[0] == "0" or _is_grouped(number)) else None


def _is_grouped(number: str) -> bool:
    """At least two groups, none of which is longer than a phone's: what one types for people, not an order's number."""
    groups = "".join(char if char.isdecimal() else " " for char in number).split()
    return len(groups) >= 3 and all(2 <= len(group) <= 4 for group in groups)


def _checks(digits: str) -> bool:
    """The check digit of cards (ISO/IEC 7812-1, Luhn)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
