"""The doors of a ticket's network: what the agent who asks may see, and what another agent, a lead, an owner or nobody sees."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.app.creating import noticing_of
from guidance.dispatch import Advancing
from guidance.dispatch.learning import learn
from guidance.model import Reach, Roster, Status, TicketKey
from guidance.network import Partner, card_of
from guidance.people.partners import AddressBook
from guidance.rules import shipped_rulebook
from tests import cast
from tests.edges import ACME_EU
from tests.network.people import AMIR, DEV, LENA, MEI, ROSTER, ticket
from tests.sidebar.panel import account

ACCOUNT = cast.KEY.account
PATH = "/api/v1/tickets/zendesk:acme/{}/network"
MITES = "Yellow dots and fine webs on my prayer plant, what is it?"
ASKED = "note 7: Amir, could you check whether the showroom has a loading dock?"
UNBLOCKED = (
    "customer: The labels are blank.",
    "note 21: The ribbon was mounted upside down, flip the cartridge.",
    "agent 12: Please flip the ribbon cartridge.",
)


@pytest.fixture
def held(store, clock):
    """Put a ticket into the store as the worker would leave it, with its card."""

    def put(ticket_id, *comments, **told):
        case = ticket(ticket_id, *comments, **told)
        assert store.save(replace(case, readers=(), fetched_at=clock.now), (), now=clock.now)
        advancing = Advancing(store, AccountBook(store), shipped_rulebook, clock)
        assert learn(advancing, case.key)
        return case

    store.keep_roster(ACCOUNT, ROSTER)
    return put


def shown(panel, ticket_id="1", agent=AMIR):
    session = panel.session(sub=f"https://acme.zendesk.com/api/v2/users/{agent.id}.json")
    answer = panel.call("GET", PATH.format(ticket_id), session=session)
    assert answer.status == 200
    return answer.json()


def roster_with(store, *changed):
    kept = {one.id: one for one in (*ROSTER.colleagues, *changed)}
    store.keep_roster(ACCOUNT, Roster(at=cast.NOW, colleagues=tuple(kept.values())))


@pytest.fixture
def mites(held):
    held(
        "50",
        f"customer: {MITES}",
        "agent 21: Those are spider mites, neem oil on the webs.",
        status=Status.SOLVED,
        assignee=DEV,
    )
    held("1", "customer: Fine webs between the leaves of my ivy, and yellow dots.", ASKED)


def test_a_colleague_who_solved_the_like_is_named_without_counts(panel, mites):
    assert shown(panel)["can_help"] == [{"id": "21", "name": "Dev Patel"}]


def test_what_the_reader_may_not_open_names_nobody(panel, mites, store):
    roster_with(store, replace(AMIR, reach=Reach.ASSIGNED))
    assert shown(panel)["can_help"] == []
    roster_with(store, replace(AMIR, reach=Reach.GROUPS, groups=("Another",)))
    assert shown(panel)["can_help"] == []


def test_without_a_roster_nothing_of_others_is_shown(panel, mites, store):
    store.client.delete(f"{{w:{ACCOUNT}}}:roster")
    told = shown(panel)
    assert (told["can_help"], told["circle"], told["waiting"]) == ([], [], [])


def test_an_agent_who_does_not_want_to_be_named_is_named_no_more_and_then_again(panel, mites):
    dev = panel.session(sub="https://acme.zendesk.com/api/v2/users/21.json")
    assert panel.call("PUT", "/api/v1/network/me", {"named": False}, session=dev).json()["named"] is False
    assert shown(panel)["can_help"] == []
    assert panel.call("GET", "/api/v1/me", session=dev).json()["may_be_named"] is False
    panel.call("PUT", "/api/v1/network/me", {"named": True}, session=dev)
    assert shown(panel)["can_help"] != []


def test_an_agent_who_is_away_is_named_again_afterwards(panel, mites, clock):
    dev = panel.session(sub="https://acme.zendesk.com/api/v2/users/21.json")
    until = (clock.now + timedelta(hours=1)).isoformat()
    panel.call("PUT", "/api/v1/network/me", {"named": False, "until": until}, session=dev)
    assert shown(panel)["can_help"] == []
    clock.forward(hours=1, minutes=1)
    assert shown(panel)["can_help"] != []
    refused = panel.call("PUT", "/api/v1/network/me", {"named": False, "until": "2026-03-04T10:00:00"})
    assert (refused.status, refused.json()["error"]["path"]) == (400, "until")


def test_a_question_is_shown_to_the_one_who_was_asked_alone_here_and_on_their_own_page(panel, mites):
    assert [one["by"] for one in shown(panel)["waiting"]] == ["Lena Brandt"]
    assert [shown(panel, agent=one)["waiting"] for one in (LENA, DEV)] == [[], []]
    mine = panel.call("GET", "/api/v1/network/me").json()["waiting"]
    assert [(one["ticket_id"], one["by"], one["subject"]) for one in mine] == [("1", "Lena Brandt", "Order late")]
    lena = panel.session(sub="https://acme.zendesk.com/api/v2/users/7.json")
    assert panel.call("GET", "/api/v1/network/me", session=lena).json()["waiting"] == []


def test_an_answer_takes_the_question_from_the_own_page(panel, mites, held, store, clock):
    case = ticket("1", "customer: Fine webs between the leaves of my ivy, and yellow dots.", ASKED, "note 12: It has.")
    kept = store.load(TicketKey(ACCOUNT, "1"))
    assert store.save(replace(kept, conversation=case.conversation), (), now=clock.now)
    assert learn(Advancing(store, AccountBook(store), shipped_rulebook, clock), case.key)
    assert panel.call("GET", "/api/v1/network/me").json()["waiting"] == []
    assert shown(panel)["waiting"] == []


def test_a_favour_is_told_to_the_two_whom_it_concerns_and_to_nobody_else(panel, held):
    held("1", *UNBLOCKED, status=Status.SOLVED)
    assert (shown(panel)["favour"]["side"], shown(panel)["favour"]["name"]) == ("solver", "Dev Patel")
    assert (shown(panel, agent=DEV)["favour"]["side"], shown(panel, agent=DEV)["favour"]["name"]) == (
        "helper",
        "Amir Khan",
    )
    assert [shown(panel, agent=one)["favour"] for one in (LENA, MEI)] == [None, None]


def test_the_circle_shows_subjects_and_states_that_this_agent_may_open(panel, held, store):
    ana = replace(cast.RANA, id="901", email="ana@x.example", organization="Ruiz Bakery")
    rana = replace(cast.RANA, organization="Ruiz Bakery")
    held("1", "customer: Where is it?", requester=rana)
    held("2", "customer: An invoice, please.", requester=ana, subject="Invoice", group="Billing", assignee=LENA)
    assert shown(panel)["circle"] == [{"ticket_id": "2", "subject": "Invoice", "status": "open"}]
    assert shown(panel)["organization"] == "Ruiz Bakery"
    roster_with(store, replace(AMIR, reach=Reach.GROUPS, groups=("Delivery",)))
    assert shown(panel)["circle"] == []


def test_whoever_is_on_copy_belongs_to_the_circle(panel, held):
    held("1", "customer: Where is it?", copies=("905", "ben@x.example"))
    held("2", "customer: Hello?", requester=replace(cast.RANA, id="905", email=None), subject="By id")
    held("3", "customer: Hello?", requester=replace(cast.RANA, id="906", email="Ben@x.example"), subject="By address")
    assert {one["subject"] for one in shown(panel)["circle"]} == {"By id", "By address"}


@pytest.fixture
def courier(store, clock):
    partner = Partner(id="", name="NordPost", words=("the courier",), contact="Jonas Weber", reach="desk@np.example")
    return AddressBook(store, clock).put(partner, who="lena@example.com", is_new=True)


def test_a_partner_is_shown_where_the_ticket_names_them_with_a_message_that_names_no_customer(panel, held, courier):
    held("1", "customer: The courier has had it since Monday. Rana Haddad")
    (one,) = shown(panel)["partners"]
    assert (one["contact"], one["words"]) == ("Jonas Weber", "The courier")
    assert "#1" in one["message"]
    assert "Rana" not in one["message"]
    held("2", "customer: Where is my parcel?")
    assert shown(panel, "2")["partners"] == []


def test_what_a_partner_promised_becomes_the_agent_s_follow_up(panel, held, courier, clock, store):
    held("1", "customer: The courier has had it since Monday.", group="Delivery")
    due = clock.now + timedelta(days=1)
    path = PATH.format("1") + "/partners/nordpost/follow-up"
    made = panel.call("POST", path, {"words": "will deliver at noon", "due_at": due.isoformat()}).json()["follow_up"]
    assert (made["words"], made["owner_id"], made["state"]) == ("NordPost: will deliver at noon", "12", "planned")
    assert [(one.id, one.group) for one in store.follow_ups(ACCOUNT, owner_id="12")] == [(made["id"], "Delivery")]
    past = panel.call("POST", path, {"words": "x", "due_at": (clock.now - timedelta(days=1)).isoformat()})
    assert (past.status, past.json()["error"]["path"]) == (400, "due_at")
    assert (
        panel.call("POST", path.replace("nordpost", "nobody"), {"words": "x", "due_at": due.isoformat()}).status == 404
    )


def test_a_partner_promises_again_and_a_second_press_on_the_way_plans_it_once(panel, held, courier, clock, store):
    store.put_account(account(hours={"time_zone": "America/New_York"}))
    noticing_of(panel.served.app).look()
    held("1", "customer: The courier has had it since Monday.", group="Delivery")
    path, zone = PATH.format("1") + "/partners/nordpost/follow-up", ZoneInfo("America/New_York")

    def promised(due_at):
        told = {"words": "promised an answer", "due_at": due_at.isoformat()}
        return panel.call("POST", path, told).json()["follow_up"]

    first = promised(clock.now + timedelta(days=1))
    panel.call("PATCH", f"/api/v1/follow-ups/{first['id']}?ticket=1", {"state": "kept"})
    due_at = clock.now + timedelta(days=3)
    second = promised(due_at)
    assert (second["state"], datetime.fromisoformat(second["due_at"])) == ("planned", due_at)
    assert datetime.fromisoformat(second["due_at"]).utcoffset() == due_at.astimezone(zone).utcoffset()
    assert promised(due_at.astimezone(zone))["id"] == second["id"]
    assert [one.id for one in store.follow_ups(ACCOUNT, owner_id="12")] == [second["id"]]


@pytest.mark.parametrize(
    ("part", "ticket_id", "named"),
    [
        ("who-can-help", "1", "can_help"),
        ("call-on-partners", "1", "partners"),
        ("return-the-favour", "3", "favour"),
        ("colleagues-waiting", "1", "waiting"),
        ("people-in-common", "1", "circle"),
    ],
)
def test_a_part_that_is_off_is_shown_to_nobody(panel, held, courier, store, part, ticket_id, named):
    ana = replace(cast.RANA, id="901", email="ana@x.example", organization="Ruiz Bakery")
    held(
        "50", f"customer: {MITES}", "agent 21: Spider mites, neem oil on the webs.", status=Status.SOLVED, assignee=DEV
    )
    held("2", "customer: An invoice, please.", requester=ana)
    rana = replace(cast.RANA, organization="Ruiz Bakery")
    held("1", "customer: Yellow dots and fine webs since NordPost brought the plant.", ASKED, requester=rana)
    held("3", *UNBLOCKED, status=Status.SOLVED)
    noticing_of(panel.served.app).look()
    assert shown(panel, ticket_id)[named]
    store.put_account(account(network_off=[part]))
    noticing_of(panel.served.app).look()
    assert not shown(panel, ticket_id)[named]


@pytest.mark.parametrize("settings", [{"paused": True}, {"live_in": ["group:Another"]}])
def test_while_paused_and_in_the_shadow_there_is_nothing(panel, mites, store, settings):
    store.put_account(account(**settings))
    noticing_of(panel.served.app).look()
    told = shown(panel)
    assert not any(told[name] for name in ("can_help", "partners", "waiting", "circle", "favour"))


def test_a_ticket_that_the_helpdesk_closes_to_the_agent_shows_nothing(panel, mites):
    panel.served.desk.closed.add("1")
    assert panel.call("GET", PATH.format("1")).status == 403


def test_an_agent_who_is_only_claimed_sees_partners_and_no_colleague(panel, store, clock, courier):
    store.put_account(ACME_EU)
    key = TicketKey(ACME_EU.id, "1")
    case = ticket("1", "customer: NordPost has had it since Monday.", ASKED)
    conversation = replace(case.conversation, key=key)
    assert store.save(replace(case, key=key, conversation=conversation, readers=()), (), now=clock.now)
    store.keep_roster(ACME_EU.id, ROSTER)
    claimed = {"token": panel.served.sessions.open(ACME_EU.id, "12", claimed=True).token}
    told = panel.call("GET", f"/api/v1/tickets/{ACME_EU.id}/1/network", session=claimed).json()
    assert [one["name"] for one in told["partners"]] == ["NordPost"]
    assert (told["can_help"], told["waiting"], told["circle"], told["favour"]) == ([], [], [], None)
    assert panel.call("GET", "/api/v1/network/me", session=claimed).status == 403
    assert panel.call("GET", "/api/v1/quiet", session=claimed).status == 403


def test_no_door_takes_or_tells_anything_of_an_agent_s_day(panel):
    """Good moments and harsh runs live in the browser alone: there is no door, no key and no column for them."""
    doors = {rule.rule for rule in panel.served.app.url_map.iter_rules()}
    words = {word for door in doors for word in re.split(r"[^a-z]+", door.lower())}
    assert {"follow", "quiet"} <= words
    assert not words & {"day", "moment", "moments", "rough", "break", "best", "grace"}


def test_everything_that_is_muted_is_listed_and_lifted_one_by_one(panel, mites):
    panel.call("PUT", "/api/v1/quiet", {"span": "today"})
    (one,) = panel.call("GET", "/api/v1/quiet").json()["muted"]
    assert one["what"] == "all"
    panel.call("DELETE", "/api/v1/quiet?what=all")
    assert panel.call("GET", "/api/v1/quiet").json()["muted"] == []


def test_cards_are_made_of_what_was_held(mites, store):
    assert store.card(ACCOUNT, "50").solver_id == "21"
    assert card_of(ticket("9")) is None


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2040-01-01T00:00:00Z"])
def test_a_time_beyond_all_plans_is_refused_and_hides_the_network_from_nobody(panel, mites, until):
    refused = panel.call("PUT", "/api/v1/network/me", {"named": False, "until": until})
    assert (refused.status, refused.json()["error"]["path"]) == (400, "until")
    assert shown(panel)["can_help"] != []
