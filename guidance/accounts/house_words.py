"""House words as an account keeps them: checked when somebody writes them down, by the scope in which they are never flagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guidance.errors import MalformedError
from guidance.text.fold import fold

MOST = 300
MOST_OF_AN_ACCOUNT = 2_000
LONGEST = 80
_SHORTEST = 2


def checked_words(lines: Iterable[str]) -> tuple[str, ...]:
    """Words and phrases as they are kept: spaces evened out, each spelling once. Raises `MalformedError` that names the word."""
    kept: dict[str, str] = {}
    for line in lines:
        word = " ".join(line.split())
        folded = " ".join(fold(word).text.split())
        if not folded:
            continue
        _check(word, folded)
        kept.setdefault(folded, word)
        if len(kept) > MOST:
            raise MalformedError(
                f"At most {MOST} words or phrases fit here; keep those that were really flagged.", path="words"
            )
    return tuple(kept.values())


def _check(word: str, folded: str) -> None:
    if len(word) > LONGEST:
        raise MalformedError(
            f"“{word[:40]}…” has {len(word)} characters; a name or a saying has {LONGEST} at most, one a line.",
            path="words",
        )
    if "*" in word:
        raise MalformedError(f"“{word}”: a star stands for nothing here. Write each word out.", path="words")
    if len(folded) < _SHORTEST or not any(map(str.isalnum, folded)):
        raise MalformedError(f"“{word}” is too short to be told from other words.", path="words")


def kept_words(settings: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The house words of an account's stored settings, those that hold everywhere first."""
    return {scope: tuple(words) for scope, words in sorted(settings.get("house_words", {}).items())}


def kept_scope(settings: Mapping[str, Any], scope: str) -> str:
    """A scope as it is spelled where it has words already."""
    return next((one for one in kept_words(settings) if one.casefold() == scope.casefold()), scope)


def with_words(settings: Mapping[str, Any], scope: str, words: tuple[str, ...]) -> dict[str, Any]:
    """An account's settings with these words in a scope; none: the scope is gone. Raises `MalformedError` where they are too many."""
    kept = {name: told for name, told in (kept_words(settings) | {scope: words}).items() if told}
    if (count := sum(map(len, kept.values()))) > MOST_OF_AN_ACCOUNT:
        raise MalformedError(
            f"An account keeps {MOST_OF_AN_ACCOUNT:,} words at most; with these it would be {count:,}.", path="words"
        )
    return {**settings, "house_words": kept}
