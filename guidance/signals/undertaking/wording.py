"""The patterns that each language brings."""

from __future__ import annotations

from msgspec import Struct

from guidance.text.patterns import Pattern


class Wording(Struct, frozen=True):
    """`acts`: something is done or moves. `blocks`: what makes a sentence that does so no commitment of ours.

    `does`: we do something for them, no time named; `courtesies`: only politely. `outright`: commits also by a denial, but on no `condition`.
    `ours`: one of us, or something still to come; without it a sentence may tell what already happens to their matter.
    """

    acts: Pattern
    blocks: Pattern
    does: Pattern
    courtesies: Pattern
    outright: Pattern
    condition: Pattern
    ours: Pattern


ANYTHING = Pattern(r"\w")
