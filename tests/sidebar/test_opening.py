"""The page's door: who gets in, who doesn't, and what the page is allowed to do."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import jwt
import pytest
from msgspec.structs import replace

from guidance.errors import StoreUnavailableError
from tests.edges import ACME, ACME_EU
from tests.sidebar.panel import AUDIENCE, account, key


def test_a_signed_frame_gets_the_page_with_a_session_of_its_agent(panel):
    page = panel.open(panel.token())
    assert page.status == 200
    session = json.loads(re.search(r'id="session">(.*?)</script>', page.body.decode())[1])
    assert (session["account"], session["agent"]) == ("zendesk:acme", "12")
    assert session["expires_in"] == 900


def test_the_page_says_what_to_do_where_its_own_files_do_not_come(panel):
    page = panel.open(panel.token()).body.decode()
    assert "Reload the page in a moment" in page


def test_both_forms_of_the_issuer_are_known(panel):
    assert panel.open(panel.token(iss="https://acme.zendesk.com")).status == 200


def test_the_navigation_bar_opens_for_the_agent_whom_zendesk_proves(panel):
    page = panel.open(panel.token(context={"product": "support", "location": "nav_bar"}))
    assert page.status == 200
    assert json.loads(re.search(r'id="session">(.*?)</script>', page.body.decode())[1])["agent"] == "12"


def refused(panel):
    """Each way of not getting in, by its name."""
    hour = timedelta(hours=1)
    now = panel.clock.now
    yield "no token", ""
    yield "no token at all", "not.a.token"
    yield "altered", _altered(panel.token())
    yield "another's key", panel.token(signed_with=key("mallory")[0])
    yield "the public key as a shared secret", _hs256_by_public_key(panel)
    yield "no algorithm", _unsigned(panel.token())
    yield "wrong issuer", panel.token(iss="evil.zendesk.com")
    yield "wrong audience", panel.token(aud="https://acme.zendesk.com/api/v2/apps/installations/8.json")
    yield "expired", panel.token(iat=now - hour, nbf=now - hour, exp=now - timedelta(minutes=5))
    yield "not begun", panel.token(iat=now + hour, nbf=now + hour, exp=now + 2 * hour)
    yield "no expiry", panel.token(without=("exp",))
    yield "no id", panel.token(without=("jti",))
    yield "another place", panel.token(context={"product": "chat", "location": "ticket_sidebar"})
    yield "no agent", panel.token(sub="https://acme.zendesk.com/api/v2/organizations/12.json")


def _altered(token):
    head, body, signature = token.split(".")
    claims = json.loads(jwt.utils.base64url_decode(body)) | {"sub": "https://acme.zendesk.com/api/v2/users/7.json"}
    return ".".join((head, jwt.utils.base64url_encode(json.dumps(claims).encode()).decode(), signature))


def _unsigned(token):
    return jwt.encode(jwt.decode(token, options={"verify_signature": False}), "", algorithm="none")


def _hs256_by_public_key(panel):
    """The well-known confusion: the public key, used as an HMAC secret. PyJWT won't sign so, hence by hand."""
    import hashlib
    import hmac

    body = panel.token().split(".")[1]
    head = jwt.utils.base64url_encode(b'{"alg":"HS256","typ":"JWT"}').decode()
    mark = hmac.digest(key()[1].encode(), f"{head}.{body}".encode(), hashlib.sha256)
    return f"{head}.{body}.{jwt.utils.base64url_encode(mark).decode()}"


@pytest.mark.parametrize(
    ("asked", "language", "words"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de", "Diese Leiste ließ sich nicht öffnen."),
        ("pl,fr;q=0.4", "fr", "Ce panneau n’a pas pu s’ouvrir."),
        ("pl", "en", "This panel couldn’t be opened."),
    ],
)
def test_a_refusal_is_told_in_a_language_of_the_browser(panel, asked, language, words):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": asked}
    page = panel.served.request("POST", "/sidebar/zendesk", "token=nonsense", headers).body.decode()
    assert f'<html lang="{language}">' in page
    assert f'<p class="state-title">{words}</p>' in page


def test_every_other_frame_is_refused_with_a_plain_page_and_no_session(panel):
    for name, token in refused(panel):
        page = panel.open(token)
        assert (name, page.status) == (name, 401)
        assert b"session" not in page.body
        assert b"be opened" in page.body


def test_a_token_opens_one_page_only(panel):
    token = panel.token()
    assert [panel.open(token).status, panel.open(token).status] == [200, 401]


def test_a_token_is_still_spent_when_its_clock_skew_has_not_run_out(panel):
    token = panel.token()
    panel.open(token)
    panel.clock.forward(minutes=2, seconds=20)
    assert panel.open(token).status == 401


