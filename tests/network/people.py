"""The network's cast: Amir (12) and Lena (7) of the small cast, with Dev, Mei and Nour beside them."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from guidance.model import (
    Author,
    Card,
    Colleague,
    Comment,
    Person,
    Reach,
    Roster,
    Status,
    TicketKey,
    Visibility,
)
from tests import cast

AMIR = Colleague(id="12", name="Amir Khan", reach=Reach.ALL, groups=("Delivery",))
LENA = Colleague(id="7", name="Lena Brandt", reach=Reach.ALL, groups=("Delivery", "Billing"))
DEV = Colleague(id="21", name="Dev Patel", reach=Reach.ALL, groups=("Billing",))
MEI = Colleague(id="22", name="Mei Tanaka", reach=Reach.ALL, groups=("Delivery",))
NOUR = Colleague(id="23", name="Nour Haddad", reach=Reach.GROUPS, groups=("Billing",))
ROSTER = Roster(at=cast.NOW, colleagues=(AMIR, LENA, DEV, MEI, NOUR))
BY_ID = {one.id: one for one in ROSTER.colleagues}


def ticket(
    ticket_id="4821", *comments, status=Status.OPEN, requester=cast.RANA, assignee=AMIR, subject="Order late", **fields
):
    """A case with these comments; `customer: …`, `agent 21: …` (public) or `note 21: …`, ten minutes apart."""
    key = TicketKey(cast.KEY.account, ticket_id)
    fresh = cast.case()
    conversation = replace(
        fresh.conversation,
        key=key,
        ticket=replace(fresh.conversation.ticket, id=ticket_id, status=status, subject=subject, **fields),
        requester=requester,
        assignee=Person(id=assignee.id, name=assignee.name),
        comments=tuple(_comment(number, told, requester) for number, told in enumerate(comments, 1)),
    )
    return replace(fresh, key=key, conversation=conversation)


def _comment(number, told, requester):
    who, _, text = told.partition(": ")
    kind, _, agent_id = who.partition(" ")
    at = cast.NOW - timedelta(hours=2) + timedelta(minutes=10 * number)
    if kind == "customer":
        return Comment(id=str(number), author=Author.REQUESTER, author_id=requester.id, text=text, at=at)
    return Comment(
        id=str(number),
        author=Author.AGENT,
        author_id=agent_id,
        author_name=BY_ID[agent_id].name,
        visibility=Visibility.INTERNAL if kind == "note" else Visibility.PUBLIC,
        text=text,
        at=at,
    )


def card(ticket_id="1", **told):
    return Card(ticket_id=ticket_id, **{"status": Status.SOLVED, "group": "Delivery", "assignee_id": "7"} | told)
