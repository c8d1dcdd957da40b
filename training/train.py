"""Trains the signal models from training/*.jsonl: `make train`. Twice gives the same bytes.

For each signal: logistic regression over the features of guidance.signals.features and the hits of the signal lists, each
feature scaled by how much oftener it stands in texts with the signal than without; weights that matter little are dropped,
the rest rounded to 8 bits. The threshold of a signal is where five-fold cross-validation does best, moved by what
training/README.md says of live traffic.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from guidance.signals.catalog import AGENT, CUSTOMER
from guidance.signals.ear import Context, Ear
from guidance.signals.features import BUCKETS, rows_of
from guidance.signals.lexicon import SIDES
from guidance.signals.models import LIST_WEIGHT
from guidance.signals.particulars import AT_MOST
from guidance.text.fold import fold

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "guidance" / "signals" / "weights"
SIGNALS = {"customer": tuple(CUSTOMER), "agent": tuple(AGENT)}
WITHOUT_MODEL = {"public_data", "promise"}
"""Signals of lists and grammar alone."""
DROPPED_BELOW = 0.03
STRENGTH = 0.5
STRENGTHS = {"news": 10.0}
"""How freely a signal's weights may grow (`C`), where one file made for it tells more than the hundreds of others would."""
TOLD_BY_RATIO = 0.7
"""How much a feature's log-ratio of counts with and without the signal scales it: 0 not at all, 1 wholly."""

LIKE_LIVE_TRAFFIC = 3.0
"""As much as this many others counts a sentence that is as short and plain as live traffic."""
SHORT_AND_PLAIN = frozenset(
    """
    asked-and-answered
    calls-and-waits
    calm-or-cross
    canned-or-brief
    chat-and-steps
    chatter-and-banter
    desk-chats
    facts-and-follow-ups
    fine-lines
    firm-and-kind
    fresh-words
    heard-in-passing
    leaving-or-staying
    limits-and-ways-out
    named-or-canned
    network-and-play
    plain-and-pointed
    plain-words
    plainly-put
    settled-and-kind
    short-and-specific
    slighted-in-many-words
    terse-tweets
    timeline-shops
    timeline-tech
    timeline-travel
    told-briefly
    waiting-and-asking-again
    """.split()
)

SAID_IN_MANY_WORDS = 2.0
"""What a sentence counts of those that say a thing in three ways on one matter, with three near misses: more would outweigh live traffic."""
LESS_FOR = {"upset": 1.0}
"""What it counts for a signal of which live traffic tells more."""
NOT_FOR = frozenset({"scripted"})
"""What it does not teach: what is canned is a matter of live traffic, where such sentences moved nothing."""
IN_MANY_WORDS = frozenset({"answered-in-many-words", "said-in-many-words"})

_SLIGHTS = "defensive empty_care favour forced_cheer handover mocks names_next open_door pitch presumes procedure retort rushed servile"
TEACHES_ONLY = {
    "calls-and-waits": frozenset({"asks", "joy", "urgent"}),
    "facts-and-follow-ups": frozenset({"churn_risk", "defensive", "grateful", "repeat_contact", "upset"}),
    "settled-and-kind": frozenset({"upset", "grateful", "joy", "retort", "forced_cheer"}),
    "slighted-in-many-words": frozenset(_SLIGHTS.split()),
    "word-brought-or-not": frozenset({"news"}),
}
"""Files that were written for some signals alone: of the others they would tell what is not so in life, or nothing but chance."""

TAUGHT_BY = {"news": "word-brought-or-not"}
"""A signal that one file alone teaches: in all others nobody looked for it."""

WORDS_COUNT = {"acknowledgement": 0.5, "defensive": 0.7}
"""What a text's words count beside the lists where wording differs so much that the lists carry further; else 1."""

LISTS_COUNT = {"scripted": 0.15, "news": 0.0}
"""What the lists' hits count where a single phrase says little, since a stock phrase may stand beside all that is needed, or nothing at all; else 1."""

PARTICULARS_COUNT = {"scripted": 1.0, "defensive": 1.0}
"""What it counts that a reply says little of any matter, where it tells something on texts that nobody looked into; else nothing."""

TELLS_ONLY = {"exclaims": "asks"}
"""A cue that tells something of one signal, and of the others only chance."""

