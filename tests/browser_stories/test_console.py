"""The console as an admin uses it: from the first sign-in to the way back, beside the desk where agents see what comes of it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conversations_made import made
from tests.sidebar.browsing import typed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

IMAGES = Path(__file__).parents[2] / "docs" / "img"
SAY = "Say which day it is."
RULE = """\
pack: house.name-the-day
version: 1
title: Name the day

rules:
  - id: house.name-the-day
    principle: three-as
    title: Name the day
    family: day
    level: warning
    moments: [customer, draft]
    when: {last.says: [which day]}
    hint:
      say: Say which day it is.
      why: A day is easier to wait for than soon.
    examples:
      fires:
        - {last: "Which day will it come?", draft: "Soon."}
      silent:
        - {last: "Thank you, it came.", draft: "Glad to hear it."}
"""

TOO_EARLY = "when: {all: [{last.says: [which day]}, {draft.says: [soon]}]}"


@pytest.fixture(scope="module")
def told(chromium, desk_url):
    """What the desk's page says of the console: where it is, who its owner is, their password."""
    page = chromium.new_page()
    page.goto(desk_url)
    found = (
        page.locator("#console").get_attribute("href"),
        page.locator("#welcome code").first.inner_text(),
        page.locator("#console-password").inner_text(),
    )
    page.close()
    return found


@pytest.fixture(scope="module")
def kept():
    """What the owner's browser keeps from one story to the next: a session, which a story may end."""
    return {"storage_state": None}


@pytest.fixture
def console(chromium, told, kept):
    """The console, signed in as the desk's page says."""
    address, owner, password = told
    context = chromium.new_context(viewport={"width": 1180, "height": 860}, **kept)
    opened = context.new_page()
    stumbled = []
    opened.on("pageerror", lambda error: stumbled.append(str(error)))
    opened.on("console", lambda said: stumbled.append(said.text) if "Content Security Policy" in said.text else None)
    opened.goto(address)
    if opened.get_by_label("E-mail address").count():
        opened.get_by_label("E-mail address").fill(owner)
        opened.get_by_label("Password").fill(password)
        opened.get_by_role("button", name="Sign in").click()
    expect(opened.get_by_role("heading", name="Rules")).to_be_visible()
    kept["storage_state"] = context.storage_state()
    opened.base = address
    yield opened
    context.close()
    assert stumbled == []


def picture(page, name, request):
    if request.config.getoption("-m") == "screenshots":
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"console-{name}.png", full_page=False)


def write(console, name, text):
    console.goto(f"{console.base}/rules")
    console.get_by_text("Write a new rule").click()
    console.get_by_label("A short name").fill(name)
    console.get_by_role("button", name="Begin").click()
    console.locator("#text").fill(text)


def sizes(plain, soak):
    """A story at its plain size, which makes the pictures, and at the one that the promise is about."""
    return [pytest.param(plain, marks=pytest.mark.screenshots), pytest.param(soak, marks=pytest.mark.soak)]


