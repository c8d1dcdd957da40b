"""A rule's own examples: short conversations on which it must fire, or must be silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from guidance.conversations.wire import Asked, take_conversation
from guidance.errors import MalformedError
from guidance.model import Moment
from guidance.rules.closest import lacking, waits_for
from guidance.rules.engine import Rulebook, fires
from guidance.rules.schema import Example, Pack, Rule
from guidance.rules.situation import Situation
from guidance.rules.variations import varied
from guidance.signals.view import hear

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
"""When examples happen, unless they say otherwise: a Wednesday morning in New York."""

MOST_LACKING, LONGEST_LABEL = 3, 90
"""Of what an example lacks: as much as one reads."""

_TICKET = ("channel", "audience", "subject", "status", "tags", "language", "brand", "group", "priority")
_KEYS = frozenset({*_TICKET, "last", "draft", "note", "earlier", "requester", "agent", "email", "locale", "zone", "settled", "attachments", "now", "moment", "conversation"})  # fmt: skip


_SPEAKERS: dict[str, dict[str, str]] = {
    "customer": {"author": "requester"},
    "agent": {"author": "agent", "author_id": "12"},
    "other": {"author": "other"},
    "note": {"author": "agent", "author_id": "7", "author_name": "Lena Brandt", "visibility": "internal"},
    "own note": {"author": "agent", "author_id": "12", "visibility": "internal"},
}
"""Who may speak in `earlier`; a `note` is a colleague's."""


def check_examples(pack: Pack, rulebook: Rulebook) -> Iterator[str]:
    """Every example that does not keep what it promises, a line each with file, line and rule id."""
    for rule in pack.rules:
        for expected, examples in ((True, rule.examples.fires), (False, rule.examples.silent)):
            for example in examples:
                problem = _broken_promise(rule, example, rulebook, expected=expected)
                if problem:
                    yield f"{pack.source}:{example.line}: rule {rule.id}: {problem}"


def check_overlay(pack: Pack, rulebook: Rulebook) -> Iterator[str]:
    """Every example that a rule no longer keeps where this overlay holds, and every rule that there is not, a line each."""
    for rule_id, variation in pack.overlay.variations.items() if pack.overlay else ():
        place, rule = f"{pack.source}:{variation.line}: rule {rule_id}:", rulebook.rules.get(rule_id)
        if rule is None:
            yield f"{place} there is no such rule in force"
        elif variation.exceptions:
            yield from (f"{place} {told}" for told in _lost(varied(rule, variation), rulebook))


def _lost(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    for example in rule.examples.fires:
        if not promise_kept(rule, example, rulebook, expected=True):
            words = str(example.given.get("draft") or example.given.get("last") or "")
            yield f"with these exceptions it is silent on its own example “{words[:80]}”"


def _broken_promise(rule: Rule, example: Example, rulebook: Rulebook, *, expected: bool) -> str | None:
    try:
        does_fire = fires_on(rule, example, rulebook)
    except MalformedError as error:
        return f"this example can't be read: {error.path}: {error}"
    if does_fire == expected:
        return None
    if not expected:
        return "this example must be silent, and fires"
    return f"this example must fire, and is silent: {_why_silent(rule, asked_of(example), rulebook)}"


def _why_silent(rule: Rule, asked: Asked, rulebook: Rulebook) -> str:
    """What a rule lacks on an example, at the first of the rule's moments that it can be."""
    situation = next(situations_of(rule, asked, rulebook), None)
    if situation is None:
        what = (
            "with a draft is at the moment `draft`" if asked.draft else "without a draft is at any moment but `draft`"
        )
        return f"an example {what}, and this rule speaks at {', '.join(sorted(rule.moments))}"
    if told := waits_for(rule, situation):
        return told
    lacked = lacking(rule.when, situation)
    missing = [f"`{_short(one)}`" for one in lacked]
    more = f", and {len(missing) - MOST_LACKING} more" if len(missing) > MOST_LACKING else ""
    told = ", ".join(missing[:MOST_LACKING])
    if not missing:
        return "its words were sent already"
    return f"{told}{more} {'does' if len(missing) == 1 else 'do'} not hold{_to_add(lacked)}"


def _to_add(lacked: Sequence[str]) -> str:
    """What of an example's own ticket would make the difference, where that is all that it lacks."""
    asked = [one.removeprefix("ticket.").partition(" ") for one in lacked if one.startswith("ticket.")]
    if len(asked) < len(lacked) or not all(key in _TICKET and value for key, _, value in asked):
        return ""
    told = " and ".join(f"`{key}: {value.strip('[]').partition(', ')[0]}`" for key, _, value in asked)
    return f"; in the text, add {told} to this example"


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL]}…"


