"""Whoever has left a team: their panel's session ends at its next renewal, and their calendar shows nothing more."""

from __future__ import annotations

import pytest

from guidance.errors import HelpdeskError
from guidance.model import Colleague, Roster
from tests.edges import ACME

AMIR = Colleague(id="12", name="Amir Khan")


@pytest.fixture
def session(panel):
    return panel.session()


@pytest.fixture
def calendar(panel, session):
    return panel.call("POST", "/api/v1/follow-ups/calendar", session=session).json()["path"]


@pytest.fixture
def answers(panel, store):
    """What the helpdesk says of Amir from now on; a roster without him is there."""
    store.keep_roster(ACME.id, Roster(at=panel.clock.now))

    def answer(person):
        def agent(_):
            if isinstance(person, Exception):
                raise person
            return person

        panel.served.desk.agent = agent

    return answer


def renewed(panel, session):
    return panel.served.request("POST", "/sidebar/renew", headers={"Authorization": f"Bearer {session['renewal']}"})


def test_whoever_has_left_gets_no_new_token_and_their_session_ends(panel, session, answers):
    answers(None)
    answer = renewed(panel, session)
    assert (answer.status, answer.json()["error"]["code"]) == (401, "not_authentic")
    assert panel.call("GET", "/api/v1/follow-ups", session=session).status == 401
    answers(AMIR)
    assert renewed(panel, session).status == 401


def test_the_calendar_of_whoever_has_left_looks_like_one_that_never_was(panel, calendar, answers):
    answers(None)
    gone, never = (panel.served.request("GET", path) for path in (calendar, "/calendar/nothing.ics"))
    assert (gone.status, gone.body) == (never.status, never.body) == (404, never.body)


def test_whoever_the_roster_lists_is_asked_for_nowhere_else(panel, session, calendar, store, answers):
    store.keep_roster(ACME.id, Roster(at=panel.clock.now, colleagues=(AMIR,)))
    answers(None)
    assert renewed(panel, session).status == 200
    assert panel.served.request("GET", calendar).status == 200


def test_whoever_is_new_and_in_no_roster_yet_goes_on(panel, session, calendar, answers):
    answers(AMIR)
    assert renewed(panel, session).status == 200
    assert panel.served.request("GET", calendar).status == 200


@pytest.mark.parametrize("error", [HelpdeskError("no answer"), HelpdeskError("revoked", permanent=True, status=401)])
def test_while_the_helpdesk_can_not_say_all_stays_as_it_is(panel, session, calendar, answers, error):
    answers(error)
    assert renewed(panel, session).status == 200
    assert panel.served.request("GET", calendar).status == 200
    answers(None)
    assert renewed(panel, session).status == 401


def test_what_the_helpdesk_has_said_is_believed_for_five_minutes(panel, session, answers):
    answers(AMIR)
    assert renewed(panel, session).status == 200
    answers(None)
    assert renewed(panel, session).status == 200
    panel.served.store.release("access:zendesk:acme:12")
    assert renewed(panel, session).status == 401
