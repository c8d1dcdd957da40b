"""A rule as a form: what its fields hold, and that changing one changes the lines of that field alone."""

from __future__ import annotations

from difflib import ndiff

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.errors import MalformedError, NotFoundError
from guidance.rules import PackFile, build_rulebook, read_pack, shipped_files
from guidance.rules.examples import fires_on
from guidance.rules.form import form_of, rules_in, written
from guidance.rules.formfields import parts_of
from guidance.rules.overlays import flaws_as_typed
from guidance.rules.schema import Example
from guidance.rules.splicing import Source
from guidance.rules.yamlfile import read_yaml

TEXT = """\
# café 😀
pack: house.x   # name
version: 1
title: X

lists:
  stock:
    - at your earliest   # stiff
    - kindly

macros:
  long: {last.says: [essay]}

rules:
  # the first
  - id: house.a
    principle: three-as
    title: "A title"   # why so
    level: warning
    moments: [draft, customer]
    when:
      all:
        - last.upset
        # an inner word
        - draft.says: [as such, "@stock"]
        - not: {last.says: urgent}
    hint:
      say: Say so.
      why: |
        Long
        text
    limit: {per_ticket: 2, per_day: 3}
    examples:
      fires:
        - {last: "I am so disappointed.", draft: "As such, wait."}
      silent:
        - {last: z}
  - id: house.b
    principle: three-as
    title: B
    moments: [draft]
    when:
      any:
        - last.upset   # hm
        - long
    hint: {say: {en: [One., Two.], de: Eins.}, why: z}
    examples: {fires: [{last: I am so disappointed.}], silent: [{last: z}]}
"""
A, B = 0, 1


def fields(place=A, text=TEXT):
    return {field.name: field for field in form_of(Source(text), place).fields}


def changes(place, name, value, text=TEXT):
    """The lines that went, and those that came."""
    told = ndiff(text.splitlines(), written(Source(text), place, name, value).splitlines())
    return [line for line in told if line[:2] in ("- ", "+ ")]


@pytest.mark.parametrize(
    ("place", "name", "value", "changed"),
    [
        (A, "title", "Neu: ja", ['-     title: "A title"   # why so', '+     title: "Neu: ja"   # why so']),
        (A, "say", "Say it.", ["-       say: Say so.", "+       say: Say it."]),
        (A, "say", "Say it.\nTell them.", ["-       say: Say so.", "+       say: [Say it., Tell them.]"]),
        (A, "why", "Short", ["-       why: |", "-         Long", "-         text", "+       why: Short"]),
        (A, "offer", "Gladly, Rana", ['+       offer: "Gladly, Rana"']),
        (A, "level", "reminder", ["-     level: warning", "+     level: reminder"]),
        (A, "settled", True, ["+     settled: true"]),
        (A, "on", False, ["+     default: off"]),
        (A, "channels", ["chat", "email"], ["+     default: [email, chat]"]),
        (A, "moments", ["draft"], ["-     moments: [draft, customer]", "+     moments: [draft]"]),
        (A, "lists.stock", "at your earliest\nsoonish", ["-     - kindly", "+     - soonish"]),
        (A, "lists.stock", "kindly", ["-     - at your earliest   # stiff"]),
        (A, "lists.stock", "at your earliest\nkindly\ndo", ["+     - do"]),
        (A, "when.ticket.group", "Billing\nPlant care", ["+         - ticket.group: [Billing, Plant care]"]),
        (A, "except.ticket.tags", "vip", ["+     except: [{ticket.tags: [vip]}]"]),
        (A, "per_day", "", ["-     limit: {per_ticket: 2, per_day: 3}", "+     limit: {per_ticket: 2}"]),
        (A, "rest_slots", "0", ["-     limit: {per_ticket: 2, per_day: 3}", "+     limit: {per_ticket: 2, per_day: 3, rest_slots: 0}"]),
        (A, "weight", "1.5", ["+     weight: 1.5"]),
        (B, "say.de", "Eins.\nZwei.", ["-     hint: {say: {en: [One., Two.], de: Eins.}, why: z}", "+     hint: {say: {en: [One., Two.], de: [Eins., Zwei.]}, why: z}"]),
        (B, "macros.long.last.says", "essay\nnovel", ["-   long: {last.says: [essay]}", "+   long: {last.says: [essay, novel]}"]),
        (
            B,
            "when.ticket.brand",
            "Acme",
            ["-       any:", "-         - last.upset   # hm", "-         - long", "+       all:", "+         - ticket.brand: [Acme]", "+         - any:", "+             - last.upset   # hm", "+             - long"],
        ),
    ],
)  # fmt: skip
def test_a_field_changes_its_own_lines_and_no_others(place, name, value, changed):
    assert sorted(changes(place, name, value)) == sorted(changed)


