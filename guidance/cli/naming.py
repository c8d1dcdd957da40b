"""What to say of a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from guidance.text.nearest import close_to


def no_rule(rule_id: str, there: Iterable[str]) -> str:
    """What to say of a rule that there is not: those it may have meant, or where all are listed."""
    meant = " or ".join(close_to(rule_id, there))
    return f"there is no rule {rule_id}; " + (f"is it {meant}?" if meant else "docs/principles.md names them all")
