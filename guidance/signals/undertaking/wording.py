"""The patterns that each language brings."""

from __future__ import annotations

from msgspec import Struct

from guidance.text.patterns import Pattern


class Wording(Struct, frozen=True):
    """`acts`: somebody does something, or something moves or gets done. `blocks`: what makes a sentence that does so no commitment of ours.

    `does`: we do something for them, no time named; `courtesies`: only politely. `outright`: commits also by a denial, but on no `condition`.
    `standing`: commits so, and for good: there is nothing to date, and nothing to do by then.
    `ours`: one of us, or something still to come; without it a sentence may tell what already happens to their matter.
    """

    acts: Pattern
    blocks: Pattern
    does: Pattern
    courtesies: Pattern
    outright: Pattern
    standing: Pattern
    condition: Pattern
    ours: Pattern


def by_name(titles: str) -> str:
    """A pattern of somebody who is spoken of by title and name; behind a comma it is the customer who is spoken to."""
    return rf"(?:^\W*|\w )(?:{titles})\.? [\w-]+ \w"
