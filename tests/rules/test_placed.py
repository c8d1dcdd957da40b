"""Words that count only where they stand: beside what a signal rests on, or before it."""

from __future__ import annotations

import pytest

from guidance.rules import PackFile, build_rulebook, holds, read_pack
from guidance.rules.examples import asked_of, situations_of
from guidance.rules.overlays import flaws_as_typed
from guidance.rules.schema import Example

PACK = """pack: odd
version: 1
title: Odd
rules:
  - id: odd.placed
    principle: introduce-people
    title: Handed over
    moments: [draft]
    when: {when}
    hint: {{say: "Say who.", why: "They wonder."}}
    examples:
      fires: [{{last: "How do I log in?", draft: "See above."}}]
      silent: [{{last: "How do I log in?", draft: "Use the link in the mail."}}]
"""
HANDS_OVER = "I've passed your case to our second level, and somebody there will take over from here."
REASON = "They do this every day."


def stands(where: str, draft: str) -> bool:
    """Whether `says_beside` or `says_before` finds a reason by the hand-over of a draft."""
    when = f"{{draft.says_{where}: {{signal: handover, says: [every day, because]}}}}"
    book = build_rulebook([read_pack(PackFile("odd.yaml", PACK.format(when=when)))])
    rule = book.rules["odd.placed"]
    asked = asked_of(Example(given={"last": "My key returns 401.", "draft": draft}, line=1))
    return holds(rule.when, next(situations_of(rule, asked, book))) is not None


@pytest.mark.parametrize(
    ("draft", "is_beside", "is_before"),
    [
        (f"{HANDS_OVER} {REASON}", True, False),
        (
            f"Your calls fail because of us. I looked at the log. {HANDS_OVER} Until then a second key works.",
            False,
            True,
        ),
        (f"{HANDS_OVER} Until then a second key works. Ours fails because of an update.", False, False),
        ("Your calls fail because of an update, which I have taken back.", False, False),
    ],
)
def test_words_count_beside_a_signal_or_before_it_and_nowhere_else(
    draft: str, *, is_beside: bool, is_before: bool
) -> None:
    assert (stands("beside", draft), stands("before", draft)) == (is_beside, is_before)


@pytest.mark.parametrize(
    ("argument", "complaint"),
    [
        ("[because]", "write `signal:` with the name of one, and `says:` with phrases"),
        ("{signal: handover}", "write `signal:` with the name of one, and `says:` with phrases"),
        ("{signal: upset, says: [because]}", "`upset` is no signal of the agent's side"),
        ("{signal: handover, says: ['@reasons']}", "there is no list `reasons` in this pack"),
    ],
)
def test_what_such_a_condition_lacks_is_told(argument: str, complaint: str) -> None:
    flaws = flaws_as_typed(PackFile("odd.yaml", PACK.format(when=f"{{draft.says_beside: {argument}}}")))
    assert complaint in flaws[0].message


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (
            "Your call is important. We value your custom, as your call is important.",
            ["call is important", "value your"],
        ),
        ("We value your custom, as your call is important to us and always will be.", None),
        ("Your call is important. We have moved the visit to Friday.", None),
        ("Nothing of the kind stands here. Not here either.", None),
    ],
)
def test_patterns_may_be_asked_for_in_so_many_sentences(draft: str, words: list[str] | None) -> None:
    when = "{draft.sentences_match: {at_least: 2, matches: ['call is important', 'value your']}}"
    book = build_rulebook([read_pack(PackFile("odd.yaml", PACK.format(when=when)))])
    rule = book.rules["odd.placed"]
    asked = asked_of(Example(given={"last": "Where is it?", "draft": draft}, line=1))
    quotes = holds(rule.when, next(situations_of(rule, asked, book)))
    assert (None if quotes is None else [one.text for one in quotes]) == words


@pytest.mark.parametrize(
    ("argument", "complaint"),
    [
        ("[see above]", "write `matches:` with patterns, and `at_least:` with the number of sentences"),
        ("{matches: [see above]}", "write `matches:` with patterns, and `at_least:` with the number of sentences"),
        ("{matches: [see above], at_least: 0}", "`at_least` takes a whole number"),
        ("{matches: [see above], at_least: two}", "`at_least` takes a whole number"),
        ("{matches: [], at_least: 2}", "a text, or a list of texts, is needed here"),
    ],
)
def test_what_is_wrong_with_sentences_that_match_is_told(argument: str, complaint: str) -> None:
    text = PACK.format(when=f"{{draft.sentences_match: {argument}}}")
    assert any(complaint in flaw.message for flaw in flaws_as_typed(PackFile("odd", text)))
