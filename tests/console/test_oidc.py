"""Signing in with the company's own provider: a small one on real HTTP, and every way in which its word must not be taken."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, redirect, request
from msgspec.structs import replace
from playwright.sync_api import expect
from werkzeug.serving import make_server

from guidance.app import create_app
from guidance.console.oidc import STATE
from guidance.people.users import Role, Users
from guidance.rules import shipped_rulebook
from guidance.settings import Oidc
from tests.console.conftest import PASSWORD, Someone, address
from tests.edges import ACME, SETTINGS, Desk, Integrated

CLIENT = {"client_id": "guidance", "client_secret": "between the two of us"}


class IdentityProvider:
    """Signs everybody in as `email` at once. `claims` and `key` may be made wrong."""

    def __init__(self, clock):
        self.clock = clock
        self.keys = {"one": rsa.generate_private_key(public_exponent=65537, key_size=2048)}
        self.kid, self.email, self.claims, self.codes = "one", address(Role.EDITOR), {}, {}
        app = Flask("provider")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self.configuration)
        app.add_url_rule("/authorize", view_func=self.authorize)
        app.add_url_rule("/token", view_func=self.token, methods=["POST"])
        app.add_url_rule("/keys", view_func=self.jwks)
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def configuration(self):
        at = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in at.items()}}

    def jwks(self):
        told = [
            json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "alg": "RS256"}
            for kid, key in self.keys.items()
        ]
        return {"keys": told}

    def authorize(self):
        asked = request.args
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        self.codes["a-code"] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': 'a-code', 'state': asked['state']})}")

    def token(self):
        asked = self.codes.pop(request.form["code"], None)
        if asked is None or request.authorization.password != CLIENT["client_secret"]:
            return {"error": "invalid_grant"}, 400
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return {"error": "invalid_grant"}, 400
        now = self.clock()
        told = {"iss": self.issuer, "aud": "guidance", "sub": "7", "nonce": asked["nonce"], "email": self.email}
        told |= {"iat": now, "exp": now + timedelta(minutes=5), "email_verified": True} | self.claims
        signed = jwt.encode(told, self.keys.get(self.kid) or self.keys["one"], "RS256", headers={"kid": self.kid})
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider(clock):
    made = IdentityProvider(clock)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def app(store, clock, provider):
    store.put_account(ACME)
    desk = Desk()
    helpdesks = {name: Integrated(name, desk) for name in ("zendesk", "freshdesk")}
    settings = replace(
        SETTINGS, oidc=Oidc(issuer=provider.issuer, name="Acme", **CLIENT), public_url="http://localhost"
    )
    return create_app(settings, store=store, clock=clock, helpdesks=helpdesks, rulebook=shipped_rulebook)


@pytest.fixture
def known(app, store, clock, hash_of_password):
    users = Users(store, clock, offload=lambda call, *args: hash_of_password if args == (PASSWORD,) else call(*args))
    users.add(address(Role.EDITOR), "Omar", Role.EDITOR, PASSWORD, who="command line")


def sent_back(someone, path="/console/changes"):
    """Where the provider sends a browser that begins here."""
    there = someone.get(f"/console/oidc?next={path}").location
    location = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return location.removeprefix("http://localhost")


def test_whoever_the_console_knows_comes_in_and_goes_on(stranger, known):
    assert "Sign in with Acme" in stranger.get("/console/sign-in").text
    answer = stranger.get(sent_back(stranger))
    assert answer.status_code == 200
    assert "url=/console/changes" in answer.text
    assert stranger.get("/console/changes").status_code == 200


def test_whoever_the_console_does_not_know_stays_outside(stranger, known, provider):
    provider.email = "somebody@else.example"
    answer = stranger.get(sent_back(stranger))
    assert answer.status_code == 401
    assert "not to this console" in answer.text
    assert stranger.get("/console/rules").status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another app"},
        {"aud": ["guidance", "another"], "azp": "another"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"iat": 4_000_000_000},
        {"email_verified": False},
        {"email_verified": "yes"},
        {"email": ""},
    ],
)
def test_a_word_that_is_not_for_us_now_is_not_taken(stranger, known, provider, claims):
    provider.claims = claims
    assert stranger.get(sent_back(stranger)).status_code == 401
    assert stranger.get("/console/rules").status_code == 303


def test_a_key_that_is_not_the_providers_is_not_taken_and_a_new_one_of_theirs_is(stranger, known, provider):
    assert stranger.get(sent_back(stranger)).status_code == 200
    provider.kid = "two"
    assert stranger.get(sent_back(stranger)).status_code == 401
    provider.keys = {"two": rsa.generate_private_key(public_exponent=65537, key_size=2048)}
    assert stranger.get(sent_back(stranger)).status_code == 200


def test_a_sign_in_is_good_once_and_in_the_browser_that_began_it(app, stranger, known):
    back = sent_back(stranger)
    other = Someone(app)
    assert other.get(back).status_code == 401
    assert stranger.get(back).status_code == 200
    stranger.client.set_cookie(STATE, parse_qs(urlsplit(back).query)["state"][0], path="/console/oidc")
    assert stranger.get(back).status_code == 401


def test_somebody_may_be_added_without_a_password(stranger, known, store, clock):
    stranger.sign_in(address(Role.EDITOR))
    users = Users(store, clock)
    users.change(users.required(address(Role.EDITOR)), who="x", what="now owner", role=Role.OWNER)
    clock.move(minutes=1)
    stranger.sign_in(address(Role.EDITOR))
    assert stranger.post("/console/people", email="new@example.com", role="viewer").status_code == 303
    assert not users.fits(users.required("new@example.com"), "")


def test_nobody_is_led_away(stranger, known):
    assert "url=/console/rules" in stranger.get(sent_back(stranger, "https://evil.example/")).text


def test_a_provider_that_is_gone_leaves_the_way_in_by_password(stranger, known, provider):
    provider.server.shutdown()
    provider.server.server_close()
    answer = stranger.get("/console/oidc")
    assert answer.status_code == 401
    assert "or sign in with a password" in answer.text
    assert stranger.sign_in(address(Role.EDITOR)).status_code == 303


@pytest.mark.browser
def test_a_real_browser_comes_back_signed_in(chromium, app, known, provider, store, clock):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    page = chromium.new_page()
    page.route(
        "http://localhost/**",
        lambda route: route.fulfill(
            status=302, headers={"Location": route.request.url.replace("http://localhost", url)}
        ),
    )
    page.goto(f"{url}/console/changes")
    page.get_by_role("link", name="Sign in with Acme").click()
    expect(page.get_by_role("heading", name="Changes")).to_be_visible()
    page.close()
    server.shutdown()
    server.server_close()
