"""Two rulebooks over many conversations, judged in several processes."""

from __future__ import annotations

import pytest

from guidance.backtests.comparing import CHUNK, Books, compare
from guidance.errors import PackError
from guidance.rules import PackFile


def test_a_rulebook_that_can_not_be_built_is_told_as_such_by_several_processes_too():
    books = Books(live=(PackFile("odd.yaml", "pack: odd"),), candidate=(), base=0)
    with pytest.raises(PackError, match="odd.yaml"):
        compare([b"{}"] * 3 * CHUNK, books, processes=2)
