"""Signing in: who comes in, for how long, and what a stranger learns."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from click.testing import CliRunner
from flask import Request
from msgspec.structs import replace
from werkzeug.test import EnvironBuilder

from guidance.app import create_app
from guidance.cli import main
from guidance.console.sessions import COOKIE, KNOWN, Sessions, _short
from guidance.errors import ConflictError
from guidance.people.users import _NOBODYS, Role, Users
from guidance.rules import shipped_rulebook
from tests.console.conftest import PASSWORD, Someone, address
from tests.edges import SETTINGS


def test_a_page_is_come_back_to_after_signing_in(stranger, people):
    sent = stranger.get("/console/changes").location
    answer = stranger.client.post(
        sent, data={"email": address(Role.OWNER), "password": PASSWORD, "next": "/console/changes"}
    )
    assert answer.location == "/console/changes"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/sidebar", "/console/sign-out", "/console/x\r\ny"],
)
def test_nobody_is_led_away_after_signing_in(stranger, people, elsewhere):
    form = {"email": address(Role.OWNER), "password": PASSWORD, "next": elsewhere}
    assert stranger.client.post("/console/sign-in", data=form).location == "/console/rules"


def test_a_wrong_password_and_a_wrong_address_look_the_same(stranger, people):
    wrong = stranger.sign_in(address(Role.OWNER), "not that one at all")
    unknown = stranger.sign_in("nobody@example.com", "not that one at all")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace(address(Role.OWNER), "") == unknown.text.replace("nobody@example.com", "")


def test_an_unknown_address_is_refused_at_the_price_of_a_password():
    assert extract_parameters(_NOBODYS) == extract_parameters(PasswordHasher().hash(PASSWORD))
    with pytest.raises(VerifyMismatchError):  # and not an error that is told without any work
        PasswordHasher().verify(_NOBODYS, PASSWORD)


def test_after_ten_tries_even_the_right_password_waits(stranger, people):
    for _ in range(10):
        stranger.sign_in(address(Role.VIEWER), "not that one at all")
    assert stranger.sign_in(address(Role.VIEWER)).status_code == 429
    assert stranger.sign_in(address(Role.EDITOR)).status_code == 303


def test_the_right_password_uses_up_no_try(stranger, people):
    assert [stranger.sign_in(address(Role.VIEWER)).status_code for _ in range(12)] == [303] * 12


def test_ten_tries_of_others_shut_nobody_out_of_a_browser_that_they_came_in_by(app, stranger, people):
    own = Someone(app)
    own.sign_in(address(Role.OWNER))
    own.post("/console/sign-out")
    for _ in range(11):
        stranger.sign_in(address(Role.OWNER), "not that one at all")
    assert stranger.sign_in(address(Role.OWNER)).status_code == 429
    assert own.sign_in(address(Role.OWNER)).status_code == 303


def test_a_browser_known_for_one_address_has_ten_tries_of_its_own_and_none_for_another(app, people):
    own = Someone(app)
    own.sign_in(address(Role.VIEWER))
    for _ in range(10):
        own.sign_in(address(Role.VIEWER), "not that one at all")
        own.sign_in(address(Role.OWNER), "not that one at all")
    assert own.sign_in(address(Role.VIEWER)).status_code == 429
    other = Someone(app)
    assert other.sign_in(address(Role.OWNER)).status_code == 429


def test_ten_wrong_tries_in_one_browser_of_ones_own_shut_nobody_out_of_another(app, people):
    at_work, at_home = Someone(app), Someone(app)
    for own in (at_work, at_home):
        own.sign_in(address(Role.OWNER))
        own.post("/console/sign-out")
    for _ in range(11):
        at_work.sign_in(address(Role.OWNER), "not that one at all")
    assert at_work.sign_in(address(Role.OWNER)).status_code == 429
    assert at_home.sign_in(address(Role.OWNER)).status_code == 303


def test_a_browser_is_known_by_nothing_that_it_could_make_up(app, people):
    own, forger = Someone(app), Someone(app)
    own.sign_in(address(Role.OWNER))
    browser, _, mark = own.client.get_cookie(KNOWN, path="/console/sign-in").value.partition(".")
    other = "0" * len(browser)
    for _ in range(10):
        forger.sign_in(address(Role.OWNER), "not that one at all")
    for made_up in (f"{other}.{mark}", f"{browser}.", ".", "é"):
        forger.client.set_cookie(KNOWN, made_up, path="/console/sign-in")
        assert forger.sign_in(address(Role.OWNER)).status_code == 429, made_up


def sprayed(client, times, **origin):
    """One try each at so many addresses, all from one place; how each was answered."""
    tried = ({"email": f"person-{number}@example.com", "password": "not that one at all"} for number in range(times))
    return [client.post("/console/sign-in", data=form, **origin).status_code for form in tried]


def test_after_fifty_tries_from_one_place_even_the_right_password_waits_there_and_nowhere_else(app, people):
    here, there = ({"environ_overrides": {"REMOTE_ADDR": place}} for place in ("192.0.2.1", "192.0.2.2"))
    right = {"email": address(Role.VIEWER), "password": PASSWORD}
    assert sprayed(app.test_client(), 50, **here) == [401] * 50
    assert app.test_client().post("/console/sign-in", data=right, **here).status_code == 429
    assert app.test_client().post("/console/sign-in", data=right, **there).status_code == 303


def test_behind_a_proxy_a_place_is_the_one_that_the_proxy_names(store, clock, people):
    app = create_app(replace(SETTINGS, proxies=1), store=store, clock=clock, rulebook=shipped_rulebook)
    here, still_here, there = (
        {"headers": {"X-Forwarded-For": told}} for told in ("203.0.113.8", "192.0.2.1, 203.0.113.8", "203.0.113.9")
    )
    assert sprayed(app.test_client(), 50, **here) == [401] * 50
    assert sprayed(app.test_client(), 1, **still_here) == [429]
    assert sprayed(app.test_client(), 1, **there) == [401]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger, people):
    cookie = stranger.client.post(
        "/console/sign-in", data={"email": address(Role.OWNER), "password": PASSWORD}
    ).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def session_of(store, someone):
    """The one name under which the store keeps somebody's session."""
    (name,) = store.client.scan_iter(match=f"*console:{_short(someone.client.get_cookie(COOKIE).value)}*")
    return name


