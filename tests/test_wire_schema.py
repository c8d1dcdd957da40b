import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator

from guidance.console.trying import HELD
from guidance.conversations.wire_schema import WireConversation
from guidance.model import Advice
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import NOW, amir_types, case, rana_says

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "wire.schema.json").read_text("utf8"))
TEXT = (Path(__file__).parents[1] / "docs" / "wire.md").read_text("utf8")


def test_the_published_schema_is_that_of_the_code():
    _, components = msgspec.json.schema_components([WireConversation, Advice], ref_template="#/$defs/{name}")
    assert SCHEMA["$defs"] == json.loads(json.dumps(components))


def test_advice_that_goes_out_keeps_to_the_schema():
    book = shipped_rulebook()
    state = advance(case(), rana_says("Third time I write. Still no parcel. Where is it?"), book, NOW).case
    advice = advance(
        state, amir_types("Please send your order number. I'll call you tomorrow at 3pm."), book, NOW
    ).advice
    validator = Draft202012Validator({"$ref": "#/$defs/Advice", "$defs": SCHEMA["$defs"]})
    assert advice.hints
    assert [error.message for error in validator.iter_errors(json.loads(msgspec.json.encode(advice)))] == []


@pytest.mark.parametrize("format_", [WireConversation, Advice])
def test_every_field_of_the_formats_is_documented(format_):
    assert list(untold(format_, met=set())) == []


def test_every_reason_why_a_hint_is_held_back_is_documented():
    assert words(row_of("held_back")) >= set(HELD)


def untold(struct, met, beside=""):
    """The fields of a struct that have no row, nor stand in the row that tells of the struct; each struct once, where it comes first."""
    met.add(struct)
    for field in msgspec.structs.fields(struct):
        row = row_of(field.name)
        if not row and field.name not in words(beside):
            yield f"{struct.__name__}.{field.name}"
        for nested in structs_in(field.type) - met:
            yield from untold(nested, met, row or beside)


def structs_in(type_):
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return {type_}
    return {struct for part in get_args(type_) for struct in structs_in(part)}


def row_of(name):
    """The row of the page whose first cell names this field; empty where there is none."""
    return next(
        (line for line in TEXT.splitlines() if re.match(rf"\| (?:`[a-z_]+`, )?`{name}(?:\[\])?`[ ,]", line)), ""
    )


def words(row):
    """What stands in code in a row: `{a, b}` is two words, `off here` is one."""
    return {word for code in re.findall(r"`([^`]+)`", row) for word in (code, *re.findall(r"\w+", code))}
