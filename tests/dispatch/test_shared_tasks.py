"""One task that stands for the promises of two agents: each keeps their own, whatever is told of the task."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.model import FollowUpState, TaskChanged
from tests import cast
from tests.cast import KEY


@pytest.fixture
def shared(clockwork):
    """Amir's call and Lena's invoice, on one task, which is Amir's since his falls due first."""
    clockwork.promise().later(minutes=11).runs()
    said = cast.amir_says("Hi Rana, I'll send you the invoice on Friday.", 12)
    lenas = replace(said.comment, author_id="7", author_name="Lena Brandt")
    clockwork.advancing.take(KEY, [replace(said, comment=lenas)])
    clockwork.later(minutes=12).runs()
    assert {one.task_id for one in clockwork.follow_ups} == {"t0"}
    return clockwork


def is_told(clockwork, assignee):
    first = clockwork.follow_ups[0]
    event = TaskChanged(
        key=KEY, event_id=f"listed:{assignee}", at=clockwork.now, follow_up_id=first.id, task_id="t0",
        due_at=first.due_at, assignee_id=assignee,
    )  # fmt: skip
    clockwork.advancing.take(KEY, [event])
    return [one.owner_id for one in clockwork.follow_ups]


def is_dated(clockwork, due_at):
    first = clockwork.follow_ups[0]
    event = TaskChanged(key=KEY, event_id="dated", at=clockwork.now, follow_up_id=first.id, task_id="t0", due_at=due_at)
    clockwork.advancing.take(KEY, [event])
    return [one.due_at for one in clockwork.follow_ups]


@pytest.mark.parametrize(
    ("assignee", "owners"),
    [("12", ["12", "7"]), ("7", ["12", "7"]), ("8", ["8", "7"])],
    ids=["as it was made", "one of the two", "somebody else"],
)
def test_only_whose_task_it_was_gives_their_promise_away(shared, assignee, owners):
    assert is_told(shared, assignee) == owners


def test_once_it_stands_for_one_promise_it_takes_that_along(shared):
    shared.told(0, state=FollowUpState.KEPT).runs()
    assert is_told(shared, "8") == ["12", "8"]


def test_a_new_time_of_the_task_moves_none_of_the_promises_that_share_it_until_one_is_left(shared):
    dues = [one.due_at for one in shared.follow_ups]
    later = max(dues) + timedelta(days=3)
    assert is_dated(shared, later) == dues
    shared.told(1, state=FollowUpState.KEPT).later(minutes=1).runs()
    assert is_dated(shared, later)[0] == later
