"""Small parts of the desk's page, each on its own, in the browser they run in."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from importlib.resources import files
from threading import Thread

import pytest

from tests.sidebar.conftest import Quiet

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

TYPED = """async (words) => {
  const { Composer } = await import("/composer.js");
  const { Play } = await import("/stories.js");
  const field = document.body.appendChild(document.createElement("div"));
  await new Play({}, { composer: new Composer(field, () => {}) }, () => 1000).type(words);
  return field.innerText;
}"""


@pytest.fixture(scope="module")
def page(chromium):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(files("guidance.demo") / "static")))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(f"http://127.0.0.1:{server.server_port}/missing.html")
    yield opened
    context.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("words", ["Hi Rana,\n\nI took a day off for it.", "One day, a few words"])
def test_what_a_story_types_keeps_its_spaces_wherever_it_is_cut(page, words):
    assert page.evaluate(TYPED, words) == words


def test_the_desks_clock_has_no_nought_before_its_hour(page):
    told = page.evaluate(
        """async () => { const { when } = await import("/dom.js"); return when(new Date().setHours(15, 5)); }"""
    )
    assert told.split() == ["3:05", "PM"]


TWICE = """async () => {
  const { Tab } = await import("/tab.js");
  const ticket = { comments: [], status: "open" };
  const tab = new Tab({ key: "freshdesk:demo/1", ticket: () => ticket, begin: async () => ({ app: "/missing/" }) });
  document.body.append(tab.element);
  await tab.launch();
  await tab.launch();
  return tab.element.querySelectorAll("iframe").length;
}"""


def test_a_sidebar_that_is_tried_again_has_one_panel_and_one_page_in_the_background(page):
    assert page.evaluate(TWICE) == 2
