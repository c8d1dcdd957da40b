"""A rule speaks in the languages of its pack, and in no other; `any_language` lets it speak in all of them."""

from __future__ import annotations

from itertools import count

import pytest

from guidance.pipeline import advance
from guidance.rules import PackFile, build_rulebook, check_examples, read_pack, shipped_rulebook
from guidance.rules.doubts import doubts_about
from guidance.rules.examples import fires_on
from guidance.rules.extracting import own_copy
from tests.cast import NOW, amir_types, case, rana_says

STEADY = count().__next__

PACK = """\
pack: brush-off
version: 1
title: A brush-off
{languages}
rules:
  - id: brush-off.see-above
    principle: genuine-interest
    title: A brush-off
    moments: [draft]
    {more}
    when: {{draft.says: [see above, siehe oben, 上記]}}
    hint: {{say: It sounds curt., why: It sends them back to read.}}
    examples:
      fires: [{{{last}, draft: "{draft}"}}]
      silent: [{{last: "How do I log in?", draft: "Use the link in the mail."}}]
"""
ENGLISH = ('last: "How do I log in to my account, please?"', "You will find that, please see above.")
GERMAN = ('last: "Wie kann ich mich in mein Konto einloggen, bitte?"', "Das finden Sie in der Mail, siehe oben.")
JAPANESE = ('last: "アカウントにログインする方法を教えてください。"', "ログイン方法は上記をご覧ください。")


def speaks(languages: str, said: tuple[str, str], more: str = "settled: false") -> bool:
    last, draft = said
    text = PACK.format(languages=languages, more=more, last=last, draft=draft)
    pack = read_pack(PackFile("brush-off.yaml", text))
    (rule,) = pack.rules
    return fires_on(rule, rule.examples.fires[0], build_rulebook([pack]))


@pytest.mark.parametrize(
    ("languages", "said", "is_heard"),
    [
        ("languages: [en]", ENGLISH, True),
        ("languages: [en]", GERMAN, False),
        ("languages: [de]", GERMAN, True),
        ("languages: [de]", ENGLISH, False),
        ("languages: [en, de]", GERMAN, True),
        ("languages: [ja]", ENGLISH, False),
        ("languages: [ja]", JAPANESE, False),
        ("", ENGLISH, True),
        ("", GERMAN, True),
        ("", JAPANESE, False),
    ],
)
def test_a_rule_speaks_in_the_languages_of_its_pack_as_far_as_they_are_heard(languages, said, is_heard):
    assert speaks(languages, said) is is_heard


@pytest.mark.parametrize("said", [ENGLISH, GERMAN, JAPANESE], ids=["English", "German", "Japanese"])
def test_a_rule_for_any_language_speaks_whatever_its_pack_says(said):
    assert speaks("languages: [ja]", said, more="any_language: true")


@pytest.mark.parametrize(
    "said",
    [
        (GERMAN[0], ENGLISH[1]),
        (ENGLISH[0], GERMAN[1]),
        (
            'last: ["How do I log in to my account, please?", "Wie kann ich mich in mein Konto einloggen, bitte?"]',
            "See above.",
        ),
    ],
    ids=["the customer's", "the reply's", "the customer's last"],
)
def test_a_rule_speaks_where_both_sides_said_their_last_in_its_languages(said):
    assert not speaks("languages: [en]", said)


def test_words_too_few_to_tell_a_language_are_taken_in_that_of_the_other_side_and_else_in_english():
    assert speaks("languages: [de]", (GERMAN[0], "Siehe oben."))
    assert speaks("languages: [en]", ('last: "Login?"', "See above."))
    assert not speaks("languages: [de]", ('last: "Login?"', "Siehe oben."))


def test_a_rule_that_can_speak_in_no_language_that_is_heard_is_told_and_others_are_not():
    def doubted(languages: str) -> list[str]:
        text = PACK.format(languages=languages, more="settled: false", last=ENGLISH[0], draft=ENGLISH[1])
        pack = read_pack(PackFile("brush-off.yaml", text))
        return [one.message for one in doubts_about(pack, [], build_rulebook([pack]), STEADY)]

    assert "this rule can never fire: none of ja is a language that we hear" in doubted("languages: [ja]")[0]
    assert doubted("languages: [de]") == doubted("") == []


@pytest.mark.parametrize("languages", ["languages: [en]", "languages:\n  - en\n  - de", "languages: de", ""])
def test_a_copy_of_a_rule_speaks_in_the_languages_of_its_pack(languages):
    text = PACK.format(languages=languages, more="settled: false", last=ENGLISH[0], draft=ENGLISH[1])
    file = PackFile("brush-off.yaml", text)
    copy = read_pack(PackFile("copy.yaml", own_copy(file, "brush-off.see-above")))
    assert copy.languages == read_pack(file).languages


def test_an_example_in_another_language_than_its_pack_s_is_told_why_nothing_is_said():
    last, draft = GERMAN
    text = PACK.format(languages="languages: [en]", more="settled: false", last=last, draft=draft)
    pack = read_pack(PackFile("brush-off.yaml", text))
    (told,) = check_examples(pack, build_rulebook([pack]))
    assert "it is in de, and this rule speaks in en" in told


def test_of_two_rules_for_other_languages_neither_hides_the_other():
    def pack(name: str, languages: str, level: str):
        text = PACK.format(languages=languages, more=f"level: {level}", last=ENGLISH[0], draft=ENGLISH[1])
        return read_pack(PackFile(f"{name}.yaml", text.replace("brush-off", name)))

    first, second = pack("first", "languages: [de]", "warning"), pack("second", "languages: [en]", "suggestion")
    wide = pack("wide", "languages: [en, de]", "warning")

    def told(beside):
        return [one.message for one in doubts_about(second, beside.rules, build_rulebook([second]), STEADY)]

    assert told(first) == []
    assert "wherever this rule fires, wide.see-above of the same family fires too" in told(wide)[0]


@pytest.mark.parametrize(
    ("last", "draft", "slip"),
    [
        ("Wann kommt mein Paket endlich an?", "Hallo Rana, es kommt am Montag, den 10. März, bei Ihnen an.", "slips.weekday"),
        ("¿Cuándo llega por fin mi pedido?", "Hola, Rana: le llamaré para contarle cómo va.", "follow-through.name-a-time"),
        ("Quand est-ce que ma commande arrive ?", "Bonjour, votre commande arrive vendredi à la maison.", "relationship.use-their-name"),
        ("Das ist eine Frechheit, schon wieder kein Paket!", "Hallo Rana, bitte senden Sie die Nummer.", "beyond-english.recognise"),
    ],
    ids=["dates", "promises", "names", "courtesy"],
)  # fmt: skip
def test_what_german_spanish_and_french_are_heard_for_is_told_and_english_is_said_to_be_heard_alone_in_full(
    last, draft, slip
):
    state = advance(case(), rana_says(last), shipped_rulebook(), NOW).case
    advice = advance(state, amir_types(draft), shipped_rulebook(), NOW).advice
    assert [hint.rule for hint in advice.hints] == [slip]
    assert not advice.language_covered
