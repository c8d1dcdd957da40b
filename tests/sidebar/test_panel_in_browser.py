"""The panel in a real Chromium, framed by the smallest helpdesk there is, on the real service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from guidance.app.creating import noticing_of
from guidance.errors import HelpdeskError
from guidance.model import CountHabit
from tests.axe import FOCUS, faults
from tests.cast import KEY
from tests.sidebar.browsing import Desk, amir, desk_served, rana, service_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

UPSET = "This is the third time I write and my parcel is still missing. I am really disappointed. Where is it?"
COLD = "Hello, I have asked the courier to look for it. You will get the tracking number."


@pytest.fixture(scope="module")
def desk_url():
    with desk_served() as url:
        yield url


@pytest.fixture
def panel(store, desk_url, monkeypatch):
    with service_for(store, desk_url, monkeypatch) as served:
        yield served


@pytest.fixture(scope="module")
def window(chromium):
    """One window for all tests: each has a service on an address of its own, so the browser keeps nothing from one for another."""
    context = chromium.new_context(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(window, panel, desk_url):
    made = Desk(window, panel, desk_url)
    yield made
    made.leave()
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
    desk.open().ready("open")
    desk.types("Hello, I have asked the", delay=30)
    with desk.page.expect_response("**/draft") as answered:
        pass
    assert (answered.value.request.post_data_json["settled"], answered.value.json()["hints"]) == (False, [])
    expect(desk.cards).to_have_count(0)


def test_nothing_is_sent_twice_for_the_same_words(upset):
    upset.watched()
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
    expect(upset.frame.locator("[aria-live=polite]")).to_contain_text("Suggestion:", timeout=6_000)


def test_a_screen_reader_finds_nothing_of_a_hint_that_is_gone(upset):
    heard = upset.frame.locator("[aria-live=polite]")
    upset.types(COLD)
    expect(heard).to_contain_text("Suggestion:", timeout=6_000)
    upset.cards.first.get_by_role("button", name="More about this hint").click()
    upset.cards.first.get_by_role("button", name="Quiet for an hour").click()
    expect(upset.state).to_contain_text("Quiet until")
    expect(heard).to_be_empty()


def test_a_screen_reader_is_told_that_the_connection_is_gone(upset):
    heard = upset.frame.locator("[aria-live=polite]")
    upset.page.context.set_offline(True)
    upset.types(COLD)
    expect(upset.state).to_have_attribute("data-state", "offline", timeout=8_000)
    expect(heard).to_contain_text("No connection just now")
    upset.page.context.set_offline(False)
    expect(upset.state).not_to_have_attribute("data-state", "offline", timeout=8_000)
    expect(heard).not_to_contain_text("No connection just now")


# --- before a reply goes out --------------------------------------------------------------------


def test_a_slip_is_asked_about_once(upset):
    upset.writes("<p>Dear [customer name], I am so sorry about the third delay.</p>")
    first = upset.submits()
    assert "placeholder" in first
    assert first.endswith("Submit again to send it as it is.")
    assert upset.submits() == "sent"


def test_a_promise_with_a_slip_in_its_time_is_not_said_to_name_none(upset):
    upset.writes("<p>I am so sorry about the third delay. I'll call you on [date].</p>")
    expect(upset.frame.locator('.promise[data-state="drafted"]')).to_contain_text("Time not clear")


def test_a_slip_is_asked_about_in_a_quiet_hour_too(upset):
    upset.cards.first.get_by_role("button", name="More about this hint").click()
    upset.cards.first.get_by_role("button", name="Quiet for an hour").click()
    expect(upset.state).to_contain_text("Quiet until")
    upset.writes("<p>Dear [customer name], I am so sorry about the third delay.</p>")
    assert "placeholder" in upset.submits()


def test_a_slip_that_is_left_when_another_was_mended_is_asked_about_again(upset):
    upset.writes("<p>I am so sorry about the third delay. Please find attached the form. Yours, [agent name]</p>")
    assert "nothing is attached" in upset.submits()
    upset.writes("<p>I am so sorry about the third delay. Please find attached the form. Yours, Amir</p>")
    assert "nothing is attached" in upset.submits()
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
    assert upset.submits() == "sent"
    assert upset.page.evaluate("desk.heldFor") < 2_000


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


def test_a_composer_that_is_emptied_without_a_word_is_looked_at_again_once_the_reply_is_out(upset):
    upset.types(COLD)
    expect(upset.cards.first).to_be_visible(timeout=6_000)
    upset.page.evaluate("composer.replaceChildren()")
    upset.happens(amir(COLD, minutes=0))
    upset.happens(rana("That is just what I needed. Thank you so much, Amir, you have been wonderful!", 3, minutes=0))
    expect(upset.frame.locator(".say", has_text="thank")).to_be_visible(timeout=6_000)


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


def test_an_agent_reads_what_is_stored_about_them_by_the_names_that_hints_have(upset, store):
    later = upset.panel.clock() + timedelta(hours=1)
    habits = [
        CountHabit(id="1", agent_id="12", mute="three-as.acknowledge"),
        CountHabit(id="2", agent_id="12", mute="all", until=later),
        CountHabit(id="4", agent_id="12", count="three-as.acknowledge"),
        CountHabit(id="3", agent_id="12", count="names.gone@2026-03-04"),
    ]
    store.count(KEY.account, habits, now=upset.panel.clock())
    upset.frame.get_by_role("button", name="My promises").click()
    upset.frame.get_by_text("What is stored about you").click()
    expect(upset.frame.locator(".mine details")).to_contain_text("Calendar link: none")
    expect(upset.frame.locator(".mine details")).to_contain_text("Nobody else sees any of this")
    expect(upset.frame.locator(".mine details")).to_contain_text("Muted: All hints (until")
    expect(upset.frame.locator(".mine details")).to_contain_text("; The trouble is not recognised")
    expect(upset.frame.locator(".mine details")).to_contain_text("Counted, so that hints stay few: names.gone (March 4")
    expect(upset.frame.locator(".mine details")).to_contain_text(
        "The trouble is not recognised, done without a hint: 1"
    )
    assert faults(upset.page.frame("panel")) == []


# --- states -------------------------------------------------------------------------------------


def test_a_calm_ticket_is_neither_commented_on_nor_praised(desk):
    desk.happens(rana("The tree stands in the garden now."))
    desk.open().ready("empty")
    expect(desk.state).to_contain_text("Nothing to add from here.")


def test_a_question_is_pointed_to_instead_of_all_being_well(desk):
    desk.happens(rana("Hello, which sizes do you have?"))
    desk.open().ready("open")
    expect(desk.state).to_contain_text("What is open is listed below.")
    expect(desk.frame.get_by_role("heading", name="They ask")).to_be_visible()


def test_each_state_has_words_of_its_own(desk, store):
    desk.happens(rana("Witam, gdzie jest moja paczka? Czekam już od tygodnia i nikt nie odpowiada."))
    desk.open().ready("language")
    noticing = noticing_of(desk.panel.served.app)
    noticing.look()
    store.put_account(replace(store.account("zendesk:acme"), settings={"paused": True}))
    noticing.look()
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


def test_a_helpdesk_that_refuses_us_for_good_is_told_of_without_a_promise_to_ask_again(desk):
    def refuses(*_):
        raise HelpdeskError("the key was revoked", permanent=True, status=401)

    desk.panel.served.desk.may_open = refuses
    desk.open().ready("helpdesk_refused")
    expect(desk.frame.locator(".state")).to_contain_text("Your admin can look at how Guidance is connected")


def test_a_history_whose_arrival_nobody_was_told_of_is_asked_for_again(desk, store):
    desk.open().ready("reading").watched()
    case = store.load(KEY)
    assert store.save(replace(case, fetched_at=desk.panel.clock()), (), now=desk.panel.clock())
    desk.ready("empty")


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


def test_a_text_size_chosen_in_the_browser_holds_here_and_all_still_fits(upset):
    upset.types(COLD + " I'll get back to you soon.")
    line = upset.cards.first.locator(".offer-text")
    expect(line).to_be_visible(timeout=6_000)
    panel = upset.page.frame("panel")
    before = line.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    panel.evaluate("document.documentElement.style.fontSize = '200%'")
    assert line.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") == 2 * before
    assert panel.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert line.evaluate("one => one.offsetWidth / one.parentElement.offsetWidth") > 0.8


def test_axe_finds_nothing_serious_in_a_calm_panel(desk):
    desk.happens(rana("Hello, which sizes do you have?"))
    desk.open().ready("open")
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
