"""The Freshdesk adapter and the background page in a real Chromium, before a client of Freshworks' that tests play."""

from __future__ import annotations

import pytest

from tests.sidebar.browsing import among_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]

CLIENT = """
  globalThis.play = { handlers: {}, calls: [], data: { ticket: { id: 318, status: 2 }, loggedInUser: { id: 12, language: "en" } } };
  globalThis.client = {
    data: { get: async (name) => ({ [name]: play.data[name] }) },
    iparams: { get: async () => ({ service_host: "guidance.example.com" }) },
    interface: { trigger: async (name, options) => { play.calls.push([name, options]); if (play.refuse?.(name, options)) throw { status: 400 }; } },
    instance: { resize: (options) => play.calls.push(["resize", options]) },
    request: { invokeTemplate: async (name, options) => play.invoke(name, options) },
    events: { on: (event, handler, options) => (play.handlers[event] = { handler, options }) },
  };
  globalThis.happen = async (event, data) => {
    const outcome = {};
    const helper = { getData: () => { if (data === "broken") throw new Error("no data"); return data ?? {}; },
                     done: () => (outcome.done = true), fail: (words) => (outcome.fail = words) };
    await play.handlers[event].handler({ type: event, helper });
    return outcome;
  };
"""


@pytest.fixture(scope="module")
def window(chromium, files_url):
    with among_files(chromium, files_url) as opened:
        yield opened


@pytest.fixture
def page(window):
    """A page loaded anew, with nothing of an earlier one's in it."""
    window.evaluate("localStorage.clear()")
    window.reload()
    window.evaluate(f"() => {{ {CLIENT} }}")
    return window


def run(page, body):
    return page.evaluate(
        """async (body) => {
             const host = await import("/hosts/freshdesk.js");
             const background = await import("/background.js");
             const act = new Function("host", "background", "words", `return (async () => { ${body} })()`);
             const { loadWords } = await import("/words.js");
             return act(host, background, await loadWords("en"));
           }""",
        body,
    )


def test_a_session_is_asked_for_with_the_agents_id_and_our_own_origin(page, files_url):
    told = run(
        page,
        """play.invoke = async (name, { body }) => ({ response: JSON.stringify({ token: "t", asked: [name, body] }) });
           return host.openSession(client);""",
    )
    assert told["base"] == "https://guidance.example.com"
    assert told["asked"][0] == "openSession"
    assert told["asked"][1] == f'{{"agent":"12","origin":"{files_url}"}}'


def test_whoever_is_told_to_wait_does_so_for_a_random_while_longer_each_time(page):
    waits = run(
        page,
        """const waits = []; let left = 4;
           play.invoke = async () => { if (left--) throw { status: 429 }; return { response: "{}" }; };
           await host.openSession(client, { random: () => 0.5, sleep: async (ms) => waits.push(ms) });
           return waits;""",
    )
    assert waits == [1_500, 3_000, 6_000, 12_000]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_is_not_asked_again(page, status):
    calls = run(
        page,
        f"""let calls = 0; play.invoke = async () => {{ calls += 1; throw {{ status: {status} }}; }};
            await host.openSession(client, {{ sleep: async () => {{}} }}).catch(() => {{}});
            return calls;""",
    )
    assert calls == 1


def test_a_reply_passes_whatever_goes_wrong(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           const outcomes = [];
           for (const guard of [() => true, () => { throw new Error("x"); }, () => Promise.reject(new Error("x"))]) {
             panel.beforeSend(guard);
             outcomes.push(await happen("ticket.sendReply"), await happen("ticket.sendReply", "broken"));
           }
           return outcomes;""",
    )
    assert told == [{"done": True}] * 6


def test_words_of_the_guard_hold_a_reply_back(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           panel.beforeSend(() => "Look again.");
           return [await happen("ticket.sendReply"), play.handlers["ticket.sendReply"].options];""",
    )
    assert told == [{"fail": "Look again."}, {"intercept": True}]


