"""Every door of the console, for every role and for a stranger."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.app import create_app
from guidance.console.blueprint import doors_of
from guidance.console.sessions import COOKIE
from guidance.people.users import ALLOWED, May, Role
from guidance.rules import shipped_rulebook
from tests.console.conftest import PASSWORD, address
from tests.edges import SETTINGS, Integrated

FILLED = {
    "<path:name>": "console.css",
    "<path:elsewhere>": "nowhere",
    "<rule_id>": "three-as.acknowledge",
    "<name>": "nothing",
    "<path:email>": "nobody@example.com",
    "<int:number>": "99",
    "<job_id>": "nothing",
    "<partner_id>": "nothing",
    "<account>": "zendesk:nobody",
    "<promise>": "f1-0123456789abcdef",
}
OPEN = {
    ("GET", "/console"),
    ("GET", "/console/"),
    ("GET", "/console/sign-in"),
    ("GET", "/console/oidc"),
    ("GET", "/console/oidc/back"),
    ("POST", "/console/sign-in"),
    ("POST", "/console/sign-out"),
    ("GET", "/console/static/<path:name>"),
}


def every_door():
    return doors_of(None)


def filled(path):
    for part, value in FILLED.items():
        path = path.replace(part, value)
    return path


def asked(someone, door):
    if door.method == "GET":
        return someone.get(filled(door.path))
    if door.path.startswith("/api/"):
        return someone.send(door.method, filled(door.path), {})
    return someone.post(filled(door.path))


def test_only_the_way_in_is_open_to_strangers():
    assert {(door.method, door.path) for door in every_door() if door.may is None} == OPEN


def test_a_stranger_is_sent_to_sign_in_or_told_to(stranger):
    for door in every_door():
        if door.may is None:
            continue
        answer = asked(stranger, door)
        if door.method == "GET" and not door.path.startswith("/api/"):
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/console/sign-in"), door.path
        else:
            assert answer.status_code == 401, door.path


@pytest.mark.parametrize("role", list(Role))
def test_a_role_passes_the_doors_that_ask_what_it_may_and_no_others(people, role):
    for door in every_door():
        if door.may is None or door.path == "/console/me/password":
            continue
        status = asked(people[role], door).status_code
        if door.may in ALLOWED[role]:
            assert status not in (401, 403) and status < 500, (door.method, door.path, status)
        else:
            assert status == 403, (door.method, door.path, status)


def test_no_form_acts_without_the_word_of_its_session(people):
    for door in every_door():
        if door.may is None or door.method == "GET":
            continue
        answer = people[Role.OWNER].client.open(filled(door.path), method=door.method, data={"csrf": "guessed"})
        assert answer.status_code == 403, door.path


def test_no_form_acts_for_another_site(people):
    for door in every_door():
        if door.method == "GET":
            continue
        headers = {"Origin": "https://elsewhere.example"}
        answer = people[Role.OWNER].client.open(filled(door.path), method=door.method, data={}, headers=headers)
        assert answer.status_code == 403, door.path


def test_an_origin_that_is_no_address_is_another_site(people):
    answer = people[Role.OWNER].client.post("/console/pause", data={}, headers={"Origin": "http://[elsewhere"})
    assert answer.status_code == 403


@pytest.fixture
def proxied(store, clock, desk):
    """The application behind a proxy that asks for it by a name of its own."""
    helpdesks = {name: Integrated(name, desk) for name in ("zendesk", "freshdesk")}
    settings = replace(SETTINGS, public_url="https://Guidance.example.com:443")
    return create_app(settings, store=store, clock=clock, helpdesks=helpdesks, rulebook=shipped_rulebook).test_client()


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://guidance.example.com", 303),
        ("http://127.0.0.1:8710", 303),
        ("http://guidance.example.com", 403),
        ("https://guidance.example.com:8443", 403),
        ("https://guidance.example.com.evil.example", 403),
        ("null", 403),
    ],
)
def test_behind_a_proxy_that_keeps_host_to_itself_a_form_comes_from_the_public_address(proxied, people, origin, status):
    form = {"email": address(Role.OWNER), "password": PASSWORD}
    answer = proxied.post("/console/sign-in", data=form, headers={"Host": "127.0.0.1:8710", "Origin": origin})
    assert answer.status_code == status
    assert status == 303 or "GUIDANCE_PUBLIC_URL" in answer.text


def test_behind_such_a_proxy_what_did_not_work_leads_back_too(proxied, people):
    proxied.set_cookie(COOKIE, people[Role.EDITOR].client.get_cookie(COOKIE).value, domain="127.0.0.1")
    headers = {"Host": "127.0.0.1:8710", "Referer": "https://guidance.example.com/console/rules/house.day"}
    form = {"csrf": people[Role.EDITOR].csrf, "account": "zendesk:acme", "stage": "loud"}
    told = proxied.post("/console/rules/three-as.act/stage", data=form, headers=headers).text
    assert 'href="/console/rules/house.day"' in told


def test_every_page_has_a_policy_that_lets_no_foreign_script_in(people):
    for door in every_door():
        if (
            door.method != "GET"
            or "/api/" in door.path
            or "static" in door.path
            or door.path.endswith((".csv", ".zip", ".svg"))
        ):
            continue
        answer = people[Role.OWNER].get(filled(door.path))
        if answer.status_code == 303:
            continue
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy, door.path
        assert "frame-ancestors 'none'" in policy


def test_each_role_may_all_that_the_one_before_it_may():
    roles = [ALLOWED[role] for role in Role]
    assert all(less < more for less, more in zip(roles, roles[1:], strict=False))
    assert ALLOWED[Role.OWNER] == set(May)


def test_where_no_rule_has_that_name_the_page_says_so(people):
    answer = people[Role.VIEWER].get("/console/rules/no.such-rule")
    assert answer.status_code == 404
    assert "no rule of that name" in answer.text


def test_a_body_nested_too_deeply_is_refused(people):
    body = b'{"text": "", "extra": ' + b"[" * 5000 + b"]" * 5000 + b"}"
    lead = people[Role.LEAD]
    answer = lead.client.post("/api/v1/rules/lint", data=body, headers={"X-CSRF-Token": lead.csrf})
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("referrer", "way"),
    [
        ("http://localhost/console/rules/house.day?done=staged", 'href="/console/rules/house.day?done=staged"'),
        ("http://elsewhere.example/console/rules/house.day", None),
        ("http://[elsewhere/console/rules/house.day", None),
        (None, None),
    ],
)
def test_what_did_not_work_leads_back_to_where_it_was_tried(people, referrer, way):
    editor = people[Role.EDITOR]
    form = {"csrf": editor.csrf, "account": "zendesk:acme", "stage": "loud"}
    headers = {"Referer": referrer} if referrer else {}
    told = editor.client.post("/console/rules/three-as.act/stage", data=form, headers=headers).text
    assert "stage is one of" in told
    assert (way in told) if way else ("Back to where you were" not in told)


def test_whoever_has_no_session_any_more_is_led_to_sign_in_and_back(stranger):
    headers = {"Referer": "http://localhost/console/words"}
    told = stranger.client.post("/console/words", data={"words": "x"}, headers=headers)
    assert told.status_code == 401
    assert 'href="/console/sign-in?next=/console/words"' in told.text