def test_a_mark_that_some_programs_put_before_a_text_shifts_no_place_in_it():
    assert written(Source("\ufeff" + TEXT), A, "title", "Another one") == written(
        Source(TEXT), A, "title", "Another one"
    )


def test_what_is_put_in_is_taken_out_again_and_nothing_is_left_of_it():
    for place, name, value, empty in (
        (A, "except.last.says", "no hurry", ""),
        (A, "when.ticket.group", "Billing", ""),
        (A, "offer", "Gladly.", ""),
        (A, "settled", True, False),
        (A, "on", False, True),
    ):
        text = written(Source(TEXT), place, name, value)
        assert text != TEXT
        assert written(Source(text), place, name, empty) == TEXT, name


def test_a_form_shows_what_the_text_says_with_its_lines():
    shown = fields()
    assert (shown["title"].value, shown["title"].first, shown["title"].last) == ("A title", 18, 18)
    assert (shown["why"].value, shown["why"].first, shown["why"].last) == ("Long text", 29, 31)
    assert shown["rules.0.when.all.1.draft.says"].value == "as such\n@stock"
    assert shown["rules.0.when.all.2.not.last.says"].label == "The customer does not say"
    assert (shown["lists.stock"].value, shown["lists.stock"].label) == ("at your earliest\nkindly", "The list @stock")
    assert (shown["offer"].value, shown["offer"].first) == ("", 0)
    assert shown["moments"].value == ("draft", "customer")


def test_what_a_form_can_t_say_is_shown_as_it_stands():
    form = form_of(Source(TEXT), A)
    (when,) = form.plain
    assert (when.name, when.first) == ("when", 21)
    assert "# an inner word" in when.text
    assert form.others == ("id", "principle", "examples")
    odd = TEXT.replace("say: Say so.", 'say: ["One\\ntwo"]')
    assert "say" not in fields(text=odd)
    assert [one.name for one in form_of(Source(odd), A).plain] == ["when", "hint"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("title", " ", "Something is needed"),
        ("say", "", "Something is needed"),
        ("moments", [], "Something is needed"),
        ("moments", ["noon"], "`noon` is none of"),
        ("level", "shout", "It is one of suggestion"),
        ("per_ticket", "twice", "A whole number"),
        ("per_ticket", "-1", "A whole number"),
        ("weight", "nan", "A number from 0"),
        ("title", "x" * 2001, "2,000 characters"),
        ("lists.stock", "\n".join(map(str, range(501))), "At most 500 lines"),
        ("lists.stock", "", "Something is needed"),
        ("title", ["a", "b"], "Something is needed"),
    ],
)
def test_a_value_that_can_t_be_meant_is_told_beside_its_field(name, value, told):
    with pytest.raises(MalformedError, match=told) as caught:
        written(Source(TEXT), A, name, value)
    assert caught.value.path == name


def test_a_rule_is_not_left_without_a_condition():
    alone = TEXT.replace(
        "    when:\n      any:\n        - last.upset   # hm\n        - long\n", "    when: {ticket.group: Billing}\n"
    )
    with pytest.raises(MalformedError, match="some other condition"):
        written(Source(alone), B, "when.ticket.group", "")


