from __future__ import annotations

from tests.contracts.conftest import desk

__all__ = ["desk"]
