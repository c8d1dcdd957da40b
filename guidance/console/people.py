"""The people page: who may do what here. Owners only."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from flask import request
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.pages import on_to, page
from guidance.console.places import check_agent, check_groups, known_places
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, RefusedError
from guidance.people.users import ALLOWED, May, Role, User

_LINK = "calendar-link"
_CALLED = {"groups": "groups", "agents": "agent ids"}


class People:
    """Who may do what."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/people", May.PEOPLE, self.show),
            Door("POST", "/console/people", May.PEOPLE, self.add),
            Door("POST", f"/console/people/{_LINK}", May.PEOPLE, self.end_link),
            Door("POST", "/console/people/<path:email>", May.PEOPLE, self.change),
            Door("POST", "/console/people/<path:email>/remove", May.PEOPLE, self.remove),
        )

    def show(self, status: int = 200, problem: RefusedError | None = None, whose: str = "") -> Response:
        """Everybody; with a `problem`, what was typed stands in the form of `whose` address, '' being the one that adds, or in the one of the link."""
        users = self._wiring.users.all()
        accounts = self._wiring.store.accounts()
        return page(
            "people.html",
            status,
            users=users,
            roles=list(Role),
            added=_added(),
            given=request.form if problem and not whose else {},
            mine=request.form if problem and not isinstance(problem, ConflictError) else {},
            whose=whose,
            accounts=accounts,
            known=known_places(self._wiring, accounts),
            problem=problem,
            provider=self._wiring.provider,
        )

    def add(self) -> Response:
        form = request.form
        try:
            self._wiring.users.add(
                form.get("email", ""),
                form.get("name", "")[:100],
                _role(form.get("role", "")),
                form.get("password", "") or self._no_password(),
                who=signed().user.email,
                why=form.get("why", "")[:500],
            )
        except (MalformedError, ConflictError) as error:
            return self.show(error.status, error)
        return on_to("/console/people", done="person-added")

    def _no_password(self) -> str:
        """One that nobody knows, where people come in by the company's own sign-in; else none, which is refused."""
        return secrets.token_urlsafe(32) if self._wiring.provider else ""

    def change(self, email: str) -> Response:
        """Another role, groups, or agent ids, over what the page had `seen`."""
        user, role = self._wiring.users.required(email), _role(request.form.get("role", ""))
        groups = tuple(sorted({one.strip() for one in request.form.get("groups", "").split(",") if one.strip()}))
        agents = self._agents()
        if (role, groups, agents) == (user.role, user.groups, user.agents):
            return on_to("/console/people", done="unchanged")
        changed: dict[str, object] = {"groups": groups, "agents": agents}
        if role is not user.role:
            changed["role"] = role
        try:
            self._check(user, groups, agents)
            self._wiring.users.change(
                user, who=signed().user.email, what=_what(user, changed), why=request.form.get("why", ""), **changed
            )
        except (MalformedError, ConflictError) as error:
            return self.show(error.status, error, user.email)
        return on_to("/console/people", done="person-changed")

    def _agents(self) -> dict[str, str]:
        """The agent ids that were typed, by account."""
        return {
            account.id: given.strip()[:64]
            for account in self._wiring.store.accounts()
            if (given := request.form.get(f"agent:{account.id}", "")).strip()
        }

    def _check(self, user: User, groups: Sequence[str], agents: Mapping[str, str]) -> None:
        """Refuse what rests on another look at this person, and what is new and not there in the helpdesk."""
        if request.form.get("seen") != user.standing:
            raise ConflictError(
                f"Somebody else changed {user.name} meanwhile; now they are: {user.standing}. "
                "Nothing of yours was saved: look again, then decide."
            )
        check_groups(self._wiring, [group for group in groups if group not in user.groups])
        for account in self._wiring.store.accounts():
            given = agents.get(account.id)
            if given and given != user.agents.get(account.id):
                check_agent(self._wiring, account, given)

    def remove(self, email: str) -> Response:
        user = self._wiring.users.required(email)
        try:
            self._wiring.users.remove(user, who=signed().user.email, why=request.form.get("why", ""))
        except ConflictError as error:
            return self.show(error.status, error, user.email)
        return on_to("/console/people", done="removed")

    def end_link(self) -> Response:
        """End the calendar link of an agent, who may be anybody of the helpdesk's. The trail doesn't say whose it was."""
        store, account, agent_id = self._wiring.store, request.form.get("account", ""), request.form.get("agent", "")
        if not store.has_feed(account, agent_id.strip()):
            none = MalformedError("There is no calendar link of an agent with this id.", path="agent")
            return self.show(none.status, none, _LINK)
        store.close_feed(account, agent_id.strip())
        why = request.form.get("why", "")
        store.note_change(
            self._wiring.change(signed().user.email, "ended a calendar link", f"account:{account}", why=why)
        )
        return on_to("/console/people", done="link-ended")


def _added() -> list[tuple[Role, list[May]]]:
    """What each role may that the one before it may not."""
    before = (frozenset[May](), *(ALLOWED[role] for role in Role))
    return [(role, [one for one in May if one in ALLOWED[role] - had]) for role, had in zip(Role, before, strict=False)]


def _what(user: User, changed: Mapping[str, object]) -> str:
    """What is other about a person, for the trail."""
    if "role" in changed:
        return f"now {changed['role']}"
    return " and ".join(f"other {_CALLED[name]}" for name in _CALLED if changed[name] != getattr(user, name))


def _role(given: str) -> Role:
    try:
        return Role(given)
    except ValueError:
        raise MalformedError(f"a role is one of {', '.join(Role)}", path="role") from None
