"""Which tickets an agent may open, by Zendesk's own restrictions. Unknown means no.

Sources: `ticket_restriction` in Zendesk's Users API; `configuration.ticket_access` in its Custom Agent Roles API.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from guidance.integrations.taming import ident
from guidance.integrations.zendesk.records import TicketRecord, UserRecord

_OF_ROLE = {
    "all": "",
    "within-groups": "groups",
    "within-groups-and-public-groups": "groups",
    "within-organization": "organization",
    "assigned-only": "assigned",
}


def may_open(
    user: UserRecord,
    ticket: TicketRecord,
    *,
    role_access: Callable[[str], str | None],
    groups_of: Callable[[str], Collection[str]],
    organizations_of: Callable[[str], Collection[str]],
) -> bool:
    """Whether `user` may open `ticket`. What only some agents need is asked for only then, by the three callables.

    `role_access` gives a custom role's `ticket_access`, None where it can't be read.
    """
    if not user.is_active_staff:
        return False
    user_id = str(user.id)
    if user.role == "admin" or ident(ticket.assignee_id) == user_id:
        return True
    restriction = restriction_of(user, role_access)
    if restriction == "groups":
        return ident(ticket.group_id) in groups_of(user_id)
    if restriction == "organization":
        return ident(ticket.organization_id) in organizations_of(user_id)
    return restriction == ""


def restriction_of(user: UserRecord, role_access: Callable[[str], str | None]) -> str | None:
    """The stricter of what user and custom role say; '' is none, None is unknown."""
    if user.ticket_restriction:
        return user.ticket_restriction
    role = ident(user.custom_role_id)
    return "" if role is None else _OF_ROLE.get(role_access(role) or "")
