"""The panel in a real Chromium, framed by the smallest helpdesk there is, on the real service."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.errors import HelpdeskError
from guidance.model import TicketKey
from guidance.rules import shipped_rulebook
from tests import cast, edges
from tests.axe import FOCUS, faults
from tests.sidebar.panel import Panel, account

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

KEY = TicketKey("zendesk:acme", "4821")
UPSET = "This is the third time I write and my parcel is still missing. I am really disappointed. Where is it?"
COLD = "Hello, I have asked the courier to look for it. You will get the tracking number."
PAGES = {
    "/": ("text/html", Path(__file__).with_name("desk.html")),
    "/zaf_sdk.js": ("text/javascript", Path(str(files("guidance.demo") / "static" / "zaf_sdk.js"))),
}


class Pages(BaseHTTPRequestHandler):
    """Serves the desk's two files."""

    def do_GET(self):
        kind, path = PAGES.get(self.path.partition("?")[0], ("text/plain", None))
        self.send_response(200 if path else 204)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(path.read_bytes() if path else b"")

    def log_message(self, *_):
        pass


class Now:
    """The clock as it is."""

    now = property(lambda self: datetime.now(UTC))

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def desk_url():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def panel(store, desk_url, monkeypatch):
    monkeypatch.setattr(edges, "SETTINGS", replace(edges.SETTINGS, zaf_sdk_url=f"{desk_url}/zaf_sdk.js"))
    store.put_account(account(origins=(desk_url,), hours={"time_zone": "America/New_York"}))
    clock = Now()
    with edges.Served(store, clock=clock) as served:
        yield Panel(served, clock)


class Desk:
    """One browser with the desk open, and the ticket behind it."""

    def __init__(self, page, panel, url):
        self.page, self.panel, self.url = page, panel, url
        self.frame = page.frame_locator("iframe")
        self.root = self.frame.locator("#guidance")
        self.cards = self.frame.locator(".card")
        self.state = self.frame.locator(".state")
        self.asked = []
        self.stumbled = []
        page.on("request", lambda request: self.asked.append((request.method, request.url)))
        page.on("pageerror", lambda error: self.stumbled.append(str(error)))
        page.on("console", lambda told: self.stumbled.append(told.text) if "Content Security" in told.text else None)

    @property
    def service(self):
        return f"http://127.0.0.1:{self.panel.served.port}"

    def open(self, token=None, before="") -> Desk:
        self.page.goto(self.url)
        self.page.evaluate(f"() => {{ {before} }}")
        self.page.evaluate("([url, token]) => desk.launch(url, token)", [self.service, token or self.panel.token()])
        expect(self.root).not_to_be_empty()
        return self

    def ready(self, state="empty|hints"):
        expect(self.state).to_have_attribute("data-state", re.compile(state))
        return self

    def types(self, text, delay=0):
        self.page.locator("#composer").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text, delay=delay)

    def writes(self, html):
        self.page.evaluate("html => desk.write(html)", html)

    def happens(self, *events):
        """Something happens on the ticket, as the worker takes it in."""
        store = self.panel.served.store
        Advancing(store, AccountBook(store), shipped_rulebook, self.panel.clock).take(KEY, events)

    def drafts(self):
        return [url for method, url in self.asked if method == "POST" and url.endswith("/draft")]

    def submits(self):
        self.page.click("#submit")
        expect(self.page.locator("#outcome")).not_to_be_empty(timeout=3_000)
        return self.page.locator("#outcome").inner_text()


def ago(event, minutes):
    return replace(event, comment=replace(event.comment, at=datetime.now(UTC) - timedelta(minutes=minutes)))


def rana(text, number=1, minutes=200):
    return ago(cast.rana_says(text, number), minutes)


def amir(text, number=2, minutes=100):
    return ago(cast.amir_says(text, number), minutes)


