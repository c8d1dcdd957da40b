"""In which language and in which light the panel is read: by ears, and by eyes in the dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tests.sidebar.browsing import among_files, modules_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

ASSETS = files("guidance.integrations.zendesk") / "app" / "assets"
LOCALE = """async (m, locale) => {
  const never = () => new Promise(() => {});
  globalThis.ResizeObserver = class { observe() {} };
  const host = { ticket: null, agent: { locale }, on() {}, beforeSend() {}, resize() {}, draft: () => ({ plain: "" }) };
  const opened = { account: "zendesk:acme", agent: "12", token: "t", renewal: "r", expires_in: 900 };
  const app = await m.start(document.body, opened, async () => host);
  app.close();
  return document.documentElement.lang;
}"""


@pytest.mark.parametrize(("locale", "lang"), [("de-AT", "de-AT"), ("pl", "en"), ("fr", "fr")])
def test_a_screen_reader_is_told_the_language_of_the_panels_words(chromium, files_url, locale, lang):
    with modules_of(chromium, files_url) as module:
        assert module("app.js", LOCALE, locale) == lang


QUOTED = """async (m, locale) => {
  const words = await m.loadWords(locale);
  const { Feelings } = await import("/view/feelings.js");
  const { Hints } = await import("/view/hints.js");
  const { Mine } = await import("/view/mine.js");
  const { Network } = await import("/view/network.js");
  const { Promises } = await import("/view/promises.js");
  const said = "XXX";
  const promise = { id: "f1", words: said, state: "noted" };
  const shown = [new Feelings(words), new Hints(words, {}), new Mine(words, {}), new Network(words, {}), new Promises(words, {})];
  const [feelings, hints, mine, network, promises] = shown;
  feelings.show([0, 1, 2].map(() => ({ feeling: 0, because: [said] })));
  hints.show([{ id: "h1", rule: "a", level: "warning", say: "", why: "", evidence: [{ where: "comment:1", text: said }] }]);
  mine.show([promise]);
  network.show({ waiting: [{ by: "Ada", words: said }], partners: [{ id: "p", name: "P", message: "", promised: { words: said, due_at: "2026-03-06T14:00:00Z" } }] });
  promises.show([promise], []);
  return shown.map(({ root }) => root.textContent + (root.querySelector("svg")?.getAttribute("aria-label") ?? "")).join("");
}"""


@pytest.mark.parametrize(
    ("locale", "quoted"),
    [("en", "“XXX”"), ("de-AT", "„XXX“"), ("es", "«XXX»"), ("fr", "«\N{NO-BREAK SPACE}XXX\N{NO-BREAK SPACE}»")],
)
def test_what_somebody_said_stands_between_the_marks_of_the_panels_language(chromium, files_url, locale, quoted):
    with modules_of(chromium, files_url) as module:
        told = module("words.js", QUOTED, locale)
    assert told.count(quoted) == told.count("XXX") > 8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_zendesk_app_bring_their_own_ground_to_their_words(chromium, scheme):
    """Zendesk stays light where its agent's system is dark."""
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_content(f"<style>{(ASSETS / 'guidance.css').read_text('utf8')}</style><p>Guidance joins in.</p>")
    words, ground = page.evaluate(
        "() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    context.close()
    assert abs(brightness(words) - brightness(ground)) > 125


def brightness(colour):
    red, green, blue, *rest = (float(part) for part in re.findall(r"[\d.]+", colour))
    assert not rest, "a colour that is see-through shows what lies behind it"
    return 0.299 * red + 0.587 * green + 0.114 * blue


TOLD = """async (locale) => {
  const { loadWords } = await import("/words.js");
  return (await loadWords(locale)).moment("2031-03-06T15:00", "time");
}"""


@pytest.mark.parametrize(
    ("browsers", "helpdesks", "told"),
    [
        ("en-GB", "en", "6 March 2031, 15:00"),
        ("en-GB", None, "6 March 2031, 15:00"),
        ("en-GB", "en-US", "March 6, 2031, 3:00 PM"),
        ("de-AT", "en", "March 6, 2031, 3:00 PM"),
        ("de-AT", "de", "6. März 2031, 15:00"),
    ],
)
def test_times_are_told_as_where_the_agent_is(chromium, files_url, browsers, helpdesks, told):
    with among_files(chromium, files_url, locale=browsers) as page:
        assert page.evaluate(TOLD, helpdesks) == told


HOST = """window.ZAFClient = { init: () => ({
  on: (event, act) => addEventListener("load", act),
  get: async () => ({ currentUser: { locale: "fr" } }),
  invoke: (name, told) => (window.wanted = [name, parseFloat(told.height)]),
}) };"""


@pytest.mark.parametrize("width", [320, 160])
def test_beside_a_ticket_that_is_not_there_yet_the_panel_is_as_tall_as_its_words(chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 60})
    page.route("https://static.zdassets.com/**", lambda route: route.fulfill(body=HOST, content_type="text/javascript"))
    page.route("http://app/**", lambda route: route.fulfill(path=ASSETS / route.request.url.rpartition("/")[2]))
    page.goto("http://app/new_ticket.html")
    page.wait_for_function("() => window.wanted")
    name, height = page.evaluate("wanted")
    page.set_viewport_size({"width": width, "height": int(height)})
    told = page.evaluate("[document.querySelector('p').textContent, document.documentElement.scrollHeight]")
    page.close()
    assert (name, told) == ("resize", ["Guidance arrive dès que ce ticket est créé.", height])
