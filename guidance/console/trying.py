"""The try-it box: a conversation, a draft, what would be said, and why each rule fires or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

from flask import request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from guidance.accounts import settings_of
from guidance.console.doors import Door
from guidance.console.drafts import Drafts
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.conversations.wire import Asked, read_conversation
from guidance.errors import MalformedError, PackError
from guidance.model import AccountSettings, Advice, Channel, Moment
from guidance.people.users import May
from guidance.pipeline import advance
from guidance.rules import Rulebook, Situation, explain, fires
from guidance.rules.closest import lacking, waits_for
from guidance.rules.engine import Told
from guidance.rules.examples import asked_of
from guidance.rules.overlays import house_rulebook
from guidance.rules.schema import Example
from guidance.signals import hear
from guidance.text.nearest import meant

_LONGEST = 20_000
HELD = MappingProxyType(
    {
        "family": "another hint about the same is shown, or was followed already",
        "budget": "as many hints are shown as one reply takes",
        "cool-down": "it was shown on this ticket just before, or often enough",
        "cap": "the agent has had it as often today as it may come",
        "muted": "the agent has muted it",
        "mastered": "the agent does this without being told",
        "planned": "what it proposes is planned already",
        "obeyed": "it was followed already",
        "dismissed": "it was dismissed already",
        "approved": "it rests on the words of a shared macro or canned response",
        "house words": "it rests on house words alone",
        "holdout": "this ticket is held out, so that what hints do can be measured",
        "paused": "all hints are paused",
        "draft": "it is a draft there",
        "shadow": "it is in shadow there",
        "off here": "it is off for this group or brand",
        "off by default": "it is off by default, and live nowhere here yet",
        "experimental": "it is experimental, and live nowhere here yet",
        "deprecated": "it is deprecated, and will be gone",
    }
)
"""Why a hint that fired is not shown, as the page says it, by the word of the advice."""


class Tried(Struct, frozen=True, kw_only=True):
    """What came of it: the advice, and of the rule that was asked about its evaluation tree, and why it is held back or silent.

    `instead`: by rule that is held back, the one of its family that is shown.
    """

    advice: Advice
    rule: str = ""
    fired: bool = False
    tree: Told | None = None
    why_not: str = ""
    waits_for: str = ""
    lacking: tuple[str, ...] = ()
    instead: dict[str, str] = {}


class Trying:
    """The page with the box."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)
        self._kept: tuple[dict[str, str], Rulebook] | None = None

    def doors(self) -> Sequence[Door]:
        return (Door("GET", "/console/try", May.TRY, self.show), Door("POST", "/console/try", May.TRY, self.run))

    def show(self) -> Response:
        return self._page(
            {"channel": "email", "rule": request.args.get("rule", ""), "file": request.args.get("file", "")}
        )

    def run(self) -> Response:
        """Advise on what was written; nothing of it is kept."""
        form = request.form.to_dict()
        try:
            rulebook = self._rulebook(form.get("file", ""))
            tried = self._wiring.offload(
                try_out,
                asked_in(form, self._wiring.clock()),
                rulebook,
                form.get("rule", "").strip(),
                self._settings(form),
            )
        except (MalformedError, PackError) as error:
            return self._page(form, 422, problem=error)
        asked = form.get("rule", "").strip()
        is_known = not asked or asked in rulebook.rules
        drafted = {rule.id for pack in rulebook.packs if pack.source == form.get("file") for rule in pack.rules}
        unknown = f"There is no rule `{asked[:100]}` to explain{meant(asked, rulebook.rules) or '.'}"
        problem = "" if is_known else unknown
        return self._page(form, tried=tried, drafted=drafted, problem=problem)

    def _page(self, form: dict[str, str], status: int = 200, **told: object) -> Response:
        return page(
            "try.html",
            status,
            form=form,
            rules=sorted(self._wiring.rulebook().rules),
            channels=list(Channel),
            drafts=self._drafts.all(),
            accounts=self._wiring.store.accounts(),
            held=HELD,
            **told,
        )

    def _rulebook(self, file: str) -> Rulebook:
        """The rulebook in force, or with a draft in it."""
        draft = self._drafts.get(file) if file else None
        if draft is None:
            return self._wiring.rulebook()
        files = self._drafts.published().files | {draft.name: draft.text}
        if self._kept is None or self._kept[0] != files:
            self._kept = files, self._wiring.offload(house_rulebook, self._wiring.rulebook.packs, files)
        return self._kept[1]

    def _settings(self, form: dict[str, str]) -> AccountSettings:
        account = self._wiring.store.account(form["account"]) if form.get("account") else None
        return replace(settings_of(account), paused=False, holdout=0.0) if account else AccountSettings()


def asked_in(form: dict[str, str], now: datetime) -> Asked:
    """The conversation that a form holds: pasted in wire format, or as what was said. Raises `MalformedError`."""
    pasted = form.get("conversation", "").strip()
    if pasted:
        try:
            return read_conversation(pasted.encode(), clock=lambda: now)
        except MalformedError as error:
            where = f", at {error.path}" if error.path else ""
            raise MalformedError(f"The conversation can't be used{where}: {error}.", path="conversation") from error
    given: dict[str, object] = {"channel": form.get("channel") or "email"}
    for key in ("last", "draft", "requester", "group", "brand"):
        if told := form.get(key, "").strip():
            given[key] = told[:_LONGEST]
    if earlier := [line.strip() for line in form.get("earlier", "").splitlines() if line.strip()]:
        given["earlier"] = earlier[:50]
    if "last" not in given and "earlier" not in given:
        raise MalformedError("Write what the customer wrote.", path="last")
    return asked_of(Example(given=given, line=1))


def try_out(asked: Asked, rulebook: Rulebook, rule_id: str, settings: AccountSettings) -> Tried:
    """Advise, and explain one rule where one is asked about."""
    case = replace(asked.case, settings=replace(settings, hours=asked.case.settings.hours))
    advice = advance(case, asked.draft, rulebook, asked.now, moment=asked.moment).advice
    instead = _shown_instead(advice, rulebook)
    rule = rulebook.rules.get(rule_id)
    if rule is None:
        return Tried(advice=advice, instead=instead)
    moment = asked.moment or (Moment.DRAFT if asked.draft and Moment.DRAFT in rule.moments else min(rule.moments))
    draft = asked.draft.draft if asked.draft else None
    situation = Situation(hear(case, rulebook.ear), moment, asked.now, draft=draft, ear=rulebook.ear)
    held = next((one.because for one in advice.held_back if one.rule == rule_id), "")
    rule = rulebook.rule_in(rule, situation)
    return Tried(
        advice=advice,
        rule=rule_id,
        fired=fires(rule, situation) is not None,
        tree=explain(rule.when, situation),
        why_not=held,
        waits_for=waits_for(rule, situation),
        lacking=lacking(rule.when, situation),
        instead=instead,
    )


def _shown_instead(advice: Advice, rulebook: Rulebook) -> dict[str, str]:
    shown = {rulebook.rules[one.rule].family: one.rule for one in advice.hints if one.rule in rulebook.rules}
    held = [one.rule for one in advice.held_back if one.because == "family" and one.rule in rulebook.rules]
    return {rule: shown[family] for rule in held if (family := rulebook.rules[rule].family) in shown}
