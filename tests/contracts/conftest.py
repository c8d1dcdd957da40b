from __future__ import annotations

import pytest
import responses


@pytest.fixture
def mock():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as playing:
        yield playing
