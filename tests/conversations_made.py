"""Conversations made by a seeded generator from the project's own training sentences, for backtests of a size that matters."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

TRAINING = Path(__file__).parents[1] / "training"
FIRST = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


@cache
def sentences():
    """The project's own sentences, by who says them."""
    told = {"customer": [], "agent": []}
    for path in sorted(TRAINING.glob("*.jsonl")):
        for line in path.read_text("utf8").splitlines():
            one = json.loads(line)
            if one.get("customer"):
                told["customer"].append(one["customer"])
            told["agent"] += [reply["text"] for reply in one.get("replies") or () if isinstance(reply, dict)]
    return told


@cache
def exchanges():
    """What customers say, each with the replies that were written for it."""
    rows = (
        json.loads(line) for path in sorted(TRAINING.glob("*.jsonl")) for line in path.read_text("utf8").splitlines()
    )
    return [(row["customer"], [reply["text"] for reply in row["replies"]]) for row in rows if row["replies"]]


def made(count, *, seed=1742):
    """So many conversations in wire format, a line each: a customer and one of twelve agents, two to six turns, each with its own answer."""
    dice = random.Random(seed)
    return [json.dumps(_one(dice, number)) for number in range(count)]


def _one(dice, number):
    begun = FIRST + timedelta(minutes=7 * number)
    agent = f"{dice.randrange(12) + 20}"
    comments = []
    for turn in range(dice.randrange(1, 4)):
        asked, replies = dice.choice(exchanges())
        for who, text in (("customer", asked), ("agent", dice.choice(replies))):
            comments.append(
                {
                    "id": f"{len(comments) + 1}",
                    "author": "requester" if who == "customer" else "agent",
                    "author_id": "900" if who == "customer" else agent,
                    "at": (begun + timedelta(minutes=40 * turn + 11 * len(comments))).isoformat(),
                    "text": text,
                }
            )
    return {
        "id": f"made:{number}",
        "ticket": {"id": f"{number}", "channel": "email"},
        "requester": {"id": "900", "name": "Rana Haddad"},
        "assignee": {"id": agent, "name": "Amir Khan"},
        "comments": comments,
    }