def test_an_account_without_a_key_opens_for_nobody(panel, store):
    store.put_account(account(ACME_EU))
    store.drop_account("zendesk:acme")
    bare = account(ACME_EU)
    bare.config.pop("public_key")
    store.put_account(bare)
    assert panel.open(panel.token()).status == 401


def test_an_account_without_issuer_or_audience_is_never_chosen(panel, store):
    store.put_account(ACME_EU)
    store.drop_account("zendesk:acme")
    assert panel.open(panel.token(iss="", aud="")).status == 401


def test_the_page_may_be_framed_by_its_helpdesk_only_and_call_us_only(panel):
    page = panel.open(panel.token())
    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "https://*.zendesk.com https://acme.zendesk.com"
    assert policy["connect-src"] == "'self'"
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "https://static.zdassets.com" in policy["script-src"]
    nonce = re.search(r"'nonce-(.*?)'", policy["script-src"])[1]
    assert page.body.decode().count(f'nonce="{nonce}"') == 3
    assert page.headers["X-Frame-Options"] is None
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Set-Cookie"] is None


def test_a_nonce_is_never_used_twice(panel):
    first, second = (panel.open(panel.token()).headers["Content-Security-Policy"] for _ in range(2))
    assert first != second


def test_an_origin_that_is_none_does_not_reach_the_policy(panel, store):
    store.put_account(account(origins=("https://desk.example.com", "https://x.example; script-src *", "*")))
    policy = panel.open(panel.token()).headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://*.zendesk.com https://desk.example.com")


MARKUP = "</script><script>alert(1)</script>"


def test_claims_can_not_break_out_of_the_page(panel, store):
    audience = AUDIENCE + MARKUP
    spoiled = account(replace(ACME, id=ACME.id + MARKUP))
    store.put_account(replace(spoiled, config=spoiled.config | {"iframe_audience": audience}))
    page = panel.open(panel.token(aud=audience, jti=f"1{MARKUP}"))
    assert page.status == 200
    assert "<script>alert" not in page.body.decode()
    session = json.loads(re.search(r'id="session">(.*?)</script>', page.body.decode())[1])
    assert (session["account"], session["agent"]) == (ACME.id + MARKUP, "12")


@pytest.mark.parametrize("agent", [MARKUP, f"12{MARKUP}", f'12"{MARKUP}.json', f"12.json{MARKUP}"])
def test_an_agent_s_id_with_markup_in_it_opens_no_page(panel, agent):
    page = panel.open(panel.token(sub=f"https://acme.zendesk.com/api/v2/users/{agent}"))
    assert page.status == 401
    assert b"<script>alert" not in page.body


def test_files_of_the_app_are_kept_for_good_under_their_version(panel):
    page = panel.open(panel.token()).body.decode()
    path = re.search(r'src="(/sidebar/static/.*?/app\.js)"', page)[1]
    found = panel.served.request("GET", path)
    assert (found.status, found.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert "javascript" in found.headers["Content-Type"]
    older = panel.served.request("GET", re.sub(r"static/[0-9a-f]+", "static/0ld", path))
    assert older.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["../page.py", "..%2fpage.py", "nothing.js", "%2e%2e/sessions.py"])
def test_nothing_else_is_served(panel, name):
    assert panel.served.request("GET", f"/sidebar/static/x/{name}").status == 404


def test_a_person_whose_panel_opens_while_the_store_is_away_reads_a_page_and_no_json(panel, store, monkeypatch):
    def away(*_, **__):
        raise StoreUnavailableError(retry_after=2)

    monkeypatch.setattr(store, "remember", away)
    page = panel.open(panel.token())
    assert (page.status, page.headers["Retry-After"]) == (503, "2")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "catching its breath" in page.body.decode()
    assert "Your replies go out as ever." in page.body.decode()
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("de-AT", "Der Dienst holt kurz Luft."),
        ("es", "El servicio toma aire."),
        ("fr", "Le service reprend son souffle."),
        ("pl", "The service is catching its breath."),
    ],
)
def test_that_the_store_is_away_is_told_in_a_language_of_the_browser(panel, store, monkeypatch, asked, title):
    def away(*_, **__):
        raise StoreUnavailableError

    monkeypatch.setattr(store, "remember", away)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": asked}
    page = panel.served.request("POST", "/sidebar/zendesk", f"token={panel.token()}", headers).body.decode()
    assert f'<html lang="{asked[:2] if asked != "pl" else "en"}">' in page
    assert f'<p class="state-title">{title}</p>' in page


def test_a_frame_that_posts_more_than_any_token_is_refused_with_the_plain_page(panel):
    page = panel.open("x" * (20 << 10))
    assert page.status == 401
    assert "opened." in page.body.decode()