def test_no_field_or_rule_that_is_not_there_is_written():
    with pytest.raises(NotFoundError):
        written(Source(TEXT), A, "hint.__class__", "x")
    with pytest.raises(NotFoundError):
        written(Source(TEXT), 7, "title", "x")


def test_what_is_wrong_stands_beside_the_field_that_it_is_about():
    text = TEXT.replace("say: Say so.", f"say: {'long ' * 40}").replace("level: warning", "level: loud")
    shown = {field.name: field.flaws for field in form_of(Source(text), A, flaws_as_typed(PackFile("x", text))).fields}
    assert "an agent reads 140" in shown["say"][0]
    assert "`level` is one of" in shown["level"][0]
    assert shown["title"] == shown["why"] == ()


SHIPPED = [Source(file.text) for file in shipped_files()]
PARTS = [
    pytest.param(source, rule.place, id=rule.id) for source in SHIPPED for rule in rules_in(source)
]  # fmt: skip


def among_its_neighbours(source, place):
    """A rule in the head of its file, between the rule before it and the one after, whose examples are left out: all is read anew for each field."""
    lines, last = source.text.splitlines(keepends=True), len(rules_in(source)) - 1
    begins = [source.lines(("rules", number))[0] - 1 for number in range(last + 1)] + [len(lines)]
    cut = lines[: begins[0]]
    for number in range(max(place - 1, 0), min(place + 1, last) + 1):
        first, end = source.lines(("rules", number, "examples"))
        rule = range(begins[number], begins[number + 1])
        cut += [lines[one] for one in rule if number == place or not first - 1 <= one < end]
    return Source("".join(cut)), min(place, 1)


@pytest.mark.parametrize(("source", "place"), PARTS)
def test_a_shipped_rule_has_its_form_and_each_field_keeps_to_its_lines(source, place):
    source, place = among_its_neighbours(source, place)
    others = {"line": "A word", "lines": "one thing\nanother: thing", "number": "3", "tick": True}
    lines = {one.name: (one.first, one.last) for one in form_of(source, place).fields}
    for part in parts_of(source.value, place):
        field = part.field
        assert part.fits, field.name
        value = others.get(field.kind) or (field.options[-1] if field.kind == "choice" else [field.options[-1]])
        if field.kind == "tick":
            value = not field.value
        if field.name == "after":
            value = "4h"
        try:
            text = written(source, place, field.name, value)
        except MalformedError:
            assert field.name.startswith("when.ticket")
            continue
        first, last = lines[field.name]
        before, after = source.text.splitlines(), text.splitlines()
        if first:
            assert after[: first - 1] == before[: first - 1]
            assert after[len(after) - len(before) + last :] == before[last:]
        elif not field.name.startswith("when.ticket"):
            assert gone(before, after) <= (field.key in ("per_ticket", "per_day", "rest_slots")), field.name


def gone(before, after):
    """How many lines of a text are not there any more, where all changes stand together."""
    first = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    rest = zip(reversed(before[first:]), reversed(after[first:]), strict=False)
    return len(before) - first - next((n for n, (one, other) in enumerate(rest) if one != other), len(before) - first)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(WORDS, st.sampled_from(["title", "say", "offer", "lists.stock", "except.last.says", "why"]))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_written_reads_back_as_it_was_written(words, name):
    try:
        text = written(Source(TEXT), A, name, words)
    except MalformedError as error:
        assert "Something is needed" in str(error)
        return
    assert "# café 😀" in text and "# an inner word" in text
    shown = fields(text=text)[name].value
    assert shown.split() == words.split()
    assert read_yaml(text).value["rules"][1] == read_yaml(TEXT).value["rules"][1]


