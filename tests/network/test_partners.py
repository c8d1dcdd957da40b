"""Partners are recognised by whole words, and a full address book keeps nobody waiting."""

import time

import pytest

from guidance.network import Partner, concerned, message_to
from tests.network.people import ticket


def named(text, *words, name="NordPost"):
    found = concerned([Partner(id="p", name=name, words=words)], ticket("1", f"customer: {text}").conversation)
    return found[0].words if found else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Is it with Nordpost?", "Nordpost"),
        ("NORDPOST lost it", "NORDPOST"),
        ("It is a nordpostal matter, and inordpost", None),
        ("Nordposten said no, nordpost_x too, but nordpost came", "nordpost"),
        ("Der Kurier wartet", None),
        ("Le Coursier dit non", "Coursier"),
        ("荷物はNordPostの物です", "NordPost"),
    ],
)
def test_a_partner_is_known_by_whole_words_in_any_case(text, words):
    assert named(text, "coursier") == words


def test_a_subject_in_braces_is_no_field_of_the_message():
    written = ticket("1", "customer: It is late", subject="{agent} is rude").conversation
    partner = Partner(id="p", name="NordPost", wording="About “{subject}”, and {unknown}. {agent}")
    assert message_to(partner, written, "Sam") == "About “{agent} is rude”, and {unknown}. Sam"


def test_a_full_address_book_is_gone_through_in_little_time():
    book = [
        Partner(id=f"{n}", name=f"Partner {n}", words=tuple(f"word {n} {m}" for m in range(40))) for n in range(200)
    ]
    long = ticket("1", *[f"customer: {'The parcel went to some other depot. ' * 40}"] * 12).conversation
    begun = time.process_time()
    assert concerned(book, long) == []
    assert time.process_time() - begun < 3
