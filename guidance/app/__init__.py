"""The web application: all doors wired to one store."""

from guidance.app.creating import create_app

__all__ = ["create_app"]
