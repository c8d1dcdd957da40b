"""The doors of a ticket: advice, draft, feedback; each with a session and the helpdesk's leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from guidance.errors import HelpdeskError, StoreUnavailableError
from guidance.model import CommentAdded, TicketKey
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests import cast
from tests.cast import times_saved
from tests.edges import ACME_EU
from tests.sidebar.panel import ORIGIN, account

ADVICE = "/api/v1/tickets/zendesk:acme/4821/advice"
DRAFT = "/api/v1/tickets/zendesk:acme/4821/draft"
UPSET = "This is the third time I write and my parcel is still missing. I am really disappointed."
COLD = "Hello, I have asked the courier to look for it. You will get the tracking number."


def told(store, clock, *events):
    """The ticket as the worker leaves it after these events."""
    case = cast.case()
    for event in events:
        case = advance(case, event, shipped_rulebook(), clock.now).case
    assert store.save(case, (), now=clock.now)


def said(event: CommentAdded, clock, ago=10) -> CommentAdded:
    from msgspec.structs import replace

    return replace(event, comment=replace(event.comment, at=clock.now - timedelta(minutes=ago)))


@pytest.fixture
def upset(panel, store, clock):
    """Rana's angry ticket, and Amir's session."""
    told(store, clock, said(cast.rana_says(UPSET), clock))
    return panel.session()


def drafted(panel, session, text=COLD, **body):
    return panel.call("POST", DRAFT, {"text": text, "settled": True, "seq": 1, "slot": ""} | body, session=session)


def test_what_holds_for_good_is_no_promise_to_be_noted_or_asked_about(panel, upset):
    text = "You won't be charged again. I'll call you at five tomorrow."
    told = drafted(panel, upset, text).json()["promises"]
    assert [one["text"] for one in told] == ["I'll call you at five tomorrow"]


def test_advice_tells_how_the_ticket_stands(panel, upset):
    answer = panel.call("GET", ADVICE, session=upset)
    assert answer.status == 200
    advice = answer.json()
    assert advice["id"] == "zendesk:acme:4821"
    assert advice["signals"]["last"]["upset"] >= 0.5
    assert (advice["slot"], advice["paused"], advice["complete"]) == ("", False, True)


def test_a_ticket_nobody_told_us_of_is_fetched(panel, store):
    advice = panel.call("GET", ADVICE).json()
    assert (advice["hints"], advice["complete"]) == ([], False)
    (work,) = store.due(TicketKey("zendesk:acme", "4821").shard, now=panel.clock.now, lease_for=1)
    assert (work.kind, work.ticket_id) == ("fetch", "4821")


def test_the_time_that_a_draft_takes_is_measured(panel, upset):
    before = REGISTRY.get_sample_value("guidance_drafts_seconds_count")
    drafted(panel, upset)
    assert REGISTRY.get_sample_value("guidance_drafts_seconds_count") == before + 1
    assert REGISTRY.get_sample_value("guidance_drafts_seconds_sum") > 0


def test_a_draft_gets_hints_with_its_own_seq(panel, upset):
    advice = drafted(panel, upset, seq=7).json()
    assert advice["seq"] == 7
    assert advice["moment"] == "draft"
    assert {hint["principle"] for hint in advice["hints"]} & {"acknowledge-apologize-act", "empathize-before-analyze"}


def test_a_draft_is_never_stored(panel, upset, store):
    words = "zanzibar quokka xylophone"
    drafted(panel, upset, text=f"{COLD} {words}")
    kept = b"".join(_everything(store))
    assert b"quokka" not in kept
    assert b"third time" in kept


def _everything(store):
    client = store.client
    for key in client.keys("*"):
        yield key
        yield client.dump(key) if client.type(key) in (b"stream", b"zset", b"set") else _plain(client, key)


def _plain(client, key):
    return (
        b"".join(b for pair in client.hgetall(key).items() for b in pair)
        if client.type(key) == b"hash"
        else client.get(key)
    )


def test_html_counts_in_the_text_that_comes_back(panel, upset):
    body = {"html": "<p>Hello,</p><p>I have asked the courier to look.</p>", "settled": True, "seq": 1}
    advice = panel.call("POST", DRAFT, body, session=upset).json()
    assert advice["texts"]["draft"] == "Hello,\n\nI have asked the courier to look."


def test_a_half_written_draft_is_not_told_what_it_lacks(panel, upset):
    half = drafted(panel, upset, text="Hello, I have", settled=False).json()
    assert half["hints"] == []


def test_a_hint_is_cleared_when_its_words_are_there(panel, upset):
    (hint, *_) = drafted(panel, upset).json()["hints"]
    kind = "I am so sorry, Rana. I understand how frustrating a third delay is. " + COLD
    assert hint["id"] in drafted(panel, upset, text=kind, settled=False).json()["cleared"]


def test_the_words_of_a_reply_that_has_just_gone_out_are_no_draft_for_the_next(panel, store, clock):
    """The composer is emptied a moment later; until then its words would spend what the next reply may be told."""
    sent = "I'll get back to you about the parcel. I will also write to the courier for you."
    told(store, clock, said(cast.rana_says(UPSET), clock), said(cast.amir_says(sent), clock, ago=0))
    advice = drafted(panel, panel.session(), sent, slot="2").json()
    assert (advice["moment"], advice["hints"], advice["seq"]) == ("sent", [], 1)
    assert [seen.rule for one in store.load(cast.KEY).slots for seen in one.seen if seen.slot == "2"] == []
    clock.forward(minutes=1)
    assert drafted(panel, panel.session(), sent, slot="2").json()["hints"] != []


def test_a_draft_of_a_slot_that_has_ended_is_not_judged(panel, upset, store, clock):
    events = [said(cast.rana_says(UPSET), clock), said(cast.amir_says("On it.", 2), clock, ago=1)]
    store.forget(TicketKey("zendesk:acme", "4821"))
    told(store, clock, *events)
    answer = drafted(panel, upset)
    assert (answer.status, answer.json()["error"]["code"]) == (409, "conflict")
    assert drafted(panel, upset, slot="2").status == 200


def test_live_turns_serve_the_draft_and_are_not_stored(panel, upset, store):
    turn = {"author": "requester", "text": "Can you also tell me the opening hours?"}
    advice = drafted(panel, upset, turns=[turn]).json()
    assert any("opening hours" in question["text"] for question in advice["questions"])
    again = panel.call("GET", ADVICE, session=upset).json()
    assert not any("opening hours" in question["text"] for question in again["questions"])


BROKEN = [
    ({}, "text"),
    ({"text": 5}, "text"),
    ({"text": "x", "visibility": "secret"}, "visibility"),
    ({"text": "x", "turns": [{"author": "nobody", "text": "x"}]}, "turns[0].author"),
    ({"text": "x", "turns": [{"author": "agent"}]}, "turns[0].text"),
    ({"text": "x", "turns": [{"author": "agent", "text": "y", "at": "2026-03-04T10:00:00"}]}, "turns[0].at"),
    ({"text": "x", "turns": [{"author": "agent", "text": "y", "at": "9999-12-31T23:59:59Z"}]}, "turns[0].at"),
]


@pytest.mark.parametrize(("body", "path"), BROKEN)
def test_a_body_that_cannot_be_read_names_the_place(panel, upset, body, path):
    answer = panel.call("POST", DRAFT, body, session=upset)
    assert answer.status == 400
    assert answer.json()["error"]["path"].replace("[...]", "[0]") == path


def test_a_draft_nested_without_end_is_refused_and_is_no_fault_of_ours(panel, upset):
    body = '{"text": "x", "extra": ' + "[" * 5000 + "]" * 5000 + "}"
    answer = panel.served.request("POST", DRAFT, body, {"Authorization": f"Bearer {upset['token']}"})
    assert (answer.status, answer.json()["error"]["code"]) == (400, "malformed")


def test_a_draft_over_a_mebibyte_is_refused(panel, upset):
    answer = drafted(panel, upset, text="x" * (1 << 20))
    assert (answer.status, answer.json()["error"]["code"]) == (413, "too_large")


# --- who may ask --------------------------------------------------------------------------------


def doors(panel):
    yield "GET", ADVICE, None
    yield "POST", DRAFT, {"text": COLD}
    yield "POST", "/api/v1/tickets/zendesk:acme/4821/hints/h_1/feedback", {"verdict": "done"}
    yield "DELETE", "/api/v1/tickets/zendesk:acme/4821/hints/h_1/feedback", None
    yield "GET", "/api/v1/follow-ups?ticket=4821", None
    yield "PUT", "/api/v1/quiet", {"span": "hour"}


def test_no_door_opens_without_a_session(panel):
    for method, path, body in doors(panel):
        for header in ({"Authorization": ""}, {"Authorization": "Bearer x.y.z"}):
            answer = panel.call(method, path, body, headers=header)
            assert (path, answer.status, answer.json()["error"]["code"]) == (path, 401, "not_authentic")


def test_a_session_opens_no_other_accounts_tickets(panel, upset, store):
    store.put_account(ACME_EU)
    answer = panel.call("GET", "/api/v1/tickets/freshdesk:acme-eu/4821/advice", session=upset)
    assert (answer.status, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_a_ticket_the_helpdesk_keeps_from_the_agent_is_refused_at_every_door(panel, upset):
    panel.served.desk.closed.add("4821")
    for method, path, body in list(doors(panel))[:-1]:
        answer = panel.call(method, path, body, session=upset)
        assert (path, answer.status) == (path, 403)
        assert "third time" not in answer.body.decode()


def test_a_permission_is_believed_for_five_minutes(panel, upset):
    panel.call("GET", ADVICE, session=upset)
    panel.served.desk.closed.add("4821")
    assert panel.call("GET", ADVICE, session=upset).status == 200
    panel.served.store.release("access:zendesk:acme:12:4821")
    assert panel.call("GET", ADVICE, session=upset).status == 403


def test_where_the_helpdesk_cannot_say_nothing_is_shown_and_nothing_is_kept(panel, upset):
    desk, may_open = panel.served.desk, panel.served.desk.may_open

    def silent(*_):
        raise HelpdeskError("no answer came", retry_after=7)

    desk.may_open = silent
    answer = panel.call("GET", ADVICE, session=upset)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "7")
    assert answer.json()["error"]["code"] == "helpdesk_unavailable"
    desk.may_open = may_open
    assert panel.call("GET", ADVICE, session=upset).status == 200


@pytest.mark.parametrize("ticket", ["48%3A21", "4821%20", "x" * 65, "%F0%9D%9F%98"])
def test_what_can_be_no_tickets_id_is_not_found(panel, upset, ticket):
    assert panel.call("GET", f"/api/v1/tickets/zendesk:acme/{ticket}/advice", session=upset).status == 404


def test_a_disconnected_account_ends_its_sessions(panel, store):
    session = {"token": panel.served.sessions.open("zendesk:acme", "12").token}
    store.drop_account("zendesk:acme")
    assert panel.call("GET", ADVICE, session=session).status == 401


def test_our_own_trouble_is_503_and_says_when_to_ask_again(panel, upset, monkeypatch):
    def gone(*_args, **_kwargs):
        raise StoreUnavailableError(retry_after=3)

    monkeypatch.setattr(panel.served.store, "load", gone)
    answer = panel.call("GET", ADVICE, session=upset)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "3")
    assert answer.json()["error"]["code"] == "unavailable"


def test_a_lost_race_is_run_again(panel, upset, store, monkeypatch):
    save, lost = store.save, []

    def race(case, effects, **told):
        if not lost:
            lost.append(times_saved(case))
            save(case, effects, **told)
        return save(case, effects, **told)

    monkeypatch.setattr(store, "save", race)
    assert drafted(panel, upset).status == 200
    assert lost == [1]


# --- feedback -----------------------------------------------------------------------------------


def feedback(hint):
    return f"/api/v1/tickets/zendesk:acme/4821/hints/{hint['id']}/feedback"


@pytest.mark.parametrize("verdict", [{"verdict": "dismissed", "reason": "misread"}, {"verdict": "done"}])
def test_a_hint_that_was_judged_does_not_come_back_until_that_is_undone(panel, upset, verdict):
    (hint, *_) = drafted(panel, upset).json()["hints"]
    assert panel.call("POST", feedback(hint), verdict, session=upset).status == 200
    assert hint["id"] not in {one["id"] for one in drafted(panel, upset).json()["hints"]}
    assert panel.call("DELETE", feedback(hint), session=upset).status == 200
    assert hint["id"] in {one["id"] for one in drafted(panel, upset).json()["hints"]}


def test_a_muted_rule_is_silent_until_midnight_and_undo_lifts_that(panel, upset):
    (hint, *_) = drafted(panel, upset).json()["hints"]
    panel.call("POST", feedback(hint), {"verdict": "dismissed", "mute": "today"}, session=upset)
    muted = drafted(panel, upset).json()["muted"]
    assert [one["what"] for one in muted] == [hint["rule"]]
    panel.call("DELETE", feedback(hint), session=upset)
    assert drafted(panel, upset).json()["muted"] == []


def test_quiet_for_an_hour_holds_everything_back_and_can_be_ended(panel, upset):
    answer = panel.call("PUT", "/api/v1/quiet", {"span": "hour"}, session=upset)
    assert answer.status == 200
    advice = drafted(panel, upset).json()
    assert (advice["hints"], advice["muted"][0]["what"]) == ([], "all")
    panel.call("DELETE", "/api/v1/quiet", session=upset)
    assert drafted(panel, upset).json()["hints"]


def test_one_agents_quiet_is_nobody_elses(panel, upset):
    panel.call("PUT", "/api/v1/quiet", {"span": "today"}, session=upset)
    lena = panel.session(sub="https://acme.zendesk.com/api/v2/users/7.json")
    assert drafted(panel, lena).json()["hints"]


@pytest.mark.parametrize("body", [{"verdict": "dismissed", "reason": "rude"}, {"verdict": "adored"}, {}])
def test_feedback_says_one_of_the_known_things(panel, upset, body):
    (hint, *_) = drafted(panel, upset).json()["hints"]
    assert panel.call("POST", feedback(hint), body, session=upset).status == 400


def test_a_hint_this_agent_was_never_shown_cannot_be_judged(panel, upset):
    (hint, *_) = drafted(panel, upset).json()["hints"]
    lena = panel.session(sub="https://acme.zendesk.com/api/v2/users/7.json")
    assert panel.call("POST", feedback(hint), {"verdict": "done"}, session=lena).status == 404


def test_a_paused_account_is_told_so(panel, store, clock):
    store.put_account(account(paused=True))
    told(store, clock, said(cast.rana_says(UPSET), clock))
    advice = drafted(panel, panel.session()).json()
    assert (advice["paused"], advice["hints"]) == (True, [])


def test_a_ticket_that_a_pilot_has_not_come_to_shows_no_hint_no_fact_and_no_promise(panel, store, clock):
    store.put_account(account(live_in=["group:Plant care"]))
    told(
        store,
        clock,
        said(cast.rana_says(UPSET, 1), clock),
        said(cast.amir_says("I'll call you tomorrow at 3pm."), clock),
    )
    for advice in (drafted(panel, panel.session(), slot=None).json(), panel.call("GET", ADVICE).json()):
        assert advice["shadow"]
        shown = ("hints", "facts", "questions", "promises", "feelings", "held_back", "follow_ups")
        assert [name for name in shown if advice[name]] == []


# --- other origins ------------------------------------------------------------------------------


def test_the_accounts_own_origin_may_read_the_api(panel, upset):
    answer = panel.call("GET", ADVICE, session=upset, headers={"Origin": ORIGIN})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Credentials"] is None
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://acme.zendesk.com.evil.example"])
def test_no_other_origin_may(panel, upset, origin):
    answer = panel.call("GET", ADVICE, session=upset, headers={"Origin": origin})
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_another_accounts_origin_may_not_read_this_accounts_answers(panel, upset, store):
    store.put_account(account(ACME_EU, origins=("https://acme.freshdesk.com",)))
    answer = panel.call("GET", ADVICE, session=upset, headers={"Origin": "https://acme.freshdesk.com"})
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_a_preflight_is_answered_without_a_session(panel):
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    for path in (DRAFT, "/sidebar/renew", "/api/v1/stream/watch"):
        answer = panel.served.request("OPTIONS", path, None, asked)
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_pages_and_webhooks_are_not_for_other_origins(panel):
    for path in ("/sidebar/zendesk", "/webhooks/zendesk/acme", "/readyz"):
        answer = panel.served.request("OPTIONS", path, None, {"Origin": ORIGIN})
        assert answer.headers["Access-Control-Allow-Origin"] is None
