"""What keeps a commitment back: it waits for what the customer is told to do, or is only doubted, denied or asked for. Folded text."""

from __future__ import annotations

from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of

TOLD_TO = Pattern(
    r"^\W*(?:(?:please|kindly|just|so|then|simply) )*"
    + one_of(
        r"let (?:me|us) (?:know|have)|give (?:me|us) (?:the|your|a (?:call|ring|shout|bell))|say (?:the word|yes|"
        r"when|so)",
        one_of(
            r"answer|reply|respond|write|send|tell|bring|call|ring|phone|email|message|text|dm|pop|drop|pick|choose",
            r"confirm|share|fill|sign|post|return|mark|attach|forward|enter|scan|upload|shoot|ping|hand|fling|chuck",
            r"mail|fax|show|snap",
        )
        + r" "
        + one_of(
            r"it|them|me|us|this|that|these|the|your|an?|with|to|by|here|back|one|in|out|off|which|what|whether|both",
            r"all|over|yes|no|stop|ok|\"",
        ),
    )
    + r"[^.!?]{0,160}?(?:[,;:-]|\band\b|\bthen\b)[ ,]*(?:and |then |so )*(?:i|we|you|it|they|(?:our|my|your|the) \w+)"
    + r"(?:'ll| will| shall| would)\b"
)
"""Tells the customer to do something, and then commits: "answer with the names and I'll book"."""

_DOUBTED = {
    "en": Pattern(
        either(
            r"\b(?:doubt\w*|unlikely|unsure|nobody|no ?one|none of us|who (?:told|said|promised|says)|"
            r"i wish)\b[^,;:]*$",
            r"\b(?:don't|do not|doesn't|can't|cannot|couldn't|wouldn't|didn't|won't|never) (?:\w+ )?(?:think|know|"
            r"believe|say|tell|promise|see"
            r"|expect|guarantee|mean|imagine|suppose|pretend|claim)\b[^,;:]*$",
            r"\b(?:not|isn't|aren't|hardly) (?:\w+ )?(?:sure|certain|saying|likely|promising|clear|known|decided|"
            r"realistic)\b[^,;:]*$",
            r"\bno (?:way|chance|telling|idea|guarantee|promise|word|saying)\b[^,;:]*$",
            r"\b(?:hate|love|like|prefer|nice|wrong|lie|lying|dishonest|easy|wonderful|great|silly|foolish|rash|"
            r"unfair) to "
            r"(?:be able to |have to )?(?:say|tell|promise|claim|think|pretend)\b[^,;:]*$",
        )
    ),
    "de": Pattern(
        either(
            r"\b(?:bezweifle|bezweifeln|niemand|keiner|unwahrscheinlich|unklar|ungewiss|wer hat|wer sagt)\b[^;:]*$",
            r"\b(?:nicht|kaum) (?:sicher|sagen|versprechen|garantieren|wissen|absehbar|davon aus)\b[^;:]*$",
            r"\b(?:glaube|glauben|denke|denken|weiss|wissen) (?:\w+ )?nicht\b[^;:]*$",
            r"\b(?:wurde|wurden|wollte) (?:\w+ ){0,3}(?:gern|gerne) (?:sagen|versprechen)?[^;:]*$",
        )
    ),
    "fr": Pattern(
        either(
            r"\b(?:doute|doutons|personne ne|improbable|peu probable|incertain|qui vous a dit|qui t'a dit)\b[^,;:]*$",
            r"\b(?:pas|guere) (?:sure?s?|certaine?s?|dire|promettre|garantir|que|si)\b[^,;:]*$",
            r"\b(?:ne (?:pense|pensons|crois|croyons|sais|savons)|j'aimerais (?:\w+ )?dire|"
            r"je voudrais (?:\w+ )?dire)\b[^,;:]*$",
        )
    ),
    "es": Pattern(
        either(
            r"\b(?:dudo|dudamos|nadie|improbable|poco probable|quien (?:le|te) (?:dijo|ha dicho))\b[^,;:]*$",
            r"\bno (?:creo|creemos|pienso|se|sabemos|puedo (?:decir|prometer)\w*|podemos (?:decir|prometer)\w*|"
            r"es seguro|estoy segur\w+)\b[^,;:]*$",
            r"\b(?:me gustaria|quisiera|ojala pudiera) (?:decir|prometer)\w*\b[^,;:]*$",
        )
    ),
}
"""What stands before the words of a commitment and leaves them unsaid: "I doubt we'll have it", "nobody knows when it will reopen"."""
_ANEW = Pattern(r".* (?:but|so|and|because|aber|sondern|und|mais|donc|et|pero|asi que|y) ")
"""Behind such a word a statement of its own begins: "I don't know why, but we'll fix it"."""
_OF_NOBODY = Pattern(r"\b(?:nobody|no ?one|none of (?:us|them|our \w+))(?:'ll| will| shall| should| is going to)\b")
_ASKS = Pattern(
    r"^\W*(?:who|why|what|where|how|did|does|has|have|is|are|was|were|(?:just )?so)\b.*\?\W*$|\byou(?:'ll| will|'re| get| receive)\b[^?]*\?\W*$"
)


def is_doubted(before: str, language: str) -> bool:
    """Whether what stands before a commitment in its sentence doubts or denies it."""
    found = _DOUBTED.get(language)
    if found is None:
        return False
    anew = _ANEW.match(before)
    return bool(found.search(before[anew.end() :] if anew else before))


def is_of_nobody(words: str) -> bool:
    """Whether these words of a commitment say what nobody will do."""
    return bool(_OF_NOBODY.search(words))


def only_asks(sentence: str) -> bool:
    """Whether a sentence asks somebody about a commitment: "who told you that we'll come?", "so you'll be home after four?"."""
    return "?" in sentence and bool(_ASKS.search(fold(sentence).text))
