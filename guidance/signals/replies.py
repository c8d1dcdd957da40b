"""A reply as one who looks for answers in it sees it: what it gives, asks back, leaves open, sentence by sentence."""

from __future__ import annotations

from functools import cached_property, lru_cache

from guidance.signals import wording
from guidance.signals.matter import content_words
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, one_of
from guidance.text.sentences import sentences

_FEWEST_ITEMS = 2
"""So many numbers make a list."""

_GREETING = Pattern(
    r"^\W*(?i:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day))\b"
    + one_of(
        r"(?: (?:(?i:there|all|team|both|again|sir|madam|or|and|mr|mrs|ms|dr)\b\.?|\p{Lu}[\pL\pM.'’-]*)){0,4} ?[,.!:\n–]+",
        r"(?: [\pL\pM.'’-]+){1,2}[,!\n]+",
        r" ?[,.!\n]+",
    )
    + r"\s*"
)
_NAMES = r"(?:\p{Lu}[\pL\pM.'’-]*[ ,]*){1,3}"
_FAREWELL = Pattern(
    one_of(
        r"\n\s*(?i:(?:with )?(?:kind|kindest|best|warm|warmest|many)?\s*(?:regards|wishes|thanks|greetings)|thank you|cheers|best|all the best"
        r"|yours(?: (?:sincerely|faithfully|truly))?|sincerely|love)\b[\s,.!–-]*" + rf"(?:{_NAMES})?",
        rf"[.!?)]\s*\n\s*{_NAMES}",
    )
    + r"\s*$"
)

_BARE = 4
"""So many words at most hold a yes or no and nothing of the matter."""


class Reply:
    """What a reply says, folded; each thing about it is looked for once, however many questions it may answer."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._given: dict[str, bool] = {}

    @cached_property
    def sentences(self) -> list[str]:
        return [self.text[start:end] for start, end in sentences(self.text)]

    @cached_property
    def content(self) -> frozenset[str]:
        return content_words(self.text)

    @cached_property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def items(self) -> list[str]:
        """What stands behind its numbers, where it is numbered from one on."""
        numbered = [(int(one[1]), one.end()) for one in wording.NUMBERED.finditer(self.text)]
        if len(numbered) < _FEWEST_ITEMS or [number for number, _ in numbered] != list(range(1, len(numbered) + 1)):
            return []
        ends = [start for _, start in numbered[1:]] + [len(self.text)]
        return [self.text[start:end].strip(" .:)0123456789\n") for (_, start), end in zip(numbered, ends, strict=True)]

    def says_shortly(self, kind: str) -> bool:
        """Whether it is so short that a reason or a place in it can only be the answer."""
        told = {"why": wording.BECAUSE, "where": wording.ITS_PLACE}.get(kind)
        return told is not None and self.words <= wording.SHORT and bool(told.search(self.text))

    @cached_property
    def hedges(self) -> bool:
        return bool(wording.HEDGES.search(self.text))

    @cached_property
    def says_no(self) -> bool:
        return bool(wording.SAYS_NO.search(wording.NOTHING_AGAINST_IT.sub(" ", self.text)))

    @cached_property
    def finds_out(self) -> bool:
        return bool(wording.FINDS_OUT.search(self.text))

    def about(self, matter: frozenset[str]) -> Reply:
        """The sentences that speak of a matter, each with the one behind it; of several questions, those that can answer this one in passing."""
        speaks = [bool(matter & content_words(one)) for one in self.sentences]
        told = zip(self.sentences, speaks, [False, *speaks], strict=False)
        return Reply(" ".join(one for one, does, did in told if does or did))

    @cached_property
    def goes_after_it(self) -> bool:
        """Whether it finds out, or a sentence asks for something in particular, and not only how things are going."""
        return self.finds_out or any(
            (wording.ASKS_BACK.search(one) or wording.ASKS_TO_SEND.search(one)) and not wording.VAGUE_BACK.search(one)
            for one in (wording.NOT_NEEDED.sub(" ", told) for told in self.sentences)
        )

    @cached_property
    def helps(self) -> bool:
        """Whether it gives a step, or asks what it is about: enough for a mere plea for help."""
        return self.gives("how") or bool(wording.ASKS_WHAT_ABOUT.search(self.text))

    @cached_property
    def links(self) -> bool:
        return bool(wording.A_LINK.search(self.text))

    @cached_property
    def to_the_point(self) -> Reply:
        """The reply without the sentences that only send the customer elsewhere."""
        spoken = (wording.IDIOM.sub(" ", one) for one in self.sentences)
        told = (one for one in spoken if not wording.SENDS_ELSEWHERE.search(one) or _names_something(one))
        return Reply(" ".join(one for one in told if not wording.BARE_LINK.search(one)))

    @cached_property
    def without_bare_yes(self) -> Reply:
        """The reply without its one bare yes or no, which answers the first of several questions; all of it where it speaks of both."""
        bare = [one for one in self.sentences if len(one.split()) <= _BARE and wording.SAYS_YES_OR_NO.search(one)]
        if len(bare) != 1 or wording.FOR_ALL.search(self.text):
            return self
        return Reply(" ".join(one for one in self.sentences if one not in bare))

    @cached_property
    def of_its_own(self) -> Reply:
        """The reply to the point, without what only names a page to read."""
        return Reply(wording.POINTS_TO_A_PAGE.sub(" ", self.text)).to_the_point

    def gives(self, kind: str) -> bool:
        """Whether it gives what this kind of question is after, anywhere."""
        if kind not in self._given:
            self._given[kind] = wording.gives(kind, self.text)
        return self._given[kind]

    def begins_with(self, kind: str) -> bool:
        """Whether its first sentence is brief and gives just this."""
        first = next(iter(self.sentences), "")
        return len(first.split()) <= wording.BRIEF and wording.gives(kind, first)


def _names_something(sentence: str) -> bool:
    """Whether a sentence that sends the customer elsewhere names what is needed there, or says yes at once."""
    return bool(wording.NAMES_DETAILS.search(sentence) or wording.BEGINS_WITH_YES.search(sentence))


def unframed(text: str) -> str:
    """A reply without its greeting and its farewell; as it is where nothing else is in it."""
    inside = _FAREWELL.sub("", _GREETING.sub("", text))
    return inside if any(map(str.isalnum, inside)) else text


@lru_cache(maxsize=16)
def reply_of(text: str) -> Reply:
    return Reply(fold(text).text)
