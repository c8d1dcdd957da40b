"""The bounded queue of one stream."""

from __future__ import annotations

from threading import Thread

from guidance.stream.connection import LONGEST_QUEUE, Connection
from guidance.stream.frames import RESET


def connection():
    return Connection("zendesk:acme", "12")


def test_frames_come_out_in_order_and_at_once():
    one = connection()
    one.put(b"a")
    one.put(b"b")
    assert one.take(within=0) == b"ab"


def test_nothing_to_send_is_empty_after_the_wait():
    assert connection().take(within=0.001) == b""


def test_an_overflow_gives_way_to_one_reset_and_goes_on():
    one = connection()
    for _ in range(LONGEST_QUEUE):
        one.put(b"old")
    one.put(b"new")
    assert one.take(within=0) == RESET + b"new"


def test_a_full_queue_is_still_whole():
    one = connection()
    for _ in range(LONGEST_QUEUE):
        one.put(b"x")
    assert one.take(within=0) == b"x" * LONGEST_QUEUE


def test_closing_lets_what_waits_go_out_first():
    one = connection()
    one.put(b"last")
    one.close()
    assert one.take(within=0) == b"last"
    assert one.take(within=0) is None


def test_a_waiting_reader_wakes_for_a_frame():
    one = connection()
    taken = []
    reader = Thread(target=lambda: taken.append(one.take(within=10)))
    reader.start()
    one.put(b"now")
    reader.join(5)
    assert taken == [b"now"]