def test_where_freshdesk_shows_the_reply_the_panel_leaves_it_to_the_background_page(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           panel.beforeSend(() => "Look again.");
           return happen("ticket.sendReply", { body: "Hello [Name]" });""",
    )
    assert told == {"done": True}


def test_another_ticket_in_the_same_frame_is_told_and_empties_the_composer(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           const heard = [];
           for (const name of ["activated", "moved", "deactivated"]) panel.on(name, () => heard.push([name, panel.ticket]));
           panel.writing.furnish(words);
           panel.writing.insert("For the first ticket only.");
           await happen("app.activated");
           play.data.ticket = { id: 319, status: 2 };
           await happen("app.activated");
           await happen("app.deactivated");
           return [heard, panel.writing.text];""",
    )
    assert told == [[["activated", "318"], ["moved", "319"], ["deactivated", "319"]], ""]


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        ("", ""),
        ("panel.writing.insert('And more.');", "It is on its way.\n\nAnd more."),
        ("panel.writing.become('internal');", "It is on its way."),
    ],
)
def test_words_that_were_put_into_a_reply_leave_the_composer_when_it_is_out_unless_somebody_writes_on(
    page, meanwhile, left
):
    told = run(
        page,
        f"""const panel = await host.connectFreshdesk(client);
           panel.writing.furnish(words);
           panel.writing.insert("It is on its way.");
           panel.writing.sent();
           await panel.writing.insertAll();
           {meanwhile}
           panel.writing.sent();
           return panel.writing.text;""",
    )
    assert told == left


def test_a_greeting_opens_the_reply_wherever_the_cursor_is_and_can_be_taken_out(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           panel.writing.furnish(words);
           panel.writing.insert("It left today.");
           const undo = panel.writing.insert("Hi Henrik,");
           return [panel.writing.text, await undo(), panel.writing.text];""",
    )
    assert told == ["Hi Henrik,\n\nIt left today.", True, "It left today."]


def test_a_note_falls_back_to_the_other_name_of_the_click(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           play.refuse = (name, { id }) => id === "note";
           await panel.openEditor({ text: "<b> & co", visibility: "internal" });
           return play.calls;""",
    )
    assert [one[1]["id"] for one in told] == ["note", "openNote"]
    assert told[1][1] == {"id": "openNote", "text": "&lt;b&gt; &amp; co", "isPublic": False}


def test_the_panel_never_asks_for_more_height_than_there_is(page):
    told = run(page, "const panel = await host.connectFreshdesk(client); panel.resize(2000); return play.calls;")
    assert told == [["resize", {"height": "700px"}]]


GUARDING = """
  const one = new background.Background(client);
  one.words = words;
  one.follow();
  globalThis.fetch = async (url, options) => {
    const body = url.endsWith("/draft")
      ? { seq: 1, hints: [], slips: play.slips ?? [], follow_ups: play.followUps ?? [] }
      : { follow_ups: play.followUps ?? [], hints: [] };
    if (play.silent) await new Promise(() => {});
    return new Response(JSON.stringify(body), { status: 200 });
  };
"""


def test_before_it_has_a_session_the_background_page_lets_everything_pass(page):
    told = run(
        page,
        GUARDING
        + 'return [await happen("ticket.sendReply", { body: "Hello [Name]" }), await happen("ticket.closeTicketClick")];',
    )
    assert told == [{"done": True}, {"done": True}]


READY = GUARDING + 'one.ready({ account: "freshdesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 });'
SLIP = """play.slips = [{ rule: "slips.placeholder", say: "A placeholder is still in there." }];"""


def test_a_slip_in_a_reply_that_freshdesk_shows_is_asked_about_once(page):
    told = run(
        page,
        READY
        + SLIP
        + """await one.arrive();
             return [await happen("ticket.sendReply", { body_html: "Hello [Name]" }), await happen("ticket.sendReply", { body_html: "Hello [Name]" })];""",
    )
    assert "A placeholder is still in there." in told[0]["fail"]
    assert told[1] == {"done": True}


def test_a_silent_service_holds_a_reply_up_for_less_than_two_seconds(page):
    took, outcome = run(
        page,
        READY
        + """await one.arrive(); play.silent = true; const began = performance.now();
             const outcome = await happen("ticket.sendReply", { body: "Hello" });
             return [performance.now() - began, outcome];""",
    )
    assert outcome == {"done": True}
    assert took < 2_000


def test_closing_a_ticket_with_an_open_promise_is_asked_about_once(page):
    told = run(
        page,
        READY
        + """play.followUps = [{ id: "f1", words: "I'll call you tomorrow", state: "planned" }];
             await one.arrive();
             return [await happen("ticket.closeTicketClick"), await happen("ticket.closeTicketClick")];""",
    )
    assert "I'll call you tomorrow" in told[0]["fail"]
    assert told[1] == {"done": True}


