"""Figures that a page copies from code which no other test of that page reads."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_save_in_zendesk_waits_for_us_as_long_as_its_page_says():
    guard = (ROOT / "guidance" / "sidebar" / "static" / "guard.js").read_text("utf8")
    (waits,) = re.findall(r"^const WAIT_MS = ([\d_]+);", guard, re.MULTILINE)
    told = (ROOT / "docs" / "zendesk.md").read_text("utf8")
    assert re.findall(r"`ticket\.save` waits ([\d.]+) s for us", told) == [f"{int(waits) / 1000:g}"]
