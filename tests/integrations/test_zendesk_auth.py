"""Who may speak for Zendesk: signed webhooks, and signed iframes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from msgspec.structs import replace

from guidance.errors import MalformedError, NotAuthenticError
from guidance.integrations.zendesk.auth import peek_iframe, sign, verify, verify_iframe
from guidance.integrations.zendesk.events import parse
from guidance.ports import Account
from tests.integrations.fixtures import body

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
TEST_SECRET = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="
ACCOUNT = Account(
    id="zendesk:acme",
    base_url="https://acme.example",
    secrets={"webhook": "new secret", "webhook_old": "old secret"},
)
COMMENT = body("zendesk", "customer_comment_added")
TRIGGER = body("zendesk", "trigger_customer_reply")


def headers(raw, secret="new secret", at=NOW, account_id="18525119"):
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "x-zendesk-webhook-signature-timestamp": stamp,
        "x-zendesk-webhook-signature": sign(secret, stamp, raw),
        "x-zendesk-account-id": account_id,
    }


def test_the_signature_is_zendesks():
    """Vectors made with the secret that Zendesk publishes for tests; it is used as text."""
    stamp = "2026-01-02T03:04:05Z"
    raw = '{"ticket_id":"42","body":"café"}'.encode()
    assert sign(TEST_SECRET, stamp, raw) == "DMHK218S9QnckKEyN7LNa2PXfJjr/ppcSMmKBTwAhDI="
    assert sign(TEST_SECRET, stamp, b"") == "1xsiPKGHFyXedEmvxNaOg4VQ2U4XjHcPMETpJymjCkg="


def test_an_event_is_marked_by_its_own_id_and_names_its_ticket():
    peek = verify(headers(COMMENT), COMMENT, ACCOUNT, now=NOW)
    assert (peek.ticket_id, peek.mark) == ("4821", "e:" + json.loads(COMMENT)["id"])


def test_a_trigger_is_marked_by_its_signature():
    signed = headers(TRIGGER)
    peek = verify(signed, TRIGGER, ACCOUNT, now=NOW)
    assert peek.mark == "s:" + signed["x-zendesk-webhook-signature"]
    assert peek.ticket_id == "4821"


def test_a_trigger_that_a_placeholder_broke_still_names_its_ticket():
    raw = body("zendesk", "trigger_with_broken_quoting")
    assert verify(headers(raw), raw, ACCOUNT, now=NOW).ticket_id == "4821"


def test_the_old_secret_is_good_while_it_is_rotated():
    assert verify(headers(COMMENT, "old secret"), COMMENT, ACCOUNT, now=NOW).ticket_id == "4821"


@pytest.mark.parametrize("age", [timedelta(seconds=299), timedelta(seconds=-59)])
def test_a_webhook_within_the_window_is_taken(age):
    assert verify(headers(COMMENT, at=NOW - age), COMMENT, ACCOUNT, now=NOW).ticket_id == "4821"


REFUSED = {
    "signed too long ago": headers(COMMENT, at=NOW - timedelta(seconds=301)),
    "signed in the future": headers(COMMENT, at=NOW + timedelta(seconds=61)),
    "signed with another secret": headers(COMMENT, "another secret"),
    "signed with nothing": headers(COMMENT, ""),
    "signed over another body": headers(COMMENT + b" "),
    "of another account by its header than by its body": headers(COMMENT, account_id="1"),
    "without any header": {},
    "without a signature": {**headers(COMMENT), "x-zendesk-webhook-signature": ""},
    "with a signature that is no base64": {**headers(COMMENT), "x-zendesk-webhook-signature": "ü"},
    "with another time than was signed": headers(COMMENT)
    | {"x-zendesk-webhook-signature-timestamp": "2026-03-04T15:14:59Z"},
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_webhook_is_refused_that_is(why):
    with pytest.raises(NotAuthenticError):
        verify(REFUSED[why], COMMENT, ACCOUNT, now=NOW)


def test_a_time_without_a_zone_is_refused_though_it_was_signed():
    stamp = "2026-03-04T15:15:00"
    signed = {
        "x-zendesk-webhook-signature-timestamp": stamp,
        "x-zendesk-webhook-signature": sign("new secret", stamp, COMMENT),
    }
    with pytest.raises(NotAuthenticError):
        verify(signed, COMMENT, ACCOUNT, now=NOW)


@pytest.mark.parametrize("secrets", [{}, {"webhook": ""}])
def test_an_account_without_a_secret_takes_nothing(secrets):
    with pytest.raises(NotAuthenticError):
        verify(headers(COMMENT, "no secret is set"), COMMENT, replace(ACCOUNT, secrets=secrets), now=NOW)


@pytest.mark.parametrize("raw", [b"", b"[]", b"hello", b'"text"', b"[" * 100_000])
def test_an_authentic_body_that_is_no_object_is_let_in_for_people_to_see_and_refused_when_it_is_read(raw):
    assert verify(headers(raw), raw, ACCOUNT, now=NOW).ticket_id is None
    with pytest.raises(MalformedError):
        parse(raw, ACCOUNT, received_at=NOW)


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
AUDIENCE = "https://acme.zendesk.com/api/v2/apps/installations/1.json"
PUBLIC = (
    KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
)
FRAMED = replace(
    ACCOUNT, config={"public_key": PUBLIC, "iframe_issuer": "acme.zendesk.com", "iframe_audience": AUDIENCE}
)
CLAIMS = {
    "iss": "https://acme.zendesk.com",
    "aud": AUDIENCE,
    "sub": "https://acme.zendesk.com/api/v2/users/12.json",
    "iat": int(NOW.timestamp()),
    "nbf": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 60,
    "jti": "one-of-a-kind",
    "context": {"product": "support", "location": "ticket_sidebar"},
}


def token(key=KEY, algorithm="RS256", **changed):
    claims = {name: value for name, value in (CLAIMS | changed).items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm)


def forged_with_the_public_key():
    """The classic key confusion: the public key used as the secret of an HMAC."""

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(CLAIMS)
    mac = base64.urlsafe_b64encode(hmac.digest(PUBLIC.encode(), signed, hashlib.sha256)).rstrip(b"=")
    return (signed + b"." + mac).decode()


def unsigned():
    header, claims, _ = token().split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{none}.{claims}."


def test_a_signed_iframe_names_its_agent_and_its_end():
    claims = verify_iframe(token(), FRAMED, now=NOW)
    assert (claims.agent_id, claims.jti) == ("12", "one-of-a-kind")
    assert claims.expires_at == NOW + timedelta(seconds=60)


def test_the_account_is_found_by_issuer_and_audience_with_or_without_a_scheme():
    assert peek_iframe(token()) == peek_iframe(token(iss="acme.zendesk.com")) == ("acme.zendesk.com", AUDIENCE)


@pytest.mark.parametrize("given", ["", "a.b.c", "x" * 5000, token(aud=["a", "b"]), token(iss=None), token(aud=None)])
def test_a_token_that_names_no_account_is_refused(given):
    with pytest.raises(NotAuthenticError):
        peek_iframe(given)


IFRAMES = {
    "of another key": token(OTHER_KEY),
    "altered": token()[:-4] + "AAAA",
    "unsigned": unsigned(),
    "signed with the public key": forged_with_the_public_key(),
    "signed by another algorithm": token(algorithm="RS512"),
    "for another audience": token(aud=AUDIENCE.replace("1.json", "2.json")),
    "of another issuer": token(iss="https://evil.zendesk.com"),
    "expired": token(exp=CLAIMS["iat"] - 31),
    "not yet good": token(nbf=CLAIMS["iat"] + 120),
    "issued in the future": token(iat=CLAIMS["iat"] + 120, exp=CLAIMS["iat"] + 180),
    "good for a year": token(exp=CLAIMS["iat"] + 86_400 * 365),
    "without an end": token(exp=None),
    "without a beginning": token(iat=None),
    "without an id": token(jti=None),
    "with an empty id": token(jti=""),
    "without an agent": token(sub=None),
    "of nobody": token(sub="https://acme.zendesk.com/api/v2/users/me.json"),
    "with an end that is no time": token(exp=10**30),
    "for another place": token(context={"product": "support", "location": "top_bar"}),
    "for another product": token(context={"product": "chat", "location": "ticket_sidebar"}),
    "for no place": token(context=None),
}


@pytest.mark.parametrize("which", IFRAMES)
def test_an_iframe_is_refused_that_is(which):
    with pytest.raises(NotAuthenticError):
        verify_iframe(IFRAMES[which], FRAMED, now=NOW)


def test_a_token_is_judged_by_the_clock_that_is_handed_in():
    with pytest.raises(NotAuthenticError):
        verify_iframe(token(), FRAMED, now=NOW + timedelta(seconds=91))


@pytest.mark.parametrize("missing", ["public_key", "iframe_issuer", "iframe_audience"])
def test_an_account_that_is_not_set_up_for_iframes_takes_none(missing):
    config = {name: value for name, value in FRAMED.config.items() if name != missing}
    with pytest.raises(NotAuthenticError):
        verify_iframe(token(), replace(FRAMED, config=config), now=NOW)
