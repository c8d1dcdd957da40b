"""The Zendesk adapter in a real Chromium, before a client of Zendesk's that tests play."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

HOST = """async (m, patience, code) => {
  const play = { text: "", calls: [], handlers: {} };
  const say = (text) => play.handlers["comment.text.changed"]((play.text = text));
  const client = {
    get: async (paths) => Object.fromEntries(paths.map((path) => [path, path === "comment.text" ? play.text : undefined])),
    invoke: async (name, words) => {
      play.calls.push(name);
      await play[name]?.(words);
    },
    set: async (path, words) => {
      play.calls.push(path);
      await play[path]?.(words);
    },
    context: async () => ({}),
    on: (event, handler) => (play.handlers[event] = handler),
  };
  const host = new m.ZafHost(client, { patience });
  await host.read();
  const outcome = (promise) => promise.then(() => "stands", () => "refused");
  return new Function("host", "play", "say", "outcome", `return (async () => { ${code} })()`)(host, play, say, outcome);
}"""
STARTING = """async (m) => {
  const handlers = {};
  let text = "Hi R";
  const get = async (paths) => Object.fromEntries(paths.map((path) => [path, path === "comment.text" ? text : undefined]));
  const context = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    handlers["comment.text.changed"]?.((text = "Hi Rana"));
    return {};
  };
  const host = new m.ZafHost({ get, context, invoke: async () => {}, on: (event, handler) => (handlers[event] = handler) });
  await host.read();
  return host.draft().plain;
}"""
LATE = 'play["ticket.editor.insert"] = (words) => void setTimeout(() => say(play.text + words));'


def test_what_is_typed_while_the_panel_still_reads_where_it_is_counts(module):
    assert module("hosts/zaf.js", STARTING) == "Hi Rana"


def test_a_line_that_the_editor_tells_of_late_is_put_in_once(module):
    code = f"{LATE} return [await outcome(host.insert('Hi.')), play.text, play.calls];"
    assert module("hosts/zaf.js", HOST, 50_000, code) == ["stands", "Hi.", ["ticket.editor.insert"]]


def test_a_line_that_the_editor_never_tells_of_is_not_put_in_again_and_the_agent_is_told(module):
    code = "return [await outcome(host.insert('Hi.')), play.calls];"
    assert module("hosts/zaf.js", HOST, 1, code) == ["refused", ["ticket.editor.insert"]]


def test_an_editor_that_refuses_to_insert_has_the_line_appended(module):
    code = """play["ticket.editor.insert"] = () => { throw new Error("not here"); };
      play["comment.appendText"] = (words) => say(play.text + words);
      return [await outcome(host.insert("Hi.")), play.text];"""
    assert module("hosts/zaf.js", HOST, 50_000, code) == ["stands", "Hi."]


SLOW = """const pause = () => new Promise((resolve) => setTimeout(resolve));
      play["comment.text"] = async (words) => (await pause(), say(words));
      play["ticket.editor.insert"] = async (words) => (await pause(), say(play.text + words));"""


def test_of_two_lines_that_are_put_in_close_together_both_stand(module):
    code = f"""{SLOW} play.text = "Dear Ann,";
      const told = await Promise.all([outcome(host.insert("First.", "end")), outcome(host.insert("Second.", "end"))]);
      return [...told, play.text.includes("First."), play.text.includes("Second.")];"""
    assert module("hosts/zaf.js", HOST, 50_000, code) == ["stands", "stands", True, True]


def test_a_line_that_is_taken_out_while_another_one_is_put_in_takes_none_of_it_along(module):
    code = f"""{SLOW} play.text = "Dear Ann,";
      const undo = await host.insert("First.", "end");
      const [isOut, told] = await Promise.all([undo(), outcome(host.insert("Second.", "end"))]);
      return [isOut, told, play.text.includes("First."), play.text.includes("Second.")];"""
    assert module("hosts/zaf.js", HOST, 50_000, code) == [True, "stands", False, True]


def test_a_note_is_not_begun_in_what_a_line_is_being_put_into(module):
    code = f"""{SLOW}
      const [told, stands] = await Promise.all([outcome(host.insert("First.")), host.startNote("Could you look?")]);
      return [told, stands, play.text];"""
    assert module("hosts/zaf.js", HOST, 50_000, code) == ["stands", False, "First."]


def test_a_line_that_the_editor_refuses_holds_up_none_that_comes_after_it(module):
    code = """play["ticket.editor.insert"] = (words) => void (words === "Second." && say(words));
      return Promise.all([outcome(host.insert("First.")), outcome(host.insert("Second."))]);"""
    assert module("hosts/zaf.js", HOST, 1, code) == ["refused", "stands"]


def test_a_note_that_the_editor_does_not_take_is_shown_to_be_copied_and_nobody_is_said_to_be_writing(module):
    code = """async (m) => {
      const { loadWords } = await import("/words.js");
      const network = new m.Network(await loadWords("en"), { startNote: async () => { throw new Error("late"); } });
      const starter = network.starter("help.ask", () => "What would you look at first?");
      starter.querySelector("button").click();
      await new Promise((resolve) => setTimeout(resolve));
      return starter.querySelector(".note-text").textContent;
    }"""
    told = module("view/network.js", code)
    assert told == "It couldn’t be put in just now. Copy the line instead.What would you look at first?"


ASKS = """async (m, subject, stands) => {
  const { loadWords } = await import("/words.js");
  const copied = [];
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void copied.push(text) }, configurable: true });
  const network = new m.Network(await loadWords("en"), { startNote: async () => stands, asks: () => [], subject: () => subject });
  const starter = network.starter("help.ask", () => network.question({ name: "Dev Rao" }));
  const rests = () => new Promise((resolve) => setTimeout(resolve));
  starter.querySelector("button").click();
  await rests();
  const copy = [...starter.querySelectorAll("button")].find((one) => one.textContent === "Copy the message");
  copy?.click();
  await rests();
  return copied;
}"""


def test_a_note_that_can_not_be_started_has_a_button_to_copy_it_and_claims_no_more_than_is_known(module):
    told = "@Dev, this ticket about “Twelve palms” reads like one that you have solved. What would you look at first?"
    assert module("view/network.js", ASKS, "Twelve palms", False) == [told]
    assert module("view/network.js", ASKS, "Twelve palms", True) == []
    bare = "@Dev, this ticket reads like one that you have solved. What would you look at first?"
    assert module("view/network.js", ASKS, None, False) == [bare]


GREETING = """play.text = %r;
  play["comment.text"] = (words) => say(words);
  const undo = await host.insert("Hi Henrik,");
  const greeted = play.text;
  return [greeted, await undo(), play.text];"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>It left today.</p><p>Amir</p>", "<p>Hi Henrik,</p><p>It left today.</p><p>Amir</p>"),
        ("It left today.<br>Amir", "Hi Henrik,<br><br>It left today.<br>Amir"),
        ("<p>Hi,</p><p>It left today.</p>", "<p>Hi Henrik,</p><p>It left today.</p>"),
        ("Hello there! It left today.", "Hi Henrik, It left today."),
        ("<div><b>Hello</b></div><div>It left today.</div>", "<div><b>Hi Henrik,</b></div><div>It left today.</div>"),
        ("<p>Hidden costs there are none.</p>", "<p>Hi Henrik,</p><p>Hidden costs there are none.</p>"),
    ],
)
def test_a_greeting_opens_the_reply_in_the_place_of_the_one_that_is_there(module, before, after):
    assert module("hosts/zaf.js", HOST, 50_000, GREETING % before) == [after, True, before]