def test_a_ticket_that_was_closed_before_there_was_a_session_makes_no_later_reply_a_closing_one(page):
    told = run(
        page,
        GUARDING
        + """const closed = await happen("ticket.closeTicketClick");
             one.ready({ account: "freshdesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 });
             play.followUps = [{ id: "f1", words: "I'll call you tomorrow", state: "planned" }];
             await one.arrive();
             return [closed, await happen("ticket.sendReply", { body: "It left today." })];""",
    )
    assert told == [{"done": True}] * 2


PROMISED = """play.followUps = [{ id: "f1", words: "I'll call you tomorrow", state: "planned" }];"""
KEPT = """play.followUps = [{ id: "f1", words: "I'll call you tomorrow", state: "kept" }];"""
CLOSES = """await happen("ticket.closeTicketClick")"""
RESOLVES = """(play.data.ticket.status = 4, await happen("ticket.sendReply", { body: "All done." }))"""


@pytest.mark.parametrize("act", [CLOSES, RESOLVES], ids=["closed", "sent as resolved"])
def test_a_promise_made_through_the_open_panel_is_asked_about_when_the_ticket_is_closed(page, act):
    told = run(page, f"{READY} await one.arrive(); one.panelIs(true); {PROMISED} return {act};")
    assert "I'll call you tomorrow" in told["fail"]


@pytest.mark.parametrize("act", [CLOSES, RESOLVES], ids=["closed", "sent as resolved"])
def test_a_promise_kept_through_the_open_panel_is_not_asked_about_when_the_ticket_is_closed(page, act):
    told = run(page, f"{READY} {PROMISED} await one.arrive(); one.panelIs(true); {KEPT} return {act};")
    assert told == {"done": True}


def test_where_the_service_is_silent_a_ticket_is_closed_by_the_promises_last_heard_of(page):
    told = run(page, f"{READY} {PROMISED} await one.arrive(); play.silent = true; return {CLOSES};")
    assert "I'll call you tomorrow" in told["fail"]


def test_a_promise_that_fell_due_while_nobody_listened_is_told_once_the_stream_is_there_again(page):
    told = run(
        page,
        READY
        + """const at = (state) => (play.followUps = ["f1", "f2"].map((id) => ({ id, words: id, state: id === "f1" ? state : "late" })));
             at("planned");
             await one.arrive();
             at("late");
             await one.heard({ id: null, kind: "reset", data: {} });
             await one.heard({ id: null, kind: "reset", data: {} });
             return play.calls.map(([, { message }]) => message);""",
    )
    assert told == ["“f1” was promised here and is still open."]


def test_a_promise_that_falls_due_is_told_once_while_the_panel_is_closed_and_not_while_it_is_open(page):
    told = run(
        page,
        READY
        + """await one.arrive();
             const late = { kind: "follow_up", data: { ticket: "318", follow_up: { id: "f1", words: "I will call you ".repeat(12), state: "late" } } };
             one.heard(late); one.heard(late);
             one.panelIs(true);
             one.heard({ kind: "follow_up", data: { ticket: "318", follow_up: { id: "f2", words: "I'll write", state: "late" } } });
             one.heard({ kind: "follow_up", data: { ticket: "999", follow_up: { id: "f3", words: "I'll write", state: "late" } } });
             return play.calls;""",
    )
    assert [name for name, _ in told] == ["showNotify"]
    assert len(told[0][1]["title"]) <= 30
    assert len(told[0][1]["message"]) <= 100


def test_a_tab_that_nobody_sees_holds_no_stream_and_takes_it_up_again_when_it_is_seen(page):
    """Ten tickets are ten tabs in Freshdesk, and a browser opens six connections to a host."""
    told = run(
        page,
        """let shown = "hidden";
           Object.defineProperty(document, "visibilityState", { get: () => shown });"""
        + READY
        + """const listening = [];
             const turn = (state) => { shown = state; document.dispatchEvent(new Event("visibilitychange")); listening.push(Boolean(one.watching)); };
             await one.arrive();
             turn("hidden"); turn("visible"); turn("hidden"); turn("visible");
             one.panelIs(true);
             listening.push(Boolean(one.watching));
             return listening;""",
    )
    assert told == [False, True, False, True, False]


