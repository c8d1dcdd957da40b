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


AWAY = """async (m, code) => {
  const { ApiError } = await import("/api.js");
  const { loadWords } = await import("/words.js");
  const host = { ticket: "1", agent: {}, sharesStream: false, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "freshdesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: await loadWords("en"), opened });
  const never = () => new Promise(() => {});
  Object.assign(app.api, { network: async () => ({ subject: "A parcel" }), stream: never, watch: never, advice: never });
  app.isActive = true;
  app.takeAdvice({
    slot: "", complete: true, language_covered: true, hints: [],
    strip: [{ kind: "message", count: 3 }], questions: [{ where: "comment:1", text: "Where is it?", answered: false }],
    follow_ups: [{ id: "f1", words: "I'll call you", state: "planned", due_at: "2031-03-06T14:00:00Z", due_kind: "time" }],
    feelings: [1, 2, 3].map((comment) => ({ comment, feeling: -1, because: [] })),
  });
  await app.lookAround(app.turn);
  const { facts, questions, promises, feelings } = app.view;
  const shows = () => [facts, questions, promises, feelings].map(({ root }) => !root.hidden);
  const before = [...shows(), Boolean(app.view.actions.subject())];
  app.api.advice = async () => { throw new ApiError(code, { status: 503 }); };
  host.ticket = "2";
  app.move();
  await new Promise((resolve) => setTimeout(resolve));
  const after = [...shows(), Boolean(app.view.actions.subject())];
  app.close();
  return [app.view.state.dataset.state, before, after];
}"""


@pytest.mark.parametrize("code", ["offline", "unavailable", "helpdesk_unavailable", "helpdesk_refused"])
def test_a_ticket_that_could_not_be_read_has_nothing_beside_it_of_the_one_before(module, code):
    assert module("app.js", AWAY, code) == [code, [True] * 5, [False] * 5]


TURN = """async (m, plain) => {
  const { Words } = await import("/words.js");
  const heard = {};
  const draft = { plain, text: plain, visibility: "public", turns: [] };
  const host = {
    ticket: "1", agent: {}, sharesStream: false, draft: () => ({ ...draft }), on: (event, listener) => (heard[event] = listener), beforeSend() {}, resize() {},
  };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: new Words("en", {}), opened });
  const never = () => new Promise(() => {});
  const asked = [];
  Object.assign(app.api, { advice: async () => ({ slot: "", hints: [], complete: true }), network: async () => null, stream: never, watch: never });
  app.api.draft = (_, { turns }) => (asked.push(turns.map(({ html }) => html)), never());
  app.begin();
  draft.turns = [{ author: "requester", html: "Where is it?" }];
  heard.conversation();
  await app.refresh();
  app.close();
  return asked.at(-1);
}"""


def test_a_live_message_of_the_customers_is_asked_about_with_the_draft_before_anybody_types_on(module):
    assert module("app.js", TURN, "It left today.") == ["Where is it?"]


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


PAGE = """async (m) => {
  const { Words } = await import("/words.js");
  const heard = {};
  const host = { place: "nav_bar", ticket: null, agent: {}, on: (event, listener) => (heard[event] = listener) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: new Words("en", {}), opened });
  const { setInterval } = globalThis;
  let reads = 0, tick;
  Object.assign(app.api, { mine: async () => ((reads += 1), []), stored: async () => ({}) });
  globalThis.setInterval = (call) => (tick = call);
  app.begin();
  globalThis.setInterval = setInterval;
  const told = [reads];
  for (const event of [null, "deactivated", "activated"]) {
    heard[event]?.();
    reads = 0;
    tick();
    told.push(reads);
  }
  app.session.close();
  return told;
}"""


def test_a_page_of_promises_is_read_anew_only_while_it_is_in_front(module):
    assert module("app.js", PAGE) == [1, 1, 0, 1]


