"""Foreign JSON is tamed at the door, and what fails names its place."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from msgspec import Struct

from guidance.errors import MalformedError
from guidance.integrations.taming import ident, is_number, moment, number, read_object, tame, words


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"a": "x"}', {"a": "x"}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": "x\n\ty"}', {"a": "x\n\ty"}),
        (b'{"a": "\xff"}', {"a": "\ufffd"}),
        (b'{"a": "\\ud83d!"}', {"a": "?!"}),
        ('{"a": "😀"}'.encode(), {"a": "😀"}),
        (b"[1]", None),
        (b'"text"', None),
        (b"", None),
        (b'{"a": NaN}', None),
        (b'{"a": 1} {"b": 2}', None),
        (b'{"a": ' + b"[" * 100_000, None),
        (b'{"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", None),
        (b'{"a": 1' + b"0" * 5_000 + b"}", None),
    ],
)
def test_an_object_is_read_leniently_and_anything_else_is_none(body, found):
    assert read_object(body) == found


def test_a_body_at_the_limit_is_read_in_no_time():
    body = b'{"comment": "' + b"text \\u00e9 <div>" * 60_000 + b'"}'
    started = time.perf_counter()
    assert read_object(body)
    assert time.perf_counter() - started < 0.2


class Inner(Struct):
    at: int


class Outer(Struct):
    name: str
    inner: list[Inner] = []


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({}, "event.name"),
        ({"name": 7}, "event.name"),
        ({"name": "x", "inner": [{"at": 1}, {"at": "tomorrow"}]}, "event.inner[1].at"),
        ({"name": "x", "inner": [{}]}, "event.inner[0].at"),
        (None, "event"),
        ([], "event"),
    ],
)
def test_what_does_not_fit_names_its_place_and_never_its_value(value, path):
    with pytest.raises(MalformedError) as caught:
        tame(value, Outer, at="event")
    assert caught.value.path == path
    assert f"`{path}`" in str(caught.value)
    assert "tomorrow" not in str(caught.value)


def test_a_null_where_there_should_be_something_is_nothing_at_all():
    assert tame({"name": "x", "inner": None}, Outer) == Outer(name="x")
    assert tame([{"name": "x", "inner": None}, {"name": "y", "inner": [{"at": 1}]}], list[Outer])[0].inner == []
    told = {"name": "x", "inner": [{"at": None}]}
    with pytest.raises(MalformedError, match="`event.inner\\[0\\].at` is missing"):
        tame(told, Outer, at="event")
    assert told == {"name": "x", "inner": [{"at": None}]}


def test_what_does_not_fit_is_told_in_plain_words():
    with pytest.raises(MalformedError, match="^`event.name` can't be read: this should be text, and is a list.$"):
        tame({"name": []}, Outer, at="event")


def test_ids_come_as_text_or_number_and_none_in_several_ways():
    assert [ident(value) for value in (7, "7", " 7 ", "", "0", 0, None, "null")] == ["7", "7", "7"] + [None] * 5


@pytest.mark.parametrize("value", ["", "x", "1.5", "-1", "٣", "1" * 21, "1/2", None, "0"])
def test_a_ticket_is_a_number(value):
    assert value == "0" or not is_number(str(value))
    with pytest.raises(MalformedError):
        number(value, at="ticket_id")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-04T15:00:12Z", datetime(2026, 3, 4, 15, 0, 12, tzinfo=UTC)),
        ("2026-03-04T10:00:12.123456789-05:00", datetime(2026, 3, 4, 15, 0, 12, 123456, tzinfo=UTC)),
        ("2026-03-04 15:00:12 UTC", datetime(2026, 3, 4, 15, 0, 12, tzinfo=UTC)),
        ("2026-03-04T15:00:12", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("9999-12-31T23:59:59-05:00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_time_without_a_zone_or_for_never_and_always_is_none(text, found):
    assert moment(text) == found


def test_tags_come_as_a_list_or_as_text():
    assert words(["a", " b "]) == words("a b") == words("a, b", apart=",") == ("a", "b")
    assert words("gift card,vip", apart=",") == ("gift card", "vip")
    assert words(None) == words("") == ()
