"""House words: what an account, or one of its groups or brands, never wants flagged. Editors and owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.accounts.house_words import LONGEST, checked_words, kept_scope, kept_words, with_words
from guidance.accounts.scopes import checked_scope, scope_named
from guidance.console.account_settings import change_settings
from guidance.console.doors import Door
from guidance.console.pages import on_to, page
from guidance.console.places import check_place, known_places
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, RefusedError
from guidance.model import EVERYWHERE, SCOPES
from guidance.people.users import May


class Given(Struct, frozen=True):
    """What somebody wrote that could not be kept."""

    account: str
    kind: str
    name: str
    text: str

    @property
    def scope(self) -> str:
        return scope_named(self.kind, self.name)


class Words:
    """The page and its form."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/words", May.HOUSE_WORDS, self.show),
            Door("POST", "/console/words", May.HOUSE_WORDS, self.keep),
        )

    def show(self, status: int = 200, problem: RefusedError | None = None, given: Given | None = None) -> Response:
        accounts = self._wiring.store.accounts()
        return page(
            "words.html",
            status,
            accounts=[{"id": one.id, "words": {EVERYWHERE: (), **kept_words(one.settings)}} for one in accounts],
            known=known_places(self._wiring),
            kinds=SCOPES,
            longest=LONGEST,
            problem=problem,
            given=given,
        )

    def keep(self) -> Response:
        """Keep the words of one scope in the place of those that were `seen`; none: they are flagged again."""
        form = request.form
        given = Given(form.get("account", ""), form.get("kind", ""), form.get("name", ""), form.get("words", ""))
        try:
            scope, words = checked_scope(given.kind, given.name), checked_words(given.text.splitlines())
            if words and not form.get("seen"):
                check_place(self._wiring, given.account, scope)
            is_changed = self._put(given.account, scope, words, _lines(form.get("seen", "")))
        except (MalformedError, ConflictError) as error:
            return self.show(error.status, error, given)
        return on_to("/console/words", done="words" if is_changed else "unchanged")

    def _put(self, account_id: str, scope: str, words: tuple[str, ...], seen: tuple[str, ...]) -> bool:
        if not words and not seen:
            raise MalformedError("Write a name or a saying, one a line.", path="words")
        added, gone = [one for one in words if one not in seen], [one for one in seen if one not in words]

        def changed(settings: dict[str, Any]) -> dict[str, Any]:
            named = kept_scope(settings, scope)
            now = kept_words(settings).get(named, ())
            if now != seen:
                told = (
                    "Somebody else changed these words meanwhile; they are"
                    if seen or not scope
                    else "There are words already"
                )
                raise ConflictError(
                    f"{told}: {', '.join(now) or 'none'}. "
                    "Yours are still in the box: bring both together, then keep them."
                )
            return with_words(settings, named, words)

        return change_settings(
            self._wiring,
            account_id,
            changed,
            what=f"house words of {scope or 'all tickets'}",
            subject=f"account:{account_id}",
            why=request.form.get("why", ""),
            before=_told(gone),
            after=_told(added),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _told(words: Sequence[str]) -> str:
    told = ", ".join(words)
    return told if len(told) <= 300 else f"{len(words)} words"
