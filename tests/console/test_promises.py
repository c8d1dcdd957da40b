"""The lead's page: the own groups' open promises and nobody else's, given to somebody else, one by one or all of one person's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.console.promises import span_of
from guidance.dispatch import Advancing
from guidance.errors import HelpdeskError
from guidance.hours.zones import zone_of
from guidance.model import FollowUpState, Hours, KeepFollowUp, Person, Ticket, TicketChanged, TicketKey
from guidance.people.users import Role, Users
from guidance.rules import shipped_rulebook
from guidance.store import keys
from tests import cast
from tests.console.conftest import address
from tests.edges import ACME, crowd

PAGE = "/console/promises"
KEY = TicketKey(ACME.id, "4821")
LENA, AMIR, NOOR = "7", "12", "15"


def test_whoever_may_say_which_groups_they_lead_is_led_there(owner, people):
    assert '<a href="/console/people">People page</a>' in owner.get(PAGE).text
    assert "An owner sets that on the People page" in people[Role.LEAD].get(PAGE).text


class Floor:
    """Amir of Delivery has promised something on Rana's ticket; Mia leads Delivery, as agent 7."""

    def __init__(self, store, clock, people):
        self.store, self.clock, self.mia = store, clock, people[Role.LEAD]
        self.users = Users(store, clock)
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, clock)
        self.leads("Delivery")

    def leads(self, *groups, agents=None):
        user = self.users.required(address(Role.LEAD))
        known = {ACME.id: LENA} if agents is None else agents
        self.users.change(user, who="lena", what="leads", groups=groups, agents=known)

    def promise(self, text="I'll call you tomorrow at 3pm.", key=KEY, group="Delivery"):
        at = self.clock.now - timedelta(minutes=5)
        events = [cast.rana_says("Where is my parcel?"), cast.amir_says(text)]
        events = [replace(one, key=key, comment=replace(one.comment, at=at)) for one in events]
        grouped = TicketChanged(key=key, event_id="g", at=at, ticket=Ticket(group=group), fields=("group",))
        return self.advancing.take(key, [grouped, *events]).follow_ups[0]

    def of_new_york(self):
        told = TicketChanged(key=KEY, event_id="r", at=self.clock.now, requester=cast.RANA, fields=("requester",))
        self.advancing.take(KEY, [told])

    def makes_its_task(self, made):
        """The worker is at it."""
        case = self.store.load(TicketKey(ACME.id, made.ticket_id))
        busy = replace(made, state=FollowUpState.CREATING)
        assert self.store.save(replace(case, follow_ups=(busy,)), [KeepFollowUp(follow_up=busy)], now=self.clock.now)

    def hands_over(self, to):
        """All of Amir's: asked for, then confirmed as it was told."""
        door, form = f"{PAGE}/{ACME.id}/hand-over", {"away": AMIR, "to": to}
        asked = self.mia.post(door, **form)
        seen = re.search(r'name="seen" value="(\d+)"', asked.text)
        return self.mia.post(door, **form, seen=seen[1]) if seen else asked

    def owner_of(self, made):
        return self.store.follow_up(ACME.id, made.id).owner_id


@pytest.fixture
def floor(store, clock, people, desk):
    desk.members = lambda group: [Person(id=AMIR, name="Amir Khan"), Person(id=NOOR, name="Noor Aziz")]
    return Floor(store, clock, people)


def test_a_lead_sees_words_owner_and_time_of_what_their_groups_have_promised(floor):
    floor.promise()
    shown = floor.mia.get(PAGE).text
    assert "I&#39;ll call you tomorrow at 3pm" in shown
    assert "Amir Khan" in shown
    assert re.search(r'data-span="within a week".*#4821</a> · Delivery', shown, re.DOTALL)


def test_a_promise_names_its_customer_and_what_the_ticket_is_about_and_leads_there(floor):
    floor.of_new_york()
    about = Ticket(subject="Olive tree <3")
    told = TicketChanged(key=KEY, event_id="s", at=floor.clock.now, ticket=about, fields=("subject",))
    floor.advancing.take(KEY, [told])
    floor.promise()
    shown = floor.mia.get(PAGE).text
    assert '<a href="https://acme.example/agent/tickets/4821" rel="noopener">#4821</a>' in shown
    assert '<span dir="auto">Rana Haddad</span> · <span dir="auto">Olive tree &lt;3</span> · Delivery' in shown


def test_a_promise_without_a_time_stands_under_no_other_heading(floor):
    floor.promise("I'll get back to you soon.")
    shown = floor.mia.get(PAGE).text
    assert '<ul class="promises" data-span="no time named">' in shown
    assert "Later" not in shown


