"""The rules: a list with what each does where, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.accounts import settings_of
from guidance.console.charts import Series, drawn
from guidance.console.counted import days_of, numbers_by_rule, tallied
from guidance.console.doors import Door, signed
from guidance.console.misreads import Misreads
from guidance.console.overlays import merged
from guidance.console.pages import page
from guidance.console.places import known_places
from guidance.console.wiring import Wiring
from guidance.dispatch.noise import WHO as NOISE_LIMIT
from guidance.errors import NotFoundError, RefusedError
from guidance.hints.stages import standing
from guidance.model import Channel, Stage, Ticket
from guidance.people.users import May
from guidance.ports import Account, Change, Edition
from guidance.rules import PackFile, Rule, Rulebook
from guidance.rules.examples import promise_kept
from guidance.rules.extracting import rule_text
from guidance.rules.loader import file_of
from guidance.text.fold import fold
from guidance.web.answering import answer

_BY_MAIL = Ticket(channel=Channel.EMAIL)
"""What a stage is told for where a rule holds for some channels only."""


class Row(Struct, frozen=True, kw_only=True):
    """One rule of the list: `standings` by account, whether it is the house's own."""

    id: str
    title: str
    principle: str
    pack: str
    level: str
    status: str
    is_house: bool
    standings: dict[str, str]


