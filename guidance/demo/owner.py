"""What the console holds on the desk: Lena as its owner, with a password made anew at each start, and a courier in the address book."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from guidance.demo.groups import GROUPS
from guidance.errors import ConflictError
from guidance.network import Partner
from guidance.people.partners import AddressBook
from guidance.people.users import Role, Users
from guidance.ports import Store

OWNER = "lena@fernandfield.example"


def add_owner(store: Store, password: str) -> None:
    """Make Lena the owner, unless she is already."""
    users = Users(store, lambda: datetime.now(UTC))
    try:
        users.add(OWNER, "Lena Brandt", Role.OWNER, password, who="demo desk", why="So that anybody can look around.")
    except ConflictError:
        return
    user = users.required(OWNER)
    users.change(user, who="demo desk", what="leads the desk", groups=GROUPS, agents=agents())


def add_partner(store: Store) -> None:
    """Put the desk's courier into the address book, unless it is there already."""
    book = AddressBook(store, lambda: datetime.now(UTC))
    courier = Partner(
        id="",
        name="NordPost",
        words=("Nord Post",),
        contact="Jonas Weber",
        reach="desk@nordpost.example",
        hours="Mon to Fri, 8 to 18",
    )
    with suppress(ConflictError):
        book.put(courier, who="demo desk", is_new=True)


def agents() -> dict[str, str]:
    """Who Lena is in the desk's helpdesks."""
    from guidance.demo.seeds import person_id  # noqa: PLC0415 - the seeds are read only where they are needed

    return {f"{helpdesk}:demo": str(person_id(helpdesk, "lena")) for helpdesk in ("zendesk", "freshdesk")}
