"""A console with something on every page, and a narrow window in front of it: what the tests in a real Chromium share."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread
from types import SimpleNamespace

import msgspec
import pytest
from msgspec.structs import replace
from werkzeug.serving import make_server

from guidance.app import create_app
from guidance.console.drafts import DraftFile
from guidance.console.sessions import COOKIE, Sessions
from guidance.dispatch.noise import WHO as NOISE_LIMIT
from guidance.jobs import Backtester
from guidance.model import CountRule
from guidance.people.users import Role, Users
from guidance.ports import Change, Edition, Job
from guidance.store import open_store
from tests.cast import case, rana_says
from tests.conftest import KEY as STORE_KEY
from tests.console.measured_made import weeks_made
from tests.conversations_made import made
from tests.edges import ACME, SETTINGS, Desk, Integrated
from tests.rules.test_variations import overlay

OWNER = "lena@example.com"
RULE = """\
pack: house.day
version: 1
title: Name the day
rules:
  - id: house.day
    principle: three-as
    title: Name the day
    moments: [draft]
    when: {last.says: [which day]}
    hint: {say: Say which day it is., why: A day is easier to wait for.}
    examples:
      fires:
        - {last: "Which day will it come?", draft: "Soon."}
      silent:
        - {last: "Thank you.", draft: "Glad to hear it."}
"""
TOO_EARLY = "{all: [{last.says: [which day]}, {draft.says: [soon]}]}"
NARROW = {"width": 320, "height": 780}


@pytest.fixture(scope="module")
def house(valkey):
    """A console with something on every page; `anew` gives the cookie of one more session of its owner's."""
    valkey.ensure_running()
    store = open_store(valkey.url, key=STORE_KEY, max_connections=96)
    store.client.flushall()
    words = {"": ["No Worries Plan"], "group:Plant care": ["Sorry! Café", "Calm down and carry on"]}
    store.put_account(replace(ACME, settings={"holdout": 0.1, "house_words": words}))
    now = datetime.now(UTC)
    users = Users(store, lambda: now, offload=lambda call, *args: "no password" if len(args) == 1 else call(*args))
    users.add(OWNER, "Lena", Role.OWNER, "four words make one", who="command line")
    users.change(users.required(OWNER), who=OWNER, what="reads tickets", agents={ACME.id: "12"})
    users.add("viktor@example.com", "Viktor", Role.VIEWER, "four words make one", who=OWNER)
    furnish(store, now)
    desk = Desk()
    helpdesks = {name: Integrated(name, desk) for name in ("zendesk", "freshdesk")}
    app = create_app(SETTINGS, store=store, clock=lambda: now, helpdesks=helpdesks)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url, sessions = f"http://127.0.0.1:{server.server_port}", Sessions(SETTINGS.secret_key, store, users, lambda: now)

    def anew():
        return {"name": COOKIE, "value": sessions.begin(OWNER), "url": url, "httpOnly": True}

    yield SimpleNamespace(url=url, anew=anew, store=store)
    server.shutdown()
    server.server_close()
    store.close()


def furnish(store, now):
    """Rules, drafts, numbers, changes and backtests, so that no table is empty."""
    more = "{say: Name the day., level: warning, off: true, limit: {per_day: 3}, except: [{last.says: [no hurry]}]}"
    files = {"day": RULE, "ours": overlay(more)}
    change = Change(at=now, who=OWNER, what="published day", subject="file:day", why="Customers ask for a day")
    assert store.publish(Edition(number=1, files=files, at=now, who=OWNER), change=change)
    quieted = Change(at=now, who=NOISE_LIMIT, what="shadow in zendesk:acme", subject="rule:house.day", why="it annoyed")
    store.note_change(quieted)
    draft = b'{"name": "flawed", "text": "rules: [\\n- no", "version": 1, "who": "omar@example.com"}'
    assert store.put_record("drafts", "flawed", draft, expected=None)
    early = RULE.replace("[draft]", "[customer, draft]").replace("{last.says: [which day]}", TOO_EARLY)
    doubted = DraftFile(name="doubted", text=early, version=1, who=OWNER, at=now)
    assert store.put_record("drafts", "doubted", msgspec.json.encode(doubted), expected=None)
    counts = [
        CountRule(day=now.date().isoformat(), group="", rule="three-as.acknowledge", what=what, agent_id="12", by=by)
        for what, by in (("shown", 30), ("followed", 12), ("dismissed:misread", 3), ("shadow", 4))
    ]
    held = case()
    spoken = replace(held.conversation, comments=(rana_says("My address is 12 Olive Street.").comment,))
    assert store.save(replace(held, conversation=spoken), counts, now=now)
    weeks_made(store, now)
    asked = {"what": "rules in force", "over": "an upload", "focus": ["three-as.acknowledge"], "files": {}}
    for name, body in (("done", "\n".join(made(12)).encode()), ("failed", b'{"a": 1}')):
        store.add_job(Job(id=name, who=OWNER, at=now, asked=asked), body)
        assert Backtester(store, SETTINGS).step()
    store.add_job(Job(id="waiting", who=OWNER, at=now, asked=asked), b"{}")


@pytest.fixture(scope="module")
def browsing(chromium, house):
    """A narrow window in the dark, the owner signed in; anything that a script trips over fails the test."""
    context = chromium.new_context(viewport=NARROW, color_scheme="dark")
    context.add_cookies([house.anew()])
    page = context.new_page()
    stumbled = []
    page.on("pageerror", lambda error: stumbled.append(str(error)))
    yield page
    context.close()
    assert stumbled == []
