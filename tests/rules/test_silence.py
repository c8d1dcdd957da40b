"""Good replies are left alone: the shipped rules over a folder of them, written for this project."""

from __future__ import annotations

import re
from collections import Counter
from math import floor
from pathlib import Path

import pytest

from guidance.backtests import Hits, read_corpus, run
from guidance.rules import load_rulebook

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
KINDS = ("good", "long", "cross-german", "cross-spanish", "cross-french", "short-yes")


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
    replies, told = _replies(kind), _told(hits, kind)
    assert len(replies) >= least
    assert 100 * told.total() / len(replies) <= ceiling, told.most_common()


def test_the_model_card_tells_how_many_they_are(hits: Hits) -> None:
    card = (ROOT / "docs" / "model-card.md").read_text("utf8").replace("\n", " ")
    (part,) = re.findall(r"there are (\d.*? few words of English \d+)\.", card)
    told = re.findall(r"\d+", re.sub(r"over \d+", "", part).replace("per 100", ""))
    per_hundred = [100 * _told(hits, kind).total() / len(_replies(kind)) for kind in KINDS]
    assert [int(figure) for figure in told] == [floor(figure + 0.5) for figure in per_hundred], per_hundred


def _replies(kind: str) -> list[str]:
    return [asked.id for asked in read_corpus(CORPUS) if asked.id.startswith(kind)]


def _told(hits: Hits, kind: str) -> Counter[str]:
    return Counter(hit.rule for hit in hits.hits if hit.conversation.startswith(kind))
