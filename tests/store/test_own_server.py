"""The Valkey of our own as it lies on the disk: who may read it, and how long what was erased is in it."""

from __future__ import annotations

import os
import shutil
import stat
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
import redis
from msgspec.structs import replace
from redis.exceptions import ResponseError

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.errors import SetupError
from guidance.model import CommentHidden
from guidance.rules import shipped_rulebook
from guidance.store import EmbeddedValkey, keys, open_store
from tests.cast import KEY as TICKET
from tests.cast import NOW, case, rana_says
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


@pytest.fixture
def kept(server):
    """A store on the server, with the words of one ticket in it."""
    server.start()
    opened = open_store(server.url, key=KEY)
    opened.client.config_set("aof-use-rdb-preamble", "no")  # which packs words, so that a test would not find them
    assert opened.save(case_saying("12 Olive Street"), (), now=NOW)
    yield opened
    opened.close()


def case_saying(text):
    event = rana_says(text)
    return replace(case(), conversation=replace(case().conversation, comments=(event.comment,)))


def lies_on_disk(server, words):
    """Once the server has written what it was at: whether these words are in a file of its own."""
    with closing(redis.Redis(unix_socket_path=str(server.socket))) as client:
        until(lambda: not client.info("persistence")["aof_rewrite_in_progress"])
        until(lambda: not list(server.data_dir.glob("temp-*")))
    return any(words.encode() in one.read_bytes() for one in server.data_dir.rglob("*.aof"))


def until(told):
    ends_at = time.monotonic() + 30
    while not told():
        assert time.monotonic() < ends_at
        time.sleep(0.01)


def test_what_was_wiped_is_gone_from_the_disk_too(kept, server):
    assert lies_on_disk(server, "12 Olive Street")
    kept.wipe(TICKET.account)
    until(lambda: not lies_on_disk(server, "12 Olive Street"))


def test_words_that_the_helpdesk_took_back_are_gone_from_the_disk_at_the_next_look(kept, server):
    kept.compact_in_time()
    advancing = Advancing(kept, AccountBook(kept), shipped_rulebook, lambda: NOW)
    (said,) = kept.load(TICKET).conversation.comments
    advancing.take(TICKET, [CommentHidden(key=TICKET, event_id="h", at=NOW, comment_id=said.id)])
    kept.compact_in_time()
    assert lies_on_disk(server, "12 Olive Street"), "files are not written anew every minute"
    kept.release("rewritten:lately")
    kept.compact_in_time()
    until(lambda: not lies_on_disk(server, "12 Olive Street"))


def test_what_has_outlived_its_time_is_gone_from_the_disk_within_a_day(kept, server):
    kept.compact_in_time()
    kept.client.delete(keys.case(TICKET))
    kept.release("rewritten:lately")
    kept.compact_in_time()
    assert lies_on_disk(server, "12 Olive Street")
    kept.release("rewritten:today")
    kept.compact_in_time()
    until(lambda: not lies_on_disk(server, "12 Olive Street"))


def test_what_is_erased_while_the_files_are_being_written_goes_at_the_next_look(kept, monkeypatch):
    def busy():
        raise ResponseError("Background append only file rewriting already in progress")

    with monkeypatch.context() as patch:
        patch.setattr(kept.client, "bgrewriteaof", busy)
        kept.compact()
    asked = []
    monkeypatch.setattr(kept.client, "bgrewriteaof", lambda: asked.append(True))
    kept.compact_in_time()
    assert asked == [True]


def test_a_server_that_writes_no_such_files_is_not_made_to(kept, server, monkeypatch):
    kept.client.config_set("appendonly", "no")
    monkeypatch.setattr(kept.client, "bgrewriteaof", lambda: pytest.fail("it was asked to"))
    kept.compact()


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


def test_a_full_disk_is_named_before_anything_is_started_on_it(server, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(SetupError, match="the disk under .* is full: 0 bytes free; make room"):
        server.start()
    assert not server.data_dir.exists()
