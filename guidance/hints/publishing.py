"""What sidebars hear after a case changed: new advice for each reader, and which hints a newer comment made stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.hints.attention import hint_id
from guidance.model import Advice, Case, CommentAdded, Effect, Fetched, Input, Publish, Woken

Told = Sequence[tuple[Advice, Case]]


def published(before: Case, case: Case, given: Input, told: Told) -> Iterable[Effect]:
    """The stream entries that an input calls for. Whoever only asks is answered, and hears nothing here.

    News of the ticket goes to all. Hints that time alone has brought go with whatever is heard first, and with the wake-up, always:
    that they were shown may mean that another window of the reader asked.
    """
    if given is None:
        return
    is_news = _is_news(before, case)
    for advice, seen in told:
        reader = seen.readers[0].agent_id
        known = set(before.shown.get(reader, ()))
        hints = {hint.id for hint in advice.hints}
        if not (is_news or hints - known or (hints and isinstance(given, Woken))):
            continue
        stale = known - _told_still(before, advice)
        if stale:
            yield Publish(kind="withdrawn", agent_id=reader, data={"hints": sorted(stale)})
        yield Publish(kind="hint", agent_id=reader, data={"advice": msgspec.to_builtins(advice)})
    if is_news and isinstance(given, CommentAdded | Fetched):
        yield Publish(kind="comment", data={})


def _told_still(before: Case, advice: Advice) -> set[str]:
    """The hints of this advice, by their ids in the slot of before as well: there they are the same, and no newer comment's victims."""
    slot = turns_of(visible_comments(before)).slot
    return {one for hint in advice.hints for one in (hint.id, hint_id(before.key, slot, hint.rule))}


def remember_shown(case: Case, told: Told) -> Case:
    """The case, knowing which hints each reader has before them now."""
    shown = {seen.readers[0].agent_id: tuple(hint.id for hint in advice.hints) for advice, seen in told}
    return replace(
        case, shown=case.shown | {reader: ids for reader, ids in shown.items() if ids or reader in case.shown}
    )


def _is_news(before: Case, case: Case) -> bool:
    told = [(one.conversation, one.provisional, one.follow_ups) for one in (before, case)]
    return told[0] != told[1]