DECIDED_BY_LIST = {
    "acknowledgement": 3.5,
    "refusal": 4.0,
    "defensive": 2.0,
    "scripted": 1.0,
    "asks": 1.0,
    "repeat_contact": 1.0,
    "grateful": 1.0,
    "retort": 2.0,
    "mocks": 2.0,
    "presumes": 2.0,
    "favour": 2.0,
    "pitch": 2.0,
    "rushed": 2.0,
    "procedure": 1.0,
    "empty_care": 2.0,
    "servile": 2.0,
}
"""Log-odds that a hit of a signal's own list adds: one such sentence decides, however much else a reply says."""

LEARNT_BESIDE = {"alternative": "refusal"}
"""A signal that is one only beside another is learnt among the texts that have the other: what tells them apart is the rest."""

AS_GOOD = 0.004
"""An F1 this near the best is as good: the threshold is the middle of such cuts, so that twenty new sentences don't move it far."""

SHIFTS: dict[str, float] = json.loads((HERE / "shifts.json").read_text("utf8"))
"""Added to a signal's log-odds: how much rarer or commoner it is in live traffic than among these sentences."""


def texts_of(side: str) -> Iterator[tuple[str, set[str], set[str], str]]:
    """Every text of a side with the signals that it has, those that it does not teach (readers would differ), and the file it is from."""
    for file in sorted(HERE.glob("*.jsonl")):
        untaught = untaught_by(file.stem, side)
        for line in file.read_text("utf8").splitlines():
            row = json.loads(line)
            if side == "customer":
                yield (
                    row["customer"],
                    set(row["customer_is"]),
                    set(row.get("customer_unsure", ())) | untaught,
                    file.stem,
                )
                continue
            for said in (*row["replies"], *row.get("notes", ())):
                yield said["text"], set(said["is"]), set(said.get("unsure", ())) | untaught, file.stem


def untaught_by(file: str, side: str) -> set[str]:
    """The signals that no text of a file teaches, whatever its labels say."""
    if file in TEACHES_ONLY:
        return set(SIGNALS[side]) - TEACHES_ONLY[file]
    elsewhere = {name for name, teacher in TAUGHT_BY.items() if teacher != file}
    return elsewhere | NOT_FOR if file in IN_MANY_WORDS else elsewhere


def counts_of(file: str, signal: str) -> float:
    """How much each text of a file counts where a signal is learnt."""
    if file in IN_MANY_WORDS:
        return LESS_FOR.get(signal, SAID_IN_MANY_WORDS)
    return LIKE_LIVE_TRAFFIC if file in SHORT_AND_PLAIN else 1.0


def matrix(texts: list[str], side: str, ear: Ear) -> tuple[csr_matrix, list[str]]:
    """The features of every text, a row each: words, characters, list hits."""
    listed = list(SIDES[side])
    ends, columns, values = [0], [], []
    context = Context(at=datetime(2026, 3, 4, tzinfo=UTC), language="en")
    for text in texts:
        words, characters = rows_of(fold(text).text)
        hits = [listed.index(name) for name in ear.listed(text, by_customer=side == "customer", context=context)]
        columns += [*words, *(characters + np.uint32(BUCKETS)), *(2 * BUCKETS + hit for hit in hits)]
        values += [1 / max(1, len(words)) ** 0.5] * len(words)
        values += [1 / max(1, len(characters)) ** 0.5] * len(characters)
        values += [LIST_WEIGHT] * len(hits)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(texts), 2 * BUCKETS + len(listed))), listed


def counted(name: str, listed: list[str]) -> np.ndarray:
    """What each feature counts for a signal: words and characters, the lists' hits, what is left unsaid."""
    lists = [
        PARTICULARS_COUNT.get(name, 0.0)
        if one in AT_MOST
        else LISTS_COUNT.get(name, 1.0) * (TELLS_ONLY.get(one, name) == name)
        for one in listed
    ]
    return np.concatenate([np.full(2 * BUCKETS, WORDS_COUNT.get(name, 1.0)), lists])


def fitted(
    features: csr_matrix, truth: np.ndarray, counts: np.ndarray, strength: float
) -> tuple[np.ndarray, float, float, float]:
    """Weights, intercept, the threshold's log-odds, and the F1 that cross-validation reached."""
    odds = np.empty(len(truth))
    for learned, unseen in StratifiedKFold(5).split(truth, truth):
        weights, intercept = learn(features[learned], truth[learned], counts[learned], strength)
        odds[unseen] = features[unseen] @ weights + intercept
    cuts = np.arange(-3, 3, 0.1)
    reached = np.array([score(truth, odds > cut) for cut in cuts])
    threshold = float(np.median(cuts[reached >= reached.max() - AS_GOOD]))
    return *learn(features, truth, counts, strength), threshold, float(reached.max())


