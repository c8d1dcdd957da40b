"""The sidebar: the page that the helpdesk frames beside a ticket, its sessions, and the API that it speaks."""

from guidance.sidebar.blueprint import create_blueprint
from guidance.sidebar.sessions import Opened, Session, Sessions

__all__ = ["Opened", "Session", "Sessions", "create_blueprint"]
