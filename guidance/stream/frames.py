"""Server-Sent Events as bytes, encoded once however many sidebars they go to.

The format is that of the HTML standard, section "Server-sent events".
"""

from __future__ import annotations

import msgspec

from guidance.ports import StreamEntry

GREETING = b"retry: 2000\n: welcome\n\n"
"""Sent at once, so that proxies and browsers see an open stream; `retry` is in milliseconds."""

HEARTBEAT = b": still here\n\n"
RESET = b"event: reset\ndata: {}\n\n"
"""Something may have been missed: the sidebar reads its ticket again."""

_ENDLESS = 20
"""Digits that no part of an id has; Python refuses to count some thousands of them."""

_encoder = msgspec.json.Encoder()


def encode(entry: StreamEntry) -> bytes:
    """One entry as it goes over the wire: its id, its kind, and its data with account and ticket."""
    data = _encoder.encode({**entry.data, "account": entry.account, "ticket": entry.ticket_id})
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (entry.id.encode(), entry.kind.encode(), data)


def milliseconds_of(entry_id: str) -> int | None:
    """The time in an entry's id (`<shard>-<ms>-<seq>`), milliseconds since 1970; None where it is no such id."""
    parts = entry_id.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() and len(part) < _ENDLESS for part in parts):
        return None
    return int(parts[1])
