"""The sentences that the models learn from: original, varied, and labelled by the definitions."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import re2

from guidance.signals.catalog import AGENT, CUSTOMER
from guidance.signals.models import shipped_model
from guidance.text.fold import fold

FOLDER = Path(__file__).parents[2] / "training"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text("utf8").splitlines()
]
REPLIES: list[dict[str, Any]] = [said for row in ROWS for said in (*row["replies"], *row.get("notes", ()))]

SORRY = re2.compile(r"\b(?:sorry|apolog\w+|forgive us)\b")
UNSORRY = re2.compile(
    r"(?:not|n't|no need to|nothing to) (?:\w+ )?(?:sorry|apolog\w+)|sorry (?:state|sight)|feel sorry"
)


@cache
def words(text: str) -> tuple[str, ...]:
    """The words of a text; three tests ask for those of all."""
    return tuple(re2.findall(r"[\pL\d']+", fold(text).text))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of four words, digits made alike: what two fillings of one template share."""
    said = ["0" if word.isdigit() else word for word in words(text)]
    return frozenset(zip(said, said[1:], said[2:], said[3:], strict=False))


def test_there_is_enough_to_learn_from() -> None:
    assert len(ROWS) >= 3_000
    assert len(REPLIES) >= 4_500


def test_every_label_is_a_signal_of_its_side_and_never_both_sure_and_unsure() -> None:
    for row in ROWS:
        assert {*row["customer_is"], *row.get("customer_unsure", ())} <= CUSTOMER.keys()
        assert not set(row["customer_is"]) & set(row.get("customer_unsure", ()))
    for said in REPLIES:
        assert {*said["is"], *said.get("unsure", ())} <= AGENT.keys()
        assert not set(said["is"]) & set(said.get("unsure", ()))


def test_no_customer_text_and_no_reply_of_a_row_comes_twice() -> None:
    texts = [" ".join(words(row["customer"])) for row in ROWS if len(words(row["customer"])) > 3]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    for row in ROWS:
        replies = [" ".join(words(said["text"])) for said in row["replies"]]
        assert len(replies) == len(set(replies)), row["customer"]


def test_no_two_customers_say_nearly_the_same() -> None:
    said = [(row["customer"], shingles(row["customer"])) for row in ROWS]
    by_run: dict[tuple[str, ...], list[int]] = {}
    for number, (_, runs) in enumerate(said):
        for run in runs:
            by_run.setdefault(run, []).append(number)
    shared = Counter(pair for numbers in by_run.values() if len(numbers) < 30 for pair in pairs_of(numbers))
    near = [
        (said[one][0], said[two][0])
        for (one, two), count in shared.items()
        if count >= 4 and count / min(len(said[one][1]), len(said[two][1])) > 0.6
    ]
    assert near == []


def pairs_of(numbers: list[int]) -> list[tuple[int, int]]:
    return [(one, two) for place, one in enumerate(numbers) for two in numbers[place + 1 :]]


def test_no_opening_is_a_template() -> None:
    openings = Counter(" ".join(words(row["customer"])[:5]) for row in ROWS if len(words(row["customer"])) > 7)
    assert [opening for opening, times in openings.items() if times > 12] == []


def test_who_says_sorry_is_labelled_so() -> None:
    unlabelled = [
        said["text"]
        for said in REPLIES
        if SORRY.search(fold(said["text"]).text)
        and "apology" not in {*said["is"], *said.get("unsure", ())}
        and not UNSORRY.search(fold(said["text"]).text)
        and "mocks" not in said["is"]
    ]
    assert len(unlabelled) < 0.01 * len(REPLIES)


def test_a_question_mark_at_the_end_of_a_reply_is_an_asking_or_in_doubt() -> None:
    ending = [said for said in REPLIES if said["text"].rstrip().endswith("?") and "mocks" not in said["is"]]
    labelled = [said for said in ending if {"asks", "open_door", "retort"} & {*said["is"], *said.get("unsure", ())}]
    assert len(labelled) / len(ending) > 0.9


def test_every_signal_has_examples_with_and_without_it() -> None:
    heard = Counter(name for row in ROWS for name in row["customer_is"]) + Counter(
        name for said in REPLIES for name in said["is"]
    )
    assert [name for name in (*CUSTOMER, *AGENT) if heard[name] < 60] == []


def test_near_misses_stand_side_by_side() -> None:
    beside = sum(1 for row in ROWS for one, two in pairwise(row["replies"]) if set(one["is"]) != set(two["is"]))
    assert beside > 1_000


@pytest.mark.parametrize("side", ["customer", "agent"])
def test_the_shipped_weights_are_small_and_finite(side: str) -> None:
    model = shipped_model(side)
    assert model is not None
    assert abs(float(model.shift.sum())) < 1_000
    files = (FOLDER.parent / "guidance" / "signals" / "weights").glob("*.npz")
    assert sum(file.stat().st_size for file in files) < 500_000
