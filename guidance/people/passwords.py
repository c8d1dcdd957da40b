"""Passwords that anybody would try first. Length keeps out most; these are the long ones that it lets through."""

from __future__ import annotations

from guidance.errors import MalformedError

_FEWEST_SIGNS = 5
_FIRST = frozenset(
    "password passwort passwords motdepasse contrasena qwerty qwertz azerty letmein welcome willkommen iloveyou changeme "
    "guidance support helpdesk zendesk freshdesk admin administrator console secret monkey dragon football sunshine".split()
)
_RUNS = tuple(
    run * 4 for run in ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm")
)


def check_not_first_guess(password: str, email: str) -> None:
    """Raise `MalformedError` for a few signs over and over, a word from the top of every list, a row of keys, or one's own address."""
    letters = _letters(password)
    own = {_letters(email), _letters(email.partition("@")[0])}
    is_word = letters in own or any(letters == one * (len(letters) // len(one)) for one in _FIRST)
    is_row = any(letters in run for run in _RUNS)  # so are no letters at all, and digits alone are soon tried
    if len(set(password)) < _FEWEST_SIGNS or is_word or is_row:
        raise MalformedError(
            "This password is among the first that anybody would try; a few words that belong to nothing make a good one.",
            path="password",
        )


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalpha())
