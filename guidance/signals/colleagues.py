"""What agents put to each other in internal notes: a request by name, taking it back, and thanks."""

from __future__ import annotations

import re2

from guidance.signals.names import KnownName
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of

_ASKS_A_COLLEAGUE = Pattern(
    either(
        r"\?",
        r"\b(?:can|could|would|will|mind) (?:you|u)\b",
        r"\b(?:please|pls|plz|kindly)\b",
        r"\b(?:let|tell|give|send|show) (?:me|us)\b",
        r"\b(?:need|needed|require|want|wants|waiting|wait|missing|chasing|asks|asking|until)\b",
        r"\bneeds (?:your|you|a|an|the)\b",
        r"\byour (?:call|view|opinion|thoughts|ok|okay|approval|sign-off)\b",
        r"\bany (?:idea|news|update|thoughts)\b",
        r"\bover to you\b",
        r"\b(?:have|take) a look\b",
        r"\bstill (?:nothing|no|not)\b",
        r"\b(?:do|did|have|are) (?:you|u) (?:\w+ )?\w+",
        r"\bdo with\b",
        r"(?:^|[\n.!?:;,-] ?)(?:(?:and|but|so) )?"
        + one_of(
            r"what|which|who|where|when|how|why",
            r"(?:was|is|are|do|does|did|shall|should|can|may|has|have) (?:we|i|you|he|she|they|it|this|that|the)",
        )
        + r"\b",
    )
)
_WANTS_NOTHING = either(
    r"\b(?:scratch|scrap|forget|ignore) (?:that|this|it|my|the)\b",
    r"\bnever ?mind\b",
    r"\bno (?:longer|need|action)\b",
    r"\b(?:not|nothing|none) (?:else |more |further )?(?:is )?(?:needed|required|expected)\b",
    r"\bnothing (?:else )?(?:for you )?to do\b",
)
"""What says outright that nothing is to be done, even of a note that wondered aloud before."""
_NOTHING_MORE = Pattern(_WANTS_NOTHING)
_TAKES_BACK = Pattern(
    either(
        _WANTS_NOTHING,
        r"\bfor (?:(?:your|ur) )?(?:information|info)\b",
        r"\bfyi\b",
        r"\b(?:got|found|have|solved|sorted|done|fixed) (?:it|that|them)\b",
        r"\bgave (?:it|them) to me\b",
        r"\b(?:all|is|it's|now|been) (?:good|set|sorted|solved|settled|done)\b",
        r"^\W*(?:sorted|solved|found|done)\b",
    )
)
_GREETS = frozenset("hi hey hello dear morning afternoon evening ask for you please pls".split())
_AWAITS = Pattern(r"\b(?:need|needs|wait|waiting|missing|know|pending|stuck)(?: \w+){0,4} (?:from|on|for) $")
_OF_OTHERS = frozenset("to with by from and told asked of via".split())
"""Words before a name that is spoken of, not to."""
_DOES = Pattern(
    r"^(?:'s\b|\s+(?:and|is|was|has|had|says|said|thinks|told|sent|gave|wants|needs|knows|did|does|went|made|took|\w+ed)\b)"
)
"""What follows a name that is spoken of, not to."""
_THANKS = Pattern(
    r"\b(?:thank|thanks|thankyou|thx|ta|cheers|appreciate|appreciated|kudos|legend|lifesaver|grateful|danke|dank|merci|gracias)\b"
)


def asks(text: str, name: KnownName) -> bool:
    """Whether a note is put to this person by name and asks something of them."""
    folded = fold(text).text
    called = fold(name.called).text
    return (
        called in folded
        and _is_called(folded, called)
        and bool(_ASKS_A_COLLEAGUE.search(folded))
        and not takes_back(text)
    )


def _is_called(folded: str, first: str) -> bool:
    """Whether a name stands where one speaks to somebody, or says from whom something is wanted."""
    if "@" in folded:
        return f"@{first}" in folded
    return any(
        _speaks_to(folded[: found.start()], folded[found.end() :])
        for found in re2.finditer(rf"\b{re2.escape(first)}\b", folded)
    )


def _speaks_to(before: str, after: str) -> bool:
    words = before.split()
    if not words or not before.endswith(" ") or not words[-1][-1].isalnum():
        return not _DOES.search(after)
    is_last = after.lstrip()[:1] in ("", ",", "?", "!")
    return words[-1] in _GREETS or bool(_AWAITS.search(before)) or (is_last and words[-1] not in _OF_OTHERS)


def takes_back(text: str) -> bool:
    """Whether a note says that what was asked before is needed no more."""
    _, mark, after = fold(text).text.rpartition("?")
    return bool((_NOTHING_MORE if mark else _TAKES_BACK).search(after))


def thanks(text: str, name: KnownName) -> bool:
    """Whether a note thanks this person by name."""
    folded = fold(text).text
    return fold(name.called).text in folded and bool(_THANKS.search(folded))
