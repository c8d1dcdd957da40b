"""Small parts of the sidebar, each on its own, in the browser they run in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


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
    assert module("letter.js", "(m, text) => m.endsWithSignOff(text)", text) is is_one


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


def test_a_draft_that_has_settled_is_asked_about_as_settled_until_it_changes(module):
    """News that comes the moment it settles overtakes the question, and must not take the answer with it."""
    code = """async (m) => {
      const asked = [];
      const watch = new m.DraftWatch({ ask: async ({ settled, seq }) => (asked.push(settled), { seq }), onAdvice() {} });
      watch.typed({ plain: "It leaves today.", text: "It leaves today." });
      watch.isActive = true;
      await watch.check();
      await watch.check({ settled: true });
      await watch.check({ force: true });
      watch.typed({ plain: "It leaves today. And", text: "It leaves today. And" });
      await watch.check({ force: true });
      watch.stop();
      return asked;
    }"""
    assert module("draft.js", code) == [False, True, True, False]


PLANNED = """async (m, plain) => {
  const planned = [], asked = [], later = window.setTimeout;
  const watch = new m.DraftWatch({ ask: async ({ settled, seq }) => (asked.push(settled), { seq }), onAdvice() {} });
  watch.isActive = true;
  window.setTimeout = (call, after) => void planned.push({ call, after });
  watch.typed({ plain, text: plain });
  window.setTimeout = later;
  for (const one of planned.sort((a, b) => a.after - b.after)) await one.call();
  watch.stop();
  return asked;
}"""


@pytest.mark.parametrize(
    ("draft", "asked"),
    [
        ("Hello, I have asked the", [False]),
        ("Hello Rana,", [False]),
        ("Sorry.", [False]),
        ("Hello, I have asked the courier.", [False, True]),
        ("Hello Rana,\nI have asked the courier. You will", [False, True]),
        ("I have asked the courier today and you will hear from me tomorrow", [False, True]),
    ],
)
def test_half_written_never_settles_however_long_it_rests(module, draft, asked):
    assert module("draft.js", PLANNED, draft) == asked


def test_every_language_has_words_for_everything(module):
    code = """async (m) => Promise.all(['en', 'de', 'es', 'fr'].map(async (one) => {
      const words = await m.loadWords(one); return Object.keys(words.strings).length; }))"""
    assert len(set(module("words.js", code))) == 1
    folder = Path(str(files("guidance.sidebar") / "static" / "strings"))
    keys = [set(json.loads(path.read_text("utf8"))) for path in sorted(folder.glob("*.json"))]
    assert len(keys) == 4
    assert all(one == keys[0] for one in keys)


CARDS = """async (m, steps) => {
  const { Words } = await import("/words.js");
  const hints = new m.Hints(new Words("en", {}), { folded: () => {} });
  document.body.replaceChildren(hints.root);
  const hint = ({ id, words }) => ({ id, rule: "a.rule", level: "suggestion", say: "Say it.", why: "", evidence: [{ where: "comment:1", text: words }] });
  return steps.map(([act, ...told]) => [hints[act](told.map(hint))?.length ?? null, hints.open.map((one) => one.id)]);
}"""


def test_a_hint_on_the_same_words_under_another_id_is_the_same_card_and_no_news(module):
    first, moved = {"id": "h_1", "words": "third time"}, {"id": "h_2", "words": "third time"}
    told = module("view/hints.js", CARDS, [["show", first], ["keep", moved], ["show", moved]])
    assert told == [[1, ["h_1"]], [None, ["h_2"]], [0, ["h_2"]]]


def test_a_hint_on_other_words_under_another_id_is_another_card(module):
    told = module(
        "view/hints.js",
        CARDS,
        [["show", {"id": "h_1", "words": "third time"}], ["show", {"id": "h_2", "words": "fourth"}]],
    )
    assert told == [[1, ["h_1"]], [1, ["h_2"]]]


STATE = """(m, advice, hasAside, followUps = []) => {
  const told = new Map(followUps.map((one, place) => [place, one]));
  return m.standing({ host: {}, ticket: "1", view: { hints: { isEmpty: true, hasAside } }, followUps: told, advice })[0];
}"""


@pytest.mark.parametrize(
    ("because", "state"),
    [
        (None, "empty"),
        ("family", "empty"),
        ("approved", "empty"),
        ("budget", "enough"),
        ("dismissed", "enough"),
        ("muted", "enough"),
    ],
)
def test_nothing_is_praised_where_something_is_only_kept_back(module, because, state):
    held = [{"rule": "a.rule", "because": because}] if because else []
    advice = {"complete": True, "language_covered": True, "held_back": held}
    assert module("standing.js", STATE, advice, False) == state
    assert module("standing.js", STATE, advice, True) == "enough"


@pytest.mark.parametrize(
    ("feelings", "state"), [([], "language"), ([{"comment": "1", "feeling": -1, "because": []}], "language-partly")]
)
def test_a_language_of_which_something_was_heard_is_not_said_to_be_passed_over_in_silence(module, feelings, state):
    advice = {"complete": True, "language_covered": False, "feelings": feelings}
    assert module("standing.js", STATE, advice, False) == state


ASIDE = """async (m, hint) => {
  const { Words } = await import("/words.js");
  const hints = new m.Hints(new Words("en", {}), { folded: () => {}, judge: async () => {} });
  hints.show([hint]);
  hints.cards.get(hint.id).dismiss({ verdict: "dismissed" });
  const seen = [hints.hasAside, hints.show([hint]).length];
  hints.turn([]);
  return [...seen, hints.hasAside];
}"""


def test_what_was_put_aside_stays_away_until_another_reply_is_to_be_written(module):
    hint = {"id": "h_1", "rule": "a.rule", "level": "suggestion", "say": "Say it.", "why": "", "evidence": []}
    assert module("view/hints.js", ASIDE, hint) == [True, 0, False]


SHOWN_QUOTES = """async (m, say) => {
  const { Words } = await import("/words.js");
  const hints = new m.Hints(new Words("en", {}), {});
  const evidence = [{ where: "comment:1", text: "Where is it?" }, { where: "comment:1", text: "it" }];
  hints.show([{ id: "h_1", rule: "a.rule", level: "reminder", say, why: "", evidence }]);
  return hints.root.querySelectorAll(".quote").length;
}"""


@pytest.mark.parametrize(("say", "quotes"), [("Still open: “Where is it?”", 1), ("Take it up.", 2)])
def test_words_that_a_hint_quotes_itself_are_not_quoted_below_it_again(module, say, quotes):
    assert module("view/hints.js", SHOWN_QUOTES, say) == quotes


@pytest.mark.parametrize(
    ("moment", "answered", "state"),
    [
        ("customer", False, "open"),
        ("draft", False, "open"),
        ("draft", True, "empty"),
        ("sent", False, "open"),
        ("sent", True, "empty"),
    ],
)
def test_nothing_is_praised_beside_a_question_that_is_open(module, moment, answered, state):
    asked = [{"where": "comment:1", "text": "Where is it?", "answered": answered}]
    advice = {"complete": True, "language_covered": True, "moment": moment, "questions": asked}
    assert module("standing.js", STATE, advice, False) == state


@pytest.mark.parametrize(("moment", "state"), [("draft", "enough"), ("sent", "out"), ("solved", "out")])
def test_of_a_reply_that_is_out_nothing_is_said_as_of_one_being_written(module, moment, state):
    held = [{"rule": "a.rule", "because": "cap"}]
    advice = {"complete": True, "language_covered": True, "moment": moment, "held_back": held}
    assert module("standing.js", STATE, advice, False) == state


ASKED = """async (m, questions) => {
  const { loadWords } = await import("/words.js");
  const asked = new m.Questions(await loadWords("en"));
  asked.show(questions);
  return [...asked.list.querySelectorAll("span[dir]")].map((one) => one.firstChild.data);
}"""


def test_a_question_that_ends_in_the_middle_of_a_sentence_has_its_mark(module):
    one = {"where": "comment:1", "text": "Where is the tree", "start": 0, "end": 17}
    two = {"where": "comment:1", "text": "can I have my money back?", "start": 23, "end": 48}
    sent = {"where": "comment:1", "text": "Send me the invoice", "start": 60, "end": 79}
    assert module("view/lists.js", ASKED, [one, two, sent]) == ["Where is the tree?", two["text"], sent["text"]]


@pytest.mark.parametrize(
    ("promise", "state"),
    [
        ({"state": "planned", "due_at": "2026-03-06T14:00:00Z"}, "empty"),
        ({"state": "kept"}, "empty"),
        ({"state": "late", "due_at": "2026-03-06T14:00:00Z"}, "open"),
        ({"state": "unconfirmed", "due_at": "2026-03-06T14:00:00Z"}, "open"),
        ({"state": "noted"}, "open"),
    ],
)
def test_nothing_is_praised_beside_a_promise_that_asks_for_a_word(module, promise, state):
    advice = {"complete": True, "language_covered": True}
    assert module("standing.js", STATE, advice, False, [promise]) == state


QUIET = """async (m, until, locale) => {
  const { loadWords } = await import("/words.js");
  const advice = { muted: [{ what: "all", until }] };
  return m.standing({ host: {}, ticket: "1", advice, words: await loadWords(locale) })[1].until;
}"""


def test_quiet_says_until_when_and_only_that_it_is_for_today_where_that_is_far_off(module):
    soon, far = (datetime.now(UTC) + timedelta(hours=hours) for hours in (1, 13))
    assert ":" in module("standing.js", QUIET, soon.isoformat(), "en")
    assert module("standing.js", QUIET, far.isoformat(), "en") == ""


ANNOUNCED = """async (m, steps) => {
  const { Words } = await import("/words.js");
  const { Day } = await import("/day.js");
  const view = new m.View(document.body, new Words("en", {}), {}, new Day("a", { storage: null }));
  const heard = new MutationObserver(() => {});
  heard.observe(view.live, { childList: true, characterData: true, subtree: true });
  for (const step of steps) step ? view.announce([{ level: "warning", say: step }]) : view.clear();
  const read = heard.takeRecords().flatMap(({ addedNodes }) => [...addedNodes].map((one) => one.textContent));
  return [read, view.live.textContent];
}"""


def test_the_same_words_on_a_later_ticket_are_read_out_again(module):
    read, _ = module("view/view.js", ANNOUNCED, ["Say it.", None, "Say it."])
    assert read == ["level.warning: Say it."] * 2


def test_nothing_is_left_to_be_read_of_the_ticket_before(module):
    assert module("view/view.js", ANNOUNCED, ["Say it.", None])[1] == ""


FACTS = """async (m, locale, told) => {
  const { loadWords } = await import("/words.js");
  const facts = new m.Facts(await loadWords(locale));
  facts.show([{ kind: "waited-hours", count: 3, says: "Waited 3 hours" }], told);
  return [...facts.list.children].map((one) => one.textContent);
}"""
NEXT_YEAR = "2031-03-06T14:00:00-05:00"


@pytest.mark.parametrize(
    ("locale", "promise", "facts"),
    [
        (
            "en",
            {"owner_name": "Amir Khan", "due_at": NEXT_YEAR, "due_kind": "day"},
            ["Waited 3 hours", "Promised by Amir: March 6, 2031"],
        ),
        (
            "de",
            {"owner_name": " ", "due_at": NEXT_YEAR, "due_kind": "day"},
            ["Wartet seit 3 Stunden", "Zugesagt: 6. März 2031"],
        ),
        ("es", {"owner_name": None, "due_at": None}, ["Espera desde hace 3 horas", "Prometido: sin hora indicada"]),
    ],
)
def test_what_is_promised_is_a_fact_in_the_panels_own_words_and_time(module, locale, promise, facts):
    assert module("view/lists.js", FACTS, locale, [promise, promise]) == facts


def test_a_promise_that_is_kept_or_waits_for_the_customer_is_no_fact(module):
    told = [{"state": "kept", "due_at": NEXT_YEAR}, {"state": "noted", "conditional": True}]
    assert module("view/lists.js", FACTS, "en", told) == ["Waited 3 hours"]


@pytest.mark.parametrize(("open_ones", "last"), [(4, "Promised: April 5, 2031"), (5, "and 2 more promised")])
def test_of_many_promises_the_next_ones_are_facts(module, open_ones, last):
    told = [{"due_at": f"2031-04-0{day}T14:00:00", "due_kind": "day"} for day in (5, 4, 3, 2, 1)[:open_ones]]
    shown = module("view/lists.js", FACTS, "en", told)
    assert shown[1] == f"Promised: April {6 - open_ones}, 2031"
    assert shown[-1] == last


STATES = ["noted", "planned", "task_made", "reminded", "late", "unconfirmed", "kept", "broken", "withdrawn"]
NAMED = """async (m, states) => {
  const { loadWords } = await import("/words.js");
  const promises = new m.Promises(await loadWords("en"), {});
  promises.show(states.map((state) => ({ id: state, words: state, state, touched: true })), []);
  return [...promises.list.children].map((row) => [row.querySelector(".badge").textContent, [...row.querySelectorAll("button")].map((one) => one.textContent)]);
}"""


def test_no_state_of_a_promise_is_the_name_of_a_button_too(module):
    rows = module("view/promises.js", NAMED, STATES)
    badges, buttons = {badge for badge, _ in rows}, {name for _, names in rows for name in names}
    assert len(rows) == len(STATES)
    assert badges & buttons == set()
    assert "Did it" in buttons


UNFOLDED = """async (m) => {
  const { loadWords } = await import("/words.js");
  const promises = new m.Promises(await loadWords("en"), {});
  promises.show([{ id: "f1", words: "I'll call you", due_at: "2031-03-06T14:00:00Z", due_kind: "time", state: "planned" }], []);
  const change = [...promises.list.querySelectorAll("button")].find((one) => one.textContent === "Change time");
  const told = () => [change.getAttribute("aria-expanded"), promises.list.querySelector("input").closest(".chips").hidden];
  return [told(), (change.click(), told()), (change.click(), told())];
}"""


def test_the_button_that_unfolds_a_promises_times_says_whether_they_show(module):
    assert module("view/promises.js", UNFOLDED) == [["false", True], ["true", False], ["false", True]]
