"""What an agent put in unchanged from a macro or canned response was approved by their team: only what they added is judged.

Slips are told all the same: a placeholder that was not filled in is nobody's approved text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guidance.hints.holdout import SLIPS
from guidance.model import HeldBack
from guidance.rules import Fired, Situation
from guidance.text.approved import approved_spans, within

APPROVED = "approved"


def spare_approved(situation: Situation, fired: Sequence[Fired]) -> tuple[list[Fired], list[HeldBack]]:
    """The rules that still have something to say, and those that rest on approved words alone."""
    draft, approved = situation.written, situation.case.settings.approved
    if draft is None or not approved:
        return list(fired), []
    spans, is_all = approved_spans(draft.text, approved)
    spared = [one for one in fired if spans and _is_spared(one, spans, is_all=is_all)]
    return [one for one in fired if one not in spared], list(_held(spared))


def _is_spared(one: Fired, spans: Sequence[tuple[int, int]], *, is_all: bool) -> bool:
    if one.rule.principle == SLIPS:
        return False
    written = [found for found in one.evidence if found.where == "draft"]
    return is_all or (bool(written) and all(within((found.start, found.end), spans) for found in written))


def _held(spared: Iterable[Fired]) -> Iterable[HeldBack]:
    return (HeldBack(one.rule.id, one.rule.principle, APPROVED) for one in spared)
