"""The console on the whole application, and its people: a viewer, a lead, an editor and an owner, each signed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from guidance.app import create_app
from guidance.console.sessions import COOKIE, Sessions
from guidance.people import users
from guidance.people.users import Role, Users
from guidance.rules import shipped_rulebook
from tests.console.furnished import browsing, house  # noqa: F401 - fixtures of every file with a browser here
from tests.edges import ACME, SETTINGS, Desk, Integrated

PASSWORD = "four words make one"
PEOPLE = {Role.OWNER: "lena", Role.EDITOR: "omar", Role.LEAD: "mia", Role.VIEWER: "viktor"}


def address(role):
    return f"{PEOPLE[role]}@example.com"


class Clock:
    def __init__(self):
        self.now = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)


class Someone:
    """A browser without scripts: it keeps its cookie, and takes the form's word from the page."""

    def __init__(self, app):
        self.client = app.test_client()
        self.csrf = ""

    def sign_in(self, email, password=PASSWORD):
        answer = self.client.post("/console/sign-in", data={"email": email, "password": password})
        if answer.status_code == 303:
            self.csrf = re.search(r'name="csrf" content="(\w+)"', self.get("/console/me").text)[1]
        return answer

    def get(self, path):
        return self.client.get(path)

    def post(self, path, *, csrf=None, **form):
        return self.client.post(path, data={"csrf": self.csrf if csrf is None else csrf, **form})

    def send(self, method, path, body):
        return self.client.open(path, method=method, json=body, headers={"X-CSRF-Token": self.csrf})


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module", autouse=True)
def passwords_at_little_cost():
    """Passwords are hashed and compared as ever, at the least that argon2 can take: what a password costs is its own test's matter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setattr(users, "_NOBODYS", users._nobodys())
        yield


@pytest.fixture(scope="module")
def hash_of_password(passwords_at_little_cost):
    return users.hashed(PASSWORD)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def app(store, clock, desk):
    store.put_account(ACME)
    helpdesks = {name: Integrated(name, desk) for name in ("zendesk", "freshdesk")}
    return create_app(SETTINGS, store=store, clock=clock, helpdesks=helpdesks, rulebook=shipped_rulebook)


@pytest.fixture
def people(app, store, clock, hash_of_password):
    known = Users(store, clock, offload=lambda call, *args: hash_of_password if args == (PASSWORD,) else call(*args))
    for role in Role:
        known.add(address(role), PEOPLE[role].title(), role, PASSWORD, who="command line")
    sessions = Sessions(SETTINGS.secret_key, store, known, clock)
    signed = {role: Someone(app) for role in Role}
    for role, someone in signed.items():
        token = sessions.begin(address(role))
        someone.client.set_cookie(COOKIE, token)
        someone.csrf = sessions.csrf_of(token)
    return signed


@pytest.fixture
def stranger(app):
    return Someone(app)


@pytest.fixture
def owner(people):
    return people[Role.OWNER]


@pytest.fixture
def editor(people):
    return people[Role.EDITOR]
