"""From the words on which a verdict rests to a quote that can be read."""

import pytest

from guidance.signals.quoting import MOST_WORDS, clause_around


def quoted(text: str, words: str) -> str:
    start = text.index(words)
    begin, end = clause_around(text, (start, start + len(words)))
    return text[begin:end]


@pytest.mark.parametrize(
    ("text", "found", "quote"),
    [
        ("Third time I write. Still no parcel.", "Third time", "Third time I write"),
        ("Still nothing, and I was promised a call, twice.", "promised", "and I was promised a call"),
        ("@Brightline your bus left early again!", "again", "your bus left early again!"),
        ("Really not, mate.", "not", "Really not, mate"),
        ("Late again. #worstline ever", "ever", "#worstline ever"),
        ("Hello\n\nmy fridge is dead since Monday\nall the food is gone", "food", "all the food is gone"),
        ("It was fine (nobody called me back) until June.", "nobody", "nobody called me back"),
        ("Are you having a laugh? I paid.", "laugh", "Are you having a laugh?"),
        ("\U0001f621", "\U0001f621", "\U0001f621"),
    ],
)
def test_a_quote_is_the_clause_that_holds_what_was_found(text: str, found: str, quote: str) -> None:
    assert quoted(text, found) == quote


def test_a_long_clause_is_cut_where_it_is_joined_on() -> None:
    text = "we moved out in the middle of last month and my deposit never came back because the form that I had sent you was lost"
    assert quoted(text, "never") == "my deposit never came back"


def test_a_clause_without_an_end_is_cut_around_what_was_found() -> None:
    words = [f"word{place}" for place in range(60)]
    quote = quoted(" ".join(words), "word41").split()
    assert len(quote) == MOST_WORDS
    assert "word41" in quote


def test_what_was_found_in_two_sentences_is_quoted_from_the_one_that_holds_most_of_it() -> None:
    assert quoted("All our food is gone. Nobody came.", "food is gone. Nobody") == "All our food is gone"


def test_a_quote_stays_within_what_the_person_wrote() -> None:
    text = "my own words here\nwords of a quoted mail"
    assert clause_around(text, (3, 6), (0, 17)) == (0, 17)
    assert clause_around(text, (3, 6), (3, 6)) == (3, 6)


def test_a_run_of_signs_without_a_space_is_no_word_to_quote() -> None:
    assert quoted("x" * 5_000 + " my bill is wrong " + "y" * 5_000, "bill") == "my bill is wrong"
