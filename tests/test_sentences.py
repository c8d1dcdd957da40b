"""Where a sentence ends, and which full stop ends none."""

import time

import pytest

from guidance.text.sentences import sentences


def told(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody answers me. This is ridiculous.",
        "You said no. Then you said yes.",
        "I love the art. It arrived torn.",
        "I wrote to u. Where is it?",
        "It was I. Who else?",
        "It broke!! What now?",
    ],
)
def test_a_word_of_its_own_ends_a_sentence(text: str) -> None:
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "It is no. 7 on your list.",
        "Please ask Dr. Hill about it.",
        "It costs approx. 40 euros.",
        "The lift stops at 4.5 metres.",
    ],
)
def test_a_full_stop_that_shortens_a_word_ends_none(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text", ["Well... maybe on Monday", "I said.. no, thank you", "Hm… that is odd", "It was… fine, I suppose."]
)
def test_dots_of_hesitation_end_none(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize("text", ["Well... Maybe on Monday", "Is it lost?.. nobody knows", "Great 🙂. thanks for that"])
def test_dots_after_which_something_new_begins_end_one(text: str) -> None:
    assert len(told(text)) == 2


@pytest.mark.parametrize("marks", [".", "!", "?..", ").", "…"])
def test_a_long_run_of_marks_takes_time_in_proportion_to_it(marks: str) -> None:
    began = time.process_time()
    told(marks * 16_000 + "x")
    assert time.process_time() - began < 1
