from __future__ import annotations

import pytest
import responses

from tests.contracts.desk import DeskServer


@pytest.fixture
def mock():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as playing:
        yield playing


@pytest.fixture(scope="module")
def desk():
    """The demo desk over HTTP, one for all tests of a file."""
    with DeskServer() as served:
        yield served