@pytest.fixture
def desk(chromium, panel, desk_url):
    context = chromium.new_context(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
    made = Desk(context.new_page(), panel, desk_url)
    yield made
    context.close()
    assert made.stumbled == []


@pytest.fixture
def upset(desk):
    """Rana's angry ticket, open before Amir."""
    desk.happens(rana(UPSET))
    return desk.open().ready()


# --- hints on a draft ---------------------------------------------------------------------------


def test_before_a_word_is_written_the_ticket_is_summed_up(upset):
    expect(upset.frame.locator(".facts")).to_contain_text("Waited 3 hours")
    expect(upset.frame.locator(".question")).to_contain_text("Where is it?")
    assert upset.drafts() == []


def test_a_cold_reply_raises_a_card_with_the_customers_words_and_a_line_to_insert(upset):
    upset.types(COLD)
    card = upset.cards.first
    expect(card).to_be_visible(timeout=6_000)
    expect(card.locator(".level")).to_contain_text("Suggestion")
    expect(card.locator(".quote").first).to_contain_text("“")
    expect(card.get_by_role("button", name="Insert")).to_be_visible()


def test_insert_puts_the_line_in_turns_the_card_into_a_tick_and_can_be_undone(upset):
    upset.types(COLD)
    offer = upset.cards.first.locator(".offer-text")
    expect(offer).to_be_visible(timeout=6_000)
    words = offer.inner_text()
    upset.cards.first.get_by_role("button", name="Insert").click()
    expect(upset.page.locator("#composer")).to_contain_text(words)
    expect(upset.frame.locator(".line-done")).to_contain_text("Added to your reply")
    upset.frame.get_by_role("button", name="Undo").click()
    expect(upset.page.locator("#composer")).not_to_contain_text(words)
    expect(upset.cards.first).to_be_visible()


def test_words_that_were_written_on_are_left_alone(upset):
    upset.types(COLD)
    upset.cards.first.get_by_role("button", name="Insert").click(timeout=6_000)
    upset.types(" And one thing more.")
    upset.frame.get_by_role("button", name="Undo").click()
    expect(upset.frame.locator(".line-done")).to_contain_text("stays in your reply")
    expect(upset.page.locator("#composer")).to_contain_text("And one thing more.")


def test_a_hint_whose_words_appear_ticks_itself_and_folds_away(upset):
    upset.types(COLD)
    expect(upset.cards.first).to_be_visible(timeout=6_000)
    upset.types(" I am so sorry, Rana. I understand how frustrating a third delay is.")
    expect(upset.frame.locator(".line-done").first).to_be_visible(timeout=3_000)
    expect(upset.frame.locator(".line-done")).to_have_count(0, timeout=6_000)


def test_half_written_is_not_missing(desk):
    desk.happens(rana("Hello, which sizes do you have?"))
    desk.open().ready("empty")
    desk.types("Hello, I have asked the", delay=30)
    with desk.page.expect_response("**/draft"):
        pass
    desk.page.wait_for_timeout(1_000)  # a silence can only be waited for
    expect(desk.cards).to_have_count(0)


def test_nothing_is_sent_twice_for_the_same_words(upset):
    upset.writes("<p>Hello</p>")
    with upset.page.expect_response("**/draft"):
        pass
    before = len(upset.drafts())
    for _ in range(3):
        upset.writes("<p>Hello</p>")
    upset.page.wait_for_timeout(700)
    assert len(upset.drafts()) == before


def test_fast_typing_asks_after_a_pause_not_at_every_key(upset):
    upset.types("Hello Rana, let me see what I can find out", delay=20)
    with upset.page.expect_response("**/draft"):
        pass
    assert len(upset.drafts()) <= 3


def test_nothing_is_sent_while_another_tab_is_in_front(upset):
    upset.page.evaluate("desk.tell('app.deactivated')")
    upset.writes(f"<p>{COLD}</p>")
    upset.page.wait_for_timeout(700)
    assert upset.drafts() == []
    upset.page.evaluate("desk.tell('app.activated')")
    expect(upset.cards.first).to_be_visible(timeout=6_000)


def test_a_dismissed_hint_stays_away_and_comes_back_by_undo(upset):
    upset.types(COLD)
    upset.cards.first.get_by_role("button", name="More about this hint").click(timeout=6_000)
    expect(upset.cards.first.locator(".why")).not_to_be_empty()
    with upset.page.expect_response("**/feedback") as told:
        upset.cards.first.get_by_role("button", name="Misread").click()
    assert told.value.status == 200
    expect(upset.frame.locator(".line-dismissed")).to_be_visible()
    upset.frame.locator(".line-dismissed").get_by_role("button", name="Undo").click()
    expect(upset.cards.first).to_be_visible()


def test_quiet_for_an_hour_says_until_when_and_can_be_ended(upset):
    upset.types(COLD)
    upset.cards.first.get_by_role("button", name="More about this hint").click(timeout=6_000)
    upset.cards.first.get_by_role("button", name="Quiet for an hour").click()
    expect(upset.state).to_contain_text("Quiet until")
    upset.frame.get_by_role("button", name="Show hints again").click()
    expect(upset.cards.first).to_be_visible(timeout=6_000)


def test_everything_can_be_done_from_the_keyboard(upset):
    upset.types(COLD)
    more = upset.cards.first.get_by_role("button", name="More about this hint")
    more.focus(timeout=6_000)
    upset.page.keyboard.press("Enter")
    expect(upset.cards.first.locator(".panel")).to_be_visible()
    upset.page.keyboard.press("Tab")
    upset.page.keyboard.press("Escape")
    expect(upset.cards.first.locator(".panel")).to_be_hidden()
    expect(more).to_be_focused()


def test_a_screen_reader_hears_of_a_new_hint_once(upset):
    upset.types(COLD)
    expect(upset.frame.get_by_role("status")).to_contain_text("Suggestion:", timeout=6_000)


# --- before a reply goes out --------------------------------------------------------------------


def test_a_slip_is_asked_about_once(upset):
    upset.writes("<p>Dear [customer name], I am so sorry about the third delay.</p>")
    first = upset.submits()
    assert "placeholder" in first
    assert first.endswith("Submit again to send it as it is.")
    assert upset.submits() == "sent"


def test_news_that_comes_while_a_reply_goes_out_lets_no_slip_through(upset):
    held = []

    def hold_the_last_question(route):
        if not held and route.request.post_data_json["settled"]:
            held.append(route)
        else:
            route.continue_()

    upset.page.route("**/draft", hold_the_last_question)
    upset.writes("<p>Dear [customer name], I am so sorry about the third delay.</p>")
    upset.page.click("#submit")
    with upset.page.expect_response("**/draft", timeout=1_400):
        upset.page.evaluate("desk.tell('ticket.conversation.changed', [])")
    held[0].continue_()
    expect(upset.page.locator("#outcome")).to_contain_text("placeholder")


def test_tone_never_holds_a_reply_back(upset):
    upset.types(COLD)
    expect(upset.cards.first).to_be_visible(timeout=6_000)
    assert upset.submits() == "sent"


def test_solving_with_an_open_promise_asks_once(desk):
    desk.happens(rana(UPSET), amir("I'm so sorry, Rana. I'll call you tomorrow at 3pm.", minutes=1))
    desk.open().ready()
    expect(desk.frame.locator(".promise")).to_be_visible()
    assert desk.submits() == "sent"
    desk.page.evaluate("desk.ticket.status = 'solved'")
    assert "is still open" in desk.submits()
    assert desk.submits() == "sent"


def test_a_service_that_is_gone_holds_nothing_back(upset):
    upset.writes("<p>Dear [customer name], all is well.</p>")
    upset.page.context.set_offline(True)
    assert upset.submits() == "sent"
    expect(upset.state).to_have_attribute("data-state", "offline")
    upset.page.context.set_offline(False)
    expect(upset.state).not_to_have_attribute("data-state", "offline", timeout=8_000)


def test_a_service_that_is_slow_holds_a_reply_back_for_less_than_two_seconds(upset):
    upset.page.route("**/draft", lambda _route: None)
    upset.writes("<p>Dear [customer name], all is well.</p>")
    before = datetime.now(UTC)
    assert upset.submits() == "sent"
    assert datetime.now(UTC) - before < timedelta(seconds=2)


# --- what happens meanwhile ---------------------------------------------------------------------


def test_a_new_comment_shows_without_a_reload(upset):
    upset.happens(rana("And when do you open tomorrow?", 2, minutes=0))
    expect(upset.frame.locator(".question", has_text="when do you open")).to_be_visible(timeout=5_000)


def test_after_a_reply_the_panel_is_about_what_comes_next(upset):
    upset.types(COLD)
    expect(upset.cards.first).to_be_visible(timeout=6_000)
    upset.happens(amir(COLD, minutes=0))
    upset.writes("")
    expect(upset.cards).to_have_count(0)
    upset.types("One more thing, Rana. The courier has answered.")
    with upset.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 200):
        pass


