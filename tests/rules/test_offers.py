"""A line to insert can be sent as it stands: it claims nothing that may not be so, brings no hint of its own, and does what its hint asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from guidance.hints.attention import hint_of
from guidance.hints.quoting import spoken_of
from guidance.model import Draft, Moment, Place
from guidance.rules import Fired, Rule, Situation, fires, is_cleared, shipped_rulebook
from guidance.rules.examples import asked_of
from guidance.rules.schema import Example, Node
from guidance.rules.templates import fill
from guidance.signals import hear

BOOK = shipped_rulebook()
OFFERS = [(rule, language, words) for rule in BOOK.rules.values() for language, words, _ in rule.hint.all_offers()]
ENGLISH = [(rule, words) for rule, language, words in OFFERS if language == "en"]
PLAIN = "We have looked at your order, and a new one leaves today."
"""What is written on a message of which a hint speaks before there is a draft."""

OUR_FAULT = re.compile(
    r"(?i)\b(?:our|my) (?:mistake|fault|error|doing)\b|\bbecause of us\b|\bon our side\b|\bwe (?:have )?kept\b|\bours to\b"
)
DEEDS = re.compile(
    r"\b(?:I|[Ww]e)(?:'ve| have) (?!kept you)\w|\b(?:I|[Ww]e) (?:passed|sent|asked|checked|read|looked|spoke|told|moved|booked|put)\b"
    r"|\bI(?:'m| am) (?:now )?(?:looking|checking|passing|sending|putting|asking|calling|writing)\b"
)
GUESSES = re.compile(r"(?i)\b(?:every day|at once|immediately|always|never|no hurry|everybody|nobody|on the screen)\b")

GREETING = re.compile(
    r"(?i)\s*(?:(?:hi|hello|hey|dear|good \w+|hiya|morning|respected)\b[^,.!\n]{0,40}[,.!]+|[A-Z][a-z]+,)\s*"
)
BEGINS_AN_ANSWER = {"dialogue.take-up-the-newest", "relationship.genuine-interest"}
"""Rules about absence whose lines begin what is missing, and can't be the whole of it: what was asked stays open beside them."""

NOTHING_BESIDE = {("I know that this comes at a hard time for you.", "say-what-you-do"): 1}
"""Of so many drafts with a line nothing is left once their cheer is taken out: what the line brings to be told is so."""


def names(one: object) -> str | None:
    return getattr(one, "id", None) or (one if isinstance(one, str) and len(one) > 2 else None)


def macros_of(node: Node) -> Iterator[str]:
    yield node.macro
    for child in node.children:
        yield from macros_of(child)


@pytest.mark.parametrize(("rule", "language", "words"), OFFERS, ids=names)
def test_a_line_is_worded_as_one_sends_it(rule: Rule, language: str, words: str) -> None:
    assert not re.search(r"[!\[\]…]|  ", words)
    assert words[-1] in ".?:,"


@pytest.mark.parametrize(("rule", "words"), ENGLISH, ids=names)
def test_a_line_claims_no_deed_and_guesses_nothing(rule: Rule, words: str) -> None:
    assert not DEEDS.search(words)
    assert not GUESSES.search(words)


@pytest.mark.parametrize(("rule", "words"), [one for one in ENGLISH if OUR_FAULT.search(one[1])], ids=names)
def test_a_line_owns_a_mistake_only_where_its_rule_has_seen_one(rule: Rule, words: str) -> None:
    assert "company_at_fault" in set(macros_of(rule.when))


def situations_of(rule: Rule, words: str) -> Iterator[tuple[Situation, str]]:
    """The rule's own firing drafts, or a plain one where it speaks before there is any; of a line for one situation only those that it fits."""
    fits = next((one.when for one in rule.hint.fitting if words in one.offers.get("en", ())), None)
    for example in rule.examples.fires:
        asked = asked_of(example)
        if Moment.DRAFT in rule.moments and asked.draft is None:
            continue
        draft = asked.draft.draft if asked.draft else Draft(text=PLAIN, author_id="12")
        draft = replace(draft, next_name="Maria Lopez", next_group="Billing Team")
        situation = Situation(hear(asked.case, BOOK.ear), Moment.DRAFT, asked.now, draft=draft, ear=BOOK.ear)
        if fits is None or fits.test(situation) is not None:
            yield situation, draft.text


def inserted(rule: Rule, line: str, draft: str) -> tuple[str, int]:
    """The draft with a line at its place, as the panel puts it there, and where it begins."""
    greeting = GREETING.match(draft)
    at = greeting.end() if greeting else 0
    if line.endswith((",", ":")) and "{requester." in str(rule.hint.offers):
        return f"{line} {draft}", 0
    if rule.hint.place is Place.END:
        return f"{draft.rstrip()} {line}", len(draft.rstrip()) + 1
    return f"{draft[:at]}{line} {draft[at:]}", at


def with_line(rule: Rule, words: str) -> list[tuple[Situation, Situation, range]]:
    """Each of the rule's drafts, the same with the line in it, and where that stands."""
    found = []
    for before, draft in situations_of(rule, words):
        if (line := fill([words], before, ())) is None or before.written is None:
            continue
        text, at = inserted(rule, line, draft)
        after = Situation(before.case, Moment.DRAFT, before.now, draft=replace(before.written, text=text), ear=BOOK.ear)
        found.append((before, after, range(at, at + len(line))))
    return found


