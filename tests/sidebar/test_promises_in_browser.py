"""The promises of a ticket as the panel lists them."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

LISTED = """async (m, code, followUps, drafted = []) => {
  const { loadWords } = await import("/words.js");
  const one = new m.Promises(await loadWords("en"), {});
  document.body.replaceChildren(one.root);
  one.show(followUps, drafted);
  return new Function("root", `return (${code})`)(one.root);
}"""
WORDS = "[...root.querySelectorAll('.promise-words')].map((one) => one.textContent)"
DUE = "root.querySelector('.promise-due > span').textContent"
OPEN = {"state": "planned", "due_at": "2030-03-05T15:00:00Z", "due_kind": "time"}


def test_what_is_closed_stands_below_what_is_open_and_what_is_being_written(module):
    closed = [{"id": name, "words": name, "state": "kept", "touched": True} for name in ("one", "two")]
    told = [*closed, {"id": "f3", "words": "open", **OPEN}]
    drafted = [{"start": 0, "text": "drafted"}]
    assert module("view/promises.js", LISTED, WORDS, told, drafted) == ["“open”", "“drafted”", "“one”", "“two”"]


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (OPEN, ["“I'll call you”"]),
        ({"state": "kept", "settled_by": "agent"}, ["“I'll call you”"]),
        ({"state": "kept", "touched": True}, ["“I'll call you”"] * 2),
    ],
    ids=["open", "kept last week", "kept just now"],
)
def test_a_promise_in_the_draft_shows_unless_the_same_words_are_open_already(module, one, shown):
    told = [{"id": "f1", "words": "I'll call you", **one}]
    assert module("view/promises.js", LISTED, WORDS, told, [{"start": 0, "text": "I'll call you"}]) == shown


@pytest.mark.parametrize(
    ("asks", "told"), [("when", "No time named"), ("contradictory", "Time not clear"), ("past", "Time not clear")]
)
def test_a_time_that_was_named_and_is_not_clear_is_not_said_to_be_missing(module, asks, told):
    assert module("view/promises.js", LISTED, DUE, [{"id": "f1", "words": "a", "state": "noted", "asks": asks}]) == told


LATE = OPEN | {"id": "f1", "words": "late", "state": "late", "due_at": "2026-03-05T15:00:00Z"}
ASKS = "[root.querySelector('.promise > .quiet-text').textContent, root.querySelector('.chips').hidden]"


def test_a_late_promise_that_has_had_its_word_is_asked_for_a_new_time(module):
    assert module("view/promises.js", LISTED, ASKS, [LATE]) == ["A word now beats silence.", True]
    told = module("view/promises.js", LISTED, ASKS, [LATE | {"told": True}])
    assert told == ["You have written since. When instead?", False]


PICKER = "(({ value, max, type }) => ({ value, max, type }))(root.querySelector('.picker'))"


def test_a_time_is_changed_from_the_one_that_it_has_and_a_year_has_four_figures(module):
    one = {"id": "f1", "words": "a", "state": "planned", "due_at": "2026-03-05T15:00:00-05:00", "due_kind": "time"}
    told = module("view/promises.js", LISTED, PICKER, [one | {"zone": "America/New_York"}])
    assert told == {"value": "2026-03-05T15:00", "max": "2199-12-31T23:59", "type": "datetime-local"}
    assert module("view/promises.js", LISTED, PICKER, [one | {"due_at": None}])["value"] == ""


SAID = """async (m) => {
  const said = [], taken = [];
  const field = m.picker("datetime-local", "When", (value) => taken.push(value));
  field.reportValidity = () => said.push("no time");
  document.body.replaceChildren(field);
  field.value = "2300-01-01T10:00";
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  field.value = "2030-01-01T10:00";
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  return [said, taken];
}"""


def test_what_is_no_time_that_can_be_is_said_so_and_not_taken(module):
    assert module("view/dom.js", SAID) == [["no time"], ["2030-01-01T10:00"]]