@pytest.mark.parametrize("within", sizes(8, 2))
def test_a_rule_from_its_first_error_to_the_open_sidebar_and_back(page, console, request, within):
    picture(console, "rules", request)
    write(console, "name-the-day", RULE.replace("last.says", "last.sais"))
    expect(console.locator("#flaws")).to_contain_text("did you mean `last.says`?", timeout=15_000)
    expect(console.locator("#flaws")).to_contain_text("Line 12")
    picture(console, "editor-error", request)
    console.locator("#text").fill(RULE.replace("[which day]", "[what day]"))
    expect(console.locator("#flaws")).to_contain_text("must fire, and is silent", timeout=15_000)
    console.locator("#text").fill(RULE.replace("when: {last.says: [which day]}", TOO_EARLY))
    expect(console.locator("#warnings")).to_contain_text("the moment `customer`", timeout=15_000)
    expect(console.locator("#gutter .doubted")).to_have_text("12\n")
    picture(console, "editor-warning", request)
    console.locator("#text").fill(RULE)
    expect(console.locator("#doubted")).to_have_text("", timeout=15_000)
    expect(console.locator("#state")).to_have_text("Every example keeps what it promises.", timeout=15_000)
    picture(console, "editor", request)
    console.get_by_role("button", name="Save, then try it").click()
    console.get_by_label("The customer wrote").fill("Which day will my olive tree come?")
    console.get_by_label("The agent is writing").fill("Soon, I am sure.")
    console.get_by_label("Rule to explain").fill("house.name-the-day")
    console.get_by_role("button", name="See what would be said").click()
    expect(console.locator(".hint", has_text=SAY)).to_be_visible(timeout=20_000)
    expect(console.locator(".tree")).to_contain_text("which day")
    picture(console, "try", request)

    console.goto(f"{console.base}/files/name-the-day")
    console.get_by_role("button", name="Save, then publish…").click()
    expect(console.get_by_role("heading", name="Publish name-the-day")).to_be_visible()
    picture(console, "publish", request)
    console.get_by_label("Why").fill("Customers ask for a day")
    console.get_by_role("button", name=re.compile("Publish as version")).click()
    expect(console.get_by_role("status")).to_contain_text("Published", timeout=20_000)
    picture(console, "version", request)
    console.goto(f"{console.base}/rules/house.name-the-day")
    expect(console.locator(".stage.shadow").first).to_be_visible()

    sidebar = _opened(page, "A new home for my ficus")
    _customer_writes(page, "Which day will it come?")
    hint = sidebar.locator(".say", has_text=SAY)
    page.wait_for_timeout(1500)
    assert hint.count() == 0

    form = console.get_by_role("row").filter(has_text="zendesk:demo")
    form.get_by_label("Stage").select_option("live")
    form.get_by_label("Why").fill("It was right in shadow")
    form.get_by_role("button", name="Move").click()
    began = time.monotonic()
    expect(hint).to_be_visible(timeout=10_000)
    took = time.monotonic() - began
    print(f"live in the open sidebar after {took:.2f} s")
    assert took < within
    expect(console.get_by_role("status")).to_contain_text("Open sidebars know")
    picture(console, "rule", request)

    console.get_by_text("Pause all hints…").click()
    console.get_by_role("button", name="Pause all hints").click()
    expect(console.locator("main")).to_contain_text("Paused: no agent sees a hint just now.")
    expect(sidebar.locator(".say")).to_have_count(0, timeout=10_000)
    console.get_by_role("button", name="Show hints again").click()
    expect(hint).to_be_visible(timeout=10_000)

    console.goto(f"{console.base}/versions")
    picture(console, "versions", request)
    console.get_by_role("link", name="Go back to 0…").click()
    console.get_by_label("Why").fill("A day is not ours to name")
    console.get_by_role("button", name="Go back to version 0").click()
    expect(hint).to_have_count(0, timeout=10_000)
    console.goto(f"{console.base}/changes")
    expect(console.locator("table")).to_contain_text("Customers ask for a day")
    picture(console, "changes", request)


