"""The agents of a Zendesk account, with what each may open. Zendesk's users don't say who is away.

Source: Zendesk's Users, Group Memberships and Groups APIs, pages by cursor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct

from guidance.integrations.taming import Id, ident, tame_each
from guidance.integrations.zendesk.access import restriction_of
from guidance.integrations.zendesk.paging import SIZE, pages
from guidance.integrations.zendesk.records import Page, UserRecord
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.model import Colleague, Reach

T = TypeVar("T")

_MOST_PAGES = 50
_REACH = {
    "": Reach.ALL,
    "groups": Reach.GROUPS,
    "organization": Reach.ORGANIZATIONS,
    "assigned": Reach.ASSIGNED,
}


class MembershipRecord(Struct, frozen=True, kw_only=True):
    user_id: Id = None
    group_id: Id = None


class GroupRecord(Struct, frozen=True, kw_only=True):
    id: Id = None
    name: str | None = None


class RosterPage(Page, frozen=True, kw_only=True):
    """A page of any of the three lists, whose records are read one by one."""

    users: tuple[Any, ...] = ()
    group_memberships: tuple[Any, ...] = ()
    groups: tuple[Any, ...] = ()


def read_colleagues(
    session: ZendeskSession,
    *,
    account: str,
    role_access: Callable[[str], str | None],
    organizations_of: Callable[[str], Collection[str]],
) -> list[Colleague]:
    """The active agents and admins; one whose record is odd is left out, since what it does not say might be a restriction.

    Raises `HelpdeskError`, and `MalformedError` for an answer of another shape.
    """
    listed = partial(_listed, session, account)
    users = listed("users", UserRecord, **{"role[]": ["agent", "admin"]})
    names = {ident(one.id): one.name for one in listed("groups", GroupRecord)}
    groups: defaultdict[str | None, list[str]] = defaultdict(list)
    for one in listed("group_memberships", MembershipRecord):
        if name := names.get(ident(one.group_id)):
            groups[ident(one.user_id)].append(name)
    return [
        _colleague(user, groups[str(user.id)], role_access, organizations_of)
        for user in users
        if user.name and user.is_active_staff
    ]


def _colleague(
    user: UserRecord,
    groups: list[str],
    role_access: Callable[[str], str | None],
    organizations_of: Callable[[str], Collection[str]],
) -> Colleague:
    restriction = "" if user.role == "admin" else restriction_of(user, role_access)
    reach = Reach.UNKNOWN if restriction is None else _REACH.get(restriction, Reach.UNKNOWN)
    return Colleague(
        id=str(user.id),
        name=user.name or "",
        reach=reach,
        groups=tuple(groups),
        organizations=tuple(organizations_of(str(user.id))) if reach is Reach.ORGANIZATIONS else (),
    )


def _listed(session: ZendeskSession, account: str, path: str, kind: type[T], **asked: list[str]) -> list[T]:
    found = pages(session, path, RosterPage, {**asked, **SIZE}, most=_MOST_PAGES)
    return tame_each([one for page in found for one in getattr(page, path)], kind, account=account, whole=True)