@pytest.mark.parametrize("typed", ["delivery", "DELIVERY"])
def test_a_group_is_the_same_however_its_lead_typed_it(floor, typed):
    made = floor.promise()
    floor.leads(typed)
    assert "I&#39;ll call you tomorrow at 3pm" in floor.mia.get(PAGE).text
    floor.hands_over(to=NOOR)
    assert floor.owner_of(made) == NOOR


def test_what_is_due_first_stands_first(floor):
    floor.promise()
    late = floor.promise("I'll write to you by 11am.", key=TicketKey(ACME.id, "4822"))
    floor.clock.move(minutes=10)
    assert late.due_at is not None
    assert floor.mia.get(PAGE).text.index("write to you") < floor.mia.get(PAGE).text.index("call you")


def test_a_time_of_another_year_has_its_year(floor):
    floor.promise("I'll call you on 5 January 2027 at 3pm.")
    assert "Tue 5 Jan 2027, 15:00" in floor.mia.get(PAGE).text


def test_a_time_is_there_for_its_reader_s_own_clock_and_told_by_that_of_whom_it_was_promised_to(floor):
    floor.of_new_york()
    floor.promise()
    assert '<time datetime="2026-03-05T20:00:00Z">Thu 5 Mar, 15:00 EST</time>' in floor.mia.get(PAGE).text


def test_a_day_is_one_of_the_calendar_of_whom_it_was_promised_to_and_has_no_time(floor):
    floor.of_new_york()
    floor.promise("I'll call you tomorrow.")
    shown = floor.mia.get(PAGE).text
    assert '<time datetime="2026-03-05">Thu 5 Mar</time> ·' in shown


def test_nothing_of_other_groups_is_there(floor):
    made = floor.promise(group="Billing")
    assert "call you" not in floor.mia.get(PAGE).text
    assert floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to=NOOR).status_code == 404
    floor.hands_over(to=NOOR)
    assert floor.owner_of(made) == AMIR


def test_a_ticket_that_the_helpdesk_does_not_open_for_the_lead_is_not_there(floor, desk):
    made = floor.promise()
    desk.closed.add("4821")
    assert "call you" not in floor.mia.get(PAGE).text
    assert floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to=NOOR).status_code == 404
    assert floor.owner_of(made) == AMIR


def test_a_group_that_is_gone_hides_nobody_of_the_others(floor, desk):
    floor.promise()
    floor.leads("Archive", "Delivery")
    members = desk.members

    def asked(group):
        if group == "Archive":
            raise HelpdeskError("There is no such group.", permanent=True, status=404)
        return members(group)

    desk.members = asked
    assert f'<option value="{NOOR}"' in floor.mia.get(PAGE).text


def test_where_the_helpdesk_cannot_say_nothing_is_shown(floor, desk):
    floor.promise()

    def silent(*_):
        raise HelpdeskError("no answer came")

    desk.may_open = silent
    assert "call you" not in floor.mia.get(PAGE).text


def test_a_lead_whose_agent_id_is_not_known_sees_nothing_and_is_told_why(floor):
    floor.promise()
    floor.leads("Delivery", agents={})
    shown = floor.mia.get(PAGE).text
    assert "call you" not in shown
    assert "agent id in the helpdesk is not known" in shown


def test_whoever_leads_no_group_sees_nothing_though_they_own_the_console(floor, people):
    floor.promise()
    shown = people[Role.OWNER].get(PAGE).text
    assert "call you" not in shown
    assert "You lead no group" in shown


def test_a_viewer_is_refused(floor, people):
    assert people[Role.VIEWER].get(PAGE).status_code == 403


def test_one_promise_is_given_to_somebody_else(floor):
    made = floor.promise()
    answer = floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to=NOOR)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?done=handed-over")
    assert floor.owner_of(made) == NOOR


def test_all_that_somebody_away_has_open_goes_over_and_nothing_of_others(floor):
    one, other = floor.promise(), floor.promise(key=TicketKey(ACME.id, "4822"))
    billing = floor.promise(key=TicketKey(ACME.id, "4823"), group="Billing")
    floor.hands_over(to="group")
    assert [floor.owner_of(made) for made in (one, other, billing)] == [None, None, AMIR]


def test_one_that_can_not_go_over_holds_up_none_of_the_others(floor):
    stray = floor.promise("I'll call you today at 6pm.")
    other = floor.promise(key=TicketKey(ACME.id, "4822"))
    floor.store.client.delete(keys.case(KEY))
    floor.hands_over(to="group")
    assert [floor.owner_of(made) for made in (stray, other)] == [AMIR, None]


