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
