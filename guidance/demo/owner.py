"""The console's owner on the desk: Lena, with a password made anew at each start, which the desk's page tells."""

from __future__ import annotations

from datetime import UTC, datetime

from guidance.demo.groups import GROUPS
from guidance.errors import ConflictError
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


def agents() -> dict[str, str]:
    """Who Lena is in the desk's helpdesks."""
    from guidance.demo.seeds import person_id  # noqa: PLC0415 - the seeds are read only where they are needed

    return {f"{helpdesk}:demo": str(person_id(helpdesk, "lena")) for helpdesk in ("zendesk", "freshdesk")}
