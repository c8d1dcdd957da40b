"""The signal lists (`lists/*.yaml`) as terms for the one scan: which phrases and patterns speak for which signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from guidance.signals.catalog import AGENT, CUES, CUSTOMER
from guidance.text.places import Places
from guidance.text.shipped import shipped_yaml

SIDES = {"customer": (*CUSTOMER, *CUES["customer"]), "agent": (*AGENT, *CUES["agent"])}
"""What may be listed on each side: signals, then cues."""

_FEW_CHARACTERS = 20
"""So long at most is a hit that says no more than an exemption around its beginning or its end: "I can't" in "can't wait"."""


class Terms(Struct, frozen=True):
    """Phrases and patterns by term id, as a `Scanner` takes them."""

    phrases: dict[str, list[str]]
    patterns: dict[str, str]


def term_id(language: str, side: str, signal: str, *, unless: bool = False) -> str:
    """The id under which the scan reports hits of one signal's list."""
    return f"{'unless' if unless else 'signal'}:{language}:{side}.{signal}"


@cache
def listed_languages() -> tuple[str, ...]:
    """Languages that have a list of their own."""
    folder = resources.files("guidance.signals") / "lists"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


@cache
def shipped_terms() -> Terms:
    """The terms of all shipped lists."""
    phrases: dict[str, list[str]] = {}
    patterns: dict[str, str] = {}
    for language in listed_languages():
        for side, signal, entry in _entries(shipped_yaml("guidance.signals", "lists", f"{language}.yaml")):
            name = term_id(language, side, signal)
            if entry.get("says"):
                phrases[name] = [str(phrase) for phrase in entry["says"]]
            for number, pattern in enumerate(entry.get("matches", ())):
                patterns[f"{name}#{number}"] = pattern
            if entry.get("unless"):
                phrases[term_id(language, side, signal, unless=True)] = [str(phrase) for phrase in entry["unless"]]
            if entry.get("unless_matches"):
                patterns[term_id(language, side, signal, unless=True)] = "|".join(entry["unless_matches"])
    return Terms(phrases, patterns)


def _entries(lists: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for side, signals in lists.items():
        for signal, entry in signals.items():
            if signal not in SIDES[side]:
                raise ValueError(f"lists: there is no signal {signal} on the {side}'s side")
            yield side, signal, entry


def left_standing(spans: Iterable[tuple[int, int]], exempt: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The hits of a list but those that its `unless` takes back: the ones within it, and short ones that it only begins or ends in."""
    taken_back = Places(exempt)
    return [
        span
        for span in spans
        if not (taken_back.meet(span) if span[1] - span[0] <= _FEW_CHARACTERS else taken_back.cover(span))
    ]
