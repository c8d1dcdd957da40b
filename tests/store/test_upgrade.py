"""What an earlier version stored is read by this one. Each format has a ticket of its own in tests/fixtures/store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from guidance.errors import SetupError
from guidance.model import FollowUpState
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from guidance.store.cases import FORMAT, read_case, write_case
from tests.cast import KEY, amir_says

STORED = sorted((Path(__file__).parents[1] / "fixtures" / "store").glob("case-*"))


def stored(path):
    return read_case(path.read_bytes().strip())


def test_this_versions_format_has_its_ticket():
    assert f"case-{FORMAT.decode()}" in [path.name for path in STORED]


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_ticket_of_each_format_is_read_with_its_words_people_and_promises(path):
    case = stored(path)
    assert case.key == KEY
    assert [one.id for one in case.conversation.comments] == ["1", "2", "3", "4"]
    assert case.conversation.comments[1].visibility == "internal"
    assert case.conversation.requester.name == "Rana Haddad"
    assert [one.state for one in case.follow_ups] == [FollowUpState.PLANNED, FollowUpState.NOTED]
    assert case.follow_ups[0].due_at == datetime.fromisoformat("2026-03-05T15:00:00-05:00")


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_ticket_of_each_format_goes_on_where_it_was(path):
    said = amir_says("I called you just now, Rana, and the warehouse has your parcel.", 5)
    after = advance(stored(path), said, shipped_rulebook(), said.at).case
    assert [one.id for one in after.conversation.comments] == ["1", "2", "3", "4", "5"]
    assert after.follow_ups[0].state == FollowUpState.KEPT
    assert read_case(write_case(after)).follow_ups == after.follow_ups


def test_a_later_versions_ticket_is_refused_in_words_that_help():
    with pytest.raises(SetupError, match="later version"):
        read_case(b"9{}")
