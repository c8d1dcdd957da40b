"""What is private is masked, what only looks like it stays readable."""

import time

import pytest

from guidance.text.masking import masked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Write to rana.haddad+shop@example.co.uk, please.", "Write to [e-mail], please."),
        ("josé@correo.es", "[e-mail]"),
        ("Call +1 (212) 555-0123 after five.", "Call [phone] after five."),
        ("It is 0171 5550123.", "It is [phone]."),
        ("Ring 212-555-0123 or 212.555.0199", "Ring [phone] or [phone]"),
        ("My number: (212) 555 0123", "My number: [phone]"),
        ("Card 4111 1111 1111 1111, until May", "Card [card], until May"),
        ("4111111111111111", "[card]"),
        ("+44 20 7946 0958", "[phone]"),
        ("+1\u00a0212\u00a0555\u00a00123 or 212\u2011555\u20110123", "[phone] or [phone]"),
        ("It is 4111 1111 1111 1111 12/27 123, thanks", "It is [card], thanks"),
        ("378282246310005 1226", "[card]"),
        ("5555 5555 5555 4444 07700 900123", "[card] [phone]"),
        ("07700 900123 / 07700 900456 / 07700 900789", "[phone] / [phone] / [phone]"),
        ("0170 1234567 - 0170 7654321", "[phone] - [phone]"),
        ("Since 04.03.2026 0170 1234567 is dead", "Since 04.03.2026 [phone] is dead"),
        ("Order 12345 0170 1234567", "Order 12345 [phone]"),
    ],
)
def test_what_is_private_is_masked(text, told):
    assert masked(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Order 4821993 came on 2026-03-04 at 10:15.",
        "It cost 1,299.00 and not 1,199.00.",
        "Between 10.02.2026 and 12.02.2026 nobody answered.",
        "Parcel 00340434161094042557X is lost, @home.",
        "1234567890123456 is what the label says",
        "3 times in 24-48 hours",
        "From 10.02.2026 - 12.02.2026 12 15",
        "Rows 12 14 16 18 20 22 24 26 28 30 32",
        "",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert masked(text) == text


def test_no_odd_text_raises():
    assert masked("\ud800 a@b.cc \x00") == "\ud800 [e-mail] \x00"


@pytest.mark.parametrize("unit", ["1 2-", "a@b.", "(1) ", "a@b.c 040 123 4567 "])
def test_time_grows_with_the_length_alone(unit):
    began = time.perf_counter()
    masked((unit * 25_000)[:200_000])
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("555-0123 or write", "[phone] or write"),
        ("Call +1", "Call [phone]"),
        ("or write to help", "or write to [e-mail]"),
        ("(212)", "[phone]"),
        ("or write", "or write"),
    ],
)
def test_a_piece_of_what_is_private_is_masked_like_the_whole(part, told):
    text = "Call +1 (212) 555-0123 or write to help@example.com."
    start = text.index(part)
    assert masked(text, start, start + len(part)) == told