SLOW = """async (m, answers) => {
  const told = [];
  const ask = ({ seq }, signal) => answers.includes(seq) ? Promise.resolve({ seq }) : new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason)));
  const watch = new m.DraftWatch({ ask, onAdvice() {}, onTrouble: () => told.push("trouble"), onEmpty() {}, onSlow: () => told.push("slow"), slow: 90 });
  const types = (plain) => watch.typed({ plain, text: plain, visibility: "public" });
  const rests = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  watch.isActive = true;
  for (const words of ["It", "It left", "It left today", "It left today at", "It left today at noon"]) {
    types(words);
    watch.check();
    await rests(30);
  }
  types("");
  await rests(90);
  return told;
}"""


@pytest.mark.parametrize(("answers", "told"), [([], ["slow"]), ([2, 4, 6, 8, 10], []), ([6], [])])
def test_a_service_that_answers_nothing_while_somebody_types_is_told_of_though_no_question_fails(module, answers, told):
    assert module("draft.js", SLOW, answers) == told


REST = """async (m, meanwhile) => {
  const ask = (_, signal) => new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason)));
  const watch = new m.DraftWatch({ ask, onAdvice() {}, onTrouble() {}, onEmpty() {}, slow: 6_000 });
  const types = (plain) => (watch.typed({ plain, text: plain, visibility: "public" }), void watch.check());
  const { performance, setTimeout } = globalThis;
  const waits = [];
  let now = 0;
  Object.defineProperty(globalThis, "performance", { value: { now: () => now }, configurable: true, writable: true });
  globalThis.setTimeout = (_call, wait) => waits.push(wait);
  watch.isActive = true;
  ["It", "It left", "It left today"].forEach(types);
  if (meanwhile === "emptied") types("");
  else (watch.setActive(false), watch.setActive(true));
  now = 60_000;
  types("It left this morning");
  Object.assign(globalThis, { performance, setTimeout });
  return waits.at(-1);
}"""


@pytest.mark.parametrize("meanwhile", ["emptied", "left"])
def test_what_nobody_waited_for_any_more_makes_no_later_question_a_slow_one(module, meanwhile):
    assert module("draft.js", REST, meanwhile) == 6_000


REFUSED = """async (m, status, code) => {
  const { ApiError } = await import("/api.js");
  const { loadWords } = await import("/words.js");
  const host = { ticket: "1", agent: {}, sharesStream: false, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: await loadWords("en"), opened });
  app.trouble(new ApiError(code, { status }));
  const told = [app.view.state.textContent, app.view.live.textContent, Boolean(app.retrying)];
  app.close();
  return told;
}"""
LONG = "This draft is too long to be read along. It isn’t held up."
UNREAD = "This couldn’t be read. Your reply isn’t held up."
BREATH = "The service is catching its breath. It is tried again by itself."


@pytest.mark.parametrize(
    ("status", "code", "told", "again"),
    [
        (413, "too_large", LONG, False),
        (400, "malformed", UNREAD, False),
        (404, "not_found", UNREAD, False),
        (503, "unavailable", BREATH, True),
        (500, "of a later service", BREATH, True),
    ],
)
def test_what_is_not_tried_again_is_not_said_to_be(module, status, code, told, again):
    assert module("app.js", REFUSED, status, code) == [told, told, again]


RECOVERED = """async (m) => {
  const { loadWords } = await import("/words.js");
  const host = { ticket: "1", agent: {}, sharesStream: false, draft: () => ({ plain: "", text: "", visibility: "public" }) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = new m.App({ root: document.body, host, words: await loadWords("en"), opened });
  let isThere = false;
  Object.assign(app.api, { mine: async () => { if (!isThere) throw new Error("gone"); return []; }, stored: async () => ({}) });
  await app.view.mine.turn(true);
  const [note, before] = [app.view.mine.note, app.view.mine.note.textContent];
  isThere = true;
  app.failure = "offline";
  app.take({ slot: "", hints: [], feelings: [] });
  await new Promise((resolve) => setTimeout(resolve));
  app.close();
  return [before, note.textContent];
}"""


def test_what_did_not_work_is_no_longer_said_once_the_service_is_there_again(module):
    before, after = module("app.js", RECOVERED)
    assert before.startswith("That didn’t work")
    assert after == "Nothing promised and open. Nice and quiet."
