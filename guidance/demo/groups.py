"""The groups of agents and the organizations of customers: the same in both pretend helpdesks, each under an id of its own."""

from __future__ import annotations

FIRST_ID = {"zendesk": 36005001, "freshdesk": 43005001}
GROUPS = ("Plant care", "Billing")
"""The first one is where a ticket lands of which nothing else is said."""


FIRST_ORGANIZATION = {"zendesk": 36007001, "freshdesk": 43007001}
ORGANIZATIONS = ("Dahl Interiors",)


def organization_id(helpdesk: str, name: str | None) -> int | None:
    """The id of an organization in one of the helpdesks, None for none."""
    return FIRST_ORGANIZATION[helpdesk] + ORGANIZATIONS.index(name) if name else None


def organization_name(helpdesk: str, known: int) -> str | None:
    """The name of an organization by its id, None where there is none of that id."""
    place = known - FIRST_ORGANIZATION[helpdesk]
    return ORGANIZATIONS[place] if 0 <= place < len(ORGANIZATIONS) else None


def group_id(helpdesk: str, name: str) -> int:
    """The id of a group in one of the helpdesks."""
    return FIRST_ID[helpdesk] + GROUPS.index(name)


def group_name(helpdesk: str, known: int | None) -> str | None:
    """The name of a group by its id, None where there is none of that id; no id at all is the first group."""
    names = {FIRST_ID[helpdesk] + place: name for place, name in enumerate(GROUPS)}
    return names.get(known or FIRST_ID[helpdesk])
