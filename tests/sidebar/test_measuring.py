"""What an account measures, as its agents meet it: a ticket of the holdout, and the estimate with the fit that is kept."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from guidance.accounts import calibration_name
from guidance.hints.holdout import MOST, drawn
from guidance.model import Calibration, TicketKey
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests import cast
from tests.sidebar.panel import account
from tests.sidebar.test_tickets import COLD, UPSET, said

OUT = next(one for n in range(1000) if drawn(one := TicketKey("zendesk:acme", str(n))) < MOST / 2)
SLIP = "Hello {{ticket.requester.first_name}}, please wait."


def held(store, clock):
    """Rana's angry ticket, on the side of the draw that is held out."""
    case = replace(cast.case(), key=OUT)
    case = replace(case, conversation=replace(case.conversation, key=OUT))
    event = replace(said(cast.rana_says(UPSET), clock), key=OUT)
    assert store.save(advance(case, event, shipped_rulebook(), clock.now).case, (), now=clock.now)


def drafted(panel, text):
    body = {"text": text, "settled": True, "seq": 1, "slot": ""}
    return panel.call("POST", f"/api/v1/tickets/{OUT.account}/{OUT.ticket_id}/draft", body).json()


def test_a_held_out_ticket_shows_no_hint_on_a_draft_and_says_what_it_kept_back(panel, store, clock):
    store.put_account(account(holdout=MOST))
    held(store, clock)
    advice = drafted(panel, COLD)
    assert advice["hints"] == []
    assert "holdout" in {one["because"] for one in advice["held_back"]}
    assert not advice["shadow"], "promises and facts stay"


def test_without_a_holdout_the_same_ticket_speaks(panel, store, clock):
    held(store, clock)
    assert drafted(panel, COLD)["hints"]


def test_a_slip_is_told_on_a_held_out_ticket(panel, store, clock):
    store.put_account(account(holdout=MOST))
    held(store, clock)
    assert {one["principle"] for one in drafted(panel, SLIP)["hints"]} == {"slips"}


def test_the_estimate_is_shown_with_the_fit_that_is_kept(panel, store, clock):
    store.put_account(account(estimate_shown=True))
    held(store, clock)
    path = f"/api/v1/tickets/{OUT.account}/{OUT.ticket_id}/advice"
    fit = msgspec.json.encode(Calibration(slope=0.0, shift=0.0, answers=44))
    store.keep(calibration_name(OUT.account), fit, seconds=60)
    facts = panel.call("GET", path).json()["facts"]
    assert facts[-1].startswith("Estimate: 50 % of customers like this one would recommend us")
