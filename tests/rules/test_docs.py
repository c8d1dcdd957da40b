from pathlib import Path

from guidance.rules.conditions import KINDS

TEXT = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf8")


def test_every_condition_has_its_row():
    assert [name for name in KINDS if f"| `{name}` |" not in TEXT] == []


def test_no_row_names_a_condition_that_is_gone():
    rows = [line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row not in KINDS] == []
