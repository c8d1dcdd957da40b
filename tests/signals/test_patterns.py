"""A pattern of ours finds what google-re2's own wrapper finds, in any text."""

from __future__ import annotations

import pytest
import re2

from guidance.text.patterns import Pattern

LONG = "what " + "x" * 30 + "? and what " + "y" * 10 + "? so what"
TEXTS = (LONG, LONG + "!", "", "no", "order 12 and 345", "Ünter uns: 12 ßß 7", "ends with 9", "9", "😀 1 😀 22", "aaa")
PATTERNS = (
    r"\d+",
    r"(\d)(\d)?",
    r"^\w+",
    r"a*",
    r"(?P<first>\w)\w*",
    r"\d$|ß",
    r"x?",
    r"what ([^?]{5,25})\?",
    r"w[^?]{0,40}?\?|x{20,30}",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_way_of_asking_answers_as_the_wrapper_does(pattern: str, text: str) -> None:
    ours, theirs = Pattern(pattern), re2.compile(pattern)
    for ask in ("search", "match", "fullmatch"):
        found, expected = getattr(ours, ask)(text), getattr(theirs, ask)(text)
        assert (found and (found.span(), found.groups())) == (expected and (expected.span(), expected.groups()))
    spans = [match.span() for match in theirs.finditer(text)]
    assert [match.span() for match in ours.finditer(text)] == spans
    assert ours.spans(text) == spans
    assert ours.findall(text) == theirs.findall(text)
    assert ours.sub("-", text) == theirs.sub("-", text)


def test_a_search_from_a_place_on_finds_what_comes_later() -> None:
    for text in ("1 2", "ü1 2"):
        found = Pattern(r"\d").search(text, text.index("1") + 1)
        assert found is not None
        assert found[0] == "2"


def test_what_re2_can_not_read_is_refused() -> None:
    with pytest.raises(re2.error):
        Pattern("(")
