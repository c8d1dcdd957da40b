"""Promises through the sidebar's door: listed, corrected, kept, withdrawn, reopened."""

from __future__ import annotations

from datetime import UTC, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.dispatch.learning import learn
from guidance.model import Colleague, FollowUpChanged, FollowUpState, Reach, Roster, Ticket, TicketChanged, TicketKey
from guidance.rules import shipped_rulebook
from tests import cast
from tests.edges import crowd
from tests.sidebar.panel import account

KEY = TicketKey("zendesk:acme", "4821")
LIST = "/api/v1/follow-ups"
TICKET = "/api/v1/tickets/zendesk:acme/4821/advice"


class Ledger:
    """Amir has promised something on Rana's ticket."""

    def __init__(self, panel, store):
        self.panel = panel
        self.store = store
        leads = {"7": ["Delivery"]}
        store.put_account(account(grace_for=600, hours={"time_zone": "America/New_York"}, leads=leads))
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, panel.clock)
        self.session = panel.session()

    def promise(self, text):
        at = self.panel.clock.now - timedelta(minutes=5)
        asked, promised = cast.rana_says("Where is my parcel?"), cast.amir_says(text)
        events = [replace(one, comment=replace(one.comment, at=at)) for one in (asked, promised)]
        self.advancing.take(KEY, events)
        (made,) = self.list(ticket="4821")
        return made

    def list(self, **query):
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return self.panel.call("GET", f"{LIST}?{asked}", session=self.session).json()["follow_ups"]

    def told_since(self):
        return self.panel.call("GET", TICKET, session=self.session).json()["told_since"]

    def change(self, made, **body):
        return self.panel.call("PATCH", f"{LIST}/{made['id']}?ticket=4821", body, session=self.session)

    def become(self, made, state, **told):
        """What the worker makes of it."""
        (known,) = self.store.follow_ups("zendesk:acme", ticket_id="4821")
        event = FollowUpChanged(
            key=KEY,
            event_id="w-1",
            at=self.panel.clock.now,
            changed=replace(known, state=state, **told),
            fields=("state", *told),
        )
        self.advancing.take(KEY, [event])

    def tasks(self):
        return self.store.due(KEY.shard, now=self.panel.clock.now + timedelta(days=30), lease_for=1)


@pytest.fixture
def ledger(panel, store):
    return Ledger(panel, store)


