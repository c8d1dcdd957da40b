from __future__ import annotations

from tests.contracts.conftest import desk, mock

__all__ = ["desk", "mock"]
