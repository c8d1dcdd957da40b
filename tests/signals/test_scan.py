"""The scan finds what each pattern alone would find: its filter leaves out only what is nowhere in a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidance.rules import read_packs, shipped_files
from guidance.signals.lexicon import shipped_terms
from guidance.text.fold import fold
from guidance.text.patterns import Pattern
from guidance.text.scan import Scanner

TRAINING = Path(__file__).parents[2] / "training"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"!\s*!", "Great! !"),
        (r"[£$€]\s?\d|\bfor free\b", "That's € 5."),
        (r"[😡🤬]", "Third time 😡"),
        (r"(?:^|\n)\W*no\b", "Dear Ann\n  No."),
        (r"\b(?:1[/⁄][2-9]|\.\.\.)\W*$", "We looked, and (½)"),
        (r"\bsee[.!?,]", "Wait and see!"),
        (r"[^!?]\bgone\b", "It's gone"),
        (r"\bsmile[:;)]-?", "a smile)"),
        (r"\bby[\t ]noon\b", "by\tnoon"),
        (r"\b(?:won|lost)\b", "It won't go"),
    ],
)
def test_a_pattern_is_tried_wherever_it_is_found(pattern: str, text: str) -> None:
    assert "house.sign" in Scanner({}, {"house.sign": pattern}).scan(fold(text))


def test_no_shipped_pattern_is_passed_over_where_it_is_found() -> None:
    packs = {term: pattern for pack in read_packs(shipped_files()) for term, pattern in pack.patterns.items()}
    patterns = shipped_terms().patterns | packs
    alone = {
        name: Pattern(fold(pattern).text if not pattern.isascii() else pattern) for name, pattern in patterns.items()
    }
    scanner = Scanner({}, patterns)
    for text in texts():
        folded = fold(text)
        there = {
            name for name, pattern in alone.items() if any(end > start for start, end in pattern.spans(folded.text))
        }
        assert there == scanner.scan(folded).keys(), text


def texts() -> Iterator[str]:
    """Every fortieth text of customers and agents of the training corpus."""
    rows = [
        json.loads(line) for file in sorted(TRAINING.glob("*.jsonl")) for line in file.read_text("utf8").splitlines()
    ]
    said = [text for row in rows for text in (row["customer"], *(reply["text"] for reply in row["replies"]))]
    yield from said[::40]