def test_a_tickets_promises_are_listed_with_words_owner_and_time(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    assert made["words"].startswith("I'll call you tomorrow")
    assert (made["owner_id"], made["state"]) == ("12", "planned")
    assert made["due_at"]


def test_without_a_ticket_an_agents_own_open_ones_are_listed(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    assert [one["id"] for one in ledger.list()] == [made["id"]]
    ledger.change(made, state="kept")
    assert ledger.list() == []
    lena = ledger.panel.session(sub="https://acme.zendesk.com/api/v2/users/7.json")
    assert ledger.panel.call("GET", LIST, session=lena).json()["follow_ups"] == []


@pytest.mark.parametrize(("reach", "subjects"), [(Reach.ALL, {"4821": "Olive tree"}), (Reach.UNKNOWN, {})])
def test_what_a_ticket_is_about_is_listed_for_whom_the_roster_lets_open_it(ledger, store, reach, subjects):
    ledger.promise("I'll call you tomorrow at 3pm.")
    store.keep_roster(
        KEY.account, Roster(at=ledger.panel.clock.now, colleagues=(Colleague(id="12", name="Amir Khan", reach=reach),))
    )
    case = store.load(KEY)
    ticket = replace(case.conversation.ticket, subject="Olive tree")
    about = replace(case.conversation, ticket=ticket, requester=cast.RANA)
    assert store.save(replace(case, conversation=about), (), now=ledger.panel.clock.now)
    assert learn(ledger.advancing, KEY)
    assert ledger.panel.call("GET", LIST, session=ledger.session).json()["subjects"] == subjects


def test_a_claimed_agent_sees_one_tickets_promises_only(ledger):
    ledger.promise("I'll call you tomorrow at 3pm.")
    claimed = {"token": ledger.panel.served.sessions.open("zendesk:acme", "12", claimed=True).token}
    assert ledger.panel.call("GET", LIST, session=claimed).status == 403
    assert ledger.panel.call("GET", f"{LIST}?ticket=4821", session=claimed).status == 200


def test_a_late_promise_is_told_of_as_such_once_a_word_has_gone_out(ledger):
    made = ledger.promise("I'll get back to you tomorrow at 3pm.")
    ledger.become(made, FollowUpState.LATE, late_at=ledger.panel.clock.now)
    assert ledger.told_since() == []
    ledger.panel.clock.forward(minutes=5)
    word = cast.amir_says("This takes longer than I told you, bear with me.", 9)
    ledger.advancing.take(KEY, [replace(word, comment=replace(word.comment, at=ledger.panel.clock.now))])
    assert ledger.told_since() == [made["id"]]


@pytest.mark.parametrize(("ticket", "status"), [("4821", 200), ("318", 404), ("", 403)])
def test_a_claimed_agent_changes_promises_of_the_ticket_that_they_name_only(ledger, ticket, status):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    claimed = {"token": ledger.panel.served.sessions.open("zendesk:acme", "12", claimed=True).token}
    path = f"{LIST}/{made['id']}?ticket={ticket}"
    assert ledger.panel.call("PATCH", path, {"state": "kept"}, session=claimed).status == status


def test_a_day_named_for_a_vague_promise_plans_it_until_that_day_closes(ledger):
    made = ledger.promise("I'll get back to you soon.")
    assert made.get("state", "noted") == "noted"
    zone = ZoneInfo("America/New_York")
    tomorrow = ledger.panel.clock.now.astimezone(zone).date() + timedelta(days=1)
    changed = ledger.change(made, due_on=tomorrow.isoformat()).json()["follow_up"]
    assert (changed["state"], changed["due_kind"]) == ("planned", "day")
    assert changed["due_at"].startswith(f"{tomorrow}T17:00:00")
    assert [work.kind for work in ledger.tasks()].count("task") == 1


def test_a_day_named_is_that_of_whom_it_was_promised_to_and_their_clock_is_told(ledger):
    tokyo = ZoneInfo("Asia/Tokyo")
    rana = replace(cast.RANA, time_zone=tokyo.key)
    told = TicketChanged(key=KEY, event_id="r", at=ledger.panel.clock.now, requester=rana, fields=("requester",))
    ledger.advancing.take(KEY, [told])
    made = ledger.promise("I'll get back to you soon.")
    assert made["zone"] == "Asia/Tokyo"
    tomorrow = ledger.panel.clock.now.astimezone(tokyo).date() + timedelta(days=1)
    changed = ledger.change(made, due_on=tomorrow.isoformat()).json()["follow_up"]
    assert changed["due_at"] == f"{tomorrow}T17:00:00+09:00"


def at(ledger, hour, minute):
    """The same day in New York at another time; its date."""
    clock = ledger.panel.clock
    local = clock.now.astimezone(ZoneInfo("America/New_York")).replace(hour=hour, minute=minute, second=0)
    clock.now = local.astimezone(UTC)
    ledger.session = ledger.panel.session()
    return local.date()


@pytest.fixture
def evening(ledger):
    """Half past six: the account has closed."""
    return at(ledger, 18, 30)


def test_today_named_once_the_account_has_closed_is_until_the_day_ends(ledger, evening):
    made = ledger.promise("I'll get back to you soon.")
    changed = ledger.change(made, due_on=evening.isoformat()).json()["follow_up"]
    assert (changed["state"], changed["due_kind"]) == ("planned", "day")
    assert changed["due_at"].startswith(f"{evening}T23:59:00")


def test_a_time_that_has_passed_is_refused_as_what_it_is(ledger, evening):
    made = ledger.promise("I'll get back to you soon.")
    yesterday, past = evening - timedelta(days=1), ledger.panel.clock.now - timedelta(minutes=1)
    far = ledger.panel.clock.now + timedelta(days=800)
    told = [{"due_on": yesterday.isoformat()}, {"due_at": past.isoformat()}, {"due_at": far.isoformat()}]
    refused = [ledger.change(made, **one) for one in told]
    assert [one.status for one in refused] == [400, 400, 400]
    assert [one.json()["error"]["code"] for one in refused] == ["past", "past", "malformed"]
    assert [one.json()["error"]["path"] for one in refused] == ["due_at"] * 3


def test_a_moment_named_within_the_live_session_makes_no_task(ledger):
    made = ledger.promise("I'll get back to you soon.")
    soon = (ledger.panel.clock.now + timedelta(minutes=5)).isoformat()
    changed = ledger.change(made, due_at=soon).json()["follow_up"]
    assert (changed.get("state", "noted"), changed["due_kind"]) == ("noted", "time")
    assert [work for work in ledger.tasks() if work.kind == "task"] == []


@pytest.mark.parametrize("word", ["kept", "withdrawn"])
def test_an_agents_word_closes_a_promise_and_can_be_taken_back(ledger, word):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    assert ledger.change(made, state=word).json()["follow_up"]["state"] == word
    assert ledger.change(made, state="open").json()["follow_up"]["state"] == "planned"


@pytest.mark.parametrize("word", ["kept", "withdrawn"])
def test_what_has_its_task_is_reopened_with_it(ledger, word):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    ledger.become(made, FollowUpState.CREATING)
    ledger.become(made, FollowUpState.TASK_MADE, task_id="99")
    ledger.change(made, state=word)
    assert ledger.change(made, state="open").json()["follow_up"]["state"] == "task_made"


def test_what_is_reopened_gets_its_task_after_all(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    ledger.change(made, state="withdrawn")
    for work in ledger.tasks():
        ledger.store.done(work)
    ledger.change(made, state="open")
    assert [work.kind for work in ledger.tasks()].count("task") == 1


def test_a_word_that_comes_too_late_is_a_conflict(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    ledger.become(made, FollowUpState.CREATING)
    answer = ledger.change(made, state="withdrawn")
    assert (answer.status, answer.json()["error"]["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"state": "late"},
        {"due_at": "2026-03-04T10:00:00"},
        {"due_at": "2001-01-01T10:00:00Z"},
        {"due_on": "2001-01-01"},
        {"due_on": "soon"},
        {"due_on": "9999-12-31"},
    ],
)
def test_what_makes_no_sense_is_said_so(ledger, body):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    assert ledger.change(made, **body).status == 400


def test_a_promise_on_a_closed_ticket_can_neither_be_seen_nor_changed(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    ledger.panel.served.desk.closed.add("4821")
    ledger.store.release("access:zendesk:acme:12:4821")
    assert ledger.panel.call("GET", f"{LIST}?ticket=4821", session=ledger.session).status == 403
    assert ledger.change(made, state="kept").status == 403


def test_a_promise_nobody_made_is_not_found(ledger):
    assert ledger.change({"id": "f1-0123456789abcdef"}, state="kept").status == 404


def lead(ledger):
    return ledger.panel.session(sub="https://acme.zendesk.com/api/v2/users/7.json")


def in_group(ledger, group="Delivery"):
    event = TicketChanged(
        key=KEY, event_id="g", at=ledger.panel.clock.now, ticket=Ticket(group=group), fields=("group",)
    )
    ledger.advancing.take(KEY, [event])


def test_a_lead_sees_and_hands_over_the_open_promises_of_their_groups(ledger):
    in_group(ledger)
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    lena = lead(ledger)
    listed = ledger.panel.call("GET", f"{LIST}?of=group", session=lena).json()["follow_ups"]
    assert [one["id"] for one in listed] == [made["id"]]
    answer = ledger.panel.call("POST", f"{LIST}/hand-over", {"away": "12", "to": "7"}, session=lena).json()
    assert [one["owner_id"] for one in answer["follow_ups"]] == ["7"]
    assert ledger.list() == []


def test_other_groups_and_those_who_lead_none_see_nothing(ledger):
    in_group(ledger, "Billing")
    ledger.promise("I'll call you tomorrow at 3pm.")
    lena = lead(ledger)
    assert ledger.panel.call("GET", f"{LIST}?of=group", session=lena).json()["follow_ups"] == []
    assert ledger.panel.call("GET", f"{LIST}?of=group", session=ledger.session).status == 403
    body = {"away": "7", "to": "12"}
    assert ledger.panel.call("POST", f"{LIST}/hand-over", body, session=ledger.session).status == 403


def test_lists_are_narrowed_by_due_time(ledger):
    at(ledger, 12, 0)  # just after midnight, what was said five minutes ago was said yesterday
    ledger.promise("I'll call you tomorrow at 3pm.")
    assert [len(ledger.list(when=when)) for when in ("late", "today", "week")] == [0, 0, 1]
    ledger.panel.clock.now += timedelta(days=2)
    session = ledger.panel.session()
    late = ledger.panel.call("GET", f"{LIST}?when=late", session=session).json()["follow_ups"]
    assert len(late) == 1
    assert ledger.panel.call("GET", f"{LIST}?when=soon", session=session).status == 400


def test_words_and_owner_can_be_corrected(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    changed = ledger.change(made, words="I'll  call you about the depot", owner_id="7").json()["follow_up"]
    assert (changed["words"], changed["owner_id"]) == ("I'll call you about the depot", "7")
    assert ledger.change(made, words=" ").status == 400
    assert ledger.change(made, owner_id="").json()["follow_up"].get("owner_id") is None


def test_the_calendar_holds_numbers_and_times_and_nothing_else(ledger):
    ledger.promise("I'll call you tomorrow at 3pm.")
    path = ledger.panel.call("POST", f"{LIST}/calendar", session=ledger.session).json()["path"]
    shown = ledger.panel.call("GET", path)
    told = shown.body.decode()
    assert shown.status == 200
    assert "DTEND:" in told
    assert "Ticket 4821: promised by now" in told
    assert not any(word in told for word in ("call", "Rana", "Amir", "parcel"))


def test_a_revoked_calendar_looks_like_one_that_never_was(ledger):
    first = ledger.panel.call("POST", f"{LIST}/calendar", session=ledger.session).json()["path"]
    second = ledger.panel.call("POST", f"{LIST}/calendar", session=ledger.session).json()["path"]
    assert ledger.panel.call("GET", first).status == 404
    assert ledger.panel.call("GET", second).status == 200
    ledger.panel.call("DELETE", f"{LIST}/calendar", session=ledger.session)
    gone, never = ledger.panel.call("GET", second), ledger.panel.call("GET", "/calendar/nothing.ics")
    assert (gone.status, gone.body) == (never.status, never.body)
    assert gone.status == 404


def test_a_claimed_agent_has_no_calendar(ledger):
    claimed = {"token": ledger.panel.served.sessions.open("zendesk:acme", "12", claimed=True).token}
    assert ledger.panel.call("POST", f"{LIST}/calendar", session=claimed).status == 403


def test_a_proposal_is_planned_at_one_click_and_only_while_it_is_there(ledger):
    at = ledger.panel.clock.now - timedelta(minutes=5)
    day = f"{ledger.panel.clock.now + timedelta(days=2):%A}"  # today's own name would leave open which one is meant
    asked, named = cast.rana_says("Where is my parcel?"), cast.amir_says(f"Your parcel will arrive on {day}.")
    ledger.advancing.take(KEY, [replace(one, comment=replace(one.comment, at=at)) for one in (asked, named)])
    ticket = "/api/v1/tickets/zendesk:acme/4821"
    advice = ledger.panel.call("GET", f"{ticket}/advice", session=ledger.session).json()
    (hint,) = [one for one in advice["hints"] if one["proposal"]]
    made = ledger.panel.call("POST", f"{ticket}/hints/{hint['id']}/follow-up", session=ledger.session)
    assert made.json()["follow_up"]["words"] == hint["proposal"]["words"]
    again = ledger.panel.call("POST", f"{ticket}/hints/{hint['id']}/follow-up", session=ledger.session)
    assert again.status == 404
    assert ledger.panel.call("POST", f"{ticket}/hints/h_none/follow-up", session=ledger.session).status == 404


@pytest.mark.parametrize("name", ["f" + "9" * 5000 + "-1", "f²-1", "f٣-1", "f"])
def test_what_can_be_no_promises_id_is_not_found(ledger, name):
    answer = ledger.panel.call("PATCH", f"{LIST}/{quote(name)}", {"state": "kept"}, session=ledger.session)
    assert answer.status == 404


def test_what_is_promised_is_told_once_as_a_promise_and_not_as_a_fact_too(ledger, panel):
    ledger.promise("I'm so sorry, Rana. I'll call you tomorrow at 3pm.")
    told = panel.call("GET", "/api/v1/tickets/zendesk:acme/4821/advice", session=ledger.session).json()
    assert [one["state"] for one in told["follow_ups"]] == ["planned"]
    assert [fact for fact in told["facts"] if "promised" in fact] == []
    assert [fact["says"] for fact in told["strip"]] == told["facts"], "an app packaged earlier shows the same facts"


def test_a_thousand_promises_of_other_groups_that_are_due_before_hide_none_of_a_leads_own(ledger):
    in_group(ledger)
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    crowd(ledger.store, "zendesk:acme", "Billing", due_at=ledger.panel.clock.now)
    lena = lead(ledger)
    listed = ledger.panel.call("GET", f"{LIST}?of=group", session=lena).json()["follow_ups"]
    assert [one["id"] for one in listed] == [made["id"]]
    told = ledger.panel.call("POST", f"{LIST}/hand-over", {"away": "12", "to": ""}, session=lena).json()
    assert [one["id"] for one in told["follow_ups"]] == [made["id"]]


def test_a_thousand_promises_that_are_late_hide_none_that_is_due_this_week(ledger):
    made = ledger.promise("I'll call you tomorrow at 3pm.")
    crowd(ledger.store, "zendesk:acme", "Billing", due_at=ledger.panel.clock.now - timedelta(days=1))
    assert [one["id"] for one in ledger.list(when="week")] == [made["id"]]
