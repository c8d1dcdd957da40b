"""What a customer is called, and in which forms."""

from __future__ import annotations

import pytest

from guidance.model import Author, Comment, Person, Visibility
from guidance.signals.names import (
    KnownName,
    formal_name,
    greeted_name,
    is_same_name,
    known_name,
    profile_name,
    refused_names,
    signed_name,
    uses_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "ACME GmbH",
        "Support Team",
        "Northgate Dental Practice",
        "info@acme.example",
        "#NAME#",
        "xXx",
        "user4711",
        "J. Smith",
        "Anonymous",
        "",
        "Guest",
        "Blue Sky Travel",
        "Tesla Motors",
        "Autohaus Becker",
        "Stadtwerke München",
        "Bäckerei Wagner",
        "Boulangerie Martin",
        "Mairie de Lyon",
        "Peluquería Carmen",
        "Farmacia Central",
        "Familie Schneider",
        "O'Brien Family",
        "Famille Lambert",
        "Front Desk",
        "Facebook Lead",
        "Amazon Marketplace",
        "Accounts Payable",
        "Marketing Dept.",
        "Green Valley Farm",
    ],
)
def test_a_company_mailbox_mask_or_handle_is_no_name(name: str) -> None:
    assert profile_name(name) is None


@pytest.mark.parametrize(
    ("profile", "first", "last"),
    [
        ("Rana Haddad", "Rana", "Haddad"),
        ("Huber, Josef", "Josef", "Huber"),
        ("JOSEF HUBER", "Josef", "Huber"),
        ("Dr. Ana María de la Cruz", "Ana", "de la Cruz"),
        ("Robert Smith Jr.", "Robert", "Smith"),
        ("Ольга Петрова", "Ольга", "Петрова"),
        ("Nguyễn Thị Hoa", "Hoa", "Nguyễn Thị"),
        ("Nguyen Van An", "An", "Nguyen Van"),
        ("Hoa Nguyễn", "Hoa", "Nguyễn"),
        ("Ly Brown", "Ly", "Brown"),
        ("Herr Müller", "", "Müller"),
        ("Mr Smith", "", "Smith"),
        ("Frau Dr. Weber", "", "Weber"),
        ("Mme DUPONT", "", "Dupont"),
        ("Sra. García", "", "García"),
    ],
)
def test_a_profile_gives_first_and_last_name(profile: str, first: str, last: str) -> None:
    assert profile_name(profile) == KnownName(first=first, last=last)


@pytest.mark.parametrize(
    ("profile", "formal"),
    [
        ("Herr Müller", "Herr Müller"),
        ("Müller, Herr Hans", "Herr Hans Müller"),
        ("Mme DUPONT", "Mme Dupont"),
        ("Prof. Dr. Anna Lindner", "Prof. Dr. Anna Lindner"),
        ("María del Carmen López García", "María del Carmen López García"),
        ("HUBER, JOSEF", "Josef Huber"),
        ("Robert Smith Jr.", "Robert Smith"),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
    ],
)
def test_a_formal_name_has_its_title_and_all_its_parts(profile: str, formal: str) -> None:
    assert formal_name(profile) == formal


@pytest.mark.parametrize(
    ("locale", "profile"),
    [("ko-KR", "Kim Min-jun"), ("zh-CN", "Wang Xiaoming"), ("ja-JP", "Sato Yuki"), ("hu_HU", "Nagy Anna")],
)
def test_where_the_family_comes_first_two_names_are_not_told_apart(locale: str, profile: str) -> None:
    assert known_name(Person(name=profile, locale=locale), (), {}) is None
    comment = Comment(
        id="1", author=Author.REQUESTER, visibility=Visibility.PUBLIC, text=f"Thanks\n\n{profile.split()[1]}"
    )
    signed = known_name(Person(name=profile, locale=locale), (comment,), {"1": profile.split()[1]})
    assert signed == KnownName(first=profile.split()[1], source="comment:1")


def test_a_title_tells_which_of_the_names_is_the_last_also_where_the_family_comes_first() -> None:
    assert known_name(Person(name="Mr Kim", locale="ko-KR"), (), {}) == KnownName(first="", last="Kim")


@pytest.mark.parametrize(("reply", "is_called"), [("Guten Tag Herr Müller,", True), ("Guten Tag,", False)])
def test_who_is_known_by_title_and_last_name_is_called_so(reply: str, is_called: bool) -> None:
    assert uses_name(reply, KnownName("", "Müller")) is is_called


@pytest.mark.parametrize("reply", ["Hi Sepp!", "Sehr geehrter Herr Huber,", "Thanks, Josef.", "JOSEF, it's on its way"])
def test_every_decent_form_of_a_name_counts(reply: str) -> None:
    assert uses_name(reply, KnownName("Josef", "Huber"))


def test_names_in_other_scripts_are_found_without_spaces() -> None:
    assert uses_name("田中様、ありがとうございます", KnownName("太郎", "田中"))


