"""docs/follow-ups.md lets each state go on to what the code lets it go on to."""

from __future__ import annotations

import re
from pathlib import Path

from guidance.followups.life import NEXT
from guidance.model import FollowUpState

PAGE = (Path(__file__).parents[2] / "docs" / "follow-ups.md").read_text("utf8")
NAMES = {str(state).replace("_", " "): state for state in FollowUpState}


def told():
    """By state, what the table lets it become by itself; two states may share a row."""
    table = PAGE.partition("### States")[2].partition("\n## ")[0].strip()
    for row in table.splitlines()[2:]:
        states, _, goes_on = row.strip("| ").split(" | ")
        found = re.findall(rf"\b(?:{'|'.join(NAMES)})\b", goes_on)
        yield from ((NAMES[state], {NAMES[name] for name in found}) for state in states.split(", "))


def test_each_state_goes_on_by_itself_as_the_page_says():
    assert dict(told()) == NEXT