@pytest.mark.parametrize(("rule", "words"), ENGLISH, ids=names)
def test_no_hint_speaks_of_a_line_that_was_inserted(rule: Rule, words: str) -> None:
    told = Counter[str]()
    drafts = with_line(rule, words)
    for _, after, line in drafts:
        told.update({one.rule.family for one in BOOK.judge(after) if one.rule.on and _touches(one, after, line)})
    assert told_too_often(told, words, len(drafts)) == []


def told_too_often(told: Counter[str], words: str, drafts: int) -> list[str]:
    """What is told of more than one in ten drafts with a line, but for what is known."""
    return [name for name, count in told.items() if count > NOTHING_BESIDE.get((words, name), drafts // 10)]


def _touches(one: Fired, situation: Situation, line: range) -> bool:
    quotes = spoken_of(one.evidence, one.rule.hint.quotes, situation)
    return any(quote.where == "draft" and quote.start < line.stop and line.start < quote.end for quote in quotes)


@pytest.mark.parametrize(("rule", "words"), ENGLISH, ids=names)
def test_a_line_brings_no_other_thing_to_tell(rule: Rule, words: str) -> None:
    brought = Counter[str]()
    drafts = with_line(rule, words)
    for before, after, _ in drafts:
        known = {one.rule.family for one in BOOK.judge(before)} | {rule.family}
        known |= {"answer-every-question"} if rule.id in BEGINS_AN_ANSWER else set()
        brought.update({one.rule.family for one in BOOK.judge(after) if one.rule.on} - known)
    assert told_too_often(brought, words, len(drafts)) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [one for one in ENGLISH if one[0].needs_settled and one[0].id not in BEGINS_AN_ANSWER],
    ids=names,
)
def test_a_line_is_what_its_hint_asks_for(rule: Rule, words: str) -> None:
    left = [
        after.written.text for _, after, _ in with_line(rule, words) if after.written and not is_cleared(rule, after)
    ]
    assert left == []


@pytest.mark.parametrize(("rule", "words"), ENGLISH, ids=names)
def test_every_line_is_tried_on_some_draft(rule: Rule, words: str) -> None:
    assert with_line(rule, words)


def test_no_words_are_put_into_a_note_whose_facts_only_its_writer_knows() -> None:
    assert list(BOOK.rules["network.speak-well"].hint.all_offers()) == []


@pytest.mark.parametrize(
    ("last", "is_another"),
    [
        ("Thank you so much for your help yesterday, Sam, you were brilliant!", False),
        ("Thanks a million, that was the best support I have ever had!", False),
        ("Best support ever. Please tell your boss that Sam stayed late, he was wonderful.", False),
        ("Lena on your night desk was incredible, she stayed on the phone with me. Thank you so much.", True),
        ("Hats off to your driver, who carried the fridge up five floors!", True),
        ("Kudos to whoever packed my vase, not a scratch. Well done!", True),
    ],
)
def test_thanks_for_the_reader_are_not_passed_on_to_anybody(last: str, *, is_another: bool) -> None:
    rule = BOOK.rules["feelings.celebrate-thanks"]
    asked = asked_of(Example(given={"last": last, "agent": "Sam Lee"}, line=1))
    situation = Situation(hear(asked.case, BOOK.ear), Moment.CUSTOMER, asked.now, ear=BOOK.ear)
    offer = hint_of(Fired(rule, fires(rule, situation) or ()), situation).offer or ""
    assert ("they will be glad" in offer) is is_another


@pytest.mark.parametrize("group", ["Billing Team", "Tier 2", "Support", "Kundenservice", "Escalations team"])
@pytest.mark.parametrize("name", ["Maria", "Maria Lopez", "Herr Müller"])
def test_a_line_with_names_in_it_says_no_word_twice(name: str, group: str) -> None:
    rule = BOOK.rules["network.introduce-people"]
    for before, _ in situations_of(rule, ""):
        assert before.written is not None
        draft = replace(before.written, next_name=name, next_group=group)
        situation = Situation(before.case, Moment.DRAFT, before.now, draft=draft, ear=BOOK.ear)
        match = fires(rule, situation)
        offer = hint_of(Fired(rule, match or ()), situation).offer or ""
        assert not re.search(r"(?i)\b(\w+) \1\b", offer)


@pytest.mark.parametrize("rule", [one for one in BOOK.rules.values() if any(one.hint.all_offers())], ids=names)
def test_a_field_that_nothing_fills_leaves_no_gap(rule: Rule) -> None:
    for example in rule.examples.fires:
        asked = asked_of(example)
        draft = asked.draft.draft if asked.draft else None
        moment = Moment.DRAFT if draft else next(iter(rule.moments - {Moment.DRAFT}))
        case = replace(asked.case, readers=())
        situation = Situation(hear(case, BOOK.ear), moment, asked.now, draft=draft, ear=BOOK.ear)
        offer = hint_of(Fired(rule, fires(rule, situation) or ()), situation).offer
        assert offer is None or not re.search(r"[{}]|None|  | [,.:;]", offer)
