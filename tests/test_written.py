"""What of a mail is its writer's own."""

import pytest

from guidance.text.written import written


def own(text):
    return "\n".join(text[start:end] for start, end in written(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Where is it?\n\nOn Tue, 3 Mar 2026 Help wrote:\n> soon", "Where is it?"),
        ("Where is it?\n\nOn Tue, 3 Mar 2026 Help wrote:\nsoon\nreally", "Where is it?"),
        ("> soon\nWhen is soon?\n> really\nI see none.", "When is soon?\nI see none."),
        ("Where is it?\n\n-----Original Message-----\nFrom: Help", "Where is it?"),
        ("Where is it?\n--\nAna\nBakery", "Where is it?"),
        ("Where is it?\n---\nAna Ruiz\nRuiz Bakery", "Where is it?"),
        ("Where is it?\n\nThis email is confidential and meant for you.\nReally.", "Where is it?"),
        (
            "It fails:\nat com.acme.Order.ship(Order.java:12)\nat Object.<anonymous> (/app/x.js:10:5)\nWhy?",
            "It fails:\nWhy?",
        ),
    ],
)
def test_what_is_quoted_signed_or_pasted_is_left_out(text, kept):
    assert own(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "I am furious.\n---\nThe second parcel is missing, too. Where is it?",
        "On 3 March your agent wrote:\nYou will get a refund.\nThat never came. Where is it?",
        "Disclaimer: I am no lawyer, but this is fraud.\nGive me my money back.",
        ">:( I am so angry",
        "at the shop (the one in town.)\nnobody knew of it",
        "at home ()\nat the depot (open until 17:30)\nat work (since 2019)",
    ],
)
def test_a_complaint_is_not_lost_to_what_only_looks_like_a_quote_or_a_signature(text):
    assert own(text) == text
