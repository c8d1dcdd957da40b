"""People: what an agent may open, as their helpdesk says."""

from guidance.people.access import may_open, require_access

__all__ = ["may_open", "require_access"]
