"""Real-time guidance for support agents: hears a ticket as it happens and says one useful thing before the reply is sent."""

__version__ = "0.1.0"