def test_a_draft_that_crosses_a_reply_is_read_again_in_its_new_slot(upset):
    upset.page.evaluate("desk.tell('app.deactivated')")
    upset.happens(amir("On it, Rana.", minutes=0))
    upset.page.route("**/advice", lambda route: route.abort())
    upset.page.evaluate("desk.tell('app.activated')")
    upset.page.unroute("**/advice")
    upset.types("The courier found it, Rana.")
    with upset.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 200):
        pass


def test_one_browser_holds_one_stream(upset, desk_url, panel):
    page = upset.page.context.new_page()
    other = Desk(page, panel, desk_url).open().ready()
    other.page.wait_for_timeout(500)
    streams = [url for _, url in (*upset.asked, *other.asked) if url.endswith("/api/v1/stream")]
    assert len(streams) == 1
    upset.happens(rana("And when do you open tomorrow?", 2, minutes=0))
    for one in (upset, other):
        expect(one.frame.locator(".question", has_text="when do you open")).to_be_visible(timeout=5_000)


def test_when_the_holder_leaves_another_takes_over(upset, desk_url, panel):
    other = Desk(upset.page.context.new_page(), panel, desk_url).open().ready()
    with other.page.expect_request("**/api/v1/stream"):
        upset.page.evaluate("desk.tell('app.deactivated')")
    upset.happens(rana("And when do you open tomorrow?", 2, minutes=0))
    expect(other.frame.locator(".question", has_text="when do you open")).to_be_visible(timeout=5_000)


