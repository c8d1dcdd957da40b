"""What tests of due work share."""

import pytest

from tests.dispatch.clockwork import Clockwork


@pytest.fixture
def clockwork(store):
    return Clockwork(store)
