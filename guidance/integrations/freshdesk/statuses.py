"""The account's own statuses by number, as Freshdesk's API tells them; `config.statuses` may name their labels instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.words import plain, plainly_named
from guidance.integrations.kept import Kept
from guidance.integrations.taming import is_number
from guidance.ports import Account


class FieldRecord(Struct, frozen=True, kw_only=True):
    """A field of tickets. `choices` of the status field: number -> labels."""

    name: str = ""
    type: str = ""
    required_for_agents: bool = False
    choices: Any = None


class Statuses:
    """What an account's own statuses mean, for any number of threads."""

    def __init__(self, api: FreshdeskApi, account: Account) -> None:
        self._api = api
        self._account = account.id
        self._given = plainly_named(account.config.get("statuses") or {})
        self._kept = Kept(seconds=3600)

    def known(self) -> Mapping[str, str]:
        """Number or label -> ours. The labels' numbers are asked for where there are any, once an hour. Raises `HelpdeskError`."""
        if all(map(is_number, self._given)):
            return self._given
        return self._kept.spared("statuses", self._numbered, account=self._account) or self._given

    def _numbered(self) -> Mapping[str, str]:
        fields = self._api.get("ticket_fields", list[FieldRecord])
        found = {
            number: self._given[label]
            for number, labels in statuses_in(fields)
            for label in map(plain, labels)
            if label in self._given
        }
        return found | self._given


def statuses_in(fields: list[FieldRecord]) -> Iterator[tuple[str, list[str]]]:
    """Each status by number, with the labels that agents and customers see."""
    for field in fields:
        if field.name == "status" and isinstance(field.choices, dict):
            for number, labels in field.choices.items():
                yield str(number), [str(one) for one in (labels if isinstance(labels, list) and labels else [labels])]
