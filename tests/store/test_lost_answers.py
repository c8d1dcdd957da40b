"""An answer that is lost on its way: what was asked may have been done, so it is not asked again behind anybody's back."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread

import pytest

from guidance.errors import StoreUnavailableError
from guidance.store import open_store
from tests.conftest import KEY as SECRET
from tests.dispatch.test_inbox import OTHERS, arrival


class Line:
    """A socket before the server's own, which may lose the next answer with its connection."""

    def __init__(self, behind, place):
        self.place, self.is_lossy, self._held = str(place), False, []
        self._behind, self._listening = behind, socket.socket(socket.AF_UNIX)
        self._listening.bind(self.place)
        self._listening.listen()
        Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                here, there = self._listening.accept()[0], socket.socket(socket.AF_UNIX)
                there.connect(self._behind)
                self._held += [here, there]
                for ends in ((here, there, False), (there, here, True)):
                    Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, given, to, are_answers):
        with suppress(OSError):
            while told := given.recv(65536):
                if are_answers and self.is_lossy:
                    self.is_lossy = False
                    break
                to.sendall(told)
        _end(given, to)

    def cut(self):
        """Break every connection that is open."""
        _end(*self._held)

    def close(self):
        self._listening.close()


def _end(*sockets):
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(valkey, tmp_path):
    behind = valkey.url.removeprefix("unix://").partition("?")[0]
    made = Line(behind, tmp_path / "line")
    yield made
    made.close()


@pytest.fixture
def far(store, line):
    """The store at the end of that line, its scripts known there."""
    opened = open_store(f"unix://{line.place}", key=SECRET)
    opened.accept(arrival(OTHERS[1]))
    opened.put_record("drafts", "warm", b"1", expected=None)
    opened.tally("warm", seconds=60)
    line.is_lossy = True
    yield opened
    opened.close()


def test_a_webhook_is_kept_once(far, store):
    before = store.waiting()
    with pytest.raises(StoreUnavailableError):
        far.accept(arrival(OTHERS[0]))
    assert store.waiting() == before + 1


def test_a_count_goes_up_by_one(far, store):
    with pytest.raises(StoreUnavailableError):
        far.tally("tries", seconds=60)
    assert store.tally("tries", seconds=60) == 2


@pytest.mark.parametrize("taken", [lambda far: far.remember("lock", b"1", seconds=60),
                                   lambda far: far.put_record("drafts", "house.yaml", b"rules: []", expected=None)])  # fmt: skip
def test_nobody_is_told_that_another_one_was_first_who_was_themselves(far, taken):
    with pytest.raises(StoreUnavailableError):
        taken(far)


def test_a_line_that_broke_while_nobody_used_it_is_laid_anew(far, line):
    line.is_lossy = False
    line.cut()
    assert far.accept(arrival(OTHERS[0]))
