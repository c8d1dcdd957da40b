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
