"""What is counted of a ticket to see whether hints help: sums only, no words and nobody's name.

How soon a hint came, how the customer felt before and after a reply, and how likely a recommendation seemed beside what the
customer then answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.conversations.turns import Turns, customer_turns
from guidance.hints.holdout import is_told_all_the_same
from guidance.hints.recommending import estimate
from guidance.model import Case, Comment, Moment, Seen, Status, Verdict
from guidance.rules import Rulebook, Situation
from guidance.rules.course import feeling_of
from guidance.signals import heard_from

FRESH = timedelta(hours=1)
"""A reply or an answer that we came to know of later is history; counting it today would bend the curves."""

WAITS = (1, 2, 5, 10, 30, 60, 300, 900, 3600)
"""Seconds by which a hint was there; each is counted under the first that it keeps to."""

HINTED, WITHHELD, PLAIN = "hinted", "withheld", "plain"
"""What stood beside a reply: a hint, one that the holdout kept back, or none since none was called for."""

_ENDED = frozenset({Status.SOLVED, Status.CLOSED})


class Felt(Struct, frozen=True):
    """How a customer felt before a reply and in their next turn, -100 to 100, and what stood beside the reply. `reply`: its id."""

    reply: str
    beside: str
    before: int
    after: int


def measured(before: Case, after: Case, rulebook: Rulebook, now: datetime) -> dict[str, int]:
    """What is to be added, by name, since a case changed; what was counted and holds no more is taken back.

    `hint_in:<seconds>`; `felt:<beside>:` n, before, after, squares; `estimate:<likelihood>`; `pair:<likelihood>:<rating>`.
    """
    found = Counter(_waited(before, after, now))
    found.update(_felt_since(before, after, rulebook, now))
    found.update(_estimated(after))
    found.subtract(_estimated(before))
    return {name: by for name, by in sorted(found.items()) if by}


def at_solving(before: Case, case: Case, rulebook: Rulebook, now: datetime) -> Case:
    """The case with the likelihood of a recommendation as it stands when the ticket is solved, uncalibrated."""
    was, now_is = before.conversation.ticket.status, case.conversation.ticket.status
    if was in _ENDED or now_is not in _ENDED or not before.conversation.comments:
        return case
    told = estimate(Situation(case, Moment.SOLVED, now, ear=rulebook.ear))
    return replace(case, estimated=told.likelihood if told else None)


def _estimated(case: Case) -> Iterator[str]:
    """A solved ticket's likelihood, and beside it what the customer answered."""
    if case.estimated is not None:
        yield f"estimate:{case.estimated:.2f}"
        if case.rated is not None:
            yield f"pair:{case.estimated:.2f}:{case.rated}"


def _waited(before: Case, after: Case, now: datetime) -> Iterator[str]:
    """How long after the customer's message the first hint of its slot was there; none that a draft called for."""
    if before.slots == after.slots:
        return
    turns = turns_of(visible_comments(after))
    wrote_at = turns.latest[-1].at if turns.latest and not turns.since else None
    if wrote_at is None or _has_shown(before, turns.slot) or not _has_shown(after, turns.slot):
        return
    kept = next((one for one in WAITS if now - wrote_at <= timedelta(seconds=one)), None)
    if kept is not None:
        yield f"hint_in:{kept}"


def _has_shown(case: Case, slot: str) -> bool:
    return any(one.slot == slot and one.verdict is not Verdict.WITHHELD for agent in case.slots for one in agent.seen)


def _felt_since(before: Case, after: Case, rulebook: Rulebook, now: datetime) -> Counter[str]:
    """The sums of the latest answer to a reply; where it was counted already and reads otherwise now, the difference."""
    told = Counter[str]()
    if before.conversation.comments == after.conversation.comments:
        return told
    old, new = felt(before, rulebook, now), felt(after, rulebook, now)
    if new is None or new == old:
        return told
    told.update(_sums(new))
    if old is not None and old.reply == new.reply:
        told.subtract(_sums(old))
    return told


def _sums(one: Felt) -> dict[str, int]:
    sums = {"n": 1, "before": one.before, "after": one.after, "squares": (one.after - one.before) ** 2}
    return {f"felt:{one.beside}:{name}": by for name, by in sums.items()}


def felt(case: Case, rulebook: Rulebook, now: datetime) -> Felt | None:
    """How the customer's latest turn compares with the one before the reply that it answers; None where there is no such pair.

    Confirmed comments alone, in languages that we hear, and only while the answer is fresh.
    """
    turns = turns_of(case.conversation.comments)
    earlier = customer_turns(turns.earlier)
    if not turns.latest or not earlier:
        return None
    answered_at = turns.latest[0].at
    was, now_is = heard_from(earlier[-1], case), heard_from(turns.latest, case)
    if answered_at is None or now - answered_at > FRESH or not (was.covered and now_is.covered):
        return None
    return Felt(
        turns.earlier_replies[-1].id,
        _beside(case, rulebook, _slots_between(turns, earlier[-1])),
        round(100 * feeling_of(was)),
        round(100 * feeling_of(now_is)),
    )


def _slots_between(turns: Turns, turn: Sequence[Comment]) -> frozenset[str]:
    """The slots in which the reply to a customer's turn was written: the one that it found, and one more for each further bubble."""
    place = turns.earlier.index(turn[-1])
    replies = [one.id for one in turns.earlier[place + 1 :]]
    found = next((one.id for one in reversed(turns.earlier[:place]) if one.is_public_reply), "")
    return frozenset((found, *replies[:-1]))


def _beside(case: Case, rulebook: Rulebook, slots: frozenset[str]) -> str:
    """What stood beside a reply, those hints left aside that no holdout keeps back."""
    seen = [one for agent in case.slots for one in agent.seen if one.slot in slots and _is_drawn(one, case, rulebook)]
    if any(one.verdict is not Verdict.WITHHELD for one in seen):
        return HINTED
    return WITHHELD if seen else PLAIN


def _is_drawn(one: Seen, case: Case, rulebook: Rulebook) -> bool:
    rule = rulebook.rules.get(one.rule)
    return rule is not None and not is_told_all_the_same(rule, case)
