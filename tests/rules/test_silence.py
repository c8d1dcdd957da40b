"""Good replies are left alone: the shipped rules over a folder of them, written for this project."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from guidance.backtests import Hits, read_corpus, run
from guidance.rules import load_rulebook

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def hits() -> Hits:
    return run(read_corpus(CORPUS), load_rulebook(None))


@pytest.mark.parametrize(
    ("kind", "least", "ceiling"),
    [
        ("good", 200, 7.0),
        ("long", 100, 13.0),
        ("cross-german", 40, 5.0),
        ("cross-spanish", 40, 5.0),
        ("cross-french", 40, 5.0),
        ("short-yes", 40, 5.0),
    ],
    ids=[
        "ordinary replies",
        "long e-mails with many matters",
        "to cross customers, German",
        "to cross customers, Spanish",
        "to cross customers, French",
        "a yes in a few words",
    ],
)
def test_good_replies_bring_few_hints(hits: Hits, kind: str, least: int, ceiling: float) -> None:
    replies = [asked.id for asked in read_corpus(CORPUS) if asked.id.startswith(kind)]
    told = Counter(hit.rule for hit in hits.hits if hit.conversation.startswith(kind))
    assert len(replies) >= least
    assert 100 * told.total() / len(replies) <= ceiling, told.most_common()
