"""The words of one language, and the numbers of all, as items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import resources
from itertools import product
from typing import Any

from guidance.hours.zones import zones_by_city
from guidance.signals.moments.numerals import read_numeral
from guidance.signals.moments.values import Clock, Item, Scene
from guidance.text.fold import Folded
from guidance.text.patterns import Pattern, either
from guidance.text.scan import Scanner
from guidance.text.shipped import shipped_yaml

Tags = dict[str, Any]

TAGS = {
    "numbers": "n", "more_numbers": "n", "ordinals": "o", "one": "E", "half": "H", "quarter": "q", "three_quarters": "3", "weekdays": "w", "short_weekdays": "W", "months": "m", "units": "u",
    "hours": "K", "business": "b", "days": "d", "parts": "P", "today_parts": "S", "first_thing": "X", "clocks": "t", "oclock": "k", "meridiems": "a", "short_meridiems": "?",
    "to": "T", "past": "p", "minus": "M", "and": "&", "between": "j", "range": "r", "at": "@", "surely_at": "!", "by": "Y", "before": "B", "after": "A", "within": "i", "from_now": "f", "ago": "g",
    "ago_before": "G", "lasting": "J", "of": "O", "the": "L", "on": "c", "next": "x", "following": "v", "second_next": "l", "not_then": "N", "this": "h", "coming": "C", "end": "e", "start": "s",
    "middle": "I", "month_halves": "1", "day_end": "Q", "unit_ends": "4", "calendar_weeks": "7", "addresses": "8", "address_ends": "9", "void": "V", "now": "0", "not_now": "V", "feasts": "F", "zones": "z",
}  # fmt: skip
"""Section of a word list -> the tag that its words get."""

_NUMBERS = frozenset("nE52tqkK")
_STRONG_GAP = frozenset(".!?;\n|…")
_ABBREVIATED = frozenset("wWmubaokFnj")
_LAST_DAY = 31
_NO_TAGS = frozenset({"ordinal_endings", "joining"})
"""Sections whose words stand for nothing by themselves."""

_PAUSES = frozenset(',;:()"')
_MORNING = "morgen"
"""By itself it is tomorrow; in "Montagmorgen" a part of the day."""


class Lexicon:
    """One language's words; in English, "Tokyo time" by its `cities`. `items` reads a folded text; `alphabet` holds every set of tags that it can give."""

    def __init__(self, lists: Mapping[str, Any], cities: Mapping[str, str]) -> None:
        self._words: dict[str, Tags] = {}
        for section, content in lists.items():
            if section not in _NO_TAGS:
                for phrase, value in _entries(section, content):
                    self._words.setdefault(phrase, {})[TAGS[section]] = value
        for city, zone in cities.items():
            if city not in self._words:
                self._words[f"{city} time"] = {TAGS["zones"]: zone}
        self._endings = frozenset(lists["ordinal_endings"])
        self._joining = frozenset(lists["joining"])
        self._compounds = (
            {day + part: len(day) for day, part in product(self._having("w"), [*self._having("P"), _MORNING])}
            if "uhr" in self._words
            else {}
        )
        self._scanner = Scanner({phrase: [phrase] for phrase in (*self._words, *self._compounds)}, {})

    def items(self, text: str, folded: Folded, scene: Scene) -> list[Item]:
        """The items of a text in order; unknown words between them are `_`, ends of sentences `.`."""
        plain = Folded(folded.text, range(len(folded.text) + 1))
        hits = [
            item
            for phrase, spans in self._scanner.scan(plain).items()
            for span in spans
            for item in self._worded(phrase, span)
        ]
        hits += self._numerals(folded.text, scene)
        hits.sort(key=lambda item: (item.start, -item.end))
        joins = partial(self._joins, text, folded, scene.language)
        return list(_with_gaps(folded.text, _longest(hits), joins))

    def _joins(self, text: str, folded: Folded, language: str, start: int, end: int) -> bool:
        """Whether unknown words begin with one that nobody counts ("at nine with news").

        German writes what is counted with a capital, and what the hours of Spanish "a las" would count ends in an s.
        """
        gap = folded.text[start:end]
        words = gap.split(maxsplit=1)
        word = (words[0].rstrip(".!?…,;:)") or words[0]) if words else ""
        if word in self._joining or word[:1] in _PAUSES or (word[:1] == "-" and gap[:1] == " "):
            return True
        if language == "de":
            return text[folded.at[end - len(gap.lstrip())]].islower()
        return language == "es" and word.isalpha() and not word.endswith("s")

    def suffix(self, letters: str) -> Tags | None:
        """What letters right behind a number mean (`48h`, `4th`, `9am`); None where nothing."""
        if letters in self._endings:
            return {"o": None}
        found = self._words.get(letters)
        if not found:
            return None
        return {("a" if tag == "?" else tag): value for tag, value in found.items() if tag in "uaKk?"} or None

    def _worded(self, phrase: str, span: tuple[int, int]) -> Iterator[Item]:
        if phrase in self._compounds:
            middle = span[0] + self._compounds[phrase]
            yield Item(self._words[phrase[: middle - span[0]]], span[0], middle)
            part = phrase[middle - span[0] :]
            yield Item({"P": "morning"} if part == _MORNING else self._words[part], middle, span[1])
            return
        tags = {tag: value for tag, value in self._words[phrase].items() if tag != "?"}
        if tags:
            yield Item(tags, *span)

    def _numerals(self, text: str, scene: Scene) -> Iterator[Item]:
        for match in _NUMERAL.finditer(text):
            start = match.start()
            if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                yield Item({"_": None}, start, match.end())
            else:
                yield from read_numeral(match, scene, self.suffix)

    def _having(self, tag: str) -> list[str]:
        return [phrase for phrase, tags in self._words.items() if tag in tags and " " not in phrase]


