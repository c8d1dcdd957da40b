"""A request is here within its time, however it drips in."""

from __future__ import annotations

import socket
from contextlib import closing
from io import BufferedReader

import pytest

from guidance.app.receiving import HERE_WITHIN, SILENT_FOR, SLOWEST, Received


class Dripping:
    """A socket on which so many bytes come at a time, so many seconds apart; it ends where it was to wait for less."""

    def __init__(self, *, seconds, size=1):
        self.now = 0.0
        self._seconds = seconds
        self._size = size
        self._patience = None

    def settimeout(self, seconds):
        self._patience = seconds

    def recv_into(self, buffer):
        if self._seconds > self._patience:
            self.now += self._patience
            raise TimeoutError
        self.now += self._seconds
        count = min(self._size, len(buffer))
        buffer[:count] = b"x" * count
        return count


def read_on(sock, count):
    with BufferedReader(Received(sock, lambda: sock.now)) as reader:
        return len(reader.read(count))


def test_a_byte_every_now_and_then_is_cut_off_after_seconds_and_not_at_a_silence_alone():
    sock = Dripping(seconds=7)
    with pytest.raises(TimeoutError):
        read_on(sock, 1_000)
    assert sock.now <= 7 + HERE_WITHIN + 1


def test_a_large_upload_over_a_poor_line_comes_to_its_end():
    sock = Dripping(seconds=1, size=2 * SLOWEST)
    assert read_on(sock, 64 << 20) == 64 << 20
    assert sock.now > 1_000


def test_whoever_sends_much_at_once_gives_way_to_others_now_and_then():
    turns = []
    received = Received(Dripping(seconds=0, size=1 << 16), lambda: 0.0, lambda: turns.append(True))
    for _ in range(16):
        received.readinto(memoryview(bytearray(1 << 16)))
    assert len(turns) == 4


def test_a_connection_may_rest_between_two_requests_for_as_long_as_proxies_keep_it():
    sock = Dripping(seconds=60)
    received = Received(sock, lambda: sock.now)
    for _ in range(3):
        received.begin()
        assert received.readinto(memoryview(bytearray(1))) == 1
    assert sock._patience == SILENT_FOR


def test_what_is_sent_has_the_time_of_a_silence_whatever_was_left_for_reading():
    here, there = socket.socketpair()
    with closing(here), closing(there):
        there.sendall(b"GET")
        Received(here).readinto(memoryview(bytearray(8)))
        assert here.gettimeout() == SILENT_FOR
