"""What Zendesk says of an account's calls with every answer: how many a minute, how many are left, when all are there again.

Its own limits of single doors and tickets are told of in headers that begin otherwise; whoever meets one of those alone waits.
Sources: Zendesk's reference on rate limits, and the headers of recorded answers: `ratelimit-limit`, `-remaining`, `-reset`, before
2025 `rate-limit`, `-remaining`, `-reset`, and in all years `x-rate-limit` and `x-rate-limit-remaining`.
"""

from __future__ import annotations

import requests

from guidance.errors import SLOW_DOWN
from guidance.integrations.calls import counted, retry_after
from guidance.integrations.zendesk.updates import said
from guidance.ports import CallCount

TOTAL = ("ratelimit-limit", "rate-limit", "x-rate-limit")
LEFT = ("ratelimit-remaining", "rate-limit-remaining", "x-rate-limit-remaining")
_RESETS = ("ratelimit-reset", "rate-limit-reset")
_OF_ONE_DOOR = ("zendesk-ratelimit-", "zendesk-rate-limit-")


def count_of(answer: requests.Response) -> CallCount:
    """The account's count after this answer."""
    left = counted(answer.headers, LEFT)
    is_ours = answer.status_code == SLOW_DOWN and not left and not _one_door_is_shut(answer)
    return CallCount(
        total=counted(answer.headers, TOTAL),
        remaining=left,
        resets_in=counted(answer.headers, _RESETS),
        held_for=(retry_after(answer) or 1.0) if is_ours else 0.0,
    )


def _one_door_is_shut(answer: requests.Response) -> bool:
    """Whether a limit of one door or one ticket was met, which is no reason to make no other call."""
    told = (value for name, value in answer.headers.items() if name.lower().startswith(_OF_ONE_DOOR))
    return any(said(value).get("remaining") == "0" for value in told)
