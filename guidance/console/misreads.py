"""Where agents said "misread": those replies as examples without names, put into the rule as `silent` with one click.

Who said so is not shown, and neither is the ticket. The words are shown to those who may open it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import re2
from flask import redirect, request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.drafts import Drafts
from guidance.console.wiring import Wiring
from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.errors import NotFoundError
from guidance.model import Case, Comment, Moment, TicketKey, Verdict
from guidance.people.users import May
from guidance.rules import Rule
from guidance.rules.examples import promise_kept
from guidance.rules.schema import Example
from guidance.rules.silencing import with_silent
from guidance.text.masking import masked

MISREAD = "misread"
_WORD = re2.compile(r"[\pL\pN]+")
_LONGEST = 2000
_MOST_SHOWN, _MOST_LOOKED_AT = 5, 20
_CUSTOMER, _AGENT = "Rana Haddad", "Amir Khan"
"""Whoever wrote goes by these names in an example."""


class Misread(Struct, frozen=True):
    """One reply on which a rule was called misread, as an example. `fires`: whether the rule still speaks there."""

    id: str
    given: dict[str, str | list[str]]
    fires: bool


class Misreads:
    """What a rule's page shows, and the door behind its button."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)

    def doors(self) -> Sequence[Door]:
        return (Door("POST", "/console/rules/<rule_id>/silent", May.DRAFT, self.add),)

    def add(self, rule_id: str) -> Response:
        """Put one of them into the rule's draft, which the editor then shows with what it breaks."""
        rule = self._wiring.rulebook().rules.get(rule_id)
        if rule is None:
            raise NotFoundError("There is no rule of that name in force.")
        found = next((one for one in self.of(rule) if one.id == request.form.get("misread")), None)
        if found is None:
            raise NotFoundError("This reply is no longer here.")
        draft = self._drafts.of_rule(rule_id)
        text = with_silent(draft.text, rule_id, found.given)
        self._drafts.save(draft.name, text, seen=draft.version, who=signed().user.email)
        return redirect(f"/console/files/{draft.name}", 303)

    def of(self, rule: Rule) -> list[Misread]:
        """The latest ones that this person may read, each once."""
        found: dict[str, Misread] = {}
        for case in self._cases(rule):
            for given in examples_in(case, rule):
                name = hashlib.sha256(f"{rule.id}|{given}".encode()).hexdigest()[:16]
                found[name] = Misread(name, given, self._fires(rule, given))
            if len(found) >= _MOST_SHOWN:
                break
        return list(found.values())[:_MOST_SHOWN]

    def _cases(self, rule: Rule) -> Iterator[Case]:
        for account in signed().user.agents:
            for ticket_id in self._wiring.store.misread(account, rule.id)[:_MOST_LOOKED_AT]:
                case = self._wiring.store.load(TicketKey(account, ticket_id))
                if case and self._wiring.may_read(signed().user, account, ticket_id):
                    yield case

    def _fires(self, rule: Rule, given: dict[str, str | list[str]]) -> bool:
        example = Example(given=given, line=1)
        return promise_kept(rule, example, self._wiring.rulebook(), expected=True)


def examples_in(case: Case, rule: Rule) -> Iterator[dict[str, str | list[str]]]:
    """Each slot of a case in which somebody called a rule misread: what the customer wrote, and the reply as it was sent."""
    comments = visible_comments(case)
    slots = {
        one.slot for slot in case.slots for one in slot.seen if _is_misread(one.rule, one.verdict, one.reason, rule)
    }
    for slot in sorted(slots):
        begins = next((n + 1 for n, one in enumerate(comments) if one.id == slot), 0)
        ends = next((n for n, one in enumerate(comments) if n >= begins and one.is_public_reply), len(comments))
        turn = turns_of(comments[:ends]).latest
        if not turn or (Moment.DRAFT in rule.moments and ends == len(comments)):
            continue
        given: dict[str, str | list[str]] = {"last": [_nameless(one.text, case, comments) for one in turn]}
        if Moment.DRAFT in rule.moments:
            given["draft"] = _nameless(comments[ends].text, case, comments)
        yield given | {"requester": _CUSTOMER}


def _is_misread(rule_id: str, verdict: Verdict, reason: str | None, rule: Rule) -> bool:
    return rule_id == rule.id and verdict is Verdict.DISMISSED and reason == MISREAD


def _nameless(text: str, case: Case, comments: Sequence[Comment]) -> str:
    """The words with everything private masked, and with the names of those who wrote changed for made-up ones."""
    agents = {one.author_name for one in comments if one.is_public_reply} | {case.conversation.assignee.name}
    stand_ins = {word: told for name in agents for word, told in _stand_ins(name, _AGENT)}
    stand_ins |= dict(_stand_ins(case.conversation.requester.name, _CUSTOMER))
    told = masked(text, 0, min(len(text), _LONGEST))
    return str(_WORD.sub(lambda found: stand_ins.get(found.group().casefold(), found.group()), told))


def _stand_ins(name: str | None, made_up: str) -> Iterator[tuple[str, str]]:
    """Each word of a name with what stands in its place: first names for first names, the last for the last."""
    first, last = made_up.split()
    words = _WORD.findall(name or "")
    for place, word in enumerate(words):
        if len(word) > 1:
            yield word.casefold(), last if place and place == len(words) - 1 else first
