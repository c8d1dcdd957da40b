import pytest

from guidance.errors import PackError
from guidance.rules.loader import PackFile, read_pack
from guidance.rules.yamlfile import LONGEST_NUMBER, Problem, read_yaml


@pytest.mark.parametrize("opened", ["[", "[a, ", "{a: ", "- ", "? ", "{? "])
def test_what_nests_without_an_end_is_refused_and_ends_nothing(opened):
    with pytest.raises(Problem, match="too deeply"):
        read_yaml(opened * 100_000)


def test_what_nests_too_deeply_is_told_with_its_line():
    with pytest.raises(Problem) as caught:
        read_yaml("pack: odd\nrules:\n  " + "- " * 100 + "a\n")
    assert caught.value.line == 3


def test_a_key_that_is_a_list_is_refused_in_words_of_the_file():
    with pytest.raises(PackError) as caught:
        read_pack(PackFile("odd.yaml", "pack: odd\n? [a, b]\n: c\n"))
    assert list(caught.value.problems) == ["odd.yaml:2: a key is a word or two, no list or mapping"]


@pytest.mark.parametrize("number", ["1:" * 100_000 + "1", "1:" * 500 + "1.5", "1" + "0" * 400, "0x" + "f" * 400])
def test_a_number_longer_than_any_field_holds_is_refused_at_once(number):
    with pytest.raises(Problem, match="too long for a number"):
        read_yaml(f"weight: {number}")


def test_a_number_of_the_longest_kind_is_read():
    assert read_yaml("weight: " + "9" * LONGEST_NUMBER).value == {"weight": int("9" * LONGEST_NUMBER)}
