"""What `guidance connect freshdesk` sets up in Freshdesk, and `disconnect` takes out again: automation rules that call us.

One rule for each event and performer, since no placeholder says who acted. Everything may be done again: our rules are known by
the address they call. Source: Freshdesk's API reference (Automation Rules, Ticket Fields, Business Hours, Agents).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct

from guidance.errors import HelpdeskError, SetupError
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.auth import SECRET
from guidance.integrations.freshdesk.bodies import CONTENT
from guidance.integrations.freshdesk.records import AgentRecord
from guidance.integrations.freshdesk.schedule import ScheduleRecord, hours_from
from guidance.integrations.freshdesk.statuses import FieldRecord, statuses_in
from guidance.integrations.freshdesk.words import plain, plainly_named, status_of
from guidance.integrations.taming import Id
from guidance.model import Hours

T = TypeVar("T")

ON_CREATION, ON_UPDATE = 1, 4
AGENT, REQUESTER, EITHER = 1, 2, 3
NAME = "Guidance"
_THIN = (
    "v",
    "ticket_id",
    "status",
    "priority",
    "source",
    "tags",
    "group_name",
    "requester_id",
    "updated_at",
    "triggered_event",
)
_ANY = {"from": "--", "to": "--"}
_CHANGES = tuple({"field_name": name, **_ANY} for name in ("status", "priority", "group_id", "responder_id"))
_PUBLIC = {"comment": "{{ticket.latest_public_comment}}"}
_PRIVATE = {"comment": "{{ticket.latest_private_comment}}"}
_REPLY, _NOTE = {"field_name": "reply_sent"}, {"field_name": "note_type", "value": "public"}
_WHO = {AGENT: "agent", REQUESTER: "requester", EITHER: ""}
_UPDATES: tuple[tuple[str, int, tuple[Mapping[str, str], ...], Mapping[str, str]], ...] = (
    ("customer_reply", REQUESTER, (_REPLY, _NOTE), _PUBLIC),
    ("agent_reply", AGENT, (_REPLY,), _PUBLIC),
    ("public_note", AGENT, (_NOTE,), _PUBLIC),
    ("private_note", AGENT, ({"field_name": "note_type", "value": "private"},), _PRIVATE),
    ("ticket_updated", EITHER, _CHANGES, {}),
)
_GIVEN = frozenset({"subject", "description", "status", "priority", "source", "requester", "agent", "tags", "company"})
"""Fields of a new ticket that we fill, or that Freshdesk fills by itself."""


class Rule(Struct, frozen=True, kw_only=True):
    """A rule as we want it: in which list it belongs, and its body."""

    kind: int
    body: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.body["name"])


class RuleRecord(Struct, frozen=True, kw_only=True):
    """A rule as Freshdesk tells of it."""

    id: Id = None
    name: str = ""
    active: bool = True
    position: int | None = None
    performer: Any = None
    events: Any = None
    conditions: Any = None
    actions: list[dict[str, Any]] = []


def wanted_rules(endpoint: str, secret: str, *, thin: bool = False) -> list[Rule]:
    """The rules that feed `endpoint`. `thin`: no text and no name travels in webhooks; the text is fetched instead."""
    common = {name: CONTENT[name] for name in _THIN} if thin else dict(CONTENT)
    opened = {} if thin else {"description": "{{ticket.description}}"}
    creation = {
        "conditions": [
            {
                "name": "condition_set_1",
                "match_type": "any",
                "properties": [
                    # No rule matches every ticket by itself; every ticket has one of these.
                    {"field_name": "priority", "resource_type": "ticket", "operator": "in", "value": [1, 2, 3, 4]}
                ],
            }
        ]
    }
    rules = [_rule(ON_CREATION, "ticket_created", creation, common | opened, "", endpoint, secret)]
    for event, performer, events, text in _UPDATES:
        when = {"performer": {"type": performer}, "events": list(events)}
        rules.append(
            _rule(ON_UPDATE, event, when, common | ({} if thin else dict(text)), _WHO[performer], endpoint, secret)
        )
    return rules


class Setup:
    """The set-up of one Freshdesk with an admin's key. `statuses`: what the account maps already. All methods raise `SetupError` or `HelpdeskError`."""

    def __init__(self, api: FreshdeskApi, endpoint: str, *, statuses: Mapping[str, str] | None = None) -> None:
        self._api = api
        self._endpoint = endpoint
        self._own = statuses or {}

    def me(self) -> AgentRecord:
        """Whose key this is."""
        return _allowed("read agents", lambda: self._api.get("agents/me", AgentRecord))

    def put_rules(self, secret: str, *, thin: bool) -> Iterator[tuple[str, str]]:
        """Our rules, made or brought up to date, each with a word for what was done: `made`, `changed` or `kept`."""
        ours = {(kind, rule.name): rule for kind, rule in self._ours()}
        for wanted in wanted_rules(self._endpoint, secret, thin=thin):
            known = ours.get((wanted.kind, wanted.name))
            yield wanted.name, self._put(wanted, known)

    def missing_rules(self, secret: str, *, thin: bool) -> list[str]:
        """Names of the rules that `put_rules` would make."""
        ours = {(kind, rule.name) for kind, rule in self._ours()}
        return [one.name for one in wanted_rules(self._endpoint, secret, thin=thin) if (one.kind, one.name) not in ours]

    def remove(self) -> list[str]:
        """Take our rules out; a line for each."""
        told = []
        for kind, rule in list(self._ours()):
            path = f"automations/{kind}/rules/{rule.id}"
            _allowed("delete automation rules", partial(self._api.remove, path))
            told.append(f"the rule “{rule.name}” is deleted in Freshdesk")
        return told

    def would_remove(self) -> list[str]:
        """The same without doing it."""
        return [f"the rule “{rule.name}” would be deleted in Freshdesk" for _, rule in self._ours()]

    def hours(self) -> Hours | None:
        """The default business hours, None where there are none, this key may not read them, or they are of another shape."""
        try:
            return hours_from(self._api.get("business_hours", list[ScheduleRecord]))
        except HelpdeskError as error:
            if (error.permanent and error.status != 401) or error.status == 200:
                return None
            raise

    def obstacles(self) -> Iterator[str]:
        """What stands in our way, in words for the admin: rule order, and what a new ticket must have."""
        yield from self._rules_before_ours()
        fields = _allowed("read ticket fields", lambda: self._api.get("ticket_fields", list[FieldRecord]))
        needed = [one.name for one in fields if one.required_for_agents and one.name not in _GIVEN]
        if needed:
            yield (
                f"a new ticket here needs {', '.join(needed)}: give each by --task-field NAME=VALUE, or promises get no task"
            )
        unknown = [
            f"{labels[0]} ({number})" for number, labels in statuses_in(fields) if not self._knows(number, labels)
        ]
        if unknown:
            yield (
                f"these statuses of your own count as open: {', '.join(unknown)} "
                "(config.statuses maps them, by label or number)"
            )

    def _knows(self, number: str, labels: list[str]) -> bool:
        is_mapped = not plainly_named(self._own).keys().isdisjoint(map(plain, labels))
        return is_mapped or status_of(number, self._own) is not None

    def _rules_before_ours(self) -> Iterator[str]:
        rules, is_cascading = self._rules(ON_CREATION)
        ours = [place for place, one in enumerate(rules) if self._is_ours(one)]
        before = [one.name for one in rules[: ours[0] if ours else len(rules)] if one.active]
        if before and not is_cascading:
            yield (
                "only the first matching rule runs when a ticket is created, and these stand before ours: "
                f"{', '.join(before)}. Move ours up, or let all matching rules run (Automations, settings)"
            )

    def _put(self, wanted: Rule, known: RuleRecord | None) -> str:
        path = f"automations/{wanted.kind}/rules"
        if known is None:
            _allowed("create automation rules", lambda: self._api.post(path, wanted.body, RuleRecord))
            return "made"
        if known.active and all(_fits(value, getattr(known, name, None)) for name, value in _compared(wanted)):
            return "kept"
        _allowed("change automation rules", lambda: self._api.put(f"{path}/{known.id}", wanted.body, RuleRecord))
        return "changed"

    def _ours(self) -> Iterator[tuple[int, RuleRecord]]:
        for kind in (ON_CREATION, ON_UPDATE):
            for rule in self._rules(kind)[0]:
                if self._is_ours(rule):
                    yield kind, rule

    def _is_ours(self, rule: RuleRecord) -> bool:
        return any(action.get("url") == self._endpoint for action in rule.actions)

    def _rules(self, kind: int) -> tuple[list[RuleRecord], bool]:
        """The rules of a list in their order, and whether all that match run."""
        found = _allowed("read automation rules", lambda: self._api.listed(f"automations/{kind}/rules", RuleRecord))
        rules, meta = found
        return sorted(rules, key=lambda one: one.position or 0), bool(meta.get("cascading_rules"))


