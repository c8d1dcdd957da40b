"""Calls to a service that is slow, gone, or has just ended a session: each fails in a way from which the panel comes back."""

from __future__ import annotations

import pytest

from tests.sidebar.browsing import modules_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


@pytest.fixture
def module(chromium, files_url):
    with modules_of(chromium, files_url) as ask:
        yield ask


CALL = """async (m, answers) => {
  const { Session } = await import("/session.js");
  const opened = { account: "zendesk:acme", agent: "12", token: "old", renewal: "r", expires_in: 900 };
  const ended = [];
  const session = new Session(opened, { onEnded: () => ended.push(true) });
  const asked = [];
  globalThis.fetch = async (url, { signal } = {}) => {
    asked.push(new URL(url, location.href).pathname.split("/").at(-1));
    const [status, body] = answers.shift();
    if (status === "gone") throw new TypeError("Failed to fetch");
    if (status === "silent") await new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason)));
    if (status === "broken") return new Response(new ReadableStream({ start: (told) => told.error(new TypeError("network error")) }));
    return new Response(typeof body === "string" ? body : JSON.stringify(body ?? {}), { status });
  };
  const api = new m.Api(session, { patience: 5 });
  const told = await api.mutes().then((good) => good, ({ code, status, passes }) => ({ code, status, passes }));
  session.close();
  return { told, asked, ended: ended.length };
}"""

RENEWED = {"account": "zendesk:acme", "agent": "12", "token": "new", "renewal": "r", "expires_in": 900}
EXPIRED = [401, {"error": {"code": "not_authentic", "message": "This panel's session has ended."}}]


def test_a_token_that_has_just_ended_is_renewed_and_the_call_made_again(module):
    told = module("api.js", CALL, [EXPIRED, [200, RENEWED], [200, {"muted": []}]])
    assert told == {"told": [], "asked": ["quiet", "renew", "quiet"], "ended": 0}


def test_a_session_that_can_not_be_renewed_any_more_has_ended(module):
    told = module("api.js", CALL, [EXPIRED, EXPIRED])
    assert told["told"] == {"code": "ended", "status": 401, "passes": False}
    assert told["ended"] == 1


@pytest.mark.parametrize(
    ("renewal", "code"),
    [
        ([503, {"error": {"code": "unavailable", "message": "In a moment."}}], "unavailable"),
        ([502, "<h1>Bad gateway</h1>"], "unavailable"),
        (["gone"], "offline"),
        (["silent"], "unavailable"),
    ],
)
def test_a_renewal_that_nobody_answers_is_a_trouble_that_passes_and_no_end(module, renewal, code):
    told = module("api.js", CALL, [EXPIRED, renewal])
    assert (told["told"]["code"], told["told"]["passes"], told["ended"]) == (code, True, 0)


@pytest.mark.parametrize(
    "answer",
    [["silent"], ["broken"], [200, "<title>Sign in to the hotel's network</title>"]],
    ids=["never answered", "broken off", "not ours"],
)
def test_an_answer_that_never_comes_breaks_off_or_is_not_ours_passes(module, answer):
    told = module("api.js", CALL, [answer])
    assert (told["told"]["code"], told["told"]["passes"]) == ("unavailable", True)


TIMED = """async (m, answers) => {
  const inTime = setTimeout;
  const pause = () => new Promise((resolve) => inTime(resolve));
  const waits = [];
  let last = null;
  globalThis.setTimeout = (run, after) => (waits.push(after), (last = run), waits.length);
  globalThis.clearTimeout = () => {};
  const opened = { account: "zendesk:acme", agent: "12", token: "old", renewal: "r", expires_in: 900 };
  let isOver = false;
  const session = new m.Session(opened, { onEnded: () => (isOver = true) });
  for (const [status, body] of answers) {
    const before = waits.length;
    globalThis.fetch = async () => {
      if (status === "gone") throw new TypeError("Failed to fetch");
      return new Response(JSON.stringify(body ?? {}), { status });
    };
    last();
    for (let looks = 0; looks < 50 && waits.length === before && !isOver; looks += 1) await pause();
  }
  return [waits.map((one) => one / 1000), session.token, isOver];
}"""
AWAY = [503, {"error": {"code": "unavailable", "message": "In a moment."}}]


def test_a_renewal_in_time_that_fails_is_tried_again_until_it_is_there(module):
    told = module("session.js", TIMED, [["gone"], AWAY, AWAY, AWAY, AWAY, AWAY, [200, RENEWED]])
    assert told == [[540, 5, 10, 20, 40, 60, 60, 540], "new", False]


def test_a_session_whose_renewal_has_ended_is_not_asked_for_again(module):
    assert module("session.js", TIMED, [["gone"], EXPIRED]) == [[540, 5], "old", True]