@pytest.mark.parametrize("way", ["hand-over", "{}/owner"])
def test_what_could_not_go_over_just_now_is_not_said_to_have_gone(floor, way):
    made = floor.promise()
    floor.makes_its_task(made)
    answer = floor.mia.post(f"{PAGE}/{ACME.id}/{way.format(made.id)}", away=AMIR, to=NOOR, seen="1")
    assert answer.status_code == 409
    assert "It is not handed over: it is changing at this moment. Try again in a minute." in answer.text
    assert floor.owner_of(made) == AMIR


def test_how_many_of_them_went_over_is_told(floor):
    busy = floor.promise()
    others = [floor.promise(key=TicketKey(ACME.id, ticket)) for ticket in ("4822", "4823")]
    floor.makes_its_task(busy)
    answer = floor.hands_over(to=NOOR)
    assert "2 of 3 are handed over; the rest are changing at this moment. Try again in a minute." in answer.text
    assert [floor.owner_of(made) for made in (busy, *others)] == [AMIR, NOOR, NOOR]


def test_whoever_has_nothing_open_any_more_has_handed_nothing_over(floor):
    floor.promise()
    first, second = (floor.hands_over(to=NOOR) for _ in range(2))
    assert first.location == f"{PAGE}?done=handed-over"
    assert second.status_code == 409
    assert "Nothing of theirs is open in your groups any more." in second.text


def test_more_than_go_over_at_once_are_said_to_be_left(floor, monkeypatch):
    monkeypatch.setattr("guidance.console.promises.MOST_HANDED_OVER", 1)
    for ticket in ("4821", "4822"):
        floor.promise(key=TicketKey(ACME.id, ticket))
    answer = floor.hands_over(to=NOOR)
    assert "1 of 2 are handed over, as many as go at once. Hand over the rest now." in answer.text


def test_nobody_can_be_given_a_promise_who_is_no_agent(floor, desk):
    made = floor.promise()
    desk.agent = lambda agent_id: None
    assert floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to="900").status_code == 400
    assert floor.owner_of(made) == AMIR


def test_nobody_is_given_a_promise_of_their_own_again(floor):
    made = floor.promise()
    before = floor.store.changes(), floor.store.follow_up(ACME.id, made.id)
    for way in ("hand-over", f"{made.id}/owner"):
        answer = floor.mia.post(f"{PAGE}/{ACME.id}/{way}", away=AMIR, to=AMIR)
        assert answer.status_code == 400
        assert "Amir Khan has this already: choose somebody else, or the group." in answer.text
    assert (floor.store.changes(), floor.store.follow_up(ACME.id, made.id)) == before


def test_the_service_s_own_user_is_nobody_to_give_a_promise_to(floor, store):
    store.put_account(replace(store.account(ACME.id), settings={"bot_id": NOOR}))
    made = floor.promise()
    assert f'<option value="{NOOR}"' not in floor.mia.get(PAGE).text
    answer = floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to=NOOR)
    assert answer.status_code == 400
    assert "This is the user as whom Guidance writes, and it keeps no promises: choose a person." in answer.text
    assert floor.owner_of(made) == AMIR


def test_what_the_service_s_own_user_was_given_once_can_be_given_to_a_person(floor, store):
    made = floor.promise()
    store.put_account(replace(store.account(ACME.id), settings={"bot_id": AMIR}))
    shown = floor.mia.get(PAGE).text
    away = shown[shown.index('name="away"') :]
    assert f'<option value="{AMIR}"' in away[: away.index("</select>")]
    assert f'<option value="{AMIR}"' not in away[away.index('name="to"') :]
    floor.hands_over(to=NOOR)
    assert floor.owner_of(made) == NOOR


def test_a_promise_whose_task_is_being_made_offers_no_hand_over(floor):
    made = floor.promise()
    floor.makes_its_task(made)
    assert f"{made.id}/owner" not in floor.mia.get(PAGE).text


@pytest.mark.parametrize(
    ("after", "span"),
    [({"minutes": -1}, "late"), ({"hours": 3}, "today"), ({"hours": 20}, "within a week"), ({"days": 8}, "later")],
)
def test_due_times_are_sorted_by_the_days_of_the_accounts_hours(clock, after, span):
    zone = zone_of(None, Hours(time_zone="America/New_York"))
    assert span_of(clock.now + timedelta(**after), zone, clock.now) == span
    assert span_of(None, zone, clock.now) == "no time named"


def test_a_thousand_promises_of_other_groups_that_are_due_before_hide_none_of_the_own(floor):
    floor.promise()
    crowd(floor.store, ACME.id, "Billing", due_at=floor.clock.now)
    assert "call you" in floor.mia.get(PAGE).text
    assert "look into it" not in floor.mia.get(PAGE).text