@pytest.mark.screenshots
def test_the_form_beside_the_text_writes_the_same_yaml(console, request):
    text = RULE.replace("name-the-day", "by-form").replace("level: warning", "level: warning  # they asked for it")
    write(console, "by-form", text)
    form = console.get_by_role("region", name="The same as a form")
    yaml = console.locator("#text")
    expect(form.get_by_label("Title")).to_have_value("Name the day", timeout=15_000)
    expect(form).to_contain_text("Only in the text: id, principle, family, examples.")

    form.get_by_label("What it says").fill("Say by which day it comes.")
    expect(yaml).to_have_value(text.replace("Say which day it is.", "Say by which day it comes."), timeout=15_000)
    text = yaml.input_value()
    form.get_by_label("Level").select_option("reminder")
    expect(yaml).to_have_value(text.replace("level: warning  #", "level: reminder  #"), timeout=15_000)
    form.get_by_label("The customer says", exact=True).fill("which day\nwhat day")
    expect(yaml).to_have_value(re.compile(r"last.says: \[which day, what day\]"), timeout=15_000)
    form.get_by_label("Only in these teams").fill("Plant care")
    expect(yaml).to_have_value(re.compile("ticket.group: .Plant care."), timeout=15_000)
    expect(console.locator("#flaws")).to_contain_text("must fire, and is silent", timeout=15_000)
    form.get_by_label("Only in these teams").fill("")
    form.get_by_label("Not where the customer says").fill("no hurry")
    expect(console.locator("#state")).to_have_text("Every example keeps what it promises.", timeout=15_000)
    form.get_by_label("The customer says", exact=True).focus()
    console.evaluate("scrollTo(0, 0)")
    picture(console, "editor-form", request)

    form.get_by_label("What it says").fill("Say by which day it comes. " * 8)
    beside = form.locator('[data-field="say"] .wrong')
    expect(beside).to_contain_text("an agent reads 140 at a glance", timeout=15_000)
    expect(console.locator("#flaws")).to_contain_text("an agent reads 140 at a glance", timeout=15_000)
    form.get_by_label("What it says").fill("Say by which day it comes.")
    expect(beside).to_be_hidden(timeout=15_000)
    form.get_by_label("Times on one ticket").fill("twice")
    expect(form.locator('[data-field="per_ticket"] .wrong')).to_contain_text("A whole number", timeout=15_000)
    form.get_by_label("Times on one ticket").fill("2")
    expect(yaml).to_have_value(re.compile("limit: {per_ticket: 2}"), timeout=15_000)

    yaml.fill(yaml.input_value().replace("title: Name the day\n    family", "title: Which day\n    family"))
    expect(form.get_by_label("Title")).to_have_value("Which day", timeout=15_000)
    kept = yaml.input_value()
    yaml.fill(kept.replace("moments: [", "moments: [["))
    expect(form).to_contain_text("The form waits until the text can be read.", timeout=15_000)
    yaml.fill(kept)
    expect(form.get_by_label("draft", exact=True)).to_be_checked(timeout=15_000)
    form.get_by_label("Title").fill("By which day")
    console.get_by_role("button", name="Save the draft").click()
    expect(console.get_by_text("Nothing is live until it is published")).to_be_visible(timeout=15_000)
    expect(yaml).to_have_value(re.compile("title: By which day\n    family"))
    console.emulate_media(color_scheme="dark")
    console.set_viewport_size({"width": 320, "height": 780})
    expect(form.get_by_label("Title")).to_have_value("By which day", timeout=15_000)
    assert console.evaluate("document.documentElement.scrollWidth <= innerWidth")
    form.get_by_label("Title").scroll_into_view_if_needed()
    picture(console, "editor-form-narrow-dark", request)


@pytest.mark.parametrize("count", sizes(240, 1742))
def test_a_backtest_over_uploaded_conversations_with_progress_and_cancel(console, request, tmp_path, count):
    upload = tmp_path / "made.jsonl"
    upload.write_text("\n".join(made(count)), "utf8")
    write(
        console,
        "day-backtest",
        RULE.replace("which day", "please")
        .replace("Which day will", "Please say when will")
        .replace("name-the-day", "day-backtest"),
    )
    expect(console.locator("#state")).to_have_text("Every example keeps what it promises.", timeout=15_000)
    console.get_by_role("button", name="Save, then backtest it").click()
    console.get_by_label("A .jsonl file").set_input_files(upload)
    picture(console, "backtests", request)
    console.get_by_role("button", name="Run it").click()
    began = time.monotonic()
    expect(console.locator("progress")).to_be_visible()
    expect(console.locator("#state")).to_contain_text(re.compile(r"[1-9]\d* of"), timeout=60_000)
    picture(console, "backtest-running", request)
    expect(console.get_by_text("Hits to judge")).to_be_visible(timeout=200_000)
    took = time.monotonic() - began
    console.wait_for_load_state()
    print(f"{count} conversations in {took:.1f} s")
    assert took < 60
    first = console.locator("[data-hit]").first
    first.focus()
    console.keyboard.press("y")
    expect(first.get_by_role("status")).to_have_text("right")
    picture(console, "backtest", request)

    console.goto(f"{console.base}/backtests?file=day-backtest")
    console.get_by_label("A .jsonl file").set_input_files(upload)
    console.get_by_role("button", name="Run it").click()
    console.get_by_role("button", name="Cancel").click()
    expect(console.get_by_text("Cancelled. Nothing was changed by it.")).to_be_visible(timeout=20_000)


