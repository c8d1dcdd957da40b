"""The console: where admins and leads tune rules with evidence. Server-rendered pages, and a JSON API beside them."""

from guidance.console.blueprint import create_blueprint

__all__ = ["create_blueprint"]
