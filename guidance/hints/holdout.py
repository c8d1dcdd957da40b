"""A small random part of an account's tickets on which hints are held back, so that what hints do can be measured.

The draw is a hash of account and ticket: the same ticket always falls on the same side, and a larger share keeps those that
were held out under a smaller one. Slips and open promises are told all the same, and so is what plans a follow-up by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from guidance.model import Case, TicketKey
from guidance.rules import Fired, Rule

HOLDOUT = "holdout"
MOST = 0.2
"""A holdout is an experiment on customers, so it stays small, whatever is set."""

SLIPS = "slips"
OPEN_PROMISES = "keep-your-word-open"
_DRAW = "holdout-1"


def is_held_out(case: Case) -> bool:
    """Whether hints are held back on this ticket."""
    share = min(case.settings.holdout, MOST)
    return share > 0 and drawn(case.key) < share


def drawn(key: TicketKey) -> float:
    """A ticket's place in the draw, 0 to 1."""
    digest = hashlib.sha256(f"{_DRAW}|{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def parted(case: Case, chosen: Sequence[Fired]) -> tuple[list[Fired], list[Fired]]:
    """Of the hints that would be shown: those that are, and those that the holdout keeps back."""
    if not is_held_out(case):
        return list(chosen), []
    told = [one for one in chosen if is_told_all_the_same(one.rule, case)]
    return told, [one for one in chosen if one not in told]


def is_told_all_the_same(rule: Rule, case: Case) -> bool:
    """Whether no holdout keeps this rule back."""
    return rule.principle == SLIPS or rule.family == OPEN_PROMISES or rule.id in case.settings.proposals
