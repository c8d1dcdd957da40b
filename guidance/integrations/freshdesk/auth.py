"""Whether a webhook is really from this Freshdesk account: a secret in a header or as Basic password, for it signs nothing.

Source: Freshdesk's "Using webhooks in automation rules".
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime

import msgspec

from guidance.accounts.rotating import holds, is_same
from guidance.errors import NotAuthenticError
from guidance.integrations import Peek
from guidance.integrations.freshdesk.bodies import peek_ticket_id
from guidance.ports import Account

SECRET = "x-guidance-secret"
KNOCK = "guidance_knock"


def verify(headers: Mapping[str, str], body: bytes, account: Account, *, now: datetime) -> Peek:  # noqa: ARG001
    """Check the secret. Freshdesk sends no id and no time, so nothing marks a repeat and `now` is not looked at.

    Header names are lower case. A body that can't be read is let in all the same, since Freshdesk would send it again and
    write to the account's admins; `parse` refuses it later. Raises `NotAuthenticError`.
    """
    given = headers.get(SECRET) or _basic_password(headers.get("authorization", ""))
    if not holds(account, "webhook", lambda secret: is_same(secret, given)):
        raise NotAuthenticError("The webhook's secret is not the one of this account.")
    return Peek(ticket_id=peek_ticket_id(body))


def knock(account: Account, *, now: datetime) -> tuple[Mapping[str, str], bytes]:  # noqa: ARG001
    """A webhook as a rule of ours would send it, of an event on which nothing acts; `account` has its `webhook` secret."""
    body = msgspec.json.encode({"ticket_id": 1, "event": KNOCK})
    return {"Content-Type": "application/json", SECRET: account.secrets["webhook"]}, body


def _basic_password(header: str) -> str:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
