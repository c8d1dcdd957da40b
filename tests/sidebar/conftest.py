from __future__ import annotations

import pytest

from tests.edges import Served
from tests.sidebar.panel import Clock, Panel, account


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def panel(store, clock):
    store.put_account(account())
    with Served(store, clock=clock) as served:
        yield Panel(served, clock)
