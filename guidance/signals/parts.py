"""Replies that are sent in several messages, as on social channels, and say so: what is missing in one may stand in another."""

from __future__ import annotations

from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either

_COUNT = r"([1-9]) ?[/⁄] ?([2-9])"
_SIGNED = r"\W*(?:[\^*~-] ?\w{1,12}(?: \w{1,12})?)?\W*$"
_COUNTED = Pattern(either(rf"^\W*{_COUNT}\b(?: ?[.:)\]-]|\s)", rf"(?:\b(\w+) |\W|[a-z]){_COUNT}{_SIGNED}"))
_BEGINS_IN_THE_AIR = Pattern(r"^\s*(?:\.\.\.|…) ?\w")
_ENDS_IN_THE_AIR = Pattern(r"(?:\.\.\.|…)\)?(?: ?[\^*-] ?\w{1,12})?\W*$")
_BEFORE_A_DATE = frozenset("on by before until till from since after dated due".split())


def goes_on(text: str) -> bool:
    """Whether a text says that another message follows: "1/2", or dots at its end."""
    folded = fold(text).text
    number, of = _counted(folded)
    return number < of or bool(_ENDS_IN_THE_AIR.search(folded))


def carries_on(text: str) -> bool:
    """Whether a text says that others stand before it: "2/2", or dots at its beginning."""
    folded = fold(text).text
    number, of = _counted(folded)
    return 1 < number <= of or bool(_BEGINS_IN_THE_AIR.search(folded))


def _counted(folded: str) -> tuple[int, int]:
    """Which message of how many; both 1 where it doesn't say."""
    found = _COUNTED.search(folded)
    if found is None or (found[3] or "") in _BEFORE_A_DATE:
        return 1, 1
    return int(found[1] or found[4]), int(found[2] or found[5])
