"""What gets nobody in, end to end: tokens of another account, after a revocation, and deliveries that are played again."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from guidance.rules import shipped_rulebook
from guidance.worker import Worker
from tests.edges import ACME, comment_added, signed
from tests.sidebar.panel import account, key

OTHER = "zendesk:other"
OTHER_AUDIENCE = "https://other.zendesk.com/api/v2/apps/installations/9.json"
ADVICE = "/api/v1/tickets/zendesk:acme/4821/advice"


def with_another_account(store):
    """A second Zendesk, with an issuer, an installation and a key of its own."""
    config = {"iframe_issuer": "other.zendesk.com", "iframe_audience": OTHER_AUDIENCE, "public_key": key("other")[1]}
    store.put_account(replace(account(), id=OTHER, config=config))


def test_a_frames_token_of_one_account_opens_no_other_account(panel, store):
    with_another_account(store)
    claims = {"iss": "other.zendesk.com", "aud": OTHER_AUDIENCE}
    assert panel.open(panel.token(**claims)).status == 401
    assert panel.open(panel.token(iss="other.zendesk.com")).status == 401
    assert panel.open(panel.token(aud=OTHER_AUDIENCE)).status == 401
    assert panel.open(panel.token(signed_with=key("other")[0])).status == 401
    assert panel.open(panel.token(signed_with=key("other")[0], **claims)).status == 200


def test_after_a_helpdesk_was_disconnected_neither_its_frames_nor_its_sessions_are_good(panel, store):
    session, unused = panel.session(), panel.token()
    store.drop_account(ACME.id)
    assert panel.open(unused).status == 401
    assert _until_refused(panel, session) == 401


def test_a_delivery_played_again_within_the_window_is_answered_200_and_changes_nothing(panel, store):
    body = comment_added(text="Where is my parcel?")
    headers = signed(body, at=panel.clock.now)
    worker = Worker(store, shipped_rulebook, connect=lambda _: panel.served.desk)
    assert panel.served.webhook(body, headers=headers).status == 200
    _work_off(worker, store)
    before = store.load(_key())
    panel.clock.forward(seconds=200)
    assert panel.served.webhook(body, headers=headers).status == 200
    assert _work_off(worker, store) == 0
    assert store.load(_key()) == before


def test_a_delivery_played_again_after_the_window_is_refused(panel):
    body = comment_added()
    headers = signed(body, at=panel.clock.now)
    assert panel.served.webhook(body, headers=headers).status == 200
    panel.clock.forward(seconds=301)
    assert panel.served.webhook(body, headers=headers).status == 401


def test_the_time_of_a_delivery_can_not_be_made_fresh(panel):
    body = comment_added()
    old = signed(body, at=panel.clock.now - timedelta(hours=1))
    fresh = signed(body, at=panel.clock.now)["X-Zendesk-Webhook-Signature-Timestamp"]
    assert panel.served.webhook(body, headers=old | {"X-Zendesk-Webhook-Signature-Timestamp": fresh}).status == 401


def _key():
    from guidance.model import TicketKey

    return TicketKey(ACME.id, "4821")


def _work_off(worker, store):
    """Work off what lies in the inboxes; how many entries there were."""
    found = [entry for shard in range(16) for entry in store.claim(shard, "test")]
    for entry in found:
        worker.work(entry)
    return len(found)


def _until_refused(panel, session, within=4.0):
    """The status of a call, once the account is no longer believed to be there."""
    import time

    until = time.monotonic() + within
    while (status := panel.call("GET", ADVICE, session=session).status) == 200 and time.monotonic() < until:
        time.sleep(0.1)
    return status
