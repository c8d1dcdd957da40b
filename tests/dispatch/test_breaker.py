"""A helpdesk in trouble is left alone for a while, and asked again by one call."""

import pytest
from msgspec.structs import replace

from guidance.dispatch.breaker import OPENS_AFTER, REST, Breaker, connecting, guarded
from guidance.errors import HeldBackError, HelpdeskError
from tests.edges import ACME

TROUBLE = HelpdeskError("broke off")
BROKEN = HelpdeskError("answered 500", status=500)
UNREADABLE = HelpdeskError("a proxy's page in place of an answer", status=200)


class Patient:
    """A helpdesk that answers with what it is told to."""

    def __init__(self):
        self.asked = 0
        self.says = None

    def agent(self, agent_id):
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


class Watch:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def patient():
    return Patient()


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def behind(patient, watch):
    return guarded(patient, Breaker(watch))


def fail(behind, patient, times=OPENS_AFTER, error=TROUBLE):
    patient.says = error
    for _ in range(times):
        with pytest.raises(HelpdeskError):
            behind.agent("12")


@pytest.mark.parametrize("error", [TROUBLE, BROKEN, UNREADABLE])
def test_a_helpdesk_that_fails_again_and_again_is_left_alone_and_the_wait_is_told(behind, patient, error):
    fail(behind, patient, error=error)
    with pytest.raises(HelpdeskError, match="asked again in 20 seconds") as caught:
        behind.agent("12")
    assert (patient.asked, caught.value.retry_after, caught.value.permanent) == (OPENS_AFTER, REST, False)


def test_after_its_rest_one_call_tries_and_a_success_lets_all_others_through(behind, patient, watch):
    fail(behind, patient)
    watch.seconds = REST + 1
    patient.says = "Amir"
    assert behind.agent("12") == "Amir"
    assert behind.agent("12") == "Amir"


def test_while_one_call_tries_all_others_wait_for_it(behind, patient, watch):
    fail(behind, patient)
    watch.seconds = REST + 1

    def trying(_agent_id):
        patient.asked += 1
        with pytest.raises(HelpdeskError, match="asked again"):
            behind.colleagues()
        return "Amir"

    patient.agent = trying
    patient.colleagues = lambda: "let through"
    assert behind.agent("12") == "Amir"
    assert behind.colleagues() == "let through"


def test_a_try_that_fails_brings_another_rest(behind, patient, watch):
    fail(behind, patient)
    watch.seconds = REST + 1
    fail(behind, patient, times=2)
    assert patient.asked == OPENS_AFTER + 1


@pytest.mark.parametrize(
    "error",
    [
        HelpdeskError("no such ticket", permanent=True, status=404),
        HelpdeskError("slow down", retry_after=3, status=429),
        HelpdeskError("at work on it", status=409),
    ],
)
def test_a_refusal_shows_that_the_helpdesk_is_there(behind, patient, error):
    fail(behind, patient, times=OPENS_AFTER - 1)
    fail(behind, patient, times=1, error=error)
    fail(behind, patient, times=OPENS_AFTER - 1)
    assert patient.asked == 2 * OPENS_AFTER - 1


HELD_BACK = HeldBackError("used up for the moment", retry_after=2)


def test_a_call_that_was_never_sent_shows_nothing_of_the_helpdesk(behind, patient):
    fail(behind, patient, times=OPENS_AFTER - 1)
    fail(behind, patient, times=1, error=HELD_BACK)
    fail(behind, patient, times=2)
    assert patient.asked == OPENS_AFTER + 1


def test_a_try_that_was_never_sent_leaves_the_try_to_the_next_call(behind, patient, watch):
    fail(behind, patient)
    watch.seconds = REST + 1
    fail(behind, patient, times=1, error=HELD_BACK)
    patient.says = "Amir"
    assert behind.agent("12") == "Amir"


def test_each_account_has_a_breaker_of_its_own():
    patients = {"zendesk:acme": Patient(), "zendesk:other": Patient()}
    connect = connecting(lambda account: patients[account.id])
    fail(connect(ACME), patients["zendesk:acme"])
    assert connect(replace(ACME, id="zendesk:other")).agent("12") is None


def test_an_account_that_another_key_locks_is_not_called_and_tried_again_later():
    connect = connecting(lambda _account: pytest.fail("it was called"))
    with pytest.raises(HelpdeskError, match="sealed with another key") as raised:
        connect(replace(ACME, locked={"token": "…"}))
    assert (raised.value.permanent, raised.value.retry_after) == (False, 60.0)


PAIR = {"access_token": "first", "refresh_token": "first"}


def test_a_renewed_pair_of_tokens_leaves_the_client_with_what_it_knows_and_another_secret_makes_a_new_one():
    connect = connecting(lambda _account: Patient())
    known = connect(replace(ACME, secrets=ACME.secrets | PAIR))
    assert connect(replace(ACME, secrets=ACME.secrets | dict.fromkeys(PAIR, "second"))) is known
    assert connect(replace(ACME, secrets=ACME.secrets | PAIR | {"client_secret": "another"})) is not known
    assert connect(ACME) is not known
