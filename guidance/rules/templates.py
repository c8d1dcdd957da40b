"""The wording of hints: texts with named fields, filled from the situation, checked when a pack is loaded."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence

from guidance.model import Evidence
from guidance.rules.culture import expects_title
from guidance.rules.situation import Situation
from guidance.rules.yamlfile import Problem
from guidance.signals.names import formal_name
from guidance.text.shortening import shortened as in_one_line

_QUOTE = 48


def _first_name(situation: Situation) -> str | None:
    return situation.name.first or None if situation.name else None


def _whole_name(situation: Situation) -> str | None:
    """The whole name with the title that it has, for somebody who keeps a formal tone, or goes by no more than title and last name."""
    name = situation.name
    if name is None or not name.last or (name.first and not expects_title(situation)):
        return None
    return formal_name(situation.case.conversation.requester.name or "")


def _agent_first(situation: Situation) -> str | None:
    return next(iter((situation.reader.agent_name or "").split()), None)


def _waited(situation: Situation) -> str | None:
    waited = situation.waited_for
    if waited is None or waited.total_seconds() < 3600:
        return None
    days, hours = waited.days, int(waited.total_seconds() // 3600)
    if days:
        return f"{days} days" if days > 1 else "a day"
    return f"{hours} hours" if hours > 1 else "an hour"


def _next_first(situation: Situation) -> str | None:
    return situation.takes_over.first if situation.takes_over else None


def _next_group(situation: Situation) -> str | None:
    """The team of whoever takes over: as the form says, else the ticket's, where they have the ticket already."""
    if situation.takes_over is None:
        return None
    written, conversation = situation.written, situation.case.conversation
    if written and written.next_name and written.next_name != conversation.assignee.name:
        return written.next_group
    return (written.next_group if written else None) or conversation.ticket.group


_IS_TEAM = re.compile(
    r"(?i)(?:team|desk|department|dept|support|services?|group|crew|office|line|tier \w+|level \w+)s?$"
)


def _next_team(situation: Situation) -> str | None:
    """The same as it reads behind "our": "Plant care team", and "Billing Team" as it is."""
    group = _next_group(situation)
    return group if group is None or _IS_TEAM.search(group) else f"{group} team"


FIELDS: Mapping[str, Callable[[Situation], str | None]] = {
    "requester.first_name": _first_name,
    "requester.formal_name": _whole_name,
    "agent.first_name": _agent_first,
    "waited": _waited,
    "next.first_name": _next_first,
    "next.group": _next_group,
    "next.team": _next_team,
}
"""Fields of any hint; `next` is whoever takes over. A formal name there is only for somebody who keeps a formal tone or goes by a title."""

_GO_BEFORE = ("{next.", "{requester.formal_name}")
"""Fields whose wording is the fitting one wherever it can be filled."""

QUOTES: Mapping[str, Callable[[Evidence], bool]] = {
    "quote": lambda _: True,
    "draft.quote": lambda one: one.where == "draft",
    "last.quote": lambda one: one.where.startswith(("comment:", "ticket.")),
}
"""Fields that hold the first of the words that a hint rests on, shortened: of any, of the draft's own, of the conversation's."""


def check(text: str) -> None:
    """Refuse a text that could not be filled, with `Problem`."""
    try:
        fields = [
            name
            for _, name, spec, conversion in string.Formatter().parse(text)
            if name is not None and not spec and not conversion
        ]
        asked = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise Problem(f"the braces in this text do not pair: {error}") from error
    known = {*FIELDS, *QUOTES}
    if unknown := [name for name in asked if name not in known or name not in fields]:
        raise Problem(f"there is no field {{{unknown[0]}}}; the fields are {', '.join(sorted(known))}")


def fill(texts: Sequence[str], situation: Situation, evidence: Sequence[Evidence], *, turn: int = 0) -> str | None:
    """The text of this turn, or the next one that can be filled; None where none can.

    A wording that names who takes over, or the customer in their own formal tone, goes before all others, wherever it can be filled.
    """
    naming = [text for text in texts if any(field in text for field in _GO_BEFORE)]
    for told in (naming, texts):
        for step in range(len(told)):
            filled = _filled(told[(turn * (told is texts) + step) % len(told)], situation, evidence)
            if filled is not None:
                return filled
    return None


def _filled(text: str, situation: Situation, evidence: Sequence[Evidence]) -> str | None:
    pieces = []
    for literal, name, _, _ in string.Formatter().parse(text):
        pieces.append(literal)
        if name is None:
            continue
        value = _quoted(name, evidence) if name in QUOTES else FIELDS[name](situation)
        if not value:
            return None
        pieces.append(value)
    return "".join(pieces)


def _quoted(field: str, evidence: Sequence[Evidence]) -> str | None:
    return next((shortened(one.text) for one in evidence if QUOTES[field](one)), None)


def length(text: str) -> int:
    """The characters of a text with its quotes as long as a line holds them; names count as their fields are written."""
    return len(text) + sum(text.count(f"{{{name}}}") * (_QUOTE - len(name) - 2) for name in QUOTES)


def fits(quote: str) -> bool:
    """Whether a hint's line holds the whole of a quote."""
    return len(" ".join(quote.split())) <= _QUOTE


def shortened(quote: str) -> str:
    """A quote as a hint's line holds it: in one line, and no longer than fits there."""
    return in_one_line(quote, _QUOTE)
