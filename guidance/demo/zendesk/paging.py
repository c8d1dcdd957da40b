"""Zendesk's two ways of paging: by cursor where `page[size]` is asked for, else by offset."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from guidance.demo.zendesk.shapes import base_url
from guidance.errors import MalformedError

MOST = 100


def page_of(name: str, items: list[dict[str, Any]], **beside: Any) -> Response:
    """One page of `items` under `name`, as the request's arguments ask, with what else belongs in the answer."""
    if "page[size]" in request.args:
        return _cursor_page(name, items, beside)
    page, size = _number("page", 1), min(_number("per_page", MOST), MOST)
    shown = items[(page - 1) * size : page * size]
    following = _url(page=str(page + 1)) if page * size < len(items) else None
    return jsonify({name: shown, "count": len(items), "next_page": following, "previous_page": None, **beside})


def _cursor_page(name: str, items: list[dict[str, Any]], beside: dict[str, Any]) -> Response:
    size = _number("page[size]", MOST)
    if size > MOST:
        raise MalformedError(f"must be {MOST} or less", path="page[size]")
    after = request.args.get("page[after]")
    place = next((place for place, item in enumerate(items, 1) if str(item["id"]) == after), 0)
    shown = items[place : place + size]
    cursor = str(shown[-1]["id"]) if shown else None
    has_more = place + size < len(items)
    meta = {"has_more": has_more, "after_cursor": cursor, "before_cursor": None}
    # Zendesk links on from its last page as well.
    following = _url(**{"page[after]": cursor}) if cursor else None
    return jsonify({name: shown, "meta": meta, "links": {"next": following, "prev": None}, **beside})


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdigit() and int(text) else default


def _url(**changed: str) -> str:
    path = request.path.removeprefix("/zendesk")
    return f"{base_url()}{path}?{urlencode(request.args.to_dict() | changed)}"