# --- promises -----------------------------------------------------------------------------------


def test_a_vague_promise_gets_its_day_with_one_click(desk):
    desk.happens(rana(UPSET), amir("I'm so sorry, Rana. I'll get back to you soon.", minutes=1))
    desk.open().ready()
    promise = desk.frame.locator(".promise")
    expect(promise).to_contain_text("When would be good?")
    promise.get_by_role("button", name="Tomorrow").click()
    expect(promise).to_contain_text("Planned")
    expect(promise).to_contain_text("tomorrow")


def test_a_promise_that_is_none_is_taken_off_and_back(desk):
    desk.happens(rana(UPSET), amir("I'm so sorry, Rana. I'll call you tomorrow at 3pm.", minutes=1))
    desk.open().ready()
    promise = desk.frame.locator(".promise")
    promise.get_by_role("button", name="Not a promise").click()
    expect(promise.locator(".badge")).to_have_text("Taken off")
    promise.get_by_role("button", name="Undo").click()
    expect(promise.locator(".badge")).to_have_text("Planned")


def test_a_promise_being_written_shows_when_it_will_fall_due(upset):
    upset.types("I'm so sorry, Rana. I will call you tomorrow at 3pm.")
    expect(upset.frame.locator(".promise")).to_contain_text("In your draft")
    expect(upset.frame.locator(".promise")).to_contain_text("tomorrow")


def test_an_agent_reads_what_is_stored_about_them(upset):
    upset.frame.get_by_role("button", name="My promises").click()
    upset.frame.get_by_text("What is stored about you").click()
    expect(upset.frame.locator(".mine details")).to_contain_text("Calendar link: none")
    expect(upset.frame.locator(".mine details")).to_contain_text("Nobody else sees any of this")
    assert faults(upset.page.frame("panel")) == []


# --- states -------------------------------------------------------------------------------------


def test_a_calm_ticket_gets_a_friendly_word(desk):
    desk.happens(rana("Hello, which sizes do you have?"))
    desk.open().ready("empty")
    expect(desk.state).to_contain_text("Nothing to add")


def test_each_state_has_words_of_its_own(desk, store):
    desk.happens(rana("Witam, gdzie jest moja paczka? Czekam już od tygodnia i nikt nie odpowiada."))
    desk.open().ready("language")
    store.put_account(replace(store.account("zendesk:acme"), settings={"paused": True}))
    desk.page.wait_for_timeout(1_600)  # an account is believed for a second and a half
    desk.open().ready("paused")
    desk.open(before="desk.ticket.id = null").ready("new_ticket")
    desk.panel.served.desk.closed.add("4821")
    store.release("access:zendesk:acme:12:4821")
    desk.open().ready("not_allowed")
    expect(desk.frame.locator(".sections")).to_be_hidden()