_MERIDIEM = r"[ap](?:\.\s?m\.|(?:\s?\.?\s?m)?\b)"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_JUNK = either(
    r"[$€£¥#]\s?\d[\d.,:]*|\d[\d.,]*\s?(?:%|€|\$|£|¥|usd\b|eur\b|gb\b|mb\b|x\b)|\d+(?:\.\d+){3,}",
    r"\+\d[\d -]{6,}|\d{5,}[a-z]*|\d+[.,]\d{3,}|\b24/7\b|\b24 ?h ?/ ?24\b|\b7 ?j ?/ ?7\b",
)
_OFFSET = r"z\b|[+-](?:0\d|1[0-4]):?[0-5]\d\b"
_NUMERAL = Pattern(
    either(
        rf"(?P<junk>{_JUNK})",
        r"(?:utc|gmt) ?(?P<zone>[+-](?:0\d|1[0-4]|\d)(?::?[0-5]\d)?)\b",
        r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
        rf"(?:t(?P<stamp>{_TIME})(?:\.\d{{1,9}})?(?P<offset>{_OFFSET})?| (?P<isotime>{_TIME}))?",
        r"(?P<dmy>\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b)",
        rf"(?P<clock>\d{{1,2}}(?::|h)\d{{2}}(?::\d{{2}})?)(?:\s?(?P<meridiem>{_MERIDIEM}))?",
        rf"(?P<dots>\d{{1,2}}\.\s?\d{{1,2}}\.?)(?:\s?(?P<dotmeridiem>{_MERIDIEM}))?",
        r"(?P<slash>\d{1,2}/(?:3[01]|[0-2]?\d)\b)",
        r"(?P<num>\d{1,4}(?:,\d)?)\s?(?P<suffix>[ap](?:\.\s?m\.|\s?\.?\s?m\b))",
        r"(?P<plain>\d{1,4}(?:,\d)?)(?:\.?(?P<letters>[a-zº]+))?",
    )
)
"""Figures with what is glued to them. `junk`: amounts, versions, long numbers, which are no time."""


def _entries(section: str, content: Any) -> Iterator[tuple[str, Any]]:
    pairs: list[tuple[Any, Any]]
    if section in ("numbers", "ordinals"):
        pairs = [(number, [word]) for number, word in enumerate(content, start=section == "ordinals")]
    elif isinstance(content, dict):
        pairs = [(_value(section, value), words) for value, words in content.items()]
    else:
        pairs = [(1 if section == "one" else None, content)]
    for value, words in pairs:
        for word in map(str, words):
            for spelling in _spellings(section, word):
                yield spelling, value


