"""The groups, brands and agents that helpdesks have: what to choose from, and whether a name or an id is one of them.

What the roster has is believed without a call. For the rest the helpdesk is asked, and where it can't say, nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from guidance.accounts import settings_of
from guidance.console.wiring import Wiring
from guidance.errors import HelpdeskError, MalformedError
from guidance.ports import Account
from guidance.text.nearest import nearest

T = TypeVar("T")

Teams = Mapping[str, Sequence[str] | None]
"""By account: its groups and brands, as in `group:Billing`; None where its helpdesk does not say."""

_MOST_NAMED = 10


def known_places(wiring: Wiring, accounts: Sequence[Account] | None = None) -> list[str]:
    """Groups that have agents there, and groups and brands that somebody named here before, to choose from."""
    chosen = wiring.store.accounts() if accounts is None else accounts
    led = {group for user in wiring.users.all() for group in user.groups}
    named = {scope.partition(":")[2] for one in chosen for scope in settings_of(one).live_in or ()}
    staffed = {group for one in chosen for group in _staffed(wiring, one)}
    return sorted(led | named | staffed, key=str.casefold)


def check_place(wiring: Wiring, account_id: str, scope: str) -> None:
    """Raise `MalformedError` where an account's helpdesk has no such group or brand, naming those that it has."""
    kind, _, name = scope.partition(":")
    account = wiring.accounts.get(account_id)
    if account is None or not kind or (kind == "group" and _is_in(name, _staffed(wiring, account))):
        return
    there = _places_in(wiring, account, kind)
    if there is not None and not _is_in(name, there):
        raise MalformedError(f"There is no {kind} “{name}” in {account_id}. {_offered(name, there)}", path="name")


def check_groups(wiring: Wiring, groups: Iterable[str]) -> None:
    """Raise `MalformedError` for a group that none of the helpdesks has."""
    accounts = wiring.store.accounts()
    there = {group for account in accounts for group in _staffed(wiring, account)}
    missing = [group for group in groups if not _is_in(group, there)]
    if not missing or not accounts:
        return
    told = [_places_in(wiring, account, "group") for account in accounts]
    if None in told:
        return
    there = {group for one in told for group in one or ()}
    for group in missing:
        if not _is_in(group, there):
            raise MalformedError(f"No helpdesk here has a group “{group}”. {_offered(group, there)}", path="groups")


def teams_of(wiring: Wiring, account: Account) -> list[str] | None:
    """An account's groups and brands; None where its helpdesk does not say."""
    return _asked(lambda: [*wiring.helpdesk(account).teams(), *(f"group:{one}" for one in _staffed(wiring, account))])


def named_in(teams: Teams, kind: str) -> list[str]:
    """The names of all groups, or brands, in order."""
    names = {one.partition(":")[2] for there in teams.values() for one in there or () if one.startswith(f"{kind}:")}
    return sorted(names, key=str.casefold)


def missing_told(kind: str, name: str, teams: Teams) -> str:
    """That none of these accounts has such a group or brand, and what might have been meant; '' where one has, or can't say."""
    if not teams or None in teams.values():
        return ""
    there = named_in(teams, kind)
    return "" if _is_in(name, there) else f"no helpdesk here has a {kind} “{name}”. {_offered(name, there)}"


def check_agent(wiring: Wiring, account: Account, agent_id: str) -> None:
    """Raise `MalformedError` where this is nobody's id among an account's agents."""
    roster = wiring.store.roster(account.id)
    if roster is not None and roster.get(agent_id):
        return
    if (found := _asked(lambda: [wiring.helpdesk(account).agent(agent_id)])) and found[0] is None:
        raise MalformedError(
            f"There is no agent {agent_id} in {account.id}. An agent's id is the number at the end of their address in the helpdesk.",
            path=f"agent:{account.id}",
        )


def _staffed(wiring: Wiring, account: Account) -> Iterator[str]:
    roster = wiring.store.roster(account.id)
    for colleague in roster.colleagues if roster else ():
        yield from colleague.groups


def _places_in(wiring: Wiring, account: Account, kind: str) -> list[str] | None:
    """The names of its groups, or its brands; None where the helpdesk does not say."""
    teams = _asked(lambda: wiring.helpdesk(account).teams())
    return (
        None if teams is None else [name for known, _, name in (one.partition(":") for one in teams) if known == kind]
    )


def _asked(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except HelpdeskError:
        return None


def _is_in(name: str, there: Iterable[str]) -> bool:
    return name.casefold() in {one.casefold() for one in there}


def _offered(name: str, there: Iterable[str]) -> str:
    """What might have been meant, else what there is."""
    spelt = {one.casefold(): one for one in sorted(there, key=str.casefold)}
    if close := nearest(name.casefold(), spelt):
        return f"Did you mean “{spelt[close]}”?"
    if not spelt:
        return "There are none that we hear of."
    more = "" if len(spelt) <= _MOST_NAMED else f" and {len(spelt) - _MOST_NAMED} more"
    return f"There are {', '.join([*spelt.values()][:_MOST_NAMED])}{more}."
