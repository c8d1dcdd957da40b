"""A customer's data: shown as a file, or erased everywhere. Owners only, and the trail says that it was done, not to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from flask import Response as FlaskResponse
from flask import request
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.pages import on_to, page
from guidance.console.wiring import Wiring
from guidance.errors import MalformedError, NotFoundError
from guidance.model import Case, TicketKey
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
            is_known=bool(keys) or self._is_named(account, addresses),
        )

    def _is_named(self, account: str, addresses: Sequence[str]) -> bool:
        """Whether something that waits for a worker, or a backtest, names one of these addresses."""
        waits = addresses and self._wiring.store.arrivals_about(account, ticket_ids=(), words=addresses)
        return bool(waits) or any(self._names(job, addresses) for job in self._wiring.store.jobs())

    def _files_with(self, addresses: Sequence[str]) -> list[str]:
        """Rule files, drafts and published ones, that hold one of these addresses: people wrote them, so people mend them."""
        store = self._wiring.store
        texts = {name: draft.decode() for name, draft in store.records("drafts").items()}
        for name, text in (store.edition() or Edition()).files.items():
            texts[name] = texts.get(name, "") + text
        return sorted(name for name, text in texts.items() if any(one.lower() in text.lower() for one in addresses))

    def export(self) -> Response:
        """All that is stored of a customer's tickets, as JSON."""
        account, who, keys = self._asked()
        if not keys:
            return self._nothing(account, who)
        told = [_told(case) for key in keys if (case := self._wiring.store.load(key))]
        self._note(account, f"exported a customer's {len(told)} tickets")
        response = FlaskResponse(
            msgspec.json.encode({"account": account, "tickets": told}), content_type="application/json"
        )
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
        named = self._drop_backtests(lambda job: self._names(job, [*map(str, keys), *addresses]))
        if not (keys or arrivals or named):
            return self._nothing(account, who)
        self._drop_backtests(lambda job: job.asked.get("account") == account)
        store.compact()
        self._note(account, f"erased a customer's {len(keys)} tickets")
        return on_to("/console/customers", done="erased")

    def _nothing(self, account: str, who: str) -> Response:
        return self.show(NotFoundError.status, problem="Nothing is stored of this customer.", account=account, who=who)

    def _addresses(self, who: str, keys: Sequence[TicketKey]) -> list[str]:
        """The customer's e-mail addresses as they are known here: what to look for where no ticket is known yet."""
        cases = (self._wiring.store.load(key) for key in keys)
        known = {case.conversation.requester.email for case in cases if case} | {who}
        return sorted(one for one in known if one and "@" in one)

    def _drop_backtests(self, concerned: Callable[[Job], bool]) -> int:
        """Stop and forget them; how many there were."""
        found = [job.id for job in self._wiring.store.jobs() if concerned(job)]
        for job_id in found:
            self._wiring.store.cancel_job(job_id)
            self._wiring.store.drop_job(job_id)
        return len(found)

    def _names(self, job: Job, marks: Sequence[str]) -> bool:
        """Whether a backtest names one of these tickets or addresses, in what it found or in what was uploaded for it."""
        told = (msgspec.json.encode(job) + (self._wiring.store.upload_of(job.id) or b"")).lower()
        return any(mark.encode().lower() in told for mark in marks)

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


def _told(case: Case) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(
        {
            "ticket": case.key.ticket_id,
            "conversation": case.conversation,
            "follow_ups": case.follow_ups,
            "survey_answer": case.rated,
            "estimate_of_recommendation": case.estimated,
        }
    )
    return told
