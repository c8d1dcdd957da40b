"""The words of shared macros. Source: Zendesk's Macros API (`macros/active`), actions `comment_value` and `comment_value_html`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from guidance.integrations.zendesk.paging import pages
from guidance.integrations.zendesk.records import Page
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.text.html import to_text

_MOST_PAGES = 20
_PLAIN, _RICH = "comment_value", "comment_value_html"


class ActionRecord(Struct, frozen=True, kw_only=True):
    """`value`: the words, or a channel and the words."""

    field: str = ""
    value: Any = None


class MacroRecord(Struct, frozen=True, kw_only=True):
    """`restriction` None: everybody may use it."""

    actions: list[ActionRecord] = []
    restriction: dict[str, Any] | None = None


class MacrosPage(Page, frozen=True, kw_only=True):
    macros: list[MacroRecord]


def read_macros(session: ZendeskSession) -> Sequence[str]:
    """What shared macros put into a reply; an agent's own ones are approved by nobody. Raises as `session.read`."""
    found = pages(session, "macros/active", MacrosPage, most=_MOST_PAGES)
    return [text for page in found for macro in page.macros if not _is_personal(macro) for text in _words(macro)]


def _is_personal(macro: MacroRecord) -> bool:
    return bool(macro.restriction) and str((macro.restriction or {}).get("type")) == "User"


def _words(macro: MacroRecord) -> Iterator[str]:
    for action in macro.actions:
        told = action.value[-1] if isinstance(action.value, list) and action.value else action.value
        if isinstance(told, str) and action.field in (_PLAIN, _RICH):
            yield to_text(told) if action.field == _RICH else told
