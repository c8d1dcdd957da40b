"""`guidance reconcile` on a real store, with a helpdesk that says what it is told to."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from guidance.cli import main
from guidance.ports import Changes
from tests.conftest import KEY
from tests.edges import ACME

MORE = Changes(events=(), cursor="c1", more=True)
LAST = Changes(events=(), cursor="c2")


@pytest.fixture
def run(valkey, store, monkeypatch):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", KEY.decode())
    store.put_account(ACME)

    def running(*pages):
        left = list(pages)
        helpdesk = SimpleNamespace(changes=lambda **_: left.pop(0))
        monkeypatch.setattr(importlib.import_module("guidance.cli.reconcile"), "connected", lambda *_: helpdesk)
        return CliRunner().invoke(main, ["reconcile"])

    return running


def test_what_changed_is_counted(run):
    assert run(MORE, LAST).output == "zendesk:acme: 0 changes\n"


def test_a_long_gap_is_said_to_go_on_in_the_worker(run):
    answer = run(LAST)
    assert answer.exit_code == 0
    answer = run(*[MORE] * 4)
    assert (answer.exit_code, answer.output) == (
        0,
        "zendesk:acme: 0 changes; there are more, which the worker asks for\n",
    )
