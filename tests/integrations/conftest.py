from __future__ import annotations

from tests.contracts.conftest import mock

__all__ = ["mock"]
