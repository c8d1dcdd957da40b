"""Zendesk's lists, page after page by cursor. Source: Zendesk's "Using cursor pagination"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from msgspec import structs

from guidance.integrations.taming import tame
from guidance.integrations.zendesk.records import CommentRecord, CommentsPage, Page
from guidance.integrations.zendesk.session import ZendeskSession

SIZE = {"page[size]": "100"}
"""What asks for pages by cursor, as long as they may be."""

P = TypeVar("P", bound=Page)


def pages(
    session: ZendeskSession, path: str, kind: type[P], params: Mapping[str, Any] = SIZE, *, most: int
) -> Iterator[P]:
    """At most so many pages. Raises as `session.read`."""
    page = session.read(path, kind, params)
    for number in range(1, most + 1):
        yield page
        following = next_of(page)
        if following is None or number == most:
            return
        page = session.read(following, kind)


def newest_comments(session: ZendeskSession, ticket_id: str) -> list[CommentRecord]:
    """A ticket's newest hundred comments, newest first. Raises as `session.read`."""
    page = session.read(f"tickets/{ticket_id}/comments", CommentsPage, {"sort": "-created_at", **SIZE})
    return tame(page.comments, list[CommentRecord])


def next_of(page: Page) -> str | None:
    """Where the next page is; None after the last one, whatever it links to: one that says so, or holds nothing."""
    is_last = page.meta is not None and page.meta.has_more is False
    return page.links.next if page.links and not is_last and _holds_anything(page) else None


def _holds_anything(page: Page) -> bool:
    return any(isinstance(value, list | tuple) and value for value in structs.asdict(page).values())
