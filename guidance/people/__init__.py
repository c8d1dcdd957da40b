"""People: what an agent may open, as their helpdesk says."""

from guidance.people.access import has_left, is_ticket_id, may_open, require_access

__all__ = ["has_left", "is_ticket_id", "may_open", "require_access"]
