import json
from datetime import UTC, datetime

import pytest

from guidance.conversations.wire import LIMIT, read_conversation
from guidance.errors import MalformedError
from guidance.model import Audience, Channel, Verdict
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook

CLOCK = datetime(2026, 3, 4, 12, tzinfo=UTC)


def read(**told):
    return read_conversation(
        json.dumps({"id": "zendesk:acme:4821", "comments": []} | told).encode(), clock=lambda: CLOCK
    )


def comment(**told):
    return {"id": 1, "author": "requester", "text": "Hello"} | told


def problem(**told):
    with pytest.raises(MalformedError) as caught:
        read(**told)
    return caught.value


def test_numbers_are_taken_as_ids():
    assert read(comments=[comment(id=7)]).case.conversation.comments[0].id == "7"


def test_the_id_names_account_and_ticket():
    asked = read(comments=[comment()])
    assert (asked.case.key.account, asked.case.key.ticket_id) == ("zendesk:acme", "4821")


def test_html_becomes_text():
    asked = read(comments=[comment(text=None, html="<p>Hello <b>there</b></p>")])
    assert asked.case.conversation.comments[0].text == "Hello there"


def test_comments_are_ordered_by_time():
    late, early = comment(id=1, at="2026-03-04T10:00:00Z"), comment(id=2, at="2026-03-04T09:00:00Z")
    assert [c.id for c in read(comments=[late, early]).case.conversation.comments] == ["2", "1"]


def test_list_order_holds_where_a_time_is_missing():
    late, unknown = comment(id=1, at="2026-03-04T10:00:00Z"), comment(id=2)
    assert [c.id for c in read(comments=[late, unknown]).case.conversation.comments] == ["1", "2"]


def test_a_day_named_in_a_comment_without_a_time_counts_from_now_and_has_not_passed():
    said = [comment(), comment(id=2, author="agent", text="I'll ring you tomorrow at 9."), comment(id=3, text="And?")]
    asked = read(comments=said)
    advice = advance(asked.case, asked.draft, shipped_rulebook(), asked.now).advice
    assert [promise.due_at for promise in advice.promises] == [datetime(2026, 3, 5, 9, tzinfo=UTC)]
    assert "follow-through.promise-overdue" not in [hint.rule for hint in advice.hints]


def test_a_forum_speaks_to_the_world():
    ticket = read(comments=[comment()], ticket={"channel": "forum"}).case.conversation.ticket
    assert (ticket.channel, ticket.audience) == (Channel.FORUM, Audience.WORLD)


def test_attention_may_be_bare_rule_ids_of_the_present_slot():
    reply = comment(id=9, author="agent")
    asked = read(comments=[comment(), reply], attention={"dismissed": ["three-as.acknowledge"]})
    (seen,) = asked.case.slots[0].seen
    assert (seen.rule, seen.slot, seen.verdict) == ("three-as.acknowledge", "9", Verdict.DISMISSED)


def test_now_is_the_clock_where_it_is_missing():
    assert read(comments=[comment()]).now == CLOCK


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"comments": [comment(), comment(at="yesterday")]}, "comments[1].at"),
        ({"comments": [comment(at="2026-03-04T10:00:00")]}, "comments[0].at"),
        ({"comments": [comment(at="0001-01-01T00:00:00Z")]}, "comments[0].at"),
        ({"comments": [comment()], "now": "9999-12-31T23:59:59Z"}, "now"),
        ({"comments": [comment()], "attention": {"muted": [{"all": False}]}}, "attention.muted"),
        ({"comments": [comment(author="robot")]}, "comments[0].author"),
        ({"comments": [comment(text=None)]}, "comments[0].text"),
        ({"comments": []}, "comments"),
        ({"comments": [comment()], "draft": {"text": 5}}, "draft.text"),
        ({"comments": [comment()], "ticket": {"status": "ajar"}}, "ticket.status"),
    ],
)
def test_a_field_that_cant_be_read_is_named_by_its_path(told, path):
    error = problem(**told)
    assert error.path == path
    assert error.ref == "zendesk:acme:4821"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"comments": [comment(text=7)]}, "this should be text, and is a whole number"),
        ({"comments": 3}, "this should be a list, and is a whole number"),
        ({"comments": [comment(author="boss")]}, "this is none of the values that are known here"),
        ({"comments": [{"author": "agent"}]}, "`id` is missing"),
        ({"comments": [comment()], "draft": "Hello"}, "this should be an object, and is text"),
        ({"comments": [comment(id=1.5)]}, "this should be a whole number or text, and is a number with a fraction"),
        ({"comments": [comment(id=None)]}, "this should be a whole number or text, and is null"),
        ({"comments": [comment()], "hours": {"weekly": {"mon": [["9:00"]]}}}, "this should be a list of 2"),
    ],
)
def test_what_does_not_fit_is_told_in_plain_words(told, sentence):
    assert str(problem(**told)) == sentence


def test_a_line_nested_too_deeply_is_malformed():
    line = b'{"id": "7", "comments": [], "extra": ' + b"[" * 5000 + b"]" * 5000 + b"}"
    with pytest.raises(MalformedError, match="nested too deeply") as found:
        read_conversation(line, clock=lambda: CLOCK)
    assert found.value.ref == "7"


def test_a_line_that_is_no_json_is_malformed():
    with pytest.raises(MalformedError):
        read_conversation(b"{nope", clock=lambda: CLOCK)


def test_more_than_a_mebibyte_is_refused_with_its_id():
    with pytest.raises(MalformedError) as caught:
        read_conversation(b'{"id": "77", "x": "' + b"a" * LIMIT + b'"}', clock=lambda: CLOCK)
    assert caught.value.ref == "77"


def test_a_time_may_be_written_as_mails_and_older_exports_do():
    for written in ("Wed, 4 Mar 2026 10:00:00 +0000", "Wed Mar 04 10:00:00 +0000 2026", "2026-03-04T10:00:00Z"):
        told = read(comments=[comment(at=written)]).case.conversation.comments[0]
        assert told.at == datetime(2026, 3, 4, 10, tzinfo=UTC)