def _spellings(section: str, word: str) -> list[str]:
    spellings = [word]
    if " " in word and section in ("numbers", "more_numbers", "ordinals"):
        spellings.append(word.replace(" ", "-"))
    if section == "ordinals" and word.endswith("te"):
        spellings += [word + ending for ending in "nrsm"]
    return spellings


def _value(section: str, value: Any) -> Any:
    if section == "clocks":
        hour, minute = map(int, value.split(":"))
        return Clock(hour, minute, is_firm=True, is_fixed=True)
    return value


def _longest(hits: list[Item]) -> Iterator[Item]:
    end = 0
    for item in hits:
        if item.start >= end:
            end = item.end
            yield item


def _with_gaps(text: str, items: Iterator[Item], joins: Callable[[int, int], bool]) -> Iterator[Item]:
    before: Item | None = None
    for item in items:
        gap_start = before.end if before else 0
        gap = text[gap_start : item.start]
        stands_for = _gap(gap, before, item)
        if stands_for:
            yield Item(_standing(stands_for, before, item.start, joins), gap_start, item.start)
        yield item
        before = item
    if before and (left := _gap(text[before.end :], before, None)):
        yield Item(_standing(left, before, len(text), joins), before.end, len(text))


def _standing(tag: str, before: Item | None, end: int, joins: Callable[[int, int], bool]) -> Tags:
    """The tags of what stands between: unknown words behind a number are also `=` where nobody counts them."""
    if tag != "_" or before is None or _NUMBERS.isdisjoint(before.tags):
        return {tag: None}
    return {"_": None, "=": None} if joins(before.end, end) else {"_": None}


def _gap(gap: str, before: Item | None, after: Item | None) -> str:
    """What stands between two items: nothing, a range (`24-48`), the end of a sentence, or unknown words."""
    if not gap or (gap.isspace() and "\n" not in gap):
        return ""
    if before and after and _is_range(gap.strip(), before.tags, after.tags):
        return "r"
    if any(char.isalnum() for char in gap) or (before and "N" in before.tags and "," in gap):
        return "_"
    if (
        gap.strip(" ,()") == "."
        and before
        and after
        and "\n" not in gap
        and not _ABBREVIATED.isdisjoint(before.tags)
        and gap.strip(" ")[0] == "."
    ):
        return "" if _goes_on(before, after) else "."
    if not _STRONG_GAP.isdisjoint(gap):
        return "."
    return "" if gap.strip(" ,()-/:'\"*_@~") == "" else "_"


def _is_range(gap: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    if "y" in before or "y" in after:
        return False
    if gap == "/":
        return "n" in before and after.get("n", 0) > _LAST_DAY  # `24/48 hours`: no date, and no part of one
    if gap != "-" and not (gap == ".-" and "a" in before):
        return False
    ends = (("nta", "nt"), ("wW", "wW"))
    return any(not before.keys().isdisjoint(first) and not after.keys().isdisjoint(last) for first, last in ends)


def _goes_on(before: Item, after: Item) -> bool:
    """Whether a full stop between two items only abbreviates the first, or makes a number an ordinal."""
    if "j" in before.tags:
        return True
    if not {"w", "W", "m", "u"}.isdisjoint(before.tags) or "a" in before.tags:
        return not {"n", "o", "y", "D", "t", "d", "c", "@", "L", "w", "W", "b", "P", "h", "j"}.isdisjoint(after.tags)
    return not {"m", "n", "o", "W", "w", "y"}.isdisjoint(after.tags) and ("n" in before.tags or "o" in before.tags)


@cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language (ISO 639-1); None where there is none."""
    source = resources.files("guidance.signals.moments") / "words" / f"{language}.yaml"
    if not language.isalpha() or not source.is_file():
        return None
    return Lexicon(
        shipped_yaml("guidance.signals.moments", "words", source.name), zones_by_city() if language == "en" else {}
    )