def test_a_session_rests_for_half_an_hour_and_each_page_begins_that_anew(store, owner):
    name = session_of(store, owner)
    assert 1700 < store.client.ttl(name) <= 1800
    store.client.expire(name, 60)
    assert owner.get("/console/rules").status_code == 200
    assert 1700 < store.client.ttl(name) <= 1800


def test_a_session_that_has_rested_for_its_time_is_over(store, owner):
    name = session_of(store, owner)
    store.client.pexpire(name, 1)
    while store.client.exists(name):
        pass
    assert owner.get("/console/rules").status_code == 303


def test_a_session_ends_after_twelve_hours_however_busy(owner, clock):
    seen = []
    for _ in range(13):
        clock.move(hours=1)
        seen.append(owner.get("/console/rules").status_code)
    assert seen == [200] * 12 + [303]


def test_signing_out_ends_the_session_on_the_server(app, owner):
    token = owner.client.get_cookie("guidance_console").value
    owner.post("/console/sign-out")
    thief = Someone(app)
    thief.client.set_cookie("guidance_console", token)
    assert thief.get("/console/rules").status_code == 303


def test_a_page_that_asks_just_as_somebody_signs_out_brings_no_session_back(store, clock, people):
    class Late(Users):
        """Whoever is asked for here has signed out in another tab by the time it is answered."""

        def get(self, email):
            store.release(next(iter(left)))
            return super().get(email)

    sessions = Sessions(SETTINGS.secret_key, store, Late(store, clock), clock)
    before = set(store.client.scan_iter(match="*console:*"))
    token = sessions.begin(address(Role.OWNER))
    left = {
        one.decode().removeprefix("{v:").removesuffix("}:value")
        for one in set(store.client.scan_iter(match="*console:*")) - before
    }
    request = Request(EnvironBuilder(headers={"Cookie": f"{COOKIE}={token}"}).get_environ())
    sessions.of(request)
    assert sessions.of(request) is None


def test_another_role_ends_the_sessions_of_before(people, store, clock):
    users = Users(store, clock)
    clock.move(minutes=1)
    users.change(users.required(address(Role.EDITOR)), who="lena", what="now viewer", role=Role.VIEWER)
    assert people[Role.EDITOR].get("/console/rules").status_code == 303


