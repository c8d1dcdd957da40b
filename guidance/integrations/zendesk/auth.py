"""Whether something is really from Zendesk: signed webhooks, and signed iframes.

Sources: Zendesk's "Verifying webhook authenticity" and "Verifying the signature of iframe requests".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import msgspec
import re2
from msgspec import Struct

from guidance.accounts.rotating import holds, is_same
from guidance.errors import NotAuthenticError
from guidance.integrations import Peek
from guidance.integrations.taming import ident, is_number, moment, read_object
from guidance.integrations.zendesk.events import broken_ticket_id
from guidance.ports import Account

SIGNATURE = "x-zendesk-webhook-signature"
TIMESTAMP = "x-zendesk-webhook-signature-timestamp"
ACCOUNT = "x-zendesk-account-id"
KNOCK = "guidance.knock"
PAST = timedelta(seconds=300)
FUTURE = timedelta(seconds=60)
CLOCK_SKEW = timedelta(seconds=30)
IFRAME_LIVES_FOR = timedelta(hours=1)

_AGENT = re2.compile(r"/(?:users|agents)/(\d{1,20})(?:\.json)?$")
_PLACES = frozenset({"ticket_sidebar", "new_ticket_sidebar", "nav_bar"})
_CLAIMS = ["exp", "iat", "iss", "aud", "sub", "jti"]


class IframeClaims(Struct, frozen=True):
    """Who opened the iframe, as Zendesk says it. `jti` names this one token; it is good once, until `expires_at`."""

    agent_id: str
    jti: str
    expires_at: datetime


def verify(headers: Mapping[str, str], body: bytes, account: Account, *, now: datetime) -> Peek:
    """Check a webhook: its signature over timestamp and raw body, by the account's own secret, then its time.

    `headers` have lower-case names. Raises `NotAuthenticError`. What is no JSON object is looked at for a ticket's id, no more;
    `parse` refuses it later.
    """
    signature, stamp = headers.get(SIGNATURE, ""), headers.get(TIMESTAMP, "")
    if not holds(account, "webhook", lambda secret: is_same(sign(secret, stamp, body), signature)):
        raise NotAuthenticError("The webhook's signature does not fit its body.")
    _check_time(moment(stamp), now)
    found = read_object(body)
    if found is None:
        return Peek(ticket_id=broken_ticket_id(body), mark=f"s:{signature}")
    _check_header(headers.get(ACCOUNT), found.get("account_id"))
    return _peek(found, signature)


def knock(account: Account, *, now: datetime) -> tuple[Mapping[str, str], bytes]:
    """A webhook as Zendesk would sign it, of an event on which nothing acts; `account` has its `webhook` secret."""
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = msgspec.json.encode({"id": f"knock:{stamp}", "type": KNOCK})
    headers = {"Content-Type": "application/json", TIMESTAMP: stamp}
    return {**headers, SIGNATURE: sign(account.secrets["webhook"], stamp, body)}, body


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Zendesk's signature: base64(HMAC-SHA256(secret, timestamp + raw body)). The secret is text, and stays as it is."""
    return base64.b64encode(hmac.digest(secret.encode(), stamp.encode() + body, hashlib.sha256)).decode()