@pytest.mark.screenshots
@pytest.mark.parametrize("account", ["zendesk:demo", "freshdesk:demo"])
def test_a_backtest_over_the_tickets_that_changed_last_in_the_helpdesk(console, request, account):
    console.goto(f"{console.base}/backtests")
    console.get_by_label("Or those of a helpdesk").select_option(account)
    console.get_by_label("Of a helpdesk, take").select_option(label="the tickets that changed last, fetched now")
    console.get_by_label("At most").fill("25")
    picture(console, "backtest-fetched", request)
    console.get_by_role("button", name="Run it").click()
    expect(console.get_by_text("Rule by rule")).to_be_visible(timeout=90_000)
    expect(console.locator("main")).to_contain_text(f"over the last tickets of {account}")
    console.get_by_role("button", name="Forget this backtest").click()
    expect(console.get_by_role("status")).to_contain_text("Removed")


@pytest.mark.screenshots
def test_a_customer_is_found_and_erased(page, console, request):
    _opened(page, "Charged twice")
    console.goto(f"{console.base}/customers")
    for _ in range(40):
        console.get_by_label("E-mail address or id").fill(_customer_of(page, "Charged twice"))
        console.get_by_label("Helpdesk").select_option("zendesk:demo")
        console.get_by_role("button", name="Look it up").click()
        if console.get_by_text("Erase all of it…").count():
            break
    picture(console, "customers", request)
    console.get_by_text("Erase all of it…").click()
    console.get_by_role("button", name="Erase all of it").click()
    expect(console.get_by_role("status")).to_contain_text("Erased.")


@pytest.mark.screenshots
def test_a_lead_has_their_own_words_for_their_own_group(page, console, request):
    ours, theirs = "Name what went wrong for them, in their own words.", "three-as.acknowledge"
    upset = "Third time I write, and I am really disappointed. My tree arrived broken."
    sidebar = _opened(page, "How much light does a Boston fern need?")
    _customer_writes(page, upset)
    usual = "One sentence on what this was like for them, before the rest."
    expect(sidebar.locator(".say", has_text=usual).first).to_be_visible(timeout=20_000)

    console.goto(f"{console.base}/people")
    people = console.locator("section", has_text="Add somebody")
    people.get_by_label("E-mail address").fill("mia@fernandfield.example")
    people.get_by_label("Name").fill("Mia")
    people.get_by_label("Role").select_option("lead")
    people.get_by_label("First password").fill("four words make one")
    people.get_by_role("button", name="Add").click()
    mia = console.locator("section", has_text="mia@fernandfield.example")
    mia.get_by_label("Leads these groups").fill("Plant care")
    mia.get_by_label("Agent id in zendesk:demo").fill("36000001")
    mia.get_by_role("button", name="Change").click()
    expect(console.get_by_role("status")).to_contain_text("Changed.")
    console.get_by_role("button", name="Sign out").click()
    console.get_by_label("E-mail address").fill("mia@fernandfield.example")
    console.get_by_label("Password").fill("four words make one")
    console.get_by_role("button", name="Sign in").click()

    console.goto(f"{console.base}/rules/{theirs}")
    console.get_by_role("link", name="Change it for a group or brand").click()
    form = console.locator("form", has_text="Publish it there")
    form.get_by_label("Account").select_option("zendesk:demo")
    form.get_by_label("What it says").fill(ours)
    form.get_by_label("Why").fill("Our customers write about living things")
    form.get_by_role("button", name="Publish it there").click()
    expect(console.get_by_role("status")).to_contain_text("Published there", timeout=20_000)
    picture(console, "overlays", request)
    expect(sidebar.locator(".say", has_text=ours).first).to_be_visible(timeout=20_000)

    elsewhere = _opened(page, "Charged twice in November")
    _customer_writes(page, upset)
    expect(elsewhere.locator(".say", has_text=usual).first).to_be_visible(timeout=20_000)
    expect(elsewhere.locator(".say", has_text=ours)).to_have_count(0)
    console.emulate_media(color_scheme="dark")
    console.set_viewport_size({"width": 320, "height": 780})
    console.reload()
    picture(console, "overlays-narrow-dark", request)


