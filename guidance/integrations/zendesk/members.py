"""Who belongs to a group. Source: Zendesk's Users API (List Users of a group), cursor pages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from guidance.integrations.zendesk.records import NextPage, UserRecord, person_from
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.model import Person

_MOST_PAGES = 10


class UsersPage(Struct, frozen=True, kw_only=True):
    users: list[UserRecord]
    links: NextPage | None = None


def read_members(session: ZendeskSession, group_id: str) -> Sequence[Person]:
    """Agents and admins of a group, by name. Raises `HelpdeskError`, and `MalformedError` for an answer of another shape."""
    found: list[UserRecord] = []
    url = f"groups/{group_id}/users?page[size]=100"
    for _ in range(_MOST_PAGES):
        page = session.read(url, UsersPage)
        found += [user for user in page.users if user.is_staff]
        if not (page.links and page.links.next and page.users):
            break
        url = page.links.next
    people = [person_from(user, str(user.id)) for user in found]
    return sorted(people, key=lambda one: (one.name or "").casefold())