def learn(features: csr_matrix, truth: np.ndarray, counts: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weights and intercept of one signal."""
    scale = np.abs(log_ratio(features, truth)) ** TOLD_BY_RATIO
    model = LogisticRegression(
        C=strength, class_weight="balanced", solver="liblinear", dual=True, random_state=0, max_iter=500
    )
    model.fit(features.multiply(scale).tocsr(), truth, sample_weight=counts)
    return model.coef_[0] * scale, float(model.intercept_[0])


def log_ratio(features: csr_matrix, truth: np.ndarray) -> np.ndarray:
    """For each feature, the log of its share among texts with the signal over its share among those without."""
    present = csr_matrix((np.ones_like(features.data), features.indices, features.indptr), shape=features.shape)
    with_it, without = (1 + np.asarray(present[truth == has].sum(axis=0)).ravel() for has in (True, False))
    return np.log((with_it / with_it.sum()) / (without / without.sum()))


def score(truth: np.ndarray, said: np.ndarray) -> float:
    """F1."""
    right = float((truth & said).sum())
    return 2 * right / (truth.sum() + said.sum()) if right else 0.0


def is_learnt_from(name: str, has: set[str], unsure: set[str]) -> bool:
    """Whether a text teaches a signal: readers would agree on it, and what the signal stands beside may be there."""
    beside = LEARNT_BESIDE.get(name)
    return name not in unsure and (beside is None or beside in has | unsure)


def train(side: str) -> dict[str, Any]:
    """The arrays of one side's model."""
    rows = list(texts_of(side))
    features, listed = matrix([text for text, _, _, _ in rows], side, Ear())
    names = [name for name in SIGNALS[side] if name not in WITHOUT_MODEL]
    weights, shifts = [], []
    for name in names:
        sure = np.array([is_learnt_from(name, has, unsure) for _, has, unsure, _ in rows])
        truth = np.array([name in has for _, has, _, _ in rows])
        counts = np.array([counts_of(file, name) for _, _, _, file in rows])
        scale = counted(name, listed)
        weighed = csr_matrix(features[sure].multiply(scale))
        coefficients, intercept, threshold, reached = fitted(
            weighed, truth[sure], counts[sure], STRENGTHS.get(name, STRENGTH)
        )
        print(f"{side:9} {name:16} {int(truth[sure].sum()):5} of {int(sure.sum())}   F1 {reached:.2f} (five-fold)")
        coefficients = coefficients * scale
        coefficients[2 * BUCKETS + listed.index(name)] += DECIDED_BY_LIST.get(name, 0.0)
        weights.append(coefficients)
        shifts.append(intercept - threshold + SHIFTS.get(f"{side}.{name}", 0.0))
    return packed(np.array(weights, np.float32), np.array(shifts, np.float32), names, listed)


def packed(weights: np.ndarray, shifts: np.ndarray, names: list[str], listed: list[str]) -> dict[str, Any]:
    """Weights rounded to 8 bits with a scale per signal, kept only where they matter, as steps from one to the next."""
    said = weights[:, : 2 * BUCKETS]
    top = np.abs(said).max(axis=1, keepdims=True)
    rounded = np.rint(np.where(np.abs(said) < DROPPED_BELOW * top, 0, said / top * 127)).astype(np.int8)
    arrays = {
        "names": np.array(names),
        "list_names": np.array(listed),
        "scale": (top[:, 0] / 127).astype(np.float32),
        "shift": shifts,
        "lists": weights[:, 2 * BUCKETS :].T.astype(np.float32),
    }
    for part, start in (("words", 0), ("characters", BUCKETS)):
        flat = rounded[:, start : start + BUCKETS].T.reshape(-1)
        places = np.flatnonzero(flat)
        arrays[f"{part}_steps"] = np.diff(places, prepend=0).astype(np.uint32 if len(places) == 0 else np.uint16)
        arrays[f"{part}_weights"] = flat[places]
    return arrays


def main() -> None:
    """Train both sides and write their weights."""
    WEIGHTS.mkdir(exist_ok=True)
    for side in SIGNALS:
        path = WEIGHTS / f"{side}.npz"
        np.savez_compressed(path, **train(side))
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
