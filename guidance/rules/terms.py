"""The words of one pack: phrases and patterns of its conditions, each set under an id, and the lists that both may name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from guidance.rules.yamlfile import Problem
from guidance.text.fold import fold

_NAMED = re.compile(r"(?<!\\)(?<!\\[pPx])\{([a-z][a-z0-9_-]*)\}")
"""A list's name within a pattern. `{2,3}` counts, `\\p{Greek}` names a script, and `\\{` is a brace."""
_GOES_ON = re.compile(r"(?<!\\.)(?<=\w)\*$")


class Terms:
    """Collects a pack's phrases and patterns while its conditions are read; gives each set an id of its own.

    `asked`: how many conditions were read so far, those of a macro each time that it is used. `written`: patterns as they
    stand in the file, by what they are with their lists put in.
    """

    def __init__(self, pack: str, lists: Mapping[str, list[str]]) -> None:
        self.pack = pack
        self.lists = lists
        self.phrases: dict[str, list[str]] = {}
        self.patterns: dict[str, str] = {}
        self.written: dict[str, str] = {}
        self.asked = 0
        self._known: dict[tuple[str, ...] | str, str] = {}

    def add_phrases(self, phrases: Sequence[str]) -> str:
        """The id of these words, a new one where they are new: what two rules ask for is looked for once."""
        name = self._known.setdefault(tuple(phrases), f"{self.pack}/{len(self.phrases)}")
        self.phrases[name] = list(phrases)
        return name

    def add_pattern(self, written: str) -> str:
        """The id of a pattern, with the lists that it names put in. Raises `Problem` where there is no such list."""
        pattern = _NAMED.sub(lambda found: self._choice(found[1]), written)
        self.written.setdefault(pattern, written)
        name = self._known.setdefault(pattern, f"{self.pack}/re{len(self.patterns)}")
        self.patterns[name] = pattern
        return name

    def phrases_in(self, argument: Any) -> list[str]:
        """The phrases of a condition, those of a list that it names among them. Raises `Problem`."""
        phrases: list[str] = []
        for phrase in strings(argument):
            phrases += self._list(phrase[1:]) if phrase.startswith("@") else [phrase]
        if empty := next((phrase for phrase in phrases if not fold(phrase).text.strip()), None):
            raise Problem(f"{empty!a} holds nothing that could be looked for")
        return phrases

    def _choice(self, name: str) -> str:
        """A list as one choice within a pattern; a star at the end of an entry goes on with its word, as in phrases."""
        entries = (_GOES_ON.sub(lambda _: r"\w*", one) for one in self._list(name))
        return f"(?:{'|'.join(entries)})"

    def _list(self, name: str) -> list[str]:
        if name not in self.lists:
            raise Problem(f"there is no list `{name}` in this pack; its lists are: {', '.join(self.lists) or 'none'}")
        return self.lists[name]


def strings(argument: Any) -> list[str]:
    """One text or several, as a list. Raises `Problem` for anything else."""
    values = argument if isinstance(argument, list) else [argument]
    if not values or not all(isinstance(value, str) and value.strip() for value in values):
        raise Problem("a text, or a list of texts, is needed here")
    return values


__all__ = ["Terms", "strings"]
