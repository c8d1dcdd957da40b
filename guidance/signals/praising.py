"""Thanks and praise by their wording: what is said in passing, what names something, and what is heartfelt without a word of thanks."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, one_of

_THANKS = r"\b(?:thank ?(?:s|you|u)|th(?:an)?xx?|thn?ks|cheers|ty|ta)\b"
_BARE_THANKS = Pattern(_THANKS + r"(?:[ ,]+(?:@\w+|[a-z]+))?[ ,]*(?:[^\w\s,]|\n|$)")
_THANKS_FOR = Pattern(
    either(
        _THANKS
        + r"[ ,]*(?:so much|very much|a lot|a (?:bunch|million|mil|ton)|(?:once )?again|to|for|(?:you )?guys|loads|heaps|tons)\b",
        r"\b(?:many|big|huge) " + _THANKS,
        r"\bappreciat|\bgr(?:ate|eat)ful",
    )
)
"""Thanks that name something, or say how much: what "Great. Thank you" does not."""

_HEARTFELT = Pattern(
    either(
        r"\b(?:you|he|she|they|u)(?:'re| are|'s| is| were| was|r)? "
        + one_of(r"(?:all|both|just|truly|really|such|simply|an?|my|our|the|absolute|total|real|bloody|true) ")
        + r"*"
        + one_of(
            r"angels?|legends?|heroe?s?|superstars?|life-?savers?|godsend|gem|treasure|saints?|wizards?|marvels?|diamonds?"
        )
        + r"(?:[ ,]+(?:all|both|the lot) of (?:you|them))?(?:[.!,;]|$|\n| (?:and|for|who|to)\b)",
        r"\b(?:stone|weight|load|rock) off (?:my|our|his|her|their) (?:chest|mind|heart|shoulders?)\b",
        r"\b(?:saved|made|rescued) (?:my|our|his|her|their|the) "
        + one_of(r"bacon|life|day|week|year|wedding|holiday|christmas|trip|skin|evening|launch|weekend|show|exam|party")
        + r"\b",
        r"\b(?:you|he|she|they) (?:[\w']+ ){0,6}(?:above and beyond|the extra mile)\b",
        r"\b(?:treated|looked after|cared for|spoken to)(?: me| us| him| her)? with (?:such|so much|nothing but|real|true|every) "
        + one_of(r"decency|kindness|respect|care|patience|dignity|warmth|courtesy|tenderness")
        + r"\b",
        r"\b(?:was|is|were) (?:just |simply )?(?:proper|real|pure|true|sheer|such|genuine) "
        + one_of(r"kindness|decency|class|generosity|patience|care|warmth|thoughtfulness")
        + r"\b",
        r"\b(?:won't|will not|shall not|shan't|(?:will|'ll) never) forget (?:her|him|them|your kindness)\b",
        r"\b(?:wouldn't|would not|refused to) (?:even )?(?:take|accept|hear of) (?:a|any|the|my) "
        + one_of(r"penny|cent|tip|money|payment|price of|coffee")
        + r"\b",
        r"\b(?:hasn't|haven't|can't|cannot) stop(?:ped)? (?:talking|smiling|raving|telling everyone) about (?:it|him|her|you|them)\b",
        r"\brestored (?:my|our) faith\b|\b(?:i'd|i would|we'd|we would) like (?:his|her|their) "
        + one_of(r"people|boss|manager|team|superiors?|employer|supervisor")
        + r" to (?:know|hear)\b",
        r"\b(?:don't|do not|can't|cannot) find the words\b",
        r"\b(?:stayed|stopped) (?:back|on|late|behind) (?:after|past|beyond) (?:his|her|their|your) (?:shift|hours|time)\b",
        r"\b(?:such|these) people are (?:so |very )?rare\b|\bneed more (?:people |staff )?like (?:him|her|you|them)\b",
    )
)
"""Praise without a word of thanks: "you are our angel", "you took a stone off my chest"."""
_MOCKINGLY = Pattern(
    either(
        r"\b(?:not|never|hardly|n't|some|what|real|such) (?:a |an |exactly )?(?:angel|legend|hero|gem|treasure|saint|wizard)",
        r"\b(?:thanks for|congratulations|well done) ",
        r"\b(?:rude\w*|appalling|disgust\w*|terribl[ey]|awful|useless|worst|horrible|disgrace\w*|unacceptable|how bad\w*|complain\w*|shame)\b",
    )
)
"""What turns such praise round: "some heroes you are", "not exactly angels"."""


def thanks_in_passing(folded: str) -> bool:
    """Whether all the thanks in a text are the word alone."""
    return bool(_BARE_THANKS.search(folded)) and not _THANKS_FOR.search(folded)


def is_heartfelt(folded: str) -> bool:
    """Whether a folded text calls us an angel, or says that we saved the day, and means it."""
    return bool(_HEARTFELT.search(folded)) and not _MOCKINGLY.search(folded)
