"""Before a reply goes out: what is asked once, whatever clicks and answers cross on the way."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


GUARD = """async (m, patience, code) => {
  const { Words } = await import("/words.js");
  const slips = [{ rule: "slips.placeholder", say: "A placeholder." }];
  const answers = [];
  const check = () => new Promise((resolve) => answers.push(() => resolve({ slips })));
  const guard = new m.SendGuard({ words: new Words("en", {}), check, isSolving: () => false, followUps: () => [], isPublic: () => true, ticket: () => "4821", patience });
  return new Function("guard", "answers", `return (async () => { ${code} })()`)(guard, answers);
}"""


def test_a_reply_that_is_sent_with_two_clicks_is_held_back_by_both(module):
    code = "const both = [guard.ask(), guard.ask()]; answers.forEach((answer) => answer()); return Promise.all(both);"
    assert module("guard.js", GUARD, 60_000, code) == ["A placeholder. guard.again"] * 2


def test_a_slip_that_was_found_too_late_to_be_told_is_told_the_next_time(module):
    code = """const first = await guard.ask(); answers[0](); await new Promise((resolve) => setTimeout(resolve));
      guard.patience = 60_000; const second = guard.ask(); answers[1](); return [first, await second];"""
    assert module("guard.js", GUARD, 1, code) == [True, "A placeholder. guard.again"]


KNOWN = """async (m, said) => {
  const { Words } = await import("/words.js");
  const known = () => said.length && { slips: said.map((say) => ({ rule: say, say })) };
  const guard = new m.SendGuard({ words: new Words("en", {}), check: CHECK, known, isSolving: () => false, followUps: () => [], isPublic: () => true, ticket: () => "4821", patience: 1 });
  return [await guard.ask(), await guard.ask()];
}"""


@pytest.mark.parametrize(
    ("said", "told"), [(["A placeholder."], ["A placeholder. guard.again", True]), ([], [True, True])]
)
@pytest.mark.parametrize(
    "check", ["() => new Promise(() => {})", "async () => null"], ids=["too late", "none to be had"]
)
def test_where_no_answer_comes_what_is_known_of_the_draft_is_asked_about(module, check, said, told):
    assert module("guard.js", KNOWN.replace("CHECK", check), said) == told


PROMISED = """async (m, tickets, slots) => {
  const { Words } = await import("/words.js");
  let at = 0;
  const promises = [{ where: "draft", text: "I'll call you" }];
  const check = async () => ({ slot: slots[at], promises });
  const guard = new m.SendGuard({ words: new Words("en", {}), check, isSolving: () => true, followUps: () => [], isPublic: () => true, ticket: () => tickets[at], patience: 50_000 });
  const told = [];
  for (; at < tickets.length; at++) told.push((await guard.ask()) === true);
  return told;
}"""


@pytest.mark.parametrize(
    ("tickets", "slots", "passed"),
    [
        (["4821", "4821"], ["7", "7"], [False, True]),
        (["4821", "4822"], ["", ""], [False, False]),
        (["4821", "4821"], ["7", "9"], [False, False]),
    ],
    ids=["the same reply", "another ticket", "another reply on the same ticket"],
)
def test_a_promise_in_a_draft_is_asked_about_once_for_each_reply(module, tickets, slots, passed):
    assert module("guard.js", PROMISED, tickets, slots) == passed


@pytest.mark.parametrize(("what", "again"), [("send", "guard.again"), ("close", "guard.again-close")])
def test_what_is_held_back_says_how_to_do_that_all_the_same(module, what, again):
    code = f"guard.isSolving = () => true; guard.isPublic = () => false; guard.followUps = () => [{{ id: 'f1' }}]; return guard.ask('{what}');"
    assert module("guard.js", GUARD, 60_000, code) == f"guard.promise {again}"


SLIPPED = """async (m, drafts) => {
  const { Words } = await import("/words.js");
  let at = 0;
  const check = async () => ({ slot: "7", slips: drafts[at].map((say) => ({ rule: say, say })) });
  const guard = new m.SendGuard({ words: new Words("en", {}), check, isSolving: () => false, followUps: () => [], isPublic: () => true, ticket: () => "4821", patience: 50_000 });
  const told = [];
  for (; at < drafts.length; at++) told.push(await guard.ask());
  return told;
}"""
NAME, PLACEHOLDER = "The greeting says Rana.", "“[Agent Name]” is a placeholder."


def test_the_same_slips_are_asked_about_once(module):
    assert module("guard.js", SLIPPED, [[NAME, PLACEHOLDER]] * 2) == [f"{NAME} {PLACEHOLDER} guard.again", True]


def test_a_slip_that_is_left_when_another_was_mended_is_asked_about_again(module):
    drafts = [[NAME, PLACEHOLDER], [NAME], [NAME]]
    assert module("guard.js", SLIPPED, drafts)[1:] == [f"{NAME} guard.again", True]


def test_another_slip_of_the_same_kind_is_asked_about(module):
    drafts = [[PLACEHOLDER], ["“[date]” is a placeholder."]]
    assert module("guard.js", SLIPPED, drafts)[1] == "“[date]” is a placeholder. guard.again"