def test_where_the_helpdesk_is_silent_the_panel_says_so_and_asks_again(desk):
    may_open = desk.panel.served.desk.may_open

    def silent(*_):
        raise HelpdeskError("no answer came", retry_after=1)

    desk.panel.served.desk.may_open = silent
    desk.open().ready("helpdesk_unavailable")
    desk.panel.served.desk.may_open = may_open
    desk.ready("empty|reading")


def test_a_session_that_has_ended_says_how_to_go_on(upset, store):
    for name in store.client.scan_iter("*session:*"):
        store.client.delete(name)
    upset.types(COLD)
    upset.ready("ended")


def test_a_refused_frame_is_told_so_kindly(desk):
    token = desk.panel.token()
    desk.open(token).ready("reading|empty")
    desk.page.evaluate("([url, token]) => desk.launch(url, token)", [desk.service, token])
    expect(desk.frame.locator(".state-title")).to_contain_text("be opened")
    assert faults(desk.page.frame("panel")) == []


@pytest.mark.parametrize(("locale", "word"), [("de-AT", "Gefragt wird"), ("es", "Pregunta"), ("fr-FR", "On demande")])
def test_the_panel_speaks_the_agents_language(desk, locale, word):
    desk.happens(rana(UPSET))
    desk.open(before=f"desk.locale = '{locale}'").ready()
    expect(desk.frame.locator(".section-title").first).to_have_text(word)


# --- safety and fit -----------------------------------------------------------------------------


def test_a_customers_markup_is_text_and_nothing_else(desk):
    desk.happens(rana("Where is <img src=x onerror=document.title='owned'> my <b>parcel</b>? I am very upset."))
    desk.open().ready()
    desk.types(COLD)
    expect(desk.cards.first).to_be_visible(timeout=6_000)
    expect(desk.frame.locator("img, b")).to_have_count(0)
    assert "owned" not in desk.page.title()


def test_no_token_is_ever_in_an_address_or_left_in_the_browser(upset):
    upset.types(COLD)
    expect(upset.cards.first).to_be_visible(timeout=6_000)
    assert not [url for _, url in upset.asked if "ey" in url.rpartition("/")[2] and "." in url.rpartition("/")[2]]
    frame = upset.page.frame("panel")
    assert frame.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("width", [280, 320, 420])
def test_nothing_overflows_a_narrow_panel(upset, width):
    upset.page.evaluate(f"document.body.style.setProperty('--panel', '{width}px')")
    upset.types(COLD + " I'll get back to you soon. Averyveryverylongwordwithoutanybreakinitatallforwhateverreason.")
    upset.cards.first.get_by_role("button", name="More about this hint").click(timeout=6_000)
    frame = upset.page.frame("panel")
    assert frame.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough_to_hit(upset):
    upset.types(COLD)
    upset.cards.first.get_by_role("button", name="More about this hint").click(timeout=6_000)
    boxes = [button.bounding_box() for button in upset.frame.locator("button:visible").all()]
    assert len(boxes) > 5
    assert [box for box in boxes if box["height"] < 24 or box["width"] < 24] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_full_panel(upset, scheme):
    upset.page.emulate_media(color_scheme=scheme)
    upset.types(COLD + " I'll get back to you soon.")
    upset.cards.first.get_by_role("button", name="More about this hint").click(timeout=6_000)
    expect(upset.frame.locator(".promise").first).to_be_visible()
    assert faults(upset.page.frame("panel")) == []


def test_axe_finds_nothing_serious_in_a_calm_panel(desk):
    desk.happens(rana("Hello, which sizes do you have?"))
    desk.open().ready("empty")
    assert faults(desk.page.frame("panel")) == []


