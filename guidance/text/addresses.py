"""Addresses that others wrote: in settings, in headers, on the command line."""

from __future__ import annotations

from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

_PORTS = MappingProxyType({"http": 80, "https": 443})


def address_in(text: str) -> SplitResult:
    """The parts of an address; all of them empty where it is none: brackets that don't close, a port that is no number."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def origin_of(address: SplitResult) -> tuple[str, str | None, int | None]:
    """Where an address is, as browsers compare it: scheme, host, and port, which is the scheme's own where none is written."""
    return address.scheme, address.hostname, address.port or _PORTS.get(address.scheme)


def is_bare(address: str) -> bool:
    """Whether an address says where something is and no more: no name or password, no question, no blank."""
    return "@" not in address_in(address).netloc and not any(sign.isspace() or sign in "?#" for sign in address)
