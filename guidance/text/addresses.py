"""Addresses that others wrote: in settings, in headers, on the command line."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def address_in(text: str) -> SplitResult:
    """The parts of an address; all of them empty where it is none: brackets that don't close, a port that is no number."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def is_bare(address: str) -> bool:
    """Whether an address says where something is and no more: no name or password, no question, no blank."""
    return "@" not in address_in(address).netloc and not any(sign.isspace() or sign in "?#" for sign in address)