EXCEPTED = TEXT.replace(
    "    hint:\n      say: Say so.",
    "    except: [{last.says: [no hurry]}, {ticket.tags: vip}]\n    hint:\n      say: Say so.",
)


def test_a_rule_is_silent_where_an_exception_holds():
    book = build_rulebook([read_pack(PackFile("x", EXCEPTED))])
    said = {"last": "I am so disappointed.", "draft": "As such, wait."}
    fired = {
        told: fires_on(book.rules["house.a"], Example(given=said | more, line=1), book)
        for told, more in (
            ("as ever", {}),
            ("said", {"last": "I am so disappointed, but no hurry."}),
            ("tagged", {"tags": ["vip"]}),
        )
    }
    assert fired == {"as ever": True, "said": False, "tagged": False}
    assert "not last.says" in book.rules["house.a"].when.label


def test_one_exception_needs_no_list_and_what_is_wrong_with_it_has_its_line():
    one = EXCEPTED.replace("[{last.says: [no hurry]}, {ticket.tags: vip}]", "{ticket.tags: vip}")
    book = build_rulebook([read_pack(PackFile("x", one))])
    assert book.rules["house.a"].when.children[-1].label == "not ticket.tags vip"
    broken = one.replace("ticket.tags", "ticket.togs")
    (flaw,) = flaws_as_typed(PackFile("x", broken))
    assert (flaw.line, flaw.rule) == (27, "house.a")
    assert "did you mean `ticket.tags`?" in flaw.message


SIMPLE = """\
pack: house.y
version: 1
title: Y
rules:
  - id: house.y
    principle: genuine-interest
    title: Y
    moments: [draft]
    when: {WHEN}
    except: [{last.says: [no hurry]}]
    hint: {say: Say so., why: It helps.}
    examples:
      fires: [{last: "Which day?", draft: "Soon."}]
      silent: [{last: "Thanks.", draft: "You are welcome."}]
"""


@pytest.mark.parametrize(
    ("when", "is_whole"),
    [
        ("{last.says: [which day]}", True),
        ("{all: [{ticket.group: [Billing]}, {last.says: [which day]}]}", True),
        ("{all: [{last.says: [which]}, {last.says: [day]}]}", True),
        ("{all: [{ticket.group: [Billing]}, {ticket.group: [Delivery]}]}", False),
        ("{all: [{last.says: [which day]}, last.upset]}", False),
        ("{any: [{last.says: [which day]}]}", False),
        ("{not: {last.says: [which day]}}", False),
        ("last.upset", False),
    ],
)
def test_what_stands_in_fields_whole_is_not_said_to_be_more_than_a_form_can_say(when, is_whole):
    form = form_of(Source(SIMPLE.replace("{WHEN}", when)), 0)
    assert [one.name for one in form.plain] == ([] if is_whole else ["when"])
    assert not {"when", "except"} & set(form.others)


def test_how_long_a_rule_waits_is_a_field():
    source = Source(SIMPLE.replace("{WHEN}", "last.upset"))
    assert "    after: 4h\n" in written(source, 0, "after", " 4h ")
    with pytest.raises(MalformedError, match="as in 30m, 4h or 2d"):
        written(source, 0, "after", "soon")
    timed = Source(SIMPLE.replace("{WHEN}", "last.upset").replace("    when", "    after: 2d\n    when"))
    assert written(timed, 0, "after", "") == source.text


def test_an_example_that_lacks_only_its_ticket_says_what_to_add():
    text = SIMPLE.replace("{WHEN}", "{all: [{ticket.group: [Plant care, Billing]}, {last.says: [which day]}]}")
    (flaw,) = flaws_as_typed(PackFile("y", text))
    assert flaw.message.endswith(
        "`ticket.group [Plant care, Billing]` does not hold; in the text, add `group: Plant care` to this example"
    )
    mended = text.replace('[{last: "Which day?"', '[{group: Plant care, last: "Which day?"')
    assert flaws_as_typed(PackFile("y", mended)) == []
