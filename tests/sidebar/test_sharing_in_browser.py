"""Who holds the stream of a browser: where frames may share nothing, and where the holder's session has ended."""

from __future__ import annotations

import pytest

from tests.sidebar.browsing import modules_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


@pytest.fixture
def module(chromium, files_url):
    with modules_of(chromium, files_url) as ask:
        yield ask


SHARED = """async (m, { locks, channel }) => {
  const started = [];
  class Channel { constructor() { if (channel === "refused") throw new DOMException("no", "SecurityError"); } addEventListener() {} postMessage() {} close() {} }
  const refused = { request: async () => { throw new DOMException("Access to the Locks API is denied", "SecurityError"); } };
  const stream = { start: () => started.push("start"), stop: () => started.push("stop") };
  const shared = new m.SharedStream({ name: "n", ticket: "1", stream, watch: async () => {}, onEvent() {}, locks: locks === "refused" ? refused : navigator.locks, Channel });
  shared.activate();
  await new Promise((resolve) => setTimeout(resolve));
  shared.deactivate();
  await new Promise((resolve) => setTimeout(resolve));
  shared.activate();
  shared.close();
  return started;
}"""


@pytest.mark.parametrize(("locks", "channel"), [("refused", "given"), ("given", "refused")])
def test_where_a_browser_lets_frames_share_nothing_each_streams_for_itself(module, locks, channel):
    told = module("election.js", SHARED, {"locks": locks, "channel": channel})
    assert told == ["start", "stop"] * 2


HOLDER = """async (m) => {
  const { Words } = await import("/words.js");
  const host = { ticket: "1", agent: {}, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: new Words("en", {}), opened });
  globalThis.fetch = async () => new Response("{}", { status: 401 });
  app.stream = app.shareStream();
  app.activate();
  const next = await navigator.locks.request(app.stream.name, { signal: AbortSignal.timeout(5_000) }, () => "held").catch(({ name }) => name);
  app.close();
  return [next, app.failure];
}"""


def test_a_panel_whose_session_has_ended_lets_another_one_hold_the_stream(module):
    assert module("app.js", HOLDER) == ["held", "ended"]


UNTIL = (
    """const until = async (holds) => { while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5)); };"""
)

WATCHED = (
    """async (m, refused) => {
  const told = [];
  const stream = { start() {}, stop() {} };
  const watch = async (tickets) => (told.push(`watch ${tickets}`), { tickets: tickets.filter((one) => one !== refused) });
  const frame = (ticket) => new m.SharedStream({ name: "n", ticket, stream, watch, onEvent: ({ kind, data }) => told.push(`${ticket}: ${kind} ${data.ticket}`) });
  """
    + UNTIL
    + """
  const [one, two] = [frame("1"), frame("2")];
  one.activate();
  await until(() => told.includes("1: watched 1"));
  two.activate();
  await until(() => told.some((line) => line.startsWith("watch 1,2")));
  if (refused !== "2") await until(() => told.includes("2: watched 2"));
  one.announce();
  await until(() => told.filter((line) => line === "watch 1,2").length === 2);
  await new Promise((resolve) => setTimeout(resolve));
  [one, two].forEach((each) => each.close());
  return told;
}"""
)


def test_that_a_ticket_is_watched_by_now_is_told_once_to_every_frame(module):
    told = module("election.js", WATCHED, None)
    assert told == ["watch 1", "1: watched 1", "watch 1,2", "1: watched 2", "2: watched 2", "watch 1,2"]


def test_a_ticket_that_is_not_watched_is_not_said_to_be(module):
    assert module("election.js", WATCHED, "2") == ["watch 1", "1: watched 1", "watch 1,2", "watch 1,2"]


SLEPT = (
    """async (m) => {
  const told = [];
  const watch = async (tickets) => void told.push(`watch ${tickets}`);
  const one = new m.SharedStream({ name: "n", ticket: "1", stream: { start() {}, stop() {} }, watch, onEvent: ({ kind }) => told.push(kind), locks: null });
  """
    + UNTIL
    + """
  one.activate();
  await until(() => told.includes("watched"));
  const now = Date.now;
  Date.now = () => now() + 3 * 60_000;
  one.announce();
  await until(() => told.length === 4);
  one.close();
  Date.now = now;
  return told;
}"""
)


def test_what_was_watched_before_a_long_sleep_is_watched_anew(module):
    assert module("election.js", SLEPT) == ["watch 1", "watched"] * 2


READS = (
    """async (m) => {
  const { Words } = await import("/words.js");
  const host = { ticket: "1", agent: {}, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: new Words("en", {}), opened });
  const done = [];
  const read = async () => { done.push("read"); throw new Error("what it says does not matter here"); };
  Object.assign(app.api, { advice: read, watch: async () => void done.push("watch"), stream: () => new Promise(() => {}) });
  """
    + UNTIL
    + """
  app.stream = app.shareStream();
  app.activate();
  await until(() => done.length === 3);
  app.close();
  return done;
}"""
)


def test_what_came_before_a_ticket_was_watched_is_read_once_it_is(module):
    assert module("app.js", READS) == ["read", "watch", "read"]