def test_a_panel_that_is_open_in_a_tab_behind_does_not_silence_this_one(page):
    told = run(
        page,
        """const { Presence } = await import("/presence.js");
           const answered = [];
           class Channel { addEventListener(_, listener) { this.hear = listener; } postMessage(data) { answered.push(data); } }
           let shown = "visible";
           Object.defineProperty(document, "visibilityState", { get: () => shown });
           const panel = new Presence({ Channel });
           panel.isOpen = true;
           panel.channel.hear({ data: "who" });
           shown = "hidden";
           panel.channel.hear({ data: "who" });
           return answered;""",
    )
    assert told == ["open"]


def test_a_panel_that_was_open_in_another_tab_does_not_silence_this_one_once_it_is_seen_again(page):
    told = run(
        page,
        """let shown = "visible";
           Object.defineProperty(document, "visibilityState", { get: () => shown });"""
        + READY
        + """await one.arrive();
             const asked = [];
             one.presence.channel = { postMessage: (data) => asked.push(data) };
             const turn = (state) => { shown = state; document.dispatchEvent(new Event("visibilitychange")); return Boolean(one.watching); };
             turn("hidden");
             one.panelIs(true);
             return [turn("visible"), asked];""",
    )
    assert told == [True, ["who"]]


def test_promises_of_the_ticket_before_that_are_told_late_hold_up_no_other_ticket(page):
    told = run(
        page,
        READY
        + """const answers = {};
             one.api.advice = (ticket) => new Promise((resolve) => (answers[ticket] = resolve));
             const first = one.arrive();
             await new Promise((resolve) => setTimeout(resolve));
             play.data.ticket = { id: 319, status: 2 };
             const second = one.arrive();
             await new Promise((resolve) => setTimeout(resolve));
             answers[319]({ follow_ups: [] });
             answers[318]({ follow_ups: [{ id: "f1", words: "I'll call you tomorrow", state: "planned" }] });
             await Promise.all([first, second]);
             return happen("ticket.closeTicketClick");""",
    )
    assert told == {"done": True}


def test_the_next_ticket_in_the_same_frame_is_watched_at_once(page):
    told = run(
        page,
        READY
        + """const watched = [];
             one.api.watch = async (tickets) => watched.push(...tickets);
             await one.arrive();
             play.data.ticket = { id: 319, status: 2 };
             await one.arrive();
             return watched;""",
    )
    assert told == ["318", "319"]


