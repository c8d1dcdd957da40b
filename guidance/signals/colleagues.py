"""What agents put to each other in internal notes: a request by name, and thanks."""

from __future__ import annotations

import re2

from guidance.signals.names import KnownName
from guidance.text.fold import fold
from guidance.text.patterns import Pattern

_ASKS_A_COLLEAGUE = Pattern(
    r"\?|\b(?:can|could|would|will) you\b|\bplease\b|\bpls\b|\blet me know\b|\bneed(?:s)? (?:your|you to)\b|\byour (?:call|view|opinion|thoughts|ok|okay|approval|sign-off)\b|\bwaiting (?:for|on) you\b"
    r"|\bany (?:idea|news|update|thoughts)\b|\bover to you\b|\bhave a look\b|\btake a look\b"
)
_THANKS = Pattern(
    r"\b(?:thank|thanks|thankyou|thx|ta|cheers|appreciate|appreciated|kudos|legend|lifesaver|grateful|danke|dank|merci|gracias)\b"
)


def asks(text: str, name: KnownName) -> bool:
    """Whether a note is put to this person by name and asks something of them."""
    folded = fold(text).text
    first = fold(name.first).text
    if first not in folded:
        return False
    called = re2.search(rf"(?:^|@|[\n.!?:]\s*|\b(?:hi|hey|hello|dear|ask|for|to|,)\s+@?){re2.escape(first)}\b", folded)
    return bool(called) and bool(_ASKS_A_COLLEAGUE.search(folded))


def thanks(text: str, name: KnownName) -> bool:
    """Whether a note thanks this person by name."""
    folded = fold(text).text
    return fold(name.first).text in folded and bool(_THANKS.search(folded))
