"""The Valkey of our own as it lies on the disk: who may read it."""

from __future__ import annotations

import os
import stat

import pytest

from guidance.store import EmbeddedValkey, open_store
from tests.conftest import KEY


@pytest.fixture
def careless():
    """The umask of most systems, under which whatever is made can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder):
    """What in a folder anybody but its owner may do something with, the folder too."""
    return [str(one) for one in (folder, *folder.rglob("*")) if stat.S_IMODE(one.stat().st_mode) & 0o077]


@pytest.fixture
def server(tmp_path):
    own = EmbeddedValkey(tmp_path / "data")
    yield own
    own.stop()


def test_what_is_kept_can_be_read_by_its_owner_alone(careless, server):
    server.start()
    opened = open_store(server.url, key=KEY)
    opened.client.set("words", "12 Olive Street")
    opened.close()
    assert open_to_others(server.data_dir) == []


def test_what_an_earlier_version_left_open_is_closed_at_the_next_start(careless, server):
    server.start()
    server.stop()
    for one in (server.data_dir, *server.data_dir.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)
    server.start()
    assert open_to_others(server.data_dir) == []
