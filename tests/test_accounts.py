"""What an account's record says of whom we write as, and what the core hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.accounts import settings_of
from guidance.accounts.rotating import OLD_HOLD_FOR, end_rotations, holds, is_same, with_old_until
from guidance.model import AccountSettings
from guidance.ports import Account
from tests.cast import NOW


def account(**told: dict[str, object]) -> Account:
    return Account(id="freshdesk:acme", base_url="https://acme.example", **told)


@pytest.mark.parametrize("place", ["settings", "config"])
@pytest.mark.parametrize("written", ["77", 77, " 77 "])
def test_the_core_knows_our_own_user_wherever_the_account_names_them(place: str, written: object) -> None:
    named = account(**{place: {"bot_id": written}})
    assert named.own_user == "77"
    assert settings_of(named).bot_id == "77"


def test_what_an_admin_sets_goes_before_what_was_found_while_connecting() -> None:
    assert settings_of(account(settings={"bot_id": "12"}, config={"bot_id": "77"})).bot_id == "12"


@pytest.mark.parametrize("named", [{}, {"bot_id": ""}, {"bot_id": None}])
def test_an_account_that_names_nobody_has_no_user_of_ours(named: dict[str, object]) -> None:
    assert account(settings=named).own_user is None
    assert settings_of(account(settings=named)).bot_id is None


def test_a_setting_that_can_not_be_read_stays_at_its_default_and_takes_no_other_along() -> None:
    read = settings_of(account(settings={"grace_for": "soon", "paused": True, "bot_id": ["?"], "unheard_of": 1}))
    assert (read.grace_for, read.paused) == (AccountSettings().grace_for, True)


@pytest.mark.parametrize(
    ("secrets", "given", "known"),
    [
        ({"webhook": "néw", "webhook_old": "old"}, "néw", True),
        ({"webhook": "néw", "webhook_old": "old"}, "old", True),
        ({"webhook": "néw", "install": "other"}, "other", False),
        ({"webhook": "", "webhook_old": ""}, "", False),
        ({}, "no secret is set", False),
        ({"webhook": "new"}, "new\udcff", False),
    ],
)
def test_a_secret_is_known_by_either_of_its_two_and_where_none_is_set_by_nothing(secrets, given, known) -> None:
    asked = []

    def fits(secret: str) -> bool:
        asked.append(secret)
        return is_same(secret, given)

    assert holds(account(secrets=secrets), "webhook", fits) is known
    assert len(asked) == 2


def test_old_secrets_end_by_themselves(store) -> None:
    rotated = account(secrets={"webhook": "new", "webhook_old": "old", "install_old": "older", "api_key": "k"})
    store.put_account(with_old_until(rotated, NOW + OLD_HOLD_FOR))
    end_rotations(store, NOW + OLD_HOLD_FOR - timedelta(seconds=1))
    assert "webhook_old" in store.account(rotated.id).secrets
    end_rotations(store, NOW + OLD_HOLD_FOR)
    kept = store.account(rotated.id)
    assert (kept.secrets, kept.config) == ({"webhook": "new", "api_key": "k"}, {})


def test_old_secrets_of_which_nobody_said_how_long_they_hold_have_their_time_from_now_on(store) -> None:
    store.put_account(account(secrets={"webhook": "new", "webhook_old": "old"}))
    end_rotations(store, NOW)
    end_rotations(store, NOW + OLD_HOLD_FOR - timedelta(seconds=1))
    assert "webhook_old" in store.account("freshdesk:acme").secrets
    end_rotations(store, NOW + OLD_HOLD_FOR)
    assert "webhook_old" not in store.account("freshdesk:acme").secrets
