"""What Freshdesk says of an account's calls with every answer: how many a minute, how many are left, how many this one took.

To list, make and change tickets it has smaller limits of their own, which what is left does not show; whoever meets one of those
alone waits. Source: Freshdesk's API reference on rate limits.
"""

from __future__ import annotations

import requests

from guidance.errors import SLOW_DOWN
from guidance.integrations.calls import counted, retry_after
from guidance.ports import CallCount

TOTAL = ("X-RateLimit-Total",)
LEFT = ("X-RateLimit-Remaining",)
_USED = ("X-RateLimit-Used-CurrentRequest",)


def count_of(answer: requests.Response) -> CallCount:
    """The account's count after this answer."""
    left, used = counted(answer.headers, LEFT), counted(answer.headers, _USED)
    is_ours = answer.status_code == SLOW_DOWN and not left
    return CallCount(
        total=counted(answer.headers, TOTAL),
        remaining=left,
        extra=max(0, (used or 1) - 1),
        held_for=(retry_after(answer) or 1.0) if is_ours else 0.0,
    )