def test_all_that_one_person_has_open_in_a_group_is_handed_over_whatever_they_have_open_elsewhere(floor):
    made = floor.promise()
    crowd(floor.store, ACME.id, "Billing", due_at=floor.clock.now, owner_id=AMIR)
    floor.hands_over(to=NOOR)
    assert floor.owner_of(made) == NOOR


def test_all_of_somebodys_goes_over_only_once_it_was_seen_how_much_that_is(floor):
    made = [floor.promise(key=TicketKey(ACME.id, ticket)) for ticket in ("4821", "4822")]
    door = f"{PAGE}/{ACME.id}/hand-over"
    asked = floor.mia.post(door, away=AMIR, to=NOOR)
    assert (asked.status_code, "2 promises of Amir Khan go to " in asked.text) == (200, True)
    floor.promise(key=TicketKey(ACME.id, "4823"))
    again = floor.mia.post(door, away=AMIR, to=NOOR, seen="2")
    assert "3 promises of Amir Khan" in again.text
    assert [floor.owner_of(one) for one in made] == [AMIR, AMIR]
    assert floor.mia.post(door, away=AMIR, to=NOOR, seen="3").status_code == 303
    assert [floor.owner_of(one) for one in made] == [NOOR, NOOR]


def test_nobody_is_chosen_before_a_lead_has_chosen(floor):
    made = floor.promise()
    assert floor.mia.get(PAGE).text.count('<option value="">choose…</option>') == 3
    answer = floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to="")
    assert (answer.status_code, "Choose who is to have it" in answer.text) == (400, True)


def test_what_went_over_is_in_the_trail_which_names_no_agent(floor):
    floor.promise()
    floor.hands_over(to=NOOR)
    told = floor.store.changes()[0]
    assert (told.who, told.what, told.subject) == (address(Role.LEAD), "handed over 1 promise", f"account:{ACME.id}")
    assert "Amir" not in repr(told) and "Noor" not in repr(told)


def test_what_is_the_groups_is_said_to_be_and_is_not_given_to_it_again(floor):
    made = floor.promise()
    floor.hands_over(to="group")
    shown = floor.mia.get(PAGE).text
    assert "· Delivery · the group ·" in shown
    answer = floor.mia.post(f"{PAGE}/{ACME.id}/{made.id}/owner", to="group")
    assert (answer.status_code, "It is the group&#39;s already." in answer.text) == (400, True)


def test_the_promises_of_one_of_their_groups_can_be_looked_at_alone(floor):
    floor.promise()
    floor.promise("I'll write to you tomorrow.", key=TicketKey(ACME.id, "4822"), group="Billing")
    floor.leads("Delivery", "Billing")
    both, one, others = (floor.mia.get(PAGE + query).text for query in ("", "?group=Billing", "?group=Sales"))
    assert "call you" in both and "write to you" in both
    assert "call you" not in one and "write to you" in one
    assert "call you" in others and "write to you" in others  # a group that they do not lead narrows nothing


def test_each_span_of_due_times_is_one_step_from_the_top(floor):
    floor.promise()
    floor.promise("I'll write to you today at 6pm.", key=TicketKey(ACME.id, "4822"))
    shown = floor.mia.get(PAGE).text
    for span in ("today", "within-a-week"):
        assert f'href="#due-1-{span}"' in shown and f'id="due-1-{span}"' in shown


def test_the_page_stays_narrowed_to_a_group_whatever_is_handed_over_on_it(floor):
    floor.leads("Billing", "Delivery")
    floor.promise()
    floor.promise("I'll write to you tomorrow.", key=TicketKey(ACME.id, "4822"), group="Billing")
    page = floor.mia.get(PAGE + "?group=Delivery").text
    assert page.count('<input type="hidden" name="group" value="Delivery">') == page.count(
        'method="post" action="/console/promises'
    )
    asked = floor.mia.post(f"{PAGE}/{ACME.id}/hand-over", group="Delivery", away=AMIR, to=NOOR)
    refused = floor.mia.post(f"{PAGE}/{ACME.id}/hand-over", group="Delivery", away=AMIR)
    for told in (asked.text, refused.text):
        assert "<option selected>Delivery" in told
        assert "call you tomorrow" in told and "write to you tomorrow" not in told
    done = floor.mia.post(f"{PAGE}/{ACME.id}/hand-over", group="Delivery", away=AMIR, to=NOOR, seen="2")
    assert done.location == f"{PAGE}?done=handed-over&group=Delivery"
