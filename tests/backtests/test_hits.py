"""What is shown of single hits: words with nothing private in them, in the line as in the quotes."""

import json

from guidance.backtests import read_corpus, run
from guidance.rules import load_rulebook

PROMISE = "I will call you on +1 (212) 555-0123 with the news about the parcel that went to the other house."


def test_a_long_quote_in_the_line_of_a_hit_is_masked_as_the_quote_beside_it(tmp_path):
    asked = {
        "id": "1",
        "comments": [{"id": 1, "author": "requester", "text": "Where is my parcel?"}],
        "draft": {"text": PROMISE, "settled": True},
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(asked), "utf8")
    hits = run(read_corpus(tmp_path), load_rulebook(None), everything=True).hits
    said = next(hit.say for hit in hits if hit.rule == "follow-through.name-a-time")
    assert "I will call you on [phone] with" in said
    assert "555" not in said
