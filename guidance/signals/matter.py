"""The words of a text that carry its matter: what is asked about, and what an answer has to speak of."""

from __future__ import annotations

from functools import lru_cache

from guidance.text.fold import fold
from guidance.text.words import plain_words

_COMMON = frozenset(
    "a an the and or but if of to in on at by for with from is are was were be been am do does did have has had i you he she it we they my your "
    "our their me us him her them this that these those what when where why how who which can could will would should shall may might not no yes "
    "please thanks thank hi hello hey just so very too also there here any some got get u ur im ive going know need want help still even about out up "
    "now only then than more been being again one like it's i'm don't can't won't doesn't let tell because really "
    "over under own whether since must such while during through into onto off".split()
)

_ALIKE = {
    stem: group.split()[0]
    for group in (
        "refund money reimburs repay repaid payback",
        "cancel cancell cancellation terminat",
        "parcel packag box",
        "deliver delivery ship shipp dispatch",
        "repair fix mend",
        "swap exchang replac replacement",
        "price cost fe fee",
        "car vehicl",
        "phon mobil",
        "mail email",
    )
    for stem in group.split()
}
"""Stems that speak of one matter in most questions: who asks for their money back is answered by a refund."""

_MOST_KNOWN = 1 << 14
"""Words whose stems are kept."""


@lru_cache(maxsize=256)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its matter, crudely stemmed."""
    return frozenset(map(_STEMS.__getitem__, plain_words(fold(text).text))) - _NO_MATTER


class _Stems(dict[str, str]):
    """The stem of a word, worked out at first sight; of one that carries no matter, nothing."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        stem = _stem(word) if len(word) > 2 and word not in _COMMON else ""
        self[word] = _ALIKE.get(stem, stem)
        return self[word]


_STEMS = _Stems()
_NO_MATTER = frozenset({""})


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word.removesuffix("ies") + "y"
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) > len(ending) + (2 if ending == "s" else 3):
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e")
