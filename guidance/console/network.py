"""The network page: the partners' address book, and which parts of the network each account shows. Editors and owners."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from flask import request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.pages import on_to, page
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError, RefusedError
from guidance.network import Partner
from guidance.network.partners import FIELDS, WORDING
from guidance.people.partners import AddressBook
from guidance.people.users import May
from guidance.ports import Account
from guidance.web.answering import answer
from guidance.web.bodies import read_json

PARTS = {
    "who-can-help": "Who can help",
    "call-on-partners": "Call on partners",
    "return-the-favour": "Return the favour",
    "colleagues-waiting": "Colleagues are waiting",
    "people-in-common": "People in common",
}


class PartnerBody(Struct, frozen=True, kw_only=True):
    """A partner as the API takes one; fields as in `Partner`."""

    name: str
    words: tuple[str, ...] = ()
    contact: str = ""
    reach: str = ""
    hours: str = ""
    wording: str = ""


class PartnersTold(Struct, frozen=True):
    """The address book, by name."""

    partners: list[Partner]


class PartnerKept(Struct, frozen=True):
    """A partner as they are kept now; None: no more."""

    partner: Partner | None


class Network:
    """Partners by page and by API, and the switches."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/network", May.PARTNERS, self.show),
            Door("POST", "/console/network/parts", May.PARTNERS, self.choose),
            Door("POST", "/console/network/partners", May.PARTNERS, self.add),
            Door("POST", "/console/network/partners/<partner_id>", May.PARTNERS, self.change),
            Door("POST", "/console/network/partners/<partner_id>/remove", May.PARTNERS, self.remove),
            Door("GET", "/api/v1/partners", May.PARTNERS, self.list),
            Door("POST", "/api/v1/partners", May.PARTNERS, self.add_by_api),
            Door("PUT", "/api/v1/partners/<partner_id>", May.PARTNERS, self.put_by_api),
            Door("DELETE", "/api/v1/partners/<partner_id>", May.PARTNERS, self.remove_by_api),
        )

    @property
    def _book(self) -> AddressBook:
        return AddressBook(self._wiring.store, self._wiring.clock)

    def show(self, status: int = 200, problem: RefusedError | None = None, given: Partner | None = None) -> Response:
        return page(
            "network.html",
            status,
            partners=self._book.all(),
            accounts=self._wiring.store.accounts(),
            parts=PARTS,
            usual=WORDING,
            fields=FIELDS,
            problem=problem,
            given=given,
        )

    def choose(self) -> Response:
        """Which parts one account shows; those that are not ticked are off."""
        account = self._account(request.form.get("account", ""))
        off = sorted(set(PARTS) - set(request.form.getlist("on")))
        before = account.settings
        held = list(before.get("network_off", ()))
        told = [*(one for one in held if one not in PARTS), *off]
        if sorted(told) == sorted(held):
            return on_to("/console/network", done="unchanged")
        change = self._wiring.change(
            signed().user.email,
            "network: " + (f"without {', '.join(off)}" if off else "all parts on"),
            f"account:{account.id}",
            why=request.form.get("why", ""),
        )
        if not self._wiring.store.change_settings(
            account.id, {**before, "network_off": told}, expected=before, change=change
        ):
            raise ConflictError("Somebody else changed this account meanwhile; look again, then decide.")
        return on_to("/console/network", done="settings")

    def add(self) -> Response:
        given = _from_form("")
        try:
            self._book.put(given, who=signed().user.email, is_new=True)
        except (MalformedError, ConflictError) as error:
            return self.show(error.status, error, given)
        return on_to("/console/network", done="partner")

    def change(self, partner_id: str) -> Response:
        self._book.required(partner_id)
        given = _from_form(partner_id)
        try:
            self._book.put(given, who=signed().user.email)
        except (MalformedError, ConflictError) as error:
            return self.show(error.status, error, given)
        return on_to("/console/network", done="partner")

    def remove(self, partner_id: str) -> Response:
        self._book.remove(self._book.required(partner_id), who=signed().user.email)
        return on_to("/console/network", done="removed")

    def list(self) -> Response:
        return answer(PartnersTold(self._book.all()))

    def add_by_api(self) -> Response:
        return self._kept("", is_new=True)

    def put_by_api(self, partner_id: str) -> Response:
        self._book.required(partner_id)
        return self._kept(partner_id, is_new=False)

    def remove_by_api(self, partner_id: str) -> Response:
        partner = self._book.required(partner_id)
        self._book.remove(partner, who=signed().user.email)
        return answer(PartnerKept(None))

    def _kept(self, partner_id: str, *, is_new: bool) -> Response:
        body = read_json(PartnerBody)
        partner = replace(Partner(id=partner_id, name=""), **msgspec.structs.asdict(body))
        kept = self._book.put(partner, who=signed().user.email, is_new=is_new)
        return answer(PartnerKept(kept))

    def _account(self, account_id: str) -> Account:
        found = self._wiring.store.account(account_id)
        if found is None:
            raise NotFoundError("There is no such account.")
        return found


def _from_form(partner_id: str) -> Partner:
    form = request.form
    return Partner(
        id=partner_id,
        name=form.get("name", ""),
        words=tuple(form.get("words", "").replace("\n", ",").split(",")),
        contact=form.get("contact", ""),
        reach=form.get("reach", ""),
        hours=form.get("hours", ""),
        wording=form.get("wording", "").replace("\r\n", "\n"),
    )
