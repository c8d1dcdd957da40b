"""What customers tell of their lives: good days may be kept for a word on the day; illness and bereavement never are."""

from __future__ import annotations

from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, word_of
from guidance.text.sentences import sentences

_SAD = Pattern(
    word_of(
        either(
            r"passed away|has died|have died|died (?:last|on|in|this|suddenly)|funeral|bereave\w*|miscarriage|stillborn",
            r"lost (?:my|our) (?:husband|wife|mother|father|mum|mom|dad|son|daughter|brother|sister|baby|grand\w+)\b",
            r"(?:in|at|to) (?:the )?hospital|hospice|intensive care|cancer|chemo\w*|diagnosed with|had a stroke|heart attack",
            r"(?:my|his|her|the) surgery|terminally ill|car accident",
        )
    )
)
_OF_A_THING = Pattern(
    r"\b(?:phone|battery|laptop|screen|engine|router|plants?|signal|connection) (?:has |have )?died\b"
)


def may_be_kept(text: str) -> bool:
    """Whether a reminder may be planned for a day that a customer names; not where they tell of illness or bereavement, in English."""
    told = (fold(text[start:end]).text for start, end in sentences(text))
    return not any(_SAD.search(one) and not _OF_A_THING.search(one) for one in told)