class Rules:
    """The list, and a rule's page."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._misreads = Misreads(wiring)

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/rules", May.SEE, self.show_all),
            Door("GET", "/console/rules/<rule_id>", May.SEE, self.show),
            Door("GET", "/console/rules/<rule_id>/days.svg", May.SEE, self.draw),
            Door("GET", "/api/v1/rules", May.SEE, self.all_json),
            Door("GET", "/api/v1/rules/<rule_id>", May.SEE, self.show_json),
        )

    def show_all(self, status: int = 200, problem: RefusedError | None = None) -> Response:
        """All rules, narrowed by `q` (words of what agents read, or of id, title, principle and pack) and `stage`."""
        q, wanted = request.args.get("q", "")[:100], request.args.get("stage", "")[:40]
        rows = [one for one in self._rows(q) if not wanted or wanted in one.standings.values()]
        numbers = numbers_by_rule(tallied(self._wiring.store, self._wiring.clock().date()), [one.id for one in rows])
        return page(
            "rules.html",
            status,
            problem=problem,
            rows=rows,
            numbers=numbers,
            q=q,
            stage=wanted,
            accounts=self._wiring.store.accounts(),
            drafts=sorted(self._wiring.store.records("drafts")),
            published=(self._wiring.store.edition() or Edition()).files,
            quieted=[one for one in self._wiring.store.changes(count=100) if one.who == NOISE_LIMIT][:5],
        )

    def all_json(self) -> Response:
        rulebook = self._wiring.rulebook()
        return answer({"version": rulebook.version, "edition": self._wiring.rulebook.edition, "rules": self._rows()})

    def show(self, rule_id: str, status: int = 200, problem: RefusedError | None = None) -> Response:
        """A rule: its words, why, its source, its examples, its stage in each account, and its history."""
        rule, file = self._found(rule_id)
        today = self._wiring.clock().date()
        tallies = tallied(self._wiring.store, today)
        days = days_of(tallies, rule_id, today)
        return page(
            "rule.html",
            status,
            rule=rule,
            problem=problem,
            given=request.form if problem else {},
            source=rule_text(file, rule_id),
            is_house=self._is_house(rule),
            file=file.source,
            examples=self._wiring.offload(self._examples, rule),
            accounts=[self._standing(rule, account) for account in self._wiring.store.accounts()],
            stages=list(Stage),
            known=known_places(self._wiring),
            merged=merged(self._wiring, rule),
            numbers=numbers_by_rule(tallies, [rule_id])[rule_id],
            days=days[::-1],
            misreads=self._misreads.of(rule) if signed().user.may(May.DRAFT) else [],
            history=self._history(rule_id, file.source),
        )

    def draw(self, rule_id: str) -> Response:
        """A rule's last thirty days as a picture; its page has them as a table too."""
        self._found(rule_id)
        today = self._wiring.clock().date()
        days = days_of(tallied(self._wiring.store, today), rule_id, today)
        told = [
            ("shown", [d.shown for d in days]),
            ("followed", [d.followed for d in days]),
            ("in shadow", [d.shadow for d in days]),
        ]
        return drawn([day.day for day in days], [Series(*one) for one in told if any(one[1])])

    def show_json(self, rule_id: str) -> Response:
        rule, file = self._found(rule_id)
        row = self._row(rule, self._wiring.store.accounts())
        return answer({"rule": row, "say": rule.hint.say, "why": rule.hint.why, "yaml": rule_text(file, rule_id)})

    def _history(self, rule_id: str, source: str) -> list[Change]:
        """What was changed of a rule, and of the house's file that holds it."""
        store = self._wiring.store
        found = [*store.changes(subject=f"rule:{rule_id}"), *store.changes(subject=f"file:{source}")]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def _found(self, rule_id: str) -> tuple[Rule, PackFile]:
        rule = self._wiring.rulebook().rules.get(rule_id)
        if rule is None:
            raise NotFoundError("There is no rule of that name in force.")
        pack = next(one for one in self._wiring.rulebook().packs if one.label == rule.pack)
        edition = self._wiring.store.edition() or Edition()
        text = edition.files.get(pack.source)
        return rule, PackFile(pack.source, text) if text is not None else file_of(pack.source)

    def _is_house(self, rule: Rule) -> bool:
        return all(rule.pack != pack.label for pack in self._wiring.rulebook.packs)

    def _rows(self, q: str = "") -> list[Row]:
        accounts, rulebook = self._wiring.store.accounts(), self._wiring.rulebook()
        found = [rule for rule in rulebook.rules.values() if _matches(rule, rulebook, q)]
        return [self._row(rule, accounts) for rule in sorted(found, key=_order)]

    def _row(self, rule: Rule, accounts: Sequence[Account]) -> Row:
        return Row(
            id=rule.id,
            title=rule.title,
            principle=rule.principle,
            pack=rule.pack,
            level=rule.level,
            status=rule.status,
            is_house=self._is_house(rule),
            standings={one.id: standing(rule, settings_of(one), _BY_MAIL) for one in accounts},
        )

    def _standing(self, rule: Rule, account: Account) -> dict[str, Any]:
        settings = settings_of(account)
        return {
            "id": account.id,
            "standing": standing(rule, settings, _BY_MAIL),
            "stage": settings.stages.get(rule.id, ""),
            "narrow": [
                {"kind": scope.partition(":")[0], "name": scope.partition(":")[2], "stage": stages[rule.id]}
                for scope, stages in sorted(settings.stages_in.items())
                if rule.id in stages
            ],
        }

    def _examples(self, rule: Rule) -> list[dict[str, Any]]:
        """Each example with whether it keeps its promise."""
        kinds = (("fires", True), ("silent", False))
        return [
            {"kind": kind, "given": one.given, "kept": promise_kept(rule, one, self._wiring.rulebook(), expected=fires)}
            for kind, fires in kinds
            for one in getattr(rule.examples, kind)
        ]


def _matches(rule: Rule, rulebook: Rulebook, q: str) -> bool:
    """Whether every word stands in what agents read, here or in one group or brand, or in what the rule is called."""
    overlays = (pack.overlay for pack in rulebook.packs if pack.overlay)
    other = [one for overlay in overlays if (one := overlay.variations.get(rule.id))]
    wordings = [rule.hint.say, *(each for one in other for each in (one.say, one.offers))]
    read = [text for by_language in wordings for texts in by_language.values() for text in texts]
    read += [text for _, text, _ in rule.hint.all_offers()]
    told = fold(" ".join([rule.id, rule.title, rule.principle, rule.pack, rule.hint.why, *read])).text
    return all(word in told for word in fold(q).text.split())


def _order(rule: Rule) -> tuple[str, str]:
    return rule.pack, rule.id
