"""Whom to ask: from solved tickets like this one to three colleagues at most, told without counts or ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from guidance.model import Card, Colleague, Roster, Similar
from guidance.network.access import may_see

MOST = 3
FEWEST_SHARED = 2
"""How much a solved ticket must share (`scoring.best`) before it is like this one: one common word is chance."""

_FADES = (1.0, 0.5, 0.25, 0.12, 0.06)
"""What a colleague's best, second best, … ticket counts: much work in another field must not outweigh the one that fits."""


def choose(
    hits: Sequence[Similar], roster: Roster, *, reader_id: str, here: Card, resting: Collection[str]
) -> tuple[Colleague, ...]:
    """Up to three colleagues, by name. Only tickets that the reader may open count.

    Left out: the reader, whoever has the ticket, who is away or does not want to be named (`resting`), and who may not open it.
    """
    reader = roster.get(reader_id)
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for hit in hits:
        if hit.shared >= FEWEST_SHARED and hit.card.solver_id and may_see(reader, hit.card):
            scores[hit.card.solver_id].append(hit.score)
    out = {reader_id, here.assignee_id, *resting}
    able = [one for one in map(roster.get, scores) if one and one.id not in out and not one.is_away]
    able = [one for one in able if may_see(one, here)]
    chosen = sorted(able, key=lambda one: (-_worth(scores[one.id]), one.name))[:MOST]
    return tuple(sorted(chosen, key=lambda one: (one.name.casefold(), one.id)))


def _worth(scores: Sequence[float]) -> float:
    return sum(score * fade for score, fade in zip(sorted(scores, reverse=True), _FADES, strict=False))
