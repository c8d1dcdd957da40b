"""The times that keep one piece of work from being done twice: they belong together, so they stand together."""

from __future__ import annotations

from msgspec import Struct


class Timing(Struct, frozen=True, kw_only=True):
    """All in seconds. A call of ours ends, and the helpdesk's own work on it, within `call_ends_within` of its attempt's begin.

    `lease`: how long claimed work is left to its worker; longer than `start_within` (claimed longer ago, it is not begun any
    more), `looks_within` (what an earlier attempt made is looked for) and a call together.
    `unclear_wait`: after a call whose outcome is unclear.
    """

    lease: float = 60.0
    start_within: float = 10.0
    looks_within: float = 10.0
    call_ends_within: float = 25.0
    unclear_wait: float = 15.0


USUAL = Timing()
