"""Where one question of a sentence ends and the next begins, and where a question begins behind a statement, over folded text."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of

JOINT = Pattern(
    either(
        r"[,;]?\s(?:and|also|plus|or|but|\&)(?: also| then)?,? ("
        r"(?:(?:(?:can|could|would) you )?(?:please |kindly )?(?:tell|let|advise|confirm) (?:(?:me|us) )?(?:know )?)?"
        + one_of(
            r"how|what|when|where|why|who|which|whose|whether|if",
            r"(?:from|until|till|by|at|in|for|to) (?:when|what|which|whom)|is (?:there|it|that|this)|are there",
            r"do (?:you|i|we)|does (?:it|that|this|the)|did|can (?:i|we|you)|could (?:i|we|you)",
            r"will (?:it|you|i|we|the)|would (?:it|you|i|we)|should (?:i|we)|may (?:i|we)|am i|have you",
            r"has (?:it|the|my)",
        )
        + r"\b)",
        r"[,;]\s("
        + one_of(
            r"whether|how (?:much|many|long|soon|often|far|do|does|can)|what (?:is|are|time|kind|happens)|which",
            r"whose|where|(?:from|until|till|by|at) (?:when|what|which)|is there|are there|do (?:you|i|we)",
            r"can (?:i|we)",
        )
        + r"\b)",
        r"[,;]?\s(\(?[2-9]\) ?\w)",
    )
)
"""Where one more question hangs on: by `and`, by a comma, by a number; each has a group of its own for where it begins."""
TURNS = "is|are|was|were|am|do|does|did|can|could|will|would|should|shall|may|might|must|has|have"
"""Verbs that go before their subject where something is asked."""
HAILS = r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))\b"
"""How a greeting begins."""
_TURNED = (
    one_of(
        TURNS,
        "had",
        r"(?:is|are|was|were|do|does|did|ca|could|wo|would|should|has|have)n't",
    )
    + r" (?:not )?"
)
"""A verb before its subject."""
_OPENS_ONE = one_of(
    _TURNED + r"\S+ \S+",
    r"how (?:much|many|long|soon|often|far|old|big|do|does|did|can|could|to|is|are|was|about|come) \S+",
    r"(?:(?:from|until|till|by|since|to|with) )?(?:when|where|why|who|whom|how|what)(?:'s|'re|'d|'ll|s)? "
    + _TURNED
    + r"\S+",
    r"(?:when|where|why|who|how|what)'(?:s|re|d|ll) \S+",
    r"(?:(?:from|until|till|by|at|in|for|to|on|with|of) )?(?:what|which|whose|whom) \S+ \S+",
    r"(?:who|why|what|where|when) (?:to|not|else|\w+s|\w+ed) \S+",
    r"(?:any|whether|if possible,?) \S+ \S+",
)
_LEADS_IN = (
    rf"\W*(?:{HAILS}[^,.!?:\n]{{0,40}}[,.!:\n]+ ?|@\w+\W+)*"
    r"(?:(?:hi|hello|hey|there|sir|madam|team|all|and|also|so|but|or|plus|then|well|ok|okay|now|just|oh|please|sorry|again|still"
    r"|first|anyway|btw|by the way|\w+ly)\b\W*)*"
)
"""What stands before a question and says nothing of it: a greeting, "and", "by the way"."""
ASKS = Pattern(
    either(
        rf"^{_LEADS_IN}{_OPENS_ONE}",
        rf"[,;:–—-] {_LEADS_IN}{_OPENS_ONE}",
        r"\b(?:know|ask|asking|tell(?: me| us)?|wonder|wondering|confirm|check|advise|explain|sure|see|clarify|find out) "
        r"(?:(?:from|until|till|by|at|in|for|to) )?(?:if|whether|how|what|when|where|why|who|whom|which) \S+",
    )
)
"""A question with a matter of its own, before a joint: it stands at the head of a clause."""
_SUBJECT = one_of(
    r"i|you|u|we|he|she|it|they|there|this|that|these|those|someone|somebody|anyone|anybody|everyone|one|both|all",
    r"the|my|your|our|his|her|their|its|an?|any|some",
)
_STATES_FIRST = Pattern(
    rf"^[^?]{{3,}}?[,;:–—-] {_LEADS_IN}("
    + either(
        rf"(?:{TURNS})(?:n't)? (?:not )?" + _SUBJECT + r" \S+",
        r"how (?:much|many|long|soon|often|far|do|does|did|can|could|to|is|are|about|come) \S+",
        r"(?:(?:from|until|till|by|since|to|with|on|at|in|for) )?"
        + one_of(
            r"(?:what|which|whose)(?: \w+){1,2}?",
            r"(?:what|which|when|where|why|who|whom|how)(?: else)?(?:'s|'re|'d|'ll)?",
        )
        + " "
        + _TURNED
        + r"\S+",
    )
    + ")"
)
"""A statement, and the question that hangs on it by a comma: "the lamp has a crack, do you have another"."""
_DEPENDS = Pattern(
    rf"(?:^|[,;:–—-] ?){_LEADS_IN}(?:if|when|once|unless|as|since|because|after|before|while|until|given|assuming|where)\b[^,;:]*\W*$"
)
"""A statement before a question that is none of its own, since the question depends on it: "if I cancel today,"."""


def states_first(folded: str) -> int:
    """Where a question begins behind what only tells how things stand; 0 where it asks at once, or depends on what stands there."""
    found = _STATES_FIRST.search(folded)
    if found is None or ASKS.search(folded[: found.start(1)]) or _DEPENDS.search(folded[: found.start(1)]):
        return 0
    return int(found.start(1))
