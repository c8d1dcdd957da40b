"""The doors of the network: who can help on this ticket, who waits, whom to thank, partners, the customer's circle.

Everything is read from the store; nothing is fetched here. A helpdesk that can't prove its agent shows partners only, since
all else is for one person's eyes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request
from msgspec import Struct
from msgspec.structs import replace

from guidance import network
from guidance.accounts import settings_of
from guidance.conversations import empty_case
from guidance.dispatch import Advancing
from guidance.errors import MalformedError
from guidance.followups import follow_up_id
from guidance.followups import told as told_of
from guidance.hours.zones import zone_of
from guidance.model import AccountSettings, Act, Card, Case, FollowUp, FollowUpAccepted, Roster, TicketKey
from guidance.network.partners import RULE, Concerned
from guidance.people.partners import AddressBook
from guidance.sidebar.followups import due_told, words_told
from guidance.sidebar.network_told import (
    AroundTold,
    CanHelp,
    FavourTold,
    MeTold,
    NetworkTold,
    PartnerTold,
    PromisedTold,
    WaitingHere,
    WaitingThere,
)
from guidance.sidebar.sessions import Session
from guidance.sidebar.wiring import Wiring
from guidance.web.answering import answer
from guidance.web.bodies import read_json

CAN_HELP, PARTNERS = "who-can-help", "call-on-partners"
FAVOURS, WAITING, CIRCLE = "return-the-favour", "colleagues-waiting", "people-in-common"

_LIKE_THIS = 400
_MOST_AROUND = 5
_MOST_WAITING = 20
_AROUND_LOOKED_AT = 50
_LONGEST_AWAY = timedelta(days=730)


class PromiseBody(Struct, frozen=True, kw_only=True):
    """What a partner has promised: in whose words, and by when (aware)."""

    words: str
    due_at: datetime


class MeBody(Struct, frozen=True, kw_only=True):
    """Whether this agent may be named as somebody who can help; `until`: not before then (aware), None without end."""

    named: bool
    until: datetime | None = None


class Scene(Struct, frozen=True, kw_only=True):
    """One ticket as one agent may see it."""

    case: Case
    card: Card
    settings: AccountSettings
    roster: Roster
    agent_id: str
    now: datetime

    def has(self, part: str) -> bool:
        return part not in self.settings.network_off


class Network:
    """Answers about one ticket's network, and about the agent's own place in it."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._book = AddressBook(wiring.store, wiring.clock)
        self._advancing = Advancing(wiring.store, wiring.accounts, wiring.rulebook, wiring.clock)

    def add_to(self, blueprint: Blueprint) -> None:
        ticket = "/api/v1/tickets/<account_id>/<ticket_id>/network"
        rule = blueprint.add_url_rule
        rule(ticket, view_func=self.show, endpoint="show_network", methods=["GET"])
        rule(f"{ticket}/partners/<partner_id>/follow-up", view_func=self.note_promise, methods=["POST"])
        rule("/api/v1/network/me", view_func=self.me, endpoint="show_me", methods=["GET"])
        rule("/api/v1/network/me", view_func=self.change_me, endpoint="change_me", methods=["PUT"])

    def show(self, account_id: str, ticket_id: str) -> Response:
        """What the network has to say on this ticket to this agent."""
        session = self._wiring.sessions.of(request)
        scene = self._scene(session, self._wiring.ticket_for(session, account_id, ticket_id))
        if scene is None:
            return answer(NetworkTold())
        told = NetworkTold(partners=self._partners(scene), subject=scene.case.conversation.ticket.subject)
        if not session.claimed:
            told = replace(
                told,
                can_help=self._can_help(scene),
                favour=_favour(scene),
                waiting=_waiting(scene),
                circle=self._circle(scene),
                organization=scene.case.conversation.requester.organization,
            )
        return answer(told)

    def note_promise(self, account_id: str, ticket_id: str, partner_id: str) -> Response:
        """Plan a follow-up on what a partner has promised; it is this agent's to look after."""
        session = self._wiring.sessions.of(request)
        key = self._wiring.ticket_for(session, account_id, ticket_id)
        partner, body = self._book.required(partner_id), read_json(PromiseBody)
        now = self._wiring.clock()
        told = words_told(body.words)
        words = told if partner.name.casefold() in told.casefold() else f"{partner.name}: {told}"
        zone = zone_of(None, settings_of(self._wiring.account_of(session)).hours)
        due = due_told(body.due_at, now).astimezone(zone)
        one = FollowUp(
            id=follow_up_id(key, RULE, f"{words}|{due.astimezone(UTC).isoformat()}"),  # another time: promised again
            account=key.account,
            ticket_id=key.ticket_id,
            comment_id="",
            words=words,
            owner_id=session.agent_id,
            owner_name=_name_of(self._wiring.store.roster(key.account), session.agent_id),
            act=Act.DEED,
            rule=RULE,
            due_at=due,
            due_kind="time",
        )
        event = FollowUpAccepted(key=key, event_id=f"accepted:{one.id}", at=now, follow_up=one)
        case = self._advancing.take(key, [event])
        return answer({"follow_up": told_of(next(made for made in case.follow_ups if made.id == one.id))})

    def me(self) -> Response:
        """Whether this agent is named, and what colleagues ask them anywhere. For nobody else's eyes."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        now = self._wiring.clock()
        resting = self._wiring.store.resting(session.account, now=now)
        return answer(
            MeTold(
                named=session.agent_id not in resting,
                until=resting.get(session.agent_id),
                waiting=self._waiting_anywhere(session),
            )
        )

    def change_me(self) -> Response:
        """Be named, or not."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        body = read_json(MeBody)
        if body.until is not None and body.until.tzinfo is None:
            raise MalformedError("A time needs its offset, as in 2026-03-04T14:00:00Z.", path="until")
        if body.until is not None and abs(body.until - self._wiring.clock()) > _LONGEST_AWAY:
            raise MalformedError(
                "A time to be named again lies in the next two years; without one it is for good.", path="until"
            )
        if body.named:
            self._wiring.store.take_part(session.account, session.agent_id)
        else:
            self._wiring.store.rest(session.account, session.agent_id, body.until)
        return self.me()

    def _scene(self, session: Session, key: TicketKey) -> Scene | None:
        """What the answers are made from; None where nothing is to be shown: in shadow, while paused, unread."""
        store, settings = self._wiring.store, settings_of(self._wiring.account_of(session))
        case = replace(store.load(key) or empty_case(key), settings=settings)
        card = network.card_of(case)
        if card is None or settings.paused or not settings.speaks_on(case.conversation.ticket):
            return None
        now = self._wiring.clock()
        roster = store.roster(key.account) or Roster(at=now)
        return Scene(case=case, card=card, settings=settings, roster=roster, agent_id=session.agent_id, now=now)

    def _can_help(self, scene: Scene) -> list[CanHelp]:
        if not scene.has(CAN_HELP) or not scene.card.is_open:
            return []
        store, account = self._wiring.store, scene.case.key.account
        like_this = store.similar(account, network.query_of(scene.case.conversation), count=_LIKE_THIS)
        chosen = network.choose(
            like_this,
            scene.roster,
            reader_id=scene.agent_id,
            here=scene.card,
            resting=store.resting(account, now=scene.now),
        )
        return [CanHelp(one.id, one.name) for one in chosen]

    def _circle(self, scene: Scene) -> list[AroundTold]:
        """Subjects and states of open tickets in the customer's circle; only those that this agent may open."""
        if not scene.has(CIRCLE):
            return []
        marks = network.circle_of(scene.case.conversation)
        account, own = scene.case.key.account, scene.card.own
        around = self._wiring.store.around(account, marks, but_not=own, count=_AROUND_LOOKED_AT)
        reader = scene.roster.get(scene.agent_id)
        seen = [one for one in around if network.may_see(reader, one) and one.ticket_id != scene.case.key.ticket_id]
        return [AroundTold(one.ticket_id, one.subject, one.status) for one in seen[:_MOST_AROUND]]

    def _partners(self, scene: Scene) -> list[PartnerTold]:
        if not scene.has(PARTNERS) or not scene.card.is_open:
            return []
        name = _name_of(scene.roster, scene.agent_id) or ""
        return [_partner(one, scene, name) for one in network.concerned(self._book.all(), scene.case.conversation)]

    def _waiting_anywhere(self, session: Session) -> list[WaitingThere]:
        store, settings = self._wiring.store, settings_of(self._wiring.account_of(session))
        roster = store.roster(session.account)
        reader = roster.get(session.agent_id) if roster else None
        told = []
        for ticket_id, one in sorted(store.asked_of(session.account, session.agent_id).items(), key=lambda a: a[1].at):
            card = store.card(session.account, ticket_id)
            if card and network.may_see(reader, card) and WAITING not in settings.network_off:
                told.append(WaitingThere(ticket_id, card.subject, one.by_name, one.at))
        return told[:_MOST_WAITING]


