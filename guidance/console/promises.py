"""The lead's page: what their groups have promised and not yet kept, by due time; given to somebody else, one by one or all of one person's.

Only the groups that a lead is set down for, in accounts where their agent id is known, and only tickets that the helpdesk opens for
that agent. Whatever lies outside looks as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from flask import request
from markupsafe import Markup
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.accounts import settings_of
from guidance.console.doors import Door, signed
from guidance.console.pages import day_told, on_to, page, time_told
from guidance.console.wiring import Wiring
from guidance.dispatch import Advancing
from guidance.dispatch.promised import MOST_HANDED_OVER, Promised, new_owner, on_open_tickets
from guidance.errors import ConflictError, HelpdeskError, MalformedError, NotFoundError
from guidance.hours.business import BusinessTime
from guidance.hours.wording import clock_named
from guidance.model import FollowUp, Person, TicketKey
from guidance.people.users import May, User
from guidance.ports import Account

THE_GROUP = "group"
"""Who is to have a promise that is nobody's in particular, as the page's forms say it."""

SPANS = ("late", "today", "within a week", "later", "no time named")


class Row(Struct, frozen=True, kw_only=True):
    """One open promise, when it is due, and whose ticket it was made on: the customer's name, the subject, its address."""

    promise: FollowUp
    due: Markup
    customer: str
    subject: str
    address: str


class HandOver(Struct, frozen=True, kw_only=True):
    """What would go over, once it is confirmed: how many of whose, and to whom."""

    account: str
    away: str
    to: str
    count: int
    of: str
    goes_to: str


class Desk(Struct, frozen=True, kw_only=True):
    """What one account holds for this lead. `owners`: who has something open there; `people`: who may take it over."""

    account: str
    spans: dict[str, list[Row]]
    owners: list[Person]
    people: list[Person]

    @property
    def filled(self) -> list[str]:
        return [name for name, rows in self.spans.items() if rows]

    @property
    def count(self) -> int:
        return sum(map(len, self.spans.values()))


class Promises:
    """The page and its two forms."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/promises", May.PROMISES, self.show),
            Door("POST", "/console/promises/<account>/hand-over", May.PROMISES, self.hand_over),
            Door("POST", "/console/promises/<account>/<promise>/owner", May.PROMISES, self.give),
        )

    def show(self, status: int = 200, problem: str | None = None, asked: HandOver | None = None) -> Response:
        user, group = signed().user, _group_shown()
        chosen = [one for one in user.groups if one == group] or user.groups
        desks = [self._desk(account, user, chosen) for account in self._accounts(user)]
        told = {"problem": problem, "asked": asked, "the_group": THE_GROUP, "group": group}
        return page("promises.html", status, desks=desks, spans=SPANS, groups=user.groups, **told)

    def give(self, account: str, promise: str) -> Response:
        """Another owner for one promise."""
        user, known = signed().user, self._account(account)
        found = [one for one in self._open(known, user) if one.id == promise]
        if not found:
            raise NotFoundError("There is no such open promise in your groups.")
        return self._handed(known, found)

    def hand_over(self, account: str) -> Response:
        """All that one person has open in these groups, once their lead has seen how many that are: as many as were `seen`."""
        user, known = signed().user, self._account(account)
        away = request.form.get("away", "")
        return self._handed(known, [one for one in self._open(known, user) if away and one.owner_id == away], away)

    def _handed(self, account: Account, found: Sequence[FollowUp], away: str = "") -> Response:
        to = request.form.get("to", "")
        if problem := _not_theirs_to_have(account, to, found):
            return self.show(MalformedError.status, problem)
        owner = new_owner(lambda: self._wiring.helpdesk(account), "" if to == THE_GROUP else to)
        if away and found and request.form.get("seen") != str(len(found)):
            names = {"of": found[0].owner_name or away, "goes_to": owner["owner_name"] or to}
            return self.show(asked=HandOver(account=account.id, away=away, to=to, count=len(found), **names))
        try:
            moved = self._promised.hand_over(found[:MOST_HANDED_OVER], owner, by=signed().user.agents[account.id])
        except ConflictError as error:
            return self.show(error.status, str(error))
        self._note(account, len(moved))
        if not moved or len(moved) < len(found):
            return self.show(ConflictError.status, _left(len(moved), len(found)))
        shown = {"group": group} if (group := _group_shown()) else {}
        return on_to("/console/promises", done="handed-over", **shown)

    def _note(self, account: Account, count: int) -> None:
        """That promises went over, and how many; the trail names no agent."""
        if count:
            what = f"handed over {count} promise{'' if count == 1 else 's'}"
            self._wiring.store.note_change(self._wiring.change(signed().user.email, what, f"account:{account.id}"))

    @property
    def _promised(self) -> Promised:
        wiring = self._wiring
        return Promised(Advancing(wiring.store, wiring.accounts, wiring.rulebook, wiring.clock))

    def _accounts(self, user: User) -> Iterator[Account]:
        return (one for one in self._wiring.store.accounts() if one.id in user.agents)

    def _account(self, account_id: str) -> Account:
        """Raises `NotFoundError` for an account where this person is nobody."""
        found = next((one for one in self._accounts(signed().user) if one.id == account_id), None)
        if found is None:
            raise NotFoundError("There is no account of that name for you here.")
        return found

    def _open(self, account: Account, user: User, groups: Sequence[str] | None = None) -> list[FollowUp]:
        """What is open in these groups of theirs, or in all."""
        led = user.groups if groups is None else groups
        found = self._wiring.store.follow_ups(account.id, groups=led) if led else []
        return on_open_tickets(found, lambda ticket_id: self._wiring.may_read(user, account.id, ticket_id))

    def _desk(self, account: Account, user: User, groups: Sequence[str]) -> Desk:
        found, now = self._open(account, user, groups), self._wiring.clock()
        zone = BusinessTime(settings_of(account).hours).zone
        spans = {
            name: [self._row(account, one, now) for one in found if span_of(one.due_at, zone, now) == name]
            for name in SPANS
        }
        owners = {one.owner_id: Person(id=one.owner_id, name=one.owner_name) for one in found if one.owner_id}
        people = {one.id: one for one in (*self._members(account, user.groups), *owners.values())} if found else {}
        people.pop(account.own_user or "", None)
        return Desk(account=account.id, spans=spans, owners=list(owners.values()), people=list(people.values()))

    def _row(self, account: Account, one: FollowUp, now: datetime) -> Row:
        """Only for a ticket that the helpdesk opens for this lead."""
        case = self._wiring.store.load(TicketKey(account.id, one.ticket_id))
        spoken = case.conversation if case else None
        return Row(
            promise=one,
            due=_due(one, now),
            customer=(spoken and spoken.requester.name) or "",
            subject=(spoken and spoken.ticket.subject) or "",
            address=f"{self._wiring.helpdesk(account).tickets_at}{one.ticket_id}",
        )

    def _members(self, account: Account, groups: Sequence[str]) -> Iterator[Person]:
        """Everybody in these groups; where the helpdesk can't say, whoever has a promise there is still to be chosen."""
        for group in groups:
            try:
                yield from self._wiring.helpdesk(account).members(group)
            except HelpdeskError as error:
                if not error.permanent:
                    return


