"""Agents, contacts and groups of the pretend Freshdesk."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from guidance.demo.freshdesk.door import actor_id, helpdesk
from guidance.demo.freshdesk.paging import page_of
from guidance.demo.freshdesk.shapes import agent_json, contact_json
from guidance.demo.groups import GROUPS, group_id, group_name, organization_name
from guidance.demo.values import DeskPerson
from guidance.errors import NotFoundError


def add_routes(blueprint: Blueprint) -> None:
    """The routes about people."""
    rule = blueprint.add_url_rule
    rule("/agents", view_func=list_agents)
    rule("/agents/me", view_func=me)
    rule("/agents/<int:person_id>", view_func=show_agent)
    rule("/contacts", view_func=list_contacts)
    rule("/contacts/<int:person_id>", view_func=show_contact)
    rule("/companies/<int:company_id>", view_func=show_company)
    rule("/groups", view_func=groups)
    rule("/groups/<int:group_id>", view_func=show_group)


def list_agents() -> Response:
    """All agents, or the one with `email`."""
    email = request.args.get("email")
    return page_of(
        [agent_json(agent) for agent in _people(are_staff=True) if not email or agent.email == email.lower()]
    )


def me() -> Response:
    """Whoever calls."""
    return jsonify(agent_json(helpdesk().person(actor_id())))


def show_agent(person_id: int) -> Response:
    """One agent."""
    person = helpdesk().person(person_id)
    if not person.is_staff:
        raise NotFoundError(f"{person_id} is no agent")
    return jsonify(agent_json(person))


def list_contacts() -> Response:
    """All contacts, or the one with `email`."""
    email = request.args.get("email")
    people = _people(are_staff=False)
    return page_of([contact_json(person) for person in people if not email or person.email == email.lower()])


def show_contact(person_id: int) -> Response:
    """One contact."""
    person = helpdesk().person(person_id)
    if person.is_staff:
        raise NotFoundError(f"{person_id} is an agent")
    return jsonify(contact_json(person))


def show_company(company_id: int) -> Response:
    """One company of customers."""
    name = organization_name("freshdesk", company_id)
    if name is None:
        raise NotFoundError(f"there is no company {company_id}")
    return jsonify({"id": company_id, "name": name, "domains": []})


def groups() -> Response:
    """The groups, which every agent belongs to."""
    return page_of([_group(name) for name in GROUPS])


def show_group(group_id: int) -> Response:
    """One group."""
    name = group_name("freshdesk", group_id)
    if name is None:
        raise NotFoundError(f"there is no group {group_id}")
    return jsonify(_group(name))


def _group(name: str) -> dict[str, Any]:
    agents = [person.id for person in _people(are_staff=True)]
    return {"id": group_id("freshdesk", name), "name": name, "agent_ids": agents}


def _people(*, are_staff: bool) -> list[DeskPerson]:
    return [person for person in helpdesk().people() if person.is_staff is are_staff]
