"""docs/console.md shows every page, and says of roles what the code says."""

from __future__ import annotations

from pathlib import Path

import guidance.console
from guidance.people.users import ALLOWED, May, Role

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "console.md").read_text("utf8") + (DOCS / "follow-ups.md").read_text("utf8")
TEMPLATES = Path(guidance.console.__file__).parent / "templates" / "console"
NO_PAGES = {"base", "macros"}
PASSING = {"error", "conflict", "signed-in"}
"""Pages that one sees for a moment, or where something went wrong."""


def test_every_page_is_shown_with_a_picture_that_there_is():
    pages = {path.stem for path in TEMPLATES.glob("*.html")} - NO_PAGES - PASSING
    assert [page for page in sorted(pages) if f"(img/console-{page}.png)" not in TEXT] == []
    assert [page for page in sorted(pages) if not (DOCS / "img" / f"console-{page}.png").is_file()] == []


def test_a_thing_has_one_plain_name_on_pages_and_in_docs():
    told = {path.name: path.read_text("utf8") for path in [*TEMPLATES.glob("*.html"), *DOCS.glob("*.md")]}
    former = ("the shadow", "noise contract", "Standing", "What it did", "In other words")
    assert [(name, word) for name, text in told.items() for word in former if word in text] == []


def test_the_page_says_of_each_role_what_it_may_beyond_the_one_before():
    rows = []
    for before, role in zip([None, *Role], Role, strict=False):
        added = ALLOWED[role] - ALLOWED.get(before, frozenset())
        rows.append(f"| {role} | {'that, and ' if before else ''}{'; '.join(may for may in May if may in added)} |")
    assert "\n".join(["| role | may |", "|---|---|", *rows, ""]) in TEXT
