"""Promises whose words are gone from the ticket: what stands in their place, and that no reply can be held against them."""

from __future__ import annotations

from guidance.model import FollowUp

_UNWORDED = {
    "en": "What was promised here was removed from the ticket",
    "de": "Was hier versprochen wurde, ist aus dem Ticket entfernt",
    "es": "Lo que se prometió aquí se ha eliminado del ticket",
    "fr": "Ce qui a été promis ici a été retiré du ticket",
}
"""What stands in place of a promise's words where none are left."""


def in_place_of_words(locale: str) -> str:
    """What stands for the words that are gone, in an agent's language."""
    return _UNWORDED.get(locale.partition("-")[0], _UNWORDED["en"])


def is_unworded(one: FollowUp) -> bool:
    """Whether a promise has no words of its own any more."""
    return one.words in _UNWORDED.values()
