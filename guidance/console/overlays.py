"""What is other about a rule in one account, group or brand: what comes of it there, and the form that says so. A lead, for own groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from flask import request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from guidance.accounts.scopes import checked_scope, scope_named
from guidance.console.doors import Door, signed
from guidance.console.pages import on_to, page
from guidance.console.places import check_place, known_places
from guidance.console.versions import put_edition
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotAllowedError, NotFoundError, RefusedError
from guidance.model import SCOPES, Level, Ticket
from guidance.people.leading import may_overlay
from guidance.people.users import May
from guidance.ports import Edition
from guidance.rules import Pack, Rule, Rulebook
from guidance.rules.doubts_there import doubts_there
from guidance.rules.overlaying import as_shown, changed_entry, entry_in, with_entry
from guidance.rules.overlays import Flaw, flaws_together
from guidance.rules.schema import Overlay

_TRIES = 20
FIELDS = {
    "say": "What it says",
    "offer": "What it offers to insert",
    "level": "Level",
    "weight": "Weight",
    "per_ticket": "Times on one ticket",
    "per_day": "Times a day to one agent",
    "rest_slots": "Replies that it rests",
    "except.last.says": "Not where the customer says",
    "except.draft.says": "Not where the agent writes",
    "except.ticket.tags": "Not on tickets with these tags",
    "off": "Off here",
}
"""The boxes of the form, by field, with what they are called."""

_CHANGED_MEANWHILE = "Somebody else changed this rule there meanwhile; their words are below, yours are in the boxes."
_HELD_ALREADY = "This rule is other there already. Below is what holds, with what you wrote in its boxes; look at both, then publish."


class Merged(Struct, frozen=True, kw_only=True):
    """A rule as it is in one place: `own` are the things that are other there. `exceptions`: those added there, in words."""

    overlay: Overlay
    rule: Rule
    own: tuple[str, ...]
    exceptions: tuple[str, ...]
    may_change: bool
    shown: dict[str, str]
    seen: str


class Given(Struct, frozen=True):
    """What somebody wrote that could not be kept."""

    account: str
    kind: str
    name: str
    shown: dict[str, str]
    seen: str

    @property
    def scope(self) -> str:
        return scope_named(self.kind, " ".join(self.name.split()))

    @property
    def is_first(self) -> bool:
        """Whether it was written where nothing was seen to be other."""
        return self.seen in ("", _seal({}))


class Overlays:
    """A rule's page of what is other where, and its form."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        path = "/console/rules/<rule_id>/overlays"
        return (Door("GET", path, May.SEE, self.show), Door("POST", path, May.OVERLAY, self.keep))

    def show(
        self,
        rule_id: str,
        status: int = 200,
        problems: Sequence[str | RefusedError] = (),
        given: Given | None = None,
        wrong: str = "",
    ) -> Response:
        """What is other where; with `problems`, what was `given` stands in its boxes, and `wrong` is the field to mend."""
        rule, user = self._rule(rule_id), signed().user
        accounts = [one.id for one in self._wiring.store.accounts()]
        is_lead = not user.may(May.PUBLISH)
        return page(
            "overlays.html",
            status,
            rule=rule,
            merged=merged(self._wiring, rule),
            accounts=[one for one in accounts if not is_lead or one in user.agents],
            kinds=("group",) if is_lead else ("", *SCOPES),
            groups=user.groups if is_lead else (),
            may_add=user.may(May.OVERLAY) and (not is_lead or bool(user.groups and user.agents)),
            is_lead=is_lead,
            levels=list(Level),
            known=known_places(self._wiring),
            doubts=self._wiring.offload(_doubts_of, rule, self._wiring.rulebook()),
            problems=problems,
            wrong={"path": wrong},
            fields=FIELDS,
            given=given,
        )

    def keep(self, rule_id: str) -> Response:
        """Publish what is other there, where its examples still hold, over what was `seen`; nothing other: as everywhere."""
        self._rule(rule_id)
        form = request.form
        shown = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS if name in form or name == "off"}
        given = Given(form.get("account", ""), form.get("kind", ""), form.get("name", ""), shown, form.get("seen", ""))
        if self._wiring.store.account(given.account) is None:
            raise NotFoundError("There is no such account.")
        try:
            scope = checked_scope(given.kind, given.name)
            if not may_overlay(signed().user, given.account, scope):
                raise NotAllowedError(
                    "You may change rules for the groups that you lead, and in accounts where you are known."
                )
            if given.is_first:
                check_place(self._wiring, given.account, scope)
            flaws, done = self._publish(rule_id, given, scope)
        except MalformedError as error:
            called = FIELDS.get(error.path)
            told = f"{called}: {error}" if called else error
            return self.show(rule_id, error.status, [told], given, error.path)
        except ConflictError as error:
            return self.show(rule_id, error.status, [str(error)], self._beside(rule_id, given))
        if flaws:
            return self.show(rule_id, 422, flaws, given)
        return on_to(f"/console/rules/{rule_id}/overlays", done=done)

    def _beside(self, rule_id: str, given: Given) -> Given:
        """What was written into empty boxes, together with what holds there already; else what was written, as it is."""
        if not given.is_first:
            return given
        files = (self._wiring.store.edition() or Edition()).files
        held = as_shown(entry_in(files, given.account, given.scope, rule_id))
        return replace(given, shown=held | {name: told for name, told in given.shown.items() if told.strip()})

    def _publish(self, rule_id: str, given: Given, scope: str) -> tuple[list[str], str]:
        """What keeps it from being published; nothing where it is in force, or where there was nothing to publish."""
        for _ in range(_TRIES):
            head = self._wiring.store.edition() or Edition()
            entry = entry_in(head.files, given.account, scope, rule_id)
            if _seal(entry) != (given.seen or _seal({})):
                raise ConflictError(_HELD_ALREADY if given.is_first else _CHANGED_MEANWHILE)
            name, files = with_entry(head.files, given.account, scope, rule_id, changed_entry(entry, given.shown))
            if files == head.files:
                return [], "same"
            if name in files and (
                flaws := self._wiring.offload(flaws_together, self._wiring.rulebook.packs, files, name)
            ):
                return [flaw.message for flaw in flaws], ""
            where = f"changed for {scope.replace(':', ' ') or 'all'} in {given.account}"
            if put_edition(self._wiring, head, files, where, f"rule:{rule_id}", why=request.form.get("why", "")):
                return [], "overlay"
        raise ConflictError("Rules are published faster than this can be; try again in a moment.")

    def _rule(self, rule_id: str) -> Rule:
        rule = self._wiring.rulebook().rules.get(rule_id)
        if rule is None:
            raise NotFoundError("There is no rule of that name in force.")
        return rule


