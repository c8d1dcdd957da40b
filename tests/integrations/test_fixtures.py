"""Every body in tests/fixtures gives the events, or the error, that stands beside it."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest

from guidance.errors import MalformedError, UnsupportedEventError
from guidance.integrations import integrations
from guidance.model import AnyEvent, CommentAdded
from tests.integrations.fixtures import ACCOUNTS, FOLDER, RECEIVED_AT, body, situations


def parse(helpdesk, raw, received_at=RECEIVED_AT):
    return integrations()[helpdesk].parse(raw, ACCOUNTS[helpdesk], received_at=received_at)


@pytest.mark.parametrize(("helpdesk", "situation"), situations(".event.json"))
def test_a_body_gives_these_events(helpdesk, situation):
    expected = json.loads((FOLDER / helpdesk / f"{situation}.event.json").read_text("utf8"))
    assert json.loads(msgspec.json.encode(parse(helpdesk, body(helpdesk, situation)))) == expected


@pytest.mark.parametrize(("helpdesk", "situation"), situations(".event.json"))
def test_events_survive_the_inbox(helpdesk, situation):
    events = list(parse(helpdesk, body(helpdesk, situation)))
    assert msgspec.json.decode(msgspec.json.encode(events), type=list[AnyEvent]) == events


@pytest.mark.parametrize(("helpdesk", "situation"), situations(".event.json"))
def test_a_body_read_again_gives_the_same_ids(helpdesk, situation):
    raw = body(helpdesk, situation)
    assert list(parse(helpdesk, raw)) == list(parse(helpdesk, raw))


@pytest.mark.parametrize(("helpdesk", "situation"), situations(".error.json"))
def test_a_body_gives_this_error(helpdesk, situation):
    expected = json.loads((FOLDER / helpdesk / f"{situation}.error.json").read_text("utf8"))
    with pytest.raises((MalformedError, UnsupportedEventError)) as caught:
        parse(helpdesk, body(helpdesk, situation))
    found = caught.value
    told = {"unsupported": found.kind} if isinstance(found, UnsupportedEventError) else {"path": found.path}
    assert told == expected


@pytest.mark.parametrize("helpdesk", ACCOUNTS)
def test_every_body_has_its_expectation(helpdesk):
    names = {path.name for path in (FOLDER / helpdesk).glob("*.json")}
    bodies = {name.removesuffix(".json") for name in names if name.count(".") == 1}
    assert len(bodies) > 28
    for name in bodies:
        assert (f"{name}.event.json" in names) != (f"{name}.error.json" in names), name


@pytest.mark.parametrize("helpdesk", ACCOUNTS)
def test_errors_never_quote_a_ticket(helpdesk):
    for name, situation in situations(".error.json"):
        if name == helpdesk:
            with pytest.raises((MalformedError, UnsupportedEventError)) as caught:
                parse(helpdesk, body(helpdesk, situation))
            assert "Rana" not in str(caught.value)
            assert "parcel" not in str(caught.value).lower()


def provisional(helpdesk, raw, received_at=RECEIVED_AT):
    events = parse(helpdesk, raw, received_at)
    return next(event.comment for event in events if isinstance(event, CommentAdded))


@pytest.mark.parametrize(
    ("helpdesk", "situation"), [("freshdesk", "body_without_a_time"), ("zendesk", "trigger_without_a_time")]
)
def test_the_same_note_sent_again_later_is_the_same_comment(helpdesk, situation):
    raw = body(helpdesk, situation)
    later = provisional(helpdesk, raw, RECEIVED_AT + timedelta(minutes=35))
    assert later.id == provisional(helpdesk, raw).id
    assert later.provisional


def test_two_deliveries_of_one_thin_body_are_two_events_since_they_may_be_two_notes():
    raw = body("freshdesk", "thin_customer_reply")
    first, second = (parse("freshdesk", raw, RECEIVED_AT + timedelta(seconds=n))[0] for n in (0, 9))
    assert first.event_id != second.event_id


def test_half_a_surrogate_pair_and_bytes_that_are_no_utf8_are_put_up_with():
    raw = body("zendesk", "customer_comment_added").replace(b"third time", b"\\ud83d \xff time")
    comment = provisional("zendesk", raw)
    assert "time" in comment.text
    assert msgspec.json.encode(comment)


def test_a_task_of_another_account_is_an_ordinary_ticket():
    raw = body("zendesk", "own_task_solved").replace(b"guidance:zendesk:acme:", b"guidance:zendesk:other:")
    assert [type(event).__name__ for event in parse("zendesk", raw)] == ["TicketChanged"]