def _partner(one: Concerned, scene: Scene, agent_name: str) -> PartnerTold:
    partner, conversation, settings = one.partner, scene.case.conversation, scene.settings
    zone = zone_of(None, settings.hours)
    told = network.promised_by(partner, conversation, now=scene.now, hours=settings.hours, zone=zone)
    if told and any(one.rule == RULE and told.words in one.words for one in scene.case.follow_ups):
        told = None
    return PartnerTold(
        id=partner.id,
        name=partner.name,
        contact=partner.contact,
        reach=partner.reach,
        hours=partner.hours,
        words=one.words,
        message=network.message_to(partner, conversation, agent_name),
        promised=PromisedTold(told.words, told.due_at, told.due_kind) if told else None,
    )


def _favour(scene: Scene) -> FavourTold | None:
    """The note that unblocked this ticket, for the two whom it concerns."""
    found = network.favour_in(scene.case) if scene.has(FAVOURS) else None
    if found is None or scene.agent_id not in (found.solver_id, found.helper_id):
        return None
    if scene.agent_id == found.solver_id:
        return FavourTold("solver", found.helper_name, found.words, found.comment_id)
    return FavourTold("helper", _name_of(scene.roster, found.solver_id) or "", found.words, found.comment_id)


def _waiting(scene: Scene) -> list[WaitingHere]:
    """What colleagues ask this agent here, in their own words."""
    if not scene.has(WAITING):
        return []
    texts = {comment.id: comment.text for comment in scene.case.conversation.comments}
    questions = network.open_questions(scene.case, scene.roster)
    return [
        WaitingHere(one.by_name, network.first_sentence(texts[one.comment_id]), one.at)
        for one in questions
        if one.agent_id == scene.agent_id
    ]


def _name_of(roster: Roster | None, agent_id: str) -> str | None:
    found = roster.get(agent_id) if roster else None
    return found.name if found else None
