"""Open sidebars ask anew for what was decided, and for nothing else that is written down."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.dispatch.rulebooks import LiveRulebook, Noticing
from guidance.ports import Change, Edition
from tests.cast import NOW
from tests.edges import ACME

CHANGE = Change(at=NOW, who="lena@example.com", what="changed", subject="rulebook")


@pytest.fixture
def noticed(store):
    """Looks, and says how often others were told."""
    store.put_account(ACME)
    told = []
    noticing = Noticing(store, LiveRulebook(store), [lambda: told.append(1)])
    noticing.look()

    def look():
        noticing.look()
        return len(told)

    return look


@pytest.mark.parametrize("kind", ["drafts", "judged", "partners", "users"])
def test_a_record_that_is_saved_resets_no_sidebar(store, noticed, kind):
    assert store.put_record(kind, "one", b"{}", expected=None, change=CHANGE)
    assert noticed() == 0


def test_a_pair_of_tokens_that_is_renewed_resets_no_sidebar(store, noticed):
    assert store.swap_secrets(ACME.id, {"access_token": "new", "refresh_token": "new"}, expected={})
    assert noticed() == 0


def publish(store):
    return store.publish(Edition(number=1), change=CHANGE)


def pause(store):
    return store.change_account(ACME.id, lambda one: replace(one, settings={**one.settings, "paused": True}))


def restage(store):
    settings = {**ACME.settings, "stages": {"three-as": "shadow"}}
    return store.change_settings(ACME.id, settings, expected=ACME.settings, change=CHANGE)


@pytest.mark.parametrize("decide", [publish, pause, restage])
def test_what_is_decided_of_rules_stages_and_a_pause_is_told_once(store, noticed, decide):
    assert decide(store)
    assert (noticed(), noticed()) == (1, 1)
