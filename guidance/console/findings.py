"""A backtest's findings as its page shows them: each once, in sections, with how many were judged right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from guidance.backtests import Compared, Hit
from guidance.backtests.comparing import Near


class Finding(Struct, frozen=True):
    """One hit or near miss, the name by which it is judged, and the word that it was given."""

    name: str
    what: Hit | Near
    word: str


class Section(Struct, frozen=True, kw_only=True):
    """Findings of one kind. `above`: how many more of them stand in sections before."""

    title: str
    is_near: bool
    findings: list[Finding]
    above: int

    @property
    def tally(self) -> str:
        return tally_of([one.word for one in self.findings])


def sections_of(found: Compared, judged: Mapping[str, str]) -> list[Section]:
    """All that there is something in; a finding that is new, gone or changed may stand among the hits to judge already."""
    told, seen = list[Section](), set[str]()
    for title, ones in (
        ("Hits to judge", found.hits),
        ("Near misses to judge", found.near),
        ("New", found.new),
        ("Gone", found.gone),
        ("Changed", found.changed),
    ):
        named = {_name(one): one for one in ones}
        fresh = [Finding(name, one, judged.get(name, "")) for name, one in named.items() if name not in seen]
        seen |= named.keys()
        if named:
            above = len(named) - len(fresh)
            told.append(Section(title=title, is_near=ones is found.near, findings=fresh, above=above))
    return told


def tally_of(words: Sequence[str]) -> str:
    """How many of those that were judged are right; '' where none was."""
    right, of = words.count("right"), sum(1 for one in words if one)
    return f"{right} of {of} judged are right" if of else ""


def _name(one: Hit | Near) -> str:
    return f"{one.conversation} {one.reply} {one.rule}"
