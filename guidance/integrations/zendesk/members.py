"""Who belongs to a group. Source: Zendesk's Users API (List Users of a group), cursor pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guidance.integrations.taming import tame_each
from guidance.integrations.zendesk.paging import pages
from guidance.integrations.zendesk.records import Page, UserRecord, person_from
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.model import Person

_MOST_PAGES = 10


class UsersPage(Page, frozen=True, kw_only=True):
    users: list[Any]


def read_members(session: ZendeskSession, group_id: str, *, account: str) -> Sequence[Person]:
    """Agents and admins of a group, by name; one whose record is odd is left out. Raises `HelpdeskError`, and `MalformedError` for an answer of another shape."""
    found = pages(session, f"groups/{group_id}/users", UsersPage, most=_MOST_PAGES)
    users = tame_each([user for page in found for user in page.users], UserRecord, account=account, whole=True)
    people = [person_from(user, str(user.id)) for user in users if user.is_staff]
    return sorted(people, key=lambda one: (one.name or "").casefold())
