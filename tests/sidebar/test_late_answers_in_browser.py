"""What comes late: the composer is empty, the ticket another one, the reply already out by the time the service answers."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


LAST_WORD = """async (m, meanwhile) => {
  const told = [];
  let answer;
  const watch = new m.DraftWatch({
    ask: ({ seq }) => new Promise((resolve) => (answer = () => resolve({ seq, hints: [] }))),
    onAdvice: (advice) => told.push(advice.seq), onTrouble() {}, onEmpty() {},
  });
  watch.setActive(true);
  watch.typed({ plain: "It left today.", text: "It left today.", visibility: "public" });
  const last = watch.lastWord();
  if (meanwhile === "emptied") watch.typed({ plain: "", text: "", visibility: "public" });
  if (meanwhile === "left") watch.setActive(false);
  answer();
  return [(await last) !== null, told.length];
}"""


@pytest.mark.parametrize(("meanwhile", "told"), [("nothing", 1), ("emptied", 0), ("left", 0)])
def test_advice_on_a_reply_that_is_out_by_now_is_told_to_whoever_asked_and_shown_nowhere(module, meanwhile, told):
    assert module("draft.js", LAST_WORD, meanwhile) == [True, told]


MOVED = """async (m, act) => {
  const { Words } = await import("/words.js");
  const never = () => new Promise(() => {});
  const host = { ticket: "1", agent: {}, sharesStream: false, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "freshdesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: new Words("en", {}), opened });
  let answer;
  const slow = () => new Promise((resolve) => (answer = resolve));
  Object.assign(app.api, { changePromise: slow, plan: slow, notePartner: slow, advice: never, network: never, stream: never, watch: never });
  const done = app.view.actions[act]({ id: "f1" }, {});
  host.ticket = "2";
  app.move();
  answer({ follow_up: { id: "f1", words: "I'll call you tomorrow", state: "planned" } });
  await done;
  app.close();
  return [...app.followUps.keys()];
}"""


@pytest.mark.parametrize("act", ["changePromise", "plan", "notePartner"])
def test_a_promise_of_the_ticket_before_does_not_turn_up_beside_the_next_one(module, act):
    assert module("app.js", MOVED, act) == []


WAITS = """async (m) => {
  const { Words } = await import("/words.js");
  const host = { ticket: "1", agent: {}, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: new Words("en", {}), opened });
  const [waits, later] = [[], globalThis.setTimeout];
  globalThis.setTimeout = (_call, wait) => waits.push(wait);
  for (let read = 0; read < 3; read += 1) app.awaitHistory({ complete: false });
  globalThis.setTimeout = later;
  return waits;
}"""


def test_what_is_read_while_a_ticket_opens_makes_no_wait_for_its_history_longer(module):
    assert module("app.js", WAITS) == [2_000] * 3
