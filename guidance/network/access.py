"""Which tickets a colleague may open, from what the roster and a ticket's card say; nobody is asked for it.

The ticket that stands open is checked with the helpdesk itself (`people.access`); this is for those that are only named.
"""

from __future__ import annotations

from guidance.model import Card, Colleague, Reach


def may_see(colleague: Colleague | None, card: Card) -> bool:
    """Whether this colleague may open the ticket of this card. Unknown means no."""
    if colleague is None or colleague.reach is Reach.UNKNOWN:
        return False
    if colleague.reach is Reach.ALL or card.assignee_id == colleague.id:
        return True
    if colleague.reach is Reach.GROUPS:
        return _is_among(card.group, colleague.groups)
    return colleague.reach is Reach.ORGANIZATIONS and _is_among(card.organization, colleague.organizations)


def _is_among(name: str | None, names: tuple[str, ...]) -> bool:
    return name is not None and name.casefold() in {one.casefold() for one in names}