def test_where_the_reply_can_not_be_set_anew_a_greeting_goes_where_the_cursor_is(module):
    code = """say("<p>It left today.</p>");
      play["comment.text"] = () => { throw new Error("not here"); };
      play["ticket.editor.insert"] = (words) => say(play.text + words);
      return [await outcome(host.insert("Hi Henrik,")), play.text];"""
    assert module("hosts/zaf.js", HOST, 50_000, code) == ["stands", "<p>It left today.</p>Hi Henrik,"]


def test_in_an_empty_composer_a_greeting_is_put_in_as_any_line(module):
    code = """play["ticket.editor.insert"] = (words) => say(words);
      return [await outcome(host.insert("Hi Henrik,")), play.text, play.calls];"""
    assert module("hosts/zaf.js", HOST, 50_000, code) == ["stands", "Hi Henrik,", ["ticket.editor.insert"]]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Hi Henrik,", True),
        ("Hola, Rana:", True),
        ("Guten Tag,", True),
        ("Sehr geehrte Damen und Herren,", True),
        ("Madame, Monsieur,", True),
        ("Ahoy Rana,", True),
        ("Good morning, Rana!", True),
        ("And to what you just added:", False),
        ("There is one thing I need for this, and here is why:", False),
        ("Hidden costs there are none!", False),
        ("I'm Amir. What may I call you?", False),
        ("Dear Rana, I am sorry.", False),
    ],
)
def test_a_greeting_is_told_from_any_other_line(module, line, is_one):
    assert module("letter.js", "(m, line) => m.isGreeting(line)", line) is is_one


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It left today.", "Hola, Rana:\n\nIt left today."),
        ("Buenos días,\n\nsale hoy.", "Hola, Rana:\n\nsale hoy."),
        ("Hallo Rana, es ging heute ab.", "Hola, Rana: es ging heute ab."),
        ("Hello\nIt left today.", "Hola, Rana:\nIt left today."),
        ("Hi there, $& it left.", "Hola, Rana: $& it left."),
    ],
)
def test_a_plain_reply_is_greeted_as_well(module, before, after):
    assert module("letter.js", "(m, text) => m.placed(text, 'Hola, Rana:')", before) == after
