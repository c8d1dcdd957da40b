"""A customer's data: shown as a file, or erased everywhere. Owners only, and the trail says that it was done, not to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec
from flask import Response as FlaskResponse
from flask import request
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.pages import on_to, page
from guidance.console.wiring import Wiring
from guidance.errors import MalformedError, NotFoundError
from guidance.model import Card, Case, TicketKey
from guidance.people.users import May
from guidance.ports import Edition, Job

_MOST_CASES = 1_000_000


class Customers:
    """Export and erasure by the requester's id or e-mail address."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/customers", May.CUSTOMERS, self.show),
            Door("POST", "/console/customers/find", May.CUSTOMERS, self.find),
            Door("POST", "/console/customers/export", May.CUSTOMERS, self.export),
            Door("POST", "/console/customers/erase", May.CUSTOMERS, self.erase),
        )

    def show(self, status: int = 200, **told: object) -> Response:
        return page("customers.html", status, accounts=self._wiring.store.accounts(), **told)

    def find(self) -> Response:
        """Which tickets there are; the way to both other doors."""
        try:
            account, who, keys = self._asked()
        except MalformedError as error:
            return self.show(error.status, problem=error, account=request.form.get("account", ""))
        addresses = self._addresses(who, keys)
        return self.show(
            keys=keys,
            account=account,
            who=who,
            files=self._files_with(addresses),
            is_known=bool(keys or self._waiting(account, keys, addresses) or self._backtests(keys, addresses)),
            elsewhere=[] if keys else self._elsewhere(account, who),
        )

    def _elsewhere(self, account: str, who: str) -> list[str]:
        """Other accounts that hold tickets of somebody known by the same address or id."""
        others = (one.id for one in self._wiring.store.accounts() if one.id != account)
        return [other for other in others if next(self._keys(other, who), None)]

    def _waiting(self, account: str, keys: Sequence[TicketKey], addresses: Sequence[str]) -> int:
        """Messages that wait for a worker, and failures, that are about one of these tickets or name one of these addresses."""
        ticket_ids = {key.ticket_id for key in keys}
        is_asked = bool(ticket_ids or addresses)
        return self._wiring.store.arrivals_about(account, ticket_ids=ticket_ids, words=addresses) if is_asked else 0

    def _backtests(self, keys: Sequence[TicketKey], addresses: Sequence[str]) -> list[str]:
        """The backtests that name one of these tickets or addresses."""
        return [job.id for job in self._wiring.store.jobs() if self._names(job, [*map(str, keys), *addresses])]

    def _files_with(self, addresses: Sequence[str]) -> list[str]:
        """Rule files, drafts and published ones, that hold one of these addresses: people wrote them, so people mend them."""
        store = self._wiring.store
        texts = {name: draft.decode() for name, draft in store.records("drafts").items()}
        for name, text in (store.edition() or Edition()).files.items():
            texts[name] = texts.get(name, "") + text
        return sorted(name for name, text in texts.items() if any(one.lower() in text.lower() for one in addresses))

    def export(self) -> Response:
        """All that is stored of a customer's tickets, as JSON, and where else they are named."""
        account, who, keys = self._asked()
        addresses = self._addresses(who, keys)
        named = {
            "messages_that_wait": self._waiting(account, keys, addresses),
            "backtests": self._backtests(keys, addresses),
            "rule_files": self._files_with(addresses),
        }
        if not (keys or any(named.values())):
            return self._nothing(account, who)
        self._note(account, f"exported a customer's {_tickets(keys)}")
        told = {"account": account, "tickets": [self._told(key) for key in keys], "named_in": named}
        response = FlaskResponse(msgspec.json.encode(told), content_type="application/json")
        response.headers["Content-Disposition"] = 'attachment; filename="customer.json"'
        return response

    def erase(self) -> Response:
        """Forget every ticket of a customer here, and what waits of them; what the helpdesk holds is its own."""
        account, who, keys = self._asked()
        store = self._wiring.store
        addresses = self._addresses(who, keys)
        for key in keys:
            store.forget(key)
        ticket_ids = {key.ticket_id for key in keys}
        arrivals = store.forget_arrivals(account, ticket_ids=ticket_ids, words=addresses)
        named = self._backtests(keys, addresses)
        self._drop_backtests(named)
        if not (keys or arrivals or named):
            return self._nothing(account, who)
        self._drop_backtests([job.id for job in store.jobs() if job.asked.get("account") == account])
        store.compact()
        self._note(account, f"erased a customer's {_tickets(keys)}")
        return on_to("/console/customers", done="erased")

    def _nothing(self, account: str, who: str) -> Response:
        nothing = f"Nothing of this customer is stored from {account}."
        return self.show(NotFoundError.status, problem=nothing, account=account, who=who)

    def _addresses(self, who: str, keys: Sequence[TicketKey]) -> list[str]:
        """The customer's e-mail addresses as they are known here: what to look for where no ticket is known yet."""
        cases = (self._wiring.store.load(key) for key in keys)
        known = {case.conversation.requester.email for case in cases if case} | {who}
        return sorted(one for one in known if one and "@" in one)

    def _drop_backtests(self, job_ids: Sequence[str]) -> None:
        """Stop and forget them."""
        for job_id in job_ids:
            self._wiring.store.cancel_job(job_id)
            self._wiring.store.drop_job(job_id)

    def _told(self, key: TicketKey) -> dict[str, Any]:
        """All that is kept of one ticket; of many an older one that is its card alone."""
        case, card = self._wiring.store.load(key), self._wiring.store.card(key.account, key.ticket_id)
        return {"ticket": key.ticket_id, **(_held(case) if case else {}), **(_card(card) if card else {})}

    def _names(self, job: Job, marks: Sequence[str]) -> bool:
        """Whether a backtest names one of these tickets or addresses, in what it found or in what was uploaded for it."""
        sought = [mark.encode().lower() for mark in marks]
        longest = max(map(len, sought), default=0)
        told = chain([msgspec.json.encode(job)], self._wiring.store.upload_pieces(job.id, overlap=longest))
        return bool(sought) and any(self._wiring.offload(_mentions, piece, sought) for piece in told)

    def _note(self, account: str, what: str) -> None:
        self._wiring.store.note_change(
            self._wiring.change(
                signed().user.email, f"{what} in {account}", "customer", why=request.form.get("why", "")
            )
        )

    def _asked(self) -> tuple[str, str, list[TicketKey]]:
        account, who = request.form.get("account", ""), request.form.get("who", "").strip()
        if self._wiring.store.account(account) is None:
            raise NotFoundError("There is no such account.")
        if not who:
            raise MalformedError("Write the customer's e-mail address or id.", path="who")
        return account, who, sorted(set(self._keys(account, who)))

    def _keys(self, account: str, who: str) -> Iterator[TicketKey]:
        known_as = {who}
        if "@" in who:
            for case in self._wiring.store.cases(account, count=_MOST_CASES):
                if (case.conversation.requester.email or "").lower() == who.lower():
                    yield case.key
                    known_as.add(case.conversation.requester.id)
        for one in filter(None, known_as):  # a person's other tickets may name another address, or none
            yield from (TicketKey(account, ticket_id) for ticket_id in self._wiring.store.tickets_of(account, one))


def _mentions(text: bytes, sought: Sequence[bytes]) -> bool:
    """Whether a text holds one of these, which are in small letters."""
    folded = text.lower()
    return any(one in folded for one in sought)


def _held(case: Case) -> dict[str, Any]:
    return {
        "conversation": case.conversation,
        "heard_of": case.provisional,
        "follow_ups": case.follow_ups,
        "survey_answer": case.rated,
        "estimate_of_recommendation": case.estimated,
    }


def _card(card: Card) -> dict[str, Any]:
    """What of a card says something; its words and people are keyed marks, which tell nothing outside."""
    names = ("status", "subject", "group", "assignee_id", "organization", "solver_id")
    return {"card": {name: getattr(card, name) for name in names}}


def _tickets(keys: Sequence[TicketKey]) -> str:
    return f"{len(keys)} ticket{'' if len(keys) == 1 else 's'}"
