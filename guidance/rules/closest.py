"""Why a rule is silent, for people: what it waits for, or the branch of its conditions that came closest, in its author's words."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from types import MappingProxyType

from guidance.model import Moment
from guidance.rules.engine import holds, is_early, speaks_in
from guidance.rules.schema import Combine, Node, Rule
from guidance.rules.situation import Situation

_MARKS = MappingProxyType(
    {"['": "[", "']": "]", "{'": "{", "'}": "}", "': ": ": ", ": '": ": ", "', ": ", ", ", '": ", ", "\\\\": "\\"}
)


def as_written(label: str) -> str:
    """A condition as its author wrote it: without the marks by which two texts are told apart inside."""
    return reduce(lambda told, mark: told.replace(mark, _MARKS[mark]), _MARKS, label)


def lacking(node: Node, situation: Situation, *, wanted: bool = True) -> tuple[str, ...]:
    """The fewest conditions that would have to turn out otherwise for a tree to hold (`wanted`) or not to, each as it was written.

    A macro is one of them, by its name.
    Where any of several branches would do it is the one that wants the fewest, of those the one that wants no other ticket;
    none where all is as wanted.
    """
    if (holds(node, situation) is not None) == wanted:
        return ()
    if node.macro or node.combine is Combine.TEST:
        asked = node.macro or as_written(node.label)
        return (asked if wanted else f"not {asked}",)
    if node.combine is Combine.NOT:
        return lacking(node.children[0], situation, wanted=not wanted)
    branches = [told for child in node.children if (told := lacking(child, situation, wanted=wanted))]
    if (node.combine is Combine.ALL) == wanted:
        return tuple(dict.fromkeys(one for told in branches for one in told))
    return min(branches, key=_distance)


def _distance(branch: tuple[str, ...]) -> tuple[int, int]:
    """How far a branch is from what is wanted: words can be written otherwise, a ticket's channel is what it is."""
    return len(branch), sum(one.removeprefix("not ").startswith("ticket.") for one in branch)


def waits_for(rule: Rule, situation: Situation) -> str:
    """What keeps a rule silent whatever its conditions say; '' where nothing does."""
    if situation.moment not in rule.moments:
        return f"the moment is {situation.moment}, and it speaks at {', '.join(sorted(rule.moments))}"
    if rule.needs_settled and not situation.is_settled:
        return "its draft has not settled, and the rule waits for that"
    if rule.needs_settled and situation.lacks_its_beginning:
        return "its draft carries on from a message that is not known, and what is absent may stand there"
    if rule.after and situation.moment is Moment.TIMER and is_early(rule, situation):
        return f"it waits for {_span(rule.after)} without a comment"
    if not speaks_in(rule, situation):
        return _unspoken(rule, situation)
    return ""


def _unspoken(rule: Rule, situation: Situation) -> str:
    if not situation.covered:
        return "its language is not heard"
    told = " and ".join(sorted(situation.languages))
    return f"it is in {told}, and this rule speaks in {', '.join(sorted(rule.languages))}"


def _span(after: timedelta) -> str:
    """A time as packs write it."""
    minutes = int(after.total_seconds()) // 60
    count, unit = next(
        (minutes // size, unit) for unit, size in (("d", 1440), ("h", 60), ("m", 1)) if minutes % size == 0
    )
    return f"{count}{unit}"