def test_words_that_were_begun_beside_a_ticket_are_there_again_beside_it(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           panel.writing.furnish(words);
           const stands = [];
           const turn = async (id) => {
             play.data.ticket = { id, status: 2 };
             await happen("app.activated");
             stands.push([panel.writing.text, panel.writing.visibility]);
           };
           panel.writing.insert("Half a note");
           panel.writing.become("internal");
           await turn(319); await turn(318);
           await panel.writing.insertAll();
           await turn(319); await turn(318);
           return stands;""",
    )
    assert told == [["", "public"], ["Half a note", "internal"], ["", "public"], ["", "public"]]


def test_words_written_on_while_the_editor_takes_them_stay_when_the_reply_is_out(page):
    told = run(
        page,
        """const panel = await host.connectFreshdesk(client);
           let taken;
           client.interface.trigger = () => new Promise((resolve) => (taken = resolve));
           panel.writing.furnish(words);
           panel.writing.insert("It is on its way.");
           const handing = panel.writing.insertAll();
           panel.writing.insert("And more.");
           taken();
           await handing;
           panel.writing.sent();
           return panel.writing.text;""",
    )
    assert told == "It is on its way.\n\nAnd more."


def test_while_the_service_is_away_the_panel_says_that_it_waits(page):
    told = run(
        page,
        """let tries = 0;
           const waits = [];
           play.invoke = async () => { if (++tries < 3) throw { status: 503 }; return { response: "{}" }; };
           await host.openSession(client, { sleep: async () => {}, onWait: () => waits.push(tries) });
           return waits;""",
    )
    assert told == [1, 2]


MORNING = (
    GUARDING
    + SLIP
    + """const tokens = ["evening", "morning"];
         const answer = globalThis.fetch;
         globalThis.fetch = async (url, options) =>
           play.over && options.headers.Authorization.endsWith("evening") ? new Response("{}", { status: 401 }) : answer(url, options);
         one.open = async () => {
           play.opened = (play.opened ?? 0) + 1;
           const token = tokens.shift();
           if (!token) throw { status: 403 };
           return { account: "freshdesk:acme", agent: "12", token, renewal: token, expires_in: 900 };
         };
         await one.connect();
         play.over = true;
         let now = performance.now();
         performance.now = () => now;
         const later = (minutes) => (now += minutes * 60_000);
    """
)


def test_after_a_night_the_background_page_has_a_new_session_and_the_first_reply_is_looked_at(page):
    told = run(
        page,
        MORNING
        + """later(600);
             return [await happen("ticket.sendReply", { body: "Hello [Name]" }), play.opened, one.session.token];""",
    )
    assert "A placeholder is still in there." in told[0]["fail"]
    assert told[1:] == [2, "morning"]


def test_where_no_new_session_is_given_replies_pass_and_it_is_asked_for_once_a_minute_at_most(page):
    told = run(
        page,
        MORNING
        + """tokens.length = 0;
             later(600);
             const passed = await happen("ticket.sendReply", { body: "Hello [Name]" });
             await one.arrive(); await one.arrive();
             const asked = [play.opened];
             later(2);
             await one.arrive(); await one.arrive();
             return [passed, ...asked, play.opened];""",
    )
    assert told == [{"done": True}, 2, 3]


def test_a_first_session_that_was_refused_is_asked_for_again_beside_a_later_ticket(page):
    opened = run(
        page,
        """let tries = 0; let now = performance.now();
           performance.now = () => now;
           const one = await background.Background.begin(client, async () => { tries += 1; throw { status: 403 }; });
           now += 90_000;
           await one.arrive();
           return tries;""",
    )
    assert opened == 2


EVENING = """
  const { start } = await import("/app.js");
  const opened = (token) => ({ account: "freshdesk:acme", agent: "12", token, renewal: token, expires_in: 900 });
  const advice = { slot: "", hints: [], follow_ups: [], complete: true, language_covered: true };
  const files = globalThis.fetch;
  globalThis.asked = [];
  globalThis.fetch = async (url, sent) => {
    if (!sent) return files(url);
    asked.push(url);
    if (url.endsWith("/stream")) return new Promise(() => {});
    return sent.headers.Authorization.endsWith("new") ? new Response(JSON.stringify(advice)) : new Response("{}", { status: 401 });
  };
  const state = () => document.querySelector(".state");
  const until = async (holds) => { while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5)); };
  document.body.innerHTML = '<main id="guidance"></main>';
  await new Promise((onload) => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/sidebar.css", onload })));
  const app = await start(document.getElementById("guidance"), opened("old"), () => host.connectFreshdesk(client));
  await until(() => state().dataset.state === "ended");
"""


def test_a_session_that_has_ended_goes_on_by_a_button_with_what_was_begun_still_there(page):
    told = run(
        page,
        EVENING
        + """let refusals = 1;
           play.invoke = async () => {
             if (refusals--) throw { status: 403 };
             return { response: JSON.stringify(opened("new")) };
           };
           document.querySelector("#writing").value = "Half a reply";
           const words = state().textContent;
           const button = state().querySelector("button");
           button.click();
           await until(() => refusals === 0 && !button.disabled);
           button.click();
           await until(() => state().dataset.state === "empty");
           app.close();
           return [words, document.querySelector("#writing").value];""",
    )
    assert told == ["This panel has been open for a long time and its session has ended.Go on here", "Half a reply"]


def test_what_was_begun_can_be_read_where_a_session_has_ended_and_asks_the_service_nothing(page):
    told = run(
        page,
        EVENING
        + """const before = asked.length;
           const area = document.querySelector("#writing");
           area.value = "Half a reply.";
           area.dispatchEvent(new Event("input"));
           await app.draft.check({ force: true });
           app.close();
           return [area.checkVisibility(), asked.length - before];""",
    )
    assert told == [True, 0]


def test_a_service_that_is_away_when_a_session_is_to_go_on_is_said_to_be(page):
    told = run(
        page,
        EVENING
        + """play.invoke = async () => { throw { status: 503 }; };
           const button = state().querySelector("button");
           button.click();
           await until(() => state().querySelector("[role=status]").textContent);
           app.close();
           return [state().querySelector("[role=status]").textContent, button.disabled, getComputedStyle(button).opacity < 1];""",
    )
    assert told == ["The service is catching its breath. It is tried again by itself.", True, True]
