"""The words of shared canned responses. Source: Freshdesk's API reference (Canned Responses, by folder)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.taming import Id
from guidance.text.html import to_text

_MOST_PAGES = 5
_MOST_FOLDERS = 40


class FolderRecord(Struct, frozen=True, kw_only=True):
    """`personal`: an agent's own."""

    id: Id = None
    personal: bool = False
    responses_count: int | None = None


class ResponseRecord(Struct, frozen=True, kw_only=True):
    content: str | None = None
    content_html: str | None = None


def read_canned(api: FreshdeskApi) -> Sequence[str]:
    """What shared canned responses put into a reply, of forty folders at most: a call each. Raises `HelpdeskError`."""
    with api.reserved(1):
        folders, _ = api.listed("canned_response_folders", FolderRecord, most=1)
    shared = [one for one in folders if one.id and not one.personal and one.responses_count != 0]
    texts: list[str] = []
    for folder in shared[:_MOST_FOLDERS]:
        with api.reserved(1):
            path = f"canned_response_folders/{folder.id}/responses"
            found = [one for page, _ in api.pages(path, ResponseRecord, {}, most=_MOST_PAGES) for one in page]
        texts += [to_text(one.content_html) if one.content_html else one.content or "" for one in found]
    return texts
