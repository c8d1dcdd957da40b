"""The principles that the product teaches, and the page that shows each with its rules, their words and an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from guidance.model import Level
from guidance.rules.schema import Example, Pack, Rule, RuleStatus
from guidance.text.shipped import shipped_yaml

SOURCES = {
    "C": "N. Coyne, “Networking, the new customer service” (2015), after C. Ross's principles of networking",
    "G": "G. Ross, “How Your Personal Network Improves Your Customer Service”",
    "H": "E. Henkler, “Everyone's in Customer Service” (2013), after Brogan and Smith, “Trust Agents”",
    "F": "“Your Customer Service Network”, after S. Godin and D. Burkus",
    "N": "K. Nasser, “Customer Service Inspiration for Training the Best” (2010), and its readers' comments",
}
_LONGEST = 180


class Principle(Struct, frozen=True, kw_only=True):
    """One principle. `kind`: `hint` (rules speak for it) or `feature` (then `lives` says where); `source`: letters of `SOURCES`."""

    id: str
    group: str
    title: str
    kind: str
    teaches: str
    source: tuple[str, ...] = ()
    lives: str | None = None


@cache
def shipped_principles() -> tuple[Principle, ...]:
    """All principles, in the order of the page."""
    told = shipped_yaml("guidance.rules", "principles.yaml")
    return tuple(
        msgspec.convert({"id": name, "group": group} | given, Principle)
        for group, principles in told.items()
        for name, given in principles.items()
    )


def page(packs: Sequence[Pack]) -> str:
    """docs/principles.md as it follows from the packs."""
    rules = [rule for pack in packs for rule in pack.rules]
    lines = [
        "# Principles",
        "",
        "What the product teaches. This page is made from the packs by `guidance principles`; a test says that it is current.",
        "Sources:",
        "",
        *(f"- **{letter}** {source}" for letter, source in SOURCES.items()),
    ]
    group = ""
    for principle in shipped_principles():
        if principle.group != group:
            group = principle.group
            lines += ["", f"## {group[0].upper()}{group[1:]}"]
        lines += ["", *_section(principle, [rule for rule in rules if rule.principle == principle.id])]
    return "\n".join(lines) + "\n"


def _section(principle: Principle, rules: Sequence[Rule]) -> Iterator[str]:
    sources = f" ({', '.join(principle.source)})" if principle.source else ""
    yield f"### {principle.title}{sources}"
    yield ""
    yield f"`{principle.id}` {principle.teaches}"
    if principle.lives:
        yield f"Found in: {principle.lives}."
    for rule in rules:
        yield ""
        yield from _told(rule)


def _told(rule: Rule) -> Iterator[str]:
    yield f"- `{rule.id}`{_standing(rule)}"
    yield f"  - says: {next(iter(rule.hint.say.values()))[-1]}"
    if offers := next(iter(rule.hint.offers.values()), ()):
        yield f"  - offers: {offers[0]}"
    yield f"  - speaks: {_shown(rule.examples.fires[0])}"
    yield f"  - keeps silent: {_shown(rule.examples.silent[0])}"


def _standing(rule: Rule) -> str:
    """Moments and whatever is unusual about a rule, in brackets."""
    words: list[str] = [*sorted(rule.moments)]
    if rule.level is not Level.SUGGESTION:
        words.append(rule.level)
    if rule.status is not RuleStatus.STABLE:
        words.append(rule.status)
    if not rule.on:
        words.append("off by default")
    if rule.channels:
        words.append(f"on in {', '.join(sorted(rule.channels))}")
    if rule.limit.per_day:
        words.append(f"{rule.limit.per_day} a day")
    return f" ({', '.join(words)})"


def _shown(example: Example) -> str:
    given = example.given
    parts = [f"{name}: {_short(given[key])}" for key, name in _PARTS if key in given]
    return " → ".join(parts)


_PARTS = (("earlier", "before"), ("last", "customer"), ("draft", "draft"), ("note", "note"))


def _short(given: object) -> str:
    said: Iterable[object] = given if isinstance(given, list) else [given]
    text = " / ".join(" ".join(str(one).split()) for one in said)
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(' ', 1)[0] + '…'}”"