def _rule(
    kind: int, event: str, when: Mapping[str, Any], content: Mapping[str, str], who: str, endpoint: str, secret: str
) -> Rule:
    webhook = {
        "field_name": "trigger_webhook",
        "request_type": "POST",
        "url": endpoint,
        "content_type": "JSON",
        "content_layout": "2",
        "custom_headers": {SECRET: secret},
        "content": {**content, "event": event, "actor_type": who},
    }
    name = f"{NAME}: {event.replace('_', ' ')}"
    return Rule(kind=kind, body={"name": name, "active": True, "position": 1, **when, "actions": [webhook]})


def _compared(wanted: Rule) -> Iterator[tuple[str, Any]]:
    """What makes a rule ours as it should be; its place is the admin's."""
    return ((name, value) for name, value in wanted.body.items() if name in ("performer", "events", "actions"))


def _fits(wanted: Any, found: Any) -> bool:
    """Whether all that is wanted is there; Freshdesk adds fields of its own, and hides nothing that we compare."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(_fits(value, found.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list):
        return (
            isinstance(found, list)
            and len(found) == len(wanted)
            and all(_fits(one, other) for one, other in zip(wanted, found, strict=True))
        )
    return str(wanted) == str(found)


def _allowed(what: str, call: Callable[[], T]) -> T:
    """Call; a refusal becomes a sentence on what is lacking."""
    try:
        return call()
    except HelpdeskError as error:
        if error.status == 401:
            raise SetupError(
                "Freshdesk does not accept this key; it stands in Freshdesk under Profile settings, View API key"
            ) from error
        if error.status == 403:
            raise SetupError(
                f"this key may not {what}: it needs an admin's key, and a plan with webhooks in automations (Growth and up)"
            ) from error
        raise