def test_a_part_of_another_word_is_not_the_name() -> None:
    assert not uses_name("The annual fee is due", KnownName("Ann", "Ual"))


@pytest.mark.parametrize(
    "text",
    [
        "Thanks\n\nAna",
        "Hi, this is Ana from Leeds",
        "Viele Grüße\nAna Huber",
        "Saludos,\nAna",
        "hello, Ana here. where is it",
        "Ana here, again",
        "hiya its Ana from the boatyard, we had six shackles off you",
        "Ana Ruiz here, I left a kite with you",
        "Ana here from the lighthouse, the lamp is out",
        "yo it's Ana again, the gate sticks",
        "Everybody at the rink knows me as Ana, so please put that on the card.",
        "I go by Ana, not Anastasia.",
        "Myself Ana Ruiz, I have booked one hall.",
        "I, Ana Ruiz, was in seat 22A.",
        "hello sir, ana this side. my kite is torn",
        "The table is under Ana Ruiz, that's me.",
        "Ana Ruiz speaking, about the kiln.",
        "Dear team, my name is Ana and I am handling accounts for our shop.",
    ],
)
def test_a_signature_or_introduction_is_read(text: str) -> None:
    assert signed_name(text) == "Ana"


@pytest.mark.parametrize(
    "text",
    [
        "Nothing here.",
        "Same here, no signal",
        "Hi, Nobody here, it seems",
        "Anyone here? Ana is out",
        "the hub lost its Antenna from the roof",
        "Please call me Monday",
        "I'm Australian, so your sizes puzzle me.",
        "I'm Premium, by the way.",
        "Put the sofa this side of the door",
        "I left this side up, as the box says",
        "Correct, that's me",
        "Generally speaking, it works.",
        "I need a Polish speaking person",
        "Hi, can you call me Tomorrow?",
        "Good morning, Heating here at home is off",
        "Hi, Parcel here with no label",
        "It's Down again",
    ],
)
def test_whoever_else_is_here_is_no_introduction(text: str) -> None:
    assert signed_name(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I am Very unhappy",
        "this is Ridiculous!",
        "I'm Disappointed.",
        "Thanks\n\nSent from my iPhone",
        "Regards\nThe Support Team",
    ],
)
def test_a_capital_letter_makes_no_name(text: str) -> None:
    assert signed_name(text) is None


def test_the_signature_beats_the_profile() -> None:
    comment = Comment(id="1", author=Author.REQUESTER, visibility=Visibility.PUBLIC, text="Thanks\n\nAna")
    known = known_name(Person(name="Rana Haddad"), (comment,), {"1": "Ana"})
    assert known == KnownName(first="Ana", source="comment:1")


def test_a_slip_of_one_letter_is_the_same_name_and_another_name_is_not() -> None:
    assert is_same_name("Jozef", KnownName("Josef"))
    assert not is_same_name("Martin", KnownName("Josef"))


def test_the_greeting_names_whom_it_greets() -> None:
    assert greeted_name("Dear Mrs Wolska, thank you") == ("Wolska", 9, 15)
    assert greeted_name("Hi there, thank you") is None
    assert greeted_name("Dear Valued Customer, thank you") is None
    assert greeted_name("Dear Applicant, thank you") is None
    assert greeted_name("Buenas tardes Estimada clienta, gracias") is None
    assert greeted_name("Bonjour Mesdames, merci") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I've told you twice my name is Anna-Lena not Ana!", "Anna-Lena"),
        ("My name is Anna-Lena!", "Anna-Lena"),
        ("Hi, this is Siobhán O'Brien.", "Siobhán"),
        ("Where is her parcel?\n\nBest,\nTom (Ana's husband)", "Tom"),
        ("It's Tuesday not Monday that I meant.", None),
    ],
)
def test_a_name_is_heard_as_its_owner_writes_it(text: str, name: str | None) -> None:
    assert signed_name(text) == name


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("I've told you twice my name is Anna-Lena not Ana!", {"ana"}),
        ("Mein Name ist Anna-Lena, nicht Ana.", {"ana"}),
        ("Me llamo Anna-Lena, no Ana.", {"ana"}),
        ("Je m'appelle Anna-Lena, et pas Ana.", {"ana"}),
        ("Please don't call me Ana.", {"ana"}),
        ("My name is Ana, not that it matters.", set()),
    ],
)
def test_a_name_that_somebody_refuses_is_heard(text: str, refused: set[str]) -> None:
    assert refused_names(text) == refused


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I'll call you tomorrow.",
        "Hi, It's on its way.",
        "Hello, let's see.",
        "Hello, Let's see.",
        "Hello, Let’s see.",
        "Liebe Kundin, es ist da.",
        "Sehr geehrter Kunde, es ist da.",
        "Estimada clienta, ya sale.",
        "Chère Cliente, il part.",
    ],
)
def test_a_greeting_of_just_any_customer_names_nobody(text: str) -> None:
    assert greeted_name(text) is None
