"""What a webhook of Freshdesk's is believed, and what it only sets off a fetch for."""

from __future__ import annotations

import json

import pytest

from guidance.integrations.freshdesk import parse
from guidance.model import CommentAdded
from tests.integrations.fixtures import ACCOUNTS, RECEIVED_AT

HOOK = {
    "ticket_id": "4821",
    "actor_type": "agent",
    "requester_name": "Rana Haddad",
    "agent_name": "Amir Khan",
    "comment": "Rana Haddad : <div>Where is my parcel?</div>",
}


def parsed(**told):
    return parse(json.dumps(HOOK | told).encode(), ACCOUNTS["freshdesk"], received_at=RECEIVED_AT)


@pytest.mark.parametrize("event", ["agent_reply", "public_note"])
def test_an_agents_reply_that_shows_the_customers_words_makes_us_fetch_instead(event):
    (changed,) = parsed(event=event)
    assert changed.needs_fetch


def test_an_agent_who_asks_for_themselves_or_shares_the_customers_name_is_heard_as_agent():
    told = parsed(event="agent_reply", agent_name="Rana Haddad")
    assert [one.comment.author for one in told if isinstance(one, CommentAdded)] == ["agent"]