def test_every_control_of_a_full_panel_is_reached_by_the_keyboard(upset):
    upset.types(COLD + " I'll get back to you soon.")
    upset.cards.first.get_by_role("button", name="More about this hint").click(timeout=6_000)
    expect(upset.frame.locator(".promise").first).to_be_visible()
    panel = upset.page.frame("panel")
    panel.evaluate(FOCUS)
    panel.evaluate("document.body.focus()")
    upset.page.locator("#composer").focus()
    for _ in range(panel.evaluate("keys.count()") + 12):
        upset.page.keyboard.press("Tab")
    assert panel.evaluate("keys.left()") == []
    assert panel.evaluate("keys.unmarked") == []


# --- small parts, in the browser they run in ----------------------------------------------------


@pytest.fixture
def module(upset):
    def ask(name, code, *told):
        path = f"./{name}"
        source = f"async ([told]) => {{ const m = await import(new URL('{path}', document.scripts[document.scripts.length - 1].src)); return ({code})(m, ...told); }}"
        return upset.page.frame("panel").evaluate(source, [list(told)])

    return ask


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Hi Rana,", False),
        ("Hi Rana,\n\nI have", False),
        ("I have asked the courier.", True),
        ("Done!", False),
        ("All done.", True),
        ("Hallo Rana,\nich habe nachgefragt. Es", True),
        ("one two three four five six seven eight nine ten eleven twelve", True),
    ],
)
def test_a_sentence_is_told_from_a_beginning(module, text, is_one):
    assert module("draft.js", "(m, text) => m.holdsSentence(text)", text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("It is on its way.\n\nBest regards,\nAmir", True),
        ("It is on its way.\n\nKind regards", True),
        ("Es ist unterwegs.\nViele Grüße\nAmir Khan", True),
        ("Best regards to your mother, and", False),
        ("Thanks for waiting so long.", False),
    ],
)
def test_a_sign_off_is_told_from_thanks_in_passing(module, text, is_one):
    assert module("draft.js", "(m, text) => m.endsWithSignOff(text)", text) is is_one


def test_events_are_cut_wherever_the_network_cuts_them(module):
    whole = ': hello\n\nid: 3-170-0\nevent: hint\ndata: {"a":\ndata: 1}\n\nevent: reset\r\ndata: {}\r\n\r\n'
    code = "(m, text, size) => { const c = new m.EventCutter(); const found = []; for (let i = 0; i < text.length; i += size) found.push(...c.feed(text.slice(i, i + size))); return found; }"
    for size in (1, 3, 7, 1000):
        found = module("stream.js", code, whole, size)
        assert [(one["id"], one["kind"]) for one in found] == [("3-170-0", "hint"), (None, "reset")], size
        assert found[0]["data"] == '{"a":\n1}'


def test_an_event_that_comes_again_is_dropped(module):
    code = """(m) => {
      const heard = [];
      const stream = new m.Stream({ open: null, onEvent: ({ id }) => heard.push(id) });
      for (const id of ["1-5-0", "1-6-0", "1-5-0"]) stream.take({ id, kind: "hint", data: "{}" });
      return heard;
    }"""
    assert module("stream.js", code) == ["1-5-0", "1-6-0"]


def test_only_the_newest_answer_counts(module):
    code = """async (m) => {
      const answers = [], told = [];
      const watch = new m.DraftWatch({
        ask: (body) => new Promise((resolve) => answers.push(() => resolve({ seq: body.seq, hints: [] }))),
        onAdvice: (advice) => told.push(advice.seq), onTrouble() {}, onEmpty() {},
      });
      watch.isActive = true;
      watch.draft = { plain: "one", text: "one", visibility: "public" };
      const first = watch.check();
      watch.draft = { plain: "two", text: "two", visibility: "public" };
      const second = watch.check();
      answers[1]();
      answers[0]();
      await Promise.all([first, second]);
      return told;
    }"""
    assert module("draft.js", code) == [2]


def test_every_language_has_words_for_everything(module):
    code = """async (m) => Promise.all(['en', 'de', 'es', 'fr'].map(async (one) => {
      const words = await m.loadWords(one); return Object.keys(words.strings).length; }))"""
    assert len(set(module("words.js", code))) == 1
    folder = Path(str(files("guidance.sidebar") / "static" / "strings"))
    read = partial(Path.read_text, encoding="utf8")
    import json

    keys = [set(json.loads(read(path))) for path in sorted(folder.glob("*.json"))]
    assert len(keys) == 4
    assert all(one == keys[0] for one in keys)
