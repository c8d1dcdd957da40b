"""The stream: news for open sidebars as Server-Sent Events, one connection an agent and browser."""

from guidance.stream.blueprint import create_blueprint
from guidance.stream.broadcaster import Broadcaster

__all__ = ["Broadcaster", "create_blueprint"]
