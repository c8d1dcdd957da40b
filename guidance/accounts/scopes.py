"""The part of an account for which somebody sets something: all its tickets, or those of one group or brand."""

from __future__ import annotations

from guidance.errors import MalformedError
from guidance.model import EVERYWHERE, SCOPES

_LONGEST_NAME = 100


def scope_named(kind: str, name: str) -> str:
    """The scope of the group or brand of that name; of all tickets where there is no kind."""
    return f"{kind}:{name}" if kind else EVERYWHERE


def checked_scope(kind: str, name: str) -> str:
    """The same for what somebody wrote, spaces evened out. Raises `MalformedError`."""
    name = " ".join(name.split())
    if kind and kind not in SCOPES:
        raise MalformedError("This holds everywhere, for a group, or for a brand.", path="kind")
    if name and not kind:
        raise MalformedError(
            f"Is “{name}” a group or a brand? For all of the account, leave the name empty.", path="kind"
        )
    if kind and not 0 < len(name) <= _LONGEST_NAME:
        raise MalformedError(
            f"Which {kind}? Its name as the helpdesk has it, at most {_LONGEST_NAME} characters.", path="name"
        )
    return scope_named(kind, name)