def peek_iframe(token: str) -> tuple[str, str]:
    """Issuer and audience of an iframe's token, *unverified*: they choose the account that then verifies it.

    The issuer comes without `https://`. Raises `NotAuthenticError` where the token is none.
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise NotAuthenticError("The iframe's token can't be read.") from None
    issuer, audience = claims.get("iss"), claims.get("aud")
    if not isinstance(issuer, str) or not isinstance(audience, str):
        raise NotAuthenticError("The iframe's token names no issuer or audience.")
    return bare_issuer(issuer), audience


def verify_iframe(token: str, account: Account, *, now: datetime) -> IframeClaims:
    """Check an iframe's token against the account's public key, issuer and audience, and its times against `now`.

    `account.config` has `public_key` (PEM), `iframe_issuer`, `iframe_audience`. Whether `jti` was seen before is for the
    caller to check. Raises `NotAuthenticError`.
    """
    claims = _signed_claims(token, account)
    if bare_issuer(str(claims["iss"])) != bare_issuer(str(account.config.get("iframe_issuer", ""))):
        raise NotAuthenticError("The iframe's token is from somebody else.")
    expires_at, issued_at = _time_of(claims, "exp"), _time_of(claims, "iat")
    starts_at = _time_of(claims, "nbf") if "nbf" in claims else issued_at
    in_time = max(issued_at, starts_at) - CLOCK_SKEW <= now < expires_at + CLOCK_SKEW
    if not in_time or expires_at - issued_at > IFRAME_LIVES_FOR:
        raise NotAuthenticError("The iframe's token is not good at this time.")
    _check_place(claims.get("context"))
    return IframeClaims(_agent_of(claims["sub"]), _jti_of(claims["jti"]), expires_at)


def bare_issuer(issuer: str) -> str:
    """An issuer without scheme and closing slash: Zendesk has been seen to send both forms."""
    return issuer.removeprefix("https://").rstrip("/")


def _check_time(signed_at: datetime | None, now: datetime) -> None:
    if signed_at is None or not now - PAST <= signed_at <= now + FUTURE:
        raise NotAuthenticError("The webhook was signed too long ago, or in the future; check this machine's clock.")


def _check_header(header: str | None, told: Any) -> None:
    """The header that names Zendesk's account is unsigned: it may only agree with the signed body."""
    named = {name for name in (ident(header), ident(told) if isinstance(told, str | int) else None) if name}
    if len(named) > 1:
        raise NotAuthenticError("The webhook names one Zendesk account in its header and another in its body.")


def _peek(found: dict[str, Any], signature: str) -> Peek:
    event_id, detail = found.get("id"), found.get("detail")
    ticket_id = detail.get("id") if isinstance(detail, dict) else found.get("ticket_id")
    by_id = "type" in found and isinstance(event_id, str | int) and ident(event_id)
    return Peek(ticket_id=_ticket_of(ticket_id), mark=f"e:{event_id}" if by_id else f"s:{signature}")


def _ticket_of(told: Any) -> str | None:
    text = str(told) if isinstance(told, str | int) else ""
    return text if is_number(text) else None


def _signed_claims(token: str, account: Account) -> dict[str, Any]:
    """The claims of a token that the account's key signed. Times are left to the caller, whose clock counts."""
    key, audience = account.config.get("public_key"), account.config.get("iframe_audience")
    if not key or not audience or not account.config.get("iframe_issuer"):
        raise NotAuthenticError("The account is not set up for iframes.")
    options: Any = {"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False}
    try:
        return dict(jwt.decode(token, key, algorithms=["RS256"], audience=audience, options=options))
    except (jwt.PyJWTError, ValueError, TypeError):
        raise NotAuthenticError("The iframe's token does not fit the account's key, or lacks a claim.") from None


def _time_of(claims: Mapping[str, Any], name: str) -> datetime:
    value = claims[name]
    try:
        return datetime.fromtimestamp(value, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise NotAuthenticError("The iframe's token has a time that is none.") from None


def _check_place(context: Any) -> None:
    place = context if isinstance(context, dict) else {}
    if place.get("product") != "support" or place.get("location") not in _PLACES:
        raise NotAuthenticError("The iframe's token is for another place than the sidebar and the navigation bar.")


def _agent_of(subject: Any) -> str:
    found = _AGENT.search(subject) if isinstance(subject, str) else None
    if found is None:
        raise NotAuthenticError("The iframe's token names no agent.")
    return str(found.group(1))


def _jti_of(jti: Any) -> str:
    if not isinstance(jti, str) or not 0 < len(jti) <= 200:
        raise NotAuthenticError("The iframe's token has no id of its own.")
    return jti
