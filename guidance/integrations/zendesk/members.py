"""Who belongs to a group. Source: Zendesk's Users API (List Users of a group), cursor pages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from guidance.integrations.zendesk.paging import pages
from guidance.integrations.zendesk.records import NextPage, UserRecord, person_from
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.model import Person

_MOST_PAGES = 10


class UsersPage(Struct, frozen=True, kw_only=True):
    users: list[UserRecord]
    links: NextPage | None = None


def read_members(session: ZendeskSession, group_id: str) -> Sequence[Person]:
    """Agents and admins of a group, by name. Raises `HelpdeskError`, and `MalformedError` for an answer of another shape."""
    found = pages(session, f"groups/{group_id}/users", UsersPage, most=_MOST_PAGES)
    people = [person_from(user, str(user.id)) for page in found for user in page.users if user.is_staff]
    return sorted(people, key=lambda one: (one.name or "").casefold())
