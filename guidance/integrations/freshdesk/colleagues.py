"""The agents of a Freshdesk account, with what each may open and whether they are there.

Source: Freshdesk's API reference, agents (`ticket_scope`, `group_ids`, `available`) and groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guidance.integrations.freshdesk.records import AgentRecord
from guidance.model import Colleague, Reach

_REACH = {1: Reach.ALL, 2: Reach.GROUPS, 3: Reach.ASSIGNED}


def colleagues_from(agents: Sequence[AgentRecord], groups: Mapping[str, str | None]) -> list[Colleague]:
    """The active agents. Where nobody is `available`, the account does not keep that, and it says nothing."""
    is_kept = any(one.available for one in agents)
    return [
        Colleague(
            id=str(one.id),
            name=one.contact.name,
            reach=_REACH.get(one.ticket_scope or 0, Reach.UNKNOWN),
            groups=tuple(name for group in one.group_ids if (name := groups.get(str(group)))),
            is_away=is_kept and one.available is False,
        )
        for one in agents
        if one.contact.name and not one.deactivated
    ]