def promise_kept(rule: Rule, example: Example, rulebook: Rulebook, *, expected: bool) -> bool:
    """Whether an example does what it promises in this rulebook; one that can't be read does not."""
    return _broken_promise(rule, example, rulebook, expected=expected) is None


def fires_on(rule: Rule, example: Example, rulebook: Rulebook) -> bool:
    """Whether a rule fires on an example, at any of the rule's moments that the example can be. Raises `MalformedError`."""
    asked = asked_of(example)
    return any(fires(rule, situation) is not None for situation in situations_of(rule, asked, rulebook))


def situations_of(rule: Rule, asked: Asked, rulebook: Rulebook) -> Iterator[Situation]:
    """A conversation at each of the rule's moments that it can be."""
    case = hear(asked.case, rulebook.ear)
    draft = asked.draft.draft if asked.draft else None
    possible = {asked.moment} if asked.moment else {Moment.DRAFT} if draft else set(Moment) - {Moment.DRAFT}
    for moment in sorted(possible & rule.moments):
        yield Situation(case, moment, asked.now, draft=draft, ear=rulebook.ear)


def asked_of(example: Example) -> Asked:
    """An example as a conversation. Raises `MalformedError`."""
    given = example.given
    if unknown := set(given) - _KEYS:
        raise MalformedError(f"an example has no such key; it has {', '.join(sorted(_KEYS))}", path=min(unknown))
    return take_conversation(given.get("conversation") or _conversation(given), clock=lambda: NOW)


def _conversation(given: dict[str, Any]) -> dict[str, Any]:
    turns = [*_earlier(given.get("earlier") or ()), *(("customer", text) for text in _texts(given.get("last")))]
    first = NOW - timedelta(minutes=5 * len(turns))
    comments = [
        {"id": str(n + 1), "text": text, "at": (first + timedelta(minutes=5 * n)).isoformat()} | _SPEAKERS[who]
        for n, (who, text) in enumerate(turns)
    ]
    return {
        "id": "example",
        "comments": comments,
        "ticket": {"id": "1", "channel": "email"} | {key: given[key] for key in _TICKET if key in given},
        "requester": {"id": "900", "name": given.get("requester"), "email": given.get("email"), "locale": given.get("locale"), "time_zone": given.get("zone")},
        "assignee": {"id": "12", "name": given.get("agent", "Amir Khan")},
        "draft": _draft(given),
        "now": given.get("now"),
        "moment": given.get("moment"),
    }  # fmt: skip


def _draft(given: dict[str, Any]) -> dict[str, Any] | None:
    text = given.get("draft", given.get("note"))
    if text is None:
        return None
    visibility = "internal" if "note" in given else "public"
    return {
        "text": text,
        "visibility": visibility,
        "settled": given.get("settled", True),
        "attachments": given.get("attachments"),
    }


def _earlier(given: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(given, list | tuple):
        raise MalformedError("earlier turns are a list", path="earlier")
    for line in given:
        who, _, text = str(line).partition(": ")
        if who not in _SPEAKERS:
            raise MalformedError(f"earlier turns begin with one of {', '.join(_SPEAKERS)}, and `: `", path="earlier")
        yield who, text


def _texts(given: Any) -> list[str]:
    return [] if given is None else given if isinstance(given, list) else [str(given)]
