"""What counts as taken back by the helpdesk: then the server's files are written anew, at some cost, so nothing else does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.conversations.folding import MOST_COMMENTS
from guidance.dispatch import Advancing
from guidance.model import CommentHidden, Fetched
from guidance.rules import shipped_rulebook
from tests.cast import KEY, NOW, case, minutes, rana_says
from tests.edges import ACME

SAID = "Where is my parcel? My card is 4111."


@pytest.fixture
def noted(store, monkeypatch):
    """Takes events in, one after the other; whether the last one erased anything."""
    store.put_account(ACME)
    advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: NOW)
    asked = []
    monkeypatch.setattr(store, "note_erasure", lambda: asked.append(True))

    def takes(*events):
        for event in events:
            asked.clear()
            advancing.take(KEY, [event])
        return bool(asked)

    return takes


def shown(*told, at=NOW):
    comments = tuple(one.comment for one in told)
    return Fetched(key=KEY, event_id=f"f{at}", at=at, conversation=replace(case().conversation, comments=comments))


@pytest.mark.parametrize("text", [SAID + " ", SAID.replace(" My", "\n\n**My**"), SAID + " Rana"])
def test_a_comment_that_is_only_told_otherwise_erases_nothing(noted, text):
    assert not noted(rana_says(SAID), shown(rana_says(text)))


def test_words_that_are_blacked_out_are_erased(noted):
    assert noted(rana_says(SAID), shown(rana_says(SAID.replace("4111", "▇"))))


def test_a_comment_that_is_deleted_or_missing_is_erased(noted):
    assert noted(rana_says(SAID), CommentHidden(key=KEY, event_id="h", at=NOW, comment_id="1"))
    assert noted(rana_says(SAID, 2), shown())


def test_a_comment_for_which_a_long_ticket_has_no_room_any_more_erases_nothing(noted):
    said = [rana_says(f"Hello {number}", number) for number in range(MOST_COMMENTS)]
    late = NOW + minutes(MOST_COMMENTS)
    assert not noted(shown(*said), shown(*said, rana_says("Hello?", MOST_COMMENTS), at=late))