@pytest.mark.screenshots
def test_a_saying_of_the_house_is_never_flagged(console, request):
    saying = "calm down and carry on"
    console.goto(f"{console.base}/words")
    box = console.locator("form", has_text="On all tickets").first
    box.get_by_label("Never flagged").fill(f"No Worries Plan\nSorry! Café\n{saying}")
    box.get_by_label("Why").fill("It is on our vans")
    box.get_by_role("button", name="Keep the words").click()
    expect(console.get_by_role("status")).to_contain_text("The house words are changed")
    picture(console, "words", request)
    console.goto(f"{console.base}/try")
    console.get_by_label("The customer wrote").fill(
        "Third time I write, and I am really disappointed. Where is my parcel?"
    )
    console.get_by_label("The agent is writing").fill(
        f"I am sorry, Rana. It comes on Friday. Our motto has it: {saying}."
    )
    console.get_by_label("Stages").select_option("freshdesk:demo")
    console.get_by_role("button", name="See what would be said").click()
    expect(console.locator("main")).to_contain_text(
        "feelings.answer-calmly: it rests on house words alone", timeout=20_000
    )


@pytest.mark.screenshots
def test_a_lead_gives_a_promise_to_somebody_else(page, console, request):
    sidebar = _opened(page, "A new home for my ficus")
    page.locator("#composer").click()
    typed(page, "I'll call you about the pot tomorrow at 3pm.")
    page.get_by_role("button", name="Send", exact=True).click()
    noted = sidebar.locator(".promise", has_text="the pot").locator(".badge")
    expect(noted.first).to_have_text("Task made", timeout=20_000)
    console.goto(f"{console.base}/promises")
    promised = console.locator("li.card", has_text="about the pot")
    expect(promised).to_contain_text("Amir")
    picture(console, "promises", request)
    console.emulate_media(color_scheme="dark")
    console.set_viewport_size({"width": 320, "height": 780})
    picture(console, "promises-narrow-dark", request)
    promised.get_by_text("Give it to somebody else…").click()
    promised.get_by_label("Give it").select_option("Lena Brandt")
    promised.get_by_role("button", name="Hand over").click()
    expect(console.get_by_role("status")).to_contain_text("Handed over")
    expect(console.locator("li.card", has_text="about the pot")).to_contain_text("Lena Brandt")


@pytest.mark.screenshots
def test_every_page_fits_320_pixels_and_the_dark(console, request):
    console.emulate_media(color_scheme="dark")
    console.set_viewport_size({"width": 320, "height": 780})
    for path in (
        "rules",
        "rules/three-as.acknowledge",
        "try",
        "backtests",
        "promises",
        "numbers",
        "versions",
        "changes",
        "people",
        "customers",
        "stored",
        "words",
        "network",
        "import",
        "me",
        "help/rules",
    ):
        console.goto(f"{console.base}/{path}")
        assert console.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if path == "rules":
            picture(console, "rules-narrow-dark", request)
    console.emulate_media(color_scheme="light")
    console.set_viewport_size({"width": 1180, "height": 860})
    for path in ("people", "stored", "me", "import", "network", "help/rules"):
        console.goto(f"{console.base}/{path}")
        picture(console, path.partition("/")[0], request)
    console.context.clear_cookies()
    console.goto(f"{console.base}/sign-in")
    picture(console, "sign-in", request)


def _opened(page, subject):
    page.get_by_role("button", name=subject).click()
    sidebar = page.frame_locator("iframe:not([hidden])")
    expect(sidebar.locator(".state[data-state]")).to_be_attached(timeout=20_000)
    return sidebar


def _customer_writes(page, text):
    page.fill("#words", text)
    page.get_by_role("button", name="Send as the customer").click()
    expect(page.locator("#conversation li").last).to_contain_text(text[:20])


def _customer_of(page, subject):
    told = page.evaluate("fetch('/desk/api/state').then((answer) => answer.json())")
    ticket = next(one for one in told["tickets"] if subject in one["subject"])
    return ticket["requester"]["email"]
