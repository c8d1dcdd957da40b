"""Webhooks: what helpdesks send is checked, put on disk as it came, and answered. Reading it is the worker's."""

from guidance.webhooks.blueprint import create_blueprint

__all__ = ["create_blueprint"]
