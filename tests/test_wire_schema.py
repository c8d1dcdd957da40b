import json
from pathlib import Path

import msgspec
from jsonschema import Draft202012Validator

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


def test_every_field_of_the_formats_is_documented():
    fields = {name for struct in (WireConversation, Advice) for name in struct.__struct_fields__}
    assert [name for name in sorted(fields) if f"`{name}`" not in TEXT and f"`{name}[]`" not in TEXT] == []
