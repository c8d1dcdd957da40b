"""Freshdesk's webhooks: one for each automation rule that a change meets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from guidance.demo.freshdesk.rules import PersonOf, Rules, filled, matching, placeholders, triggered_event
from guidance.demo.sender import Parcel
from guidance.demo.settings import DeskSettings
from guidance.demo.values import Change


def parcels(change: Change, rules: Rules, person: PersonOf, settings: DeskSettings) -> Iterator[Parcel]:
    """The webhooks that tell of a change. Freshdesk puts no id and no signature on them."""
    known = placeholders(change, person, desk_url=settings.desk_url)
    for action in matching(rules, change):
        content = filled(action.get("content", {}), known)
        yield Parcel(
            helpdesk="freshdesk",
            event=str(content.get("event") or triggered_event(change)),
            ticket_id=change.ticket.id,
            url=action["url"],
            body=json.dumps(content, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json", **action.get("custom_headers", {})},
            again_after=_always_after(settings.freshdesk_retries),
        )


def _always_after(retries: tuple[float, ...]) -> Callable[[int, int | None, float | None], float | None]:
    def again_after(attempt: int, _status: int | None, _retry_after: float | None) -> float | None:
        return retries[attempt - 1] if attempt <= len(retries) else None

    return again_after