def test_a_new_password_of_ones_own_keeps_only_this_session(app, people, clock):
    other = Someone(app)
    other.sign_in(address(Role.LEAD))
    clock.move(minutes=1)
    answer = people[Role.LEAD].post("/console/me/password", old=PASSWORD, new="five words make it longer")
    assert answer.status_code == 303
    assert people[Role.LEAD].get("/console/rules").status_code == 200
    assert other.get("/console/rules").status_code == 303


def test_the_last_owner_stays(store, clock, people):
    users = Users(store, clock)
    owner = users.required(address(Role.OWNER))
    with pytest.raises(ConflictError):
        users.change(owner, who="x", what="now viewer", role=Role.VIEWER)
    with pytest.raises(ConflictError):
        users.remove(owner, who="x")


def test_no_password_is_in_the_store_or_the_trail(store, people):
    held = b"".join(store.records("users").values()) + b"".join(repr(one).encode() for one in store.changes())
    assert PASSWORD.encode() not in held
    assert b"$argon2id$" in held


def test_adding_somebody_is_in_the_trail_with_who_did_it(owner, store):
    owner.post("/console/people", email="New@Example.com", name="New", role="viewer", password="a long enough one")
    change = store.changes()[0]
    assert (change.who, change.what, change.subject) == (
        address(Role.OWNER),
        "added as viewer",
        "person:new@example.com",
    )


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("password", "short", "12 to 256"), ("email", "nobody", "e-mail address"), ("role", "king", "A role is one of")],
)
def test_what_can_not_be_added_is_said_plainly(owner, field, value, told):
    form = {"email": "new@example.com", "name": "Nora", "role": "viewer", "password": "a long enough one", field: value}
    answer = owner.post("/console/people", **form)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="Nora"' in answer.text and f'value="{form["email"]}"' in answer.text
    assert form["password"] not in answer.text


@pytest.mark.parametrize("email", ["a/b@example.com", "a?b@example.com", "a#b@example.com", "a%20b@example.com"])
def test_whoever_can_be_added_can_be_changed_and_removed(owner, store, email):
    owner.post("/console/people", email=email, name="Nora", role="viewer", password="a long enough one")
    ways = re.findall(r'action="(/console/people/[^"]+)"', owner.get("/console/people").text)
    change, remove = (unescape(one) for one in ways if "a" in one[16:18] and one[17] in "/?#%")
    seen = Users(store, None).required(email).standing
    assert owner.post(change, role="lead", seen=seen).status_code == 303
    assert b'"lead"' in store.record("users", email)
    assert owner.post(remove).status_code == 303
    assert store.record("users", email) is None


def test_a_role_is_told_by_what_it_may_beyond_the_one_before(owner):
    told = owner.get("/console/people").text.replace("&#39;", "'")
    assert "<strong>viewer</strong>: see rules and their numbers; try rules on a conversation</li>" in told
    assert "<strong>owner</strong>: that, and decide who may do what; erase or export a customer</li>" in told


def test_the_first_owner_comes_from_the_command_line(store, valkey, monkeypatch, clock, stranger):
    clock.now = datetime.now(UTC) + timedelta(minutes=1)
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", "a key for tests only")
    assert "guidance owner add" in stranger.get("/console/sign-in").text
    ran = CliRunner().invoke(main, ["owner", "add", "first@example.com"], input=f"{PASSWORD}\n")
    assert ran.exit_code == 0, ran.output
    assert "guidance owner add" not in stranger.get("/console/sign-in").text
    assert stranger.sign_in("first@example.com").status_code == 303
    assert stranger.get("/console/people").status_code == 200


FIRST_GUESSES = [
    "password1234",
    " " * 12,
    "123456789012",
    "PasswordPassword!",
    "qwertyuiop12",
    "abcdefghijkl",
    "aaaaaaaabbbb",
    "welcome-2026!",
]


@pytest.mark.parametrize("guess", [*FIRST_GUESSES, "lena@example.com", "Lena12345678"])
def test_a_password_that_anybody_would_try_first_is_refused(owner, guess):
    told = owner.post("/console/me/password", old=PASSWORD, new=guess)
    assert (told.status_code, "among the first that anybody would try" in told.text) == (400, True)


@pytest.mark.parametrize("good", ["four words make two", "Tr0ub4dor&3-and", "k7#mQ2!vX9@p", "lena walks to the sea"])
def test_a_password_of_ones_own_making_is_taken(owner, good):
    assert owner.post("/console/me/password", old=PASSWORD, new=good).status_code == 303