def _group_shown() -> str:
    """The one group that the page is narrowed to, as its address or a form on it says; '' for all."""
    return request.values.get("group", "")


def _not_theirs_to_have(account: Account, to: str, found: Sequence[FollowUp]) -> str:
    """Why these can't go to this agent, in words; '' where they can."""
    if not to:
        return "Choose who is to have it: a person, or the group."
    if to == THE_GROUP and found and not any(one.owner_id for one in found):
        return "It is the group's already."
    if to == account.own_user:
        return "This is the user as whom Guidance writes, and it keeps no promises: choose a person."
    if found and all(one.owner_id == to for one in found):
        return f"{found[0].owner_name or 'This agent'} has this already: choose somebody else, or the group."
    return ""


def _left(moved: int, asked: int) -> str:
    """What to say where not all of it went over."""
    if not asked:
        return "Nothing of theirs is open in your groups any more."
    if asked == 1:
        return "It is not handed over: it is changing at this moment. Try again in a minute."
    told = f"{moved} of {asked} are handed over"
    if moved == MOST_HANDED_OVER:
        return f"{told}, as many as go at once. Hand over the rest now."
    return f"{told}; the rest are changing at this moment. Try again in a minute."


def span_of(due_at: datetime | None, zone: tzinfo, now: datetime) -> str:
    """Where a due time belongs: `late`, `today`, `within a week`, `later`, or that no time is named."""
    if due_at is None:
        return "no time named"
    if due_at < now:
        return "late"
    days = due_at.astimezone(zone).date() - now.astimezone(zone).date()
    return "today" if not days else "within a week" if days < timedelta(days=7) else "later"


def _due(one: FollowUp, now: datetime) -> Markup:
    """A day is one of the calendar of whom it was promised to; a time becomes its reader's own, with theirs held over it."""
    due_at = one.due_at
    if due_at is None:
        return Markup("no time named")
    day = f"{due_at:%a %-d %b}" if due_at.year == now.astimezone(due_at.tzinfo).year else f"{due_at:%a %-d %b %Y}"
    if one.due_kind == "day":
        return day_told(due_at.date(), day)
    return time_told(due_at, f"{day}, {due_at:%H:%M} {clock_named(due_at, one.zone)}")
