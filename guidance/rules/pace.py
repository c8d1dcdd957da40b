"""Rules that are slow to look at, measured: beside the shipped ones, over their own examples and over two long letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from statistics import median

import re2

from guidance.errors import MalformedError
from guidance.model import Moment
from guidance.rules.engine import Rulebook, fires
from guidance.rules.examples import asked_of, situations_of
from guidance.rules.loader import shipped_rulebook
from guidance.rules.overlays import Flaw
from guidance.rules.schema import Example, Node, Pack, Rule
from guidance.rules.situation import Situation
from guidance.signals.view import hear

TOO_LONG = 40
"""How many times the shipped rules' median a rule may take: about half a millisecond. Theirs lie within fifteen times of it."""

TOO_LARGE = 35
"""How many times the shipped patterns' median the program of a pattern may be; theirs lie within 26 times of it."""

LOOKED_AT = 3
"""Examples on which a rule is measured: those it fires on, where every condition is asked."""

REPEATED = 3
"""Times that each look is measured; the shortest counts, since whatever else the machine does only makes it longer."""

_LETTER = (
    "Hello, I am writing for the third time about the blue kettle that I ordered on 3 February. It came without a lid, and "
    "nobody has told me when the lid will be sent. I am really disappointed. Can you tell me where it is? Should I send "
    "the kettle back? My number is 4711-0815, and I can be reached after six. "
)
_REPLY = (
    "Thank you for your letter, and I am sorry that you had to write again. The lid was left behind in our warehouse. I have "
    "sent it today, and it will be with you by Friday. Please keep the kettle; could you tell me whether the handle is "
    "whole? If anything else is missing, reply to this and I will see to it. "
)
LETTER, REPLY = _LETTER * 6, _REPLY * 6
"""A long letter and a long draft, with a little of everything that conditions look for."""

SHOWN = 40


def slow_in(pack: Pack, rulebook: Rulebook, pace: Callable[[], float]) -> Iterator[Flaw]:
    """The pack's rules that take far longer than the shipped ones do. `pace`: a clock that counts seconds."""
    usual, letters = _usual_time(pace), _letters(rulebook)
    for rule in pack.rules:
        times = _time_of(rule, rulebook, letters, pace) / usual
        if times > TOO_LONG:  # looked at once more: it may have been the machine
            times = min(times, _time_of(rule, rulebook, letters, pace) / usual)
        if times > TOO_LONG:
            told = (
                f"this rule is slow: looking at it takes {times:.0f} times as long as a usual one; ask for fewer things"
            )
            yield Flaw(line=rule.when_line, rule=rule.id, message=told)
        for told in slow_patterns([rule.when]):
            yield Flaw(line=rule.when_line, rule=rule.id, message=told)


def slow_patterns(trees: Iterable[Node]) -> Iterator[str]:
    """What there is to say of the patterns of these trees that are far larger than the shipped ones."""
    for pattern in sorted(frozenset().union(*map(patterns_in, trees))):
        steps = _size_of(pattern) / _usual_size()
        if steps > TOO_LARGE:
            yield _too_large(pattern, steps)


def _too_large(pattern: str, times: float) -> str:
    shown = pattern if len(pattern) <= SHOWN else f"{pattern[:SHOWN]}…"
    return (
        f"the pattern `{shown}` is slow: it compiles to {times:.0f} times as many steps as a usual one; "
        "shorter repeats, such as {0,40}, make it quick"
    )


def _time_of(rule: Rule, rulebook: Rulebook, letters: Mapping[Moment, Situation], pace: Callable[[], float]) -> float:
    """Seconds for the longest look at a rule."""
    looks = [letters[moment] for moment in sorted(rule.moments)]
    for example in rule.examples.fires[:LOOKED_AT]:
        with suppress(MalformedError):  # that is a flaw, and told as one
            looks.extend(situations_of(rule, asked_of(example), rulebook))
    return max((_time(rule, situation, pace) for situation in looks), default=0.0)


def _letters(rulebook: Rulebook) -> dict[Moment, Situation]:
    """The long letters at every moment, with the draft where there is one."""
    asked = asked_of(Example(given={"last": LETTER, "draft": REPLY, "requester": "Rana Haddad"}, line=0))
    case, typed = hear(asked.case, rulebook.ear), asked.draft
    drafts = {moment: typed.draft if typed and moment is Moment.DRAFT else None for moment in Moment}
    return {moment: Situation(case, moment, asked.now, draft=drafts[moment], ear=rulebook.ear) for moment in Moment}


def _time(rule: Rule, situation: Situation, pace: Callable[[], float]) -> float:
    taken = []
    for _ in range(REPEATED):
        begun = pace()
        fires(rule, situation)
        taken.append(pace() - begun)
    return min(taken)


@cache
def _usual_time(pace: Callable[[], float]) -> float:
    book = shipped_rulebook()
    letters = _letters(book)
    return median(_time_of(rule, book, letters, pace) for rule in book.rules.values())


@cache
def _usual_size() -> float:
    return median(_size_of(one) for rule in shipped_rulebook().rules.values() for one in patterns_in(rule.when))


def patterns_in(node: Node) -> frozenset[str]:
    """The patterns that a tree looks for."""
    if node.name.endswith((".matches", ".sentences_match")):
        return node.scope.among or frozenset()
    return frozenset().union(*(patterns_in(child) for child in node.children))


def _size_of(pattern: str) -> int:
    size: int = re2.compile(pattern).programsize
    return size
