"""`GET /api/v1/me`: what is stored about the agent who asks, and nobody else."""

from __future__ import annotations

from flask import Blueprint, Response, request
from msgspec.structs import replace

from guidance.people.stored import AboutAgent, stored_about
from guidance.sidebar.wiring import Wiring
from guidance.web.answering import answer


class About:
    """The door; only a helpdesk that proves its agents gets an answer."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/api/v1/me", endpoint="about_me", view_func=self.show, methods=["GET"])

    def show(self) -> Response:
        """All that is kept under this agent's own name."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        told = stored_about(self._wiring.store, session.account, session.agent_id, now=self._wiring.clock())
        return answer(replace(told, titles=self._titles(told)))

    def _titles(self, told: AboutAgent) -> dict[str, str]:
        """The titles of all rules that are named."""
        rules = self._wiring.rulebook().rules
        counted = (name.partition("@")[0] for name in told.counted)
        named = {*(one.what for one in told.muted), *told.mastered, *counted}
        return {rule: rules[rule].title for rule in sorted(named & rules.keys())}
