"""What an account's credentials reach in Zendesk, found by reading one thing of each kind that we need; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guidance.errors import HelpdeskError
from guidance.integrations.calls import counted, told_at
from guidance.integrations.taming import tame
from guidance.integrations.zendesk.counting import LEFT, TOTAL
from guidance.integrations.zendesk.installed import MeAnswer
from guidance.integrations.zendesk.oauth import Tokens
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.ports import Standing

_NEEDED = {"tickets": "tickets?page%5Bsize%5D=1", "users": "users?role=agent&page%5Bsize%5D=1"}
_USED = {"macros": "macros/active?page%5Bsize%5D=1", "survey answers": "satisfaction_ratings?page%5Bsize%5D=1"}
_WRITES = frozenset({"write", "tickets:write"})


def read_standing(session: ZendeskSession, tokens: Tokens) -> Standing:
    """As whom we act, what of our needs is refused, and what is left of the account's calls. Raises `HelpdeskError`."""
    answer = session.get("/api/v2/users/me")
    user = tame(answer.json(), MeAnswer).user
    lacks = [*_refused(session, _NEEDED)]
    if not user.is_staff:
        lacks.append(f"act as an agent: {user.name or 'this user'} is nobody on the staff")
    if tokens.scope and not _WRITES & set(tokens.scope.split()):
        lacks.append(f"write tickets: the token reaches for `{tokens.scope}` only")
    return Standing(
        acts_as=f"{user.name} ({user.role})",
        lacks=tuple(lacks),
        misses=tuple(_refused(session, _USED)),
        calls_a_minute=counted(answer.headers, TOTAL),
        calls_left=counted(answer.headers, LEFT),
        at=told_at(answer.headers),
    )


def _refused(session: ZendeskSession, asked: Mapping[str, str]) -> Iterator[str]:
    for what, path in asked.items():
        try:
            session.read(path, dict[str, Any])
        except HelpdeskError as error:
            if error.status not in (403, 404):
                raise
            yield f"read {what}"