def merged(wiring: Wiring, rule: Rule) -> list[Merged]:
    """The rule as it is in each place where something is other about it, in order of account and place."""
    files, rulebook = (wiring.store.edition() or Edition()).files, wiring.rulebook()
    return [_merged(overlay, rule, rulebook, files) for overlay in _about(rule, rulebook)]


def _doubts_of(rule: Rule, rulebook: Rulebook) -> dict[str, list[str]]:
    """What is doubtful about what overlays say of a rule, by where they hold."""
    overlays = [pack for pack in rulebook.packs if pack.overlay and rule.id in pack.overlay.variations]
    return {
        pack.overlay.where: [one.message for one in _doubts_in(pack, rulebook) if one.rule == rule.id]
        for pack in overlays
        if pack.overlay
    }


def _doubts_in(pack: Pack, rulebook: Rulebook) -> Iterator[Flaw]:
    others = [one.overlay for one in rulebook.packs if one.overlay and one is not pack]
    return doubts_there(pack, rulebook.rules.values(), others)


def _about(rule: Rule, rulebook: Rulebook) -> Iterator[Overlay]:
    found = (pack.overlay for pack in rulebook.packs if pack.overlay and rule.id in pack.overlay.variations)
    return iter(sorted(found, key=lambda one: (one.account, one.scope)))


def _merged(overlay: Overlay, rule: Rule, rulebook: Rulebook, files: dict[str, str]) -> Merged:
    kind, _, name = overlay.scope.partition(":")
    ticket = Ticket(group=name if kind == "group" else None, brand=name if kind == "brand" else None)
    entry = entry_in(files, overlay.account, overlay.scope, rule.id)
    variation = overlay.variations[rule.id]
    return Merged(
        overlay=overlay,
        rule=rulebook.rule_on(rule, overlay.account, ticket),
        own=tuple(entry),
        exceptions=tuple(one.label for one in variation.exceptions),
        may_change=may_overlay(signed().user, overlay.account, overlay.scope),
        shown=as_shown(entry),
        seen=_seal(entry),
    )


def _seal(entry: dict[str, Any]) -> str:
    """By which it is told whether an entry is as somebody saw it."""
    return sha256(msgspec.json.encode(entry, order="sorted")).hexdigest()[:16] if entry else "nothing"
