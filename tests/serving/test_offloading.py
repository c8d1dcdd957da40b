"""What takes long is done beside the loop, and what it refuses is told where it was asked for."""

from __future__ import annotations

import pytest

from guidance.app.serving import offloaded
from guidance.errors import MalformedError
from guidance.people.users import hashed


def test_what_another_thread_refuses_is_told_to_who_asked_and_not_on_the_terminal(capfd):
    with pytest.raises(MalformedError, match="A password has 12 to 256 characters"):
        offloaded(hashed, "short")
    assert capfd.readouterr().err == ""


def test_what_another_thread_finds_comes_back():
    assert offloaded(max, 3, 7) == 7
    assert offloaded(int, "11", base=2) == 3
    assert offloaded(dict.get, {}, "nothing") is None
