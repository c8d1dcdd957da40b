"""Users and groups of the pretend Zendesk."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from guidance.demo.groups import GROUPS, group_id, group_name, organization_name
from guidance.demo.zendesk.door import actor_id, helpdesk
from guidance.demo.zendesk.paging import page_of
from guidance.demo.zendesk.shapes import BRAND_ID, GROUP_ID, user_json
from guidance.errors import NotFoundError

_BRAND = {"id": BRAND_ID, "name": "Fern & Field", "active": True, "default": True, "has_help_center": False}


def add_routes(blueprint: Blueprint) -> None:
    """The routes about people."""
    rule = blueprint.add_url_rule
    rule("/users", view_func=list_users)
    rule("/users/me", view_func=me)
    rule("/users/show_many", view_func=show_users)
    rule("/users/<int:user_id>", view_func=show_user)
    rule("/users/<int:user_id>/group_memberships", view_func=memberships)
    rule("/users/<int:user_id>/organization_memberships", view_func=organization_memberships)
    rule("/users/<int:user_id>/groups", view_func=groups)
    rule("/groups", view_func=groups)
    rule("/groups/<int:group_id>", view_func=show_group)
    rule("/organizations/<int:organization_id>", view_func=show_organization)
    rule("/groups/<int:group_id>/users", view_func=members)
    rule("/brands", view_func=brands)
    rule("/brands/<int:brand_id>", view_func=show_brand)
    rule("/group_memberships", view_func=memberships)


def list_users() -> Response:
    """Everybody, or those with one of the roles in `role` or `role[]`."""
    roles = {*request.args.getlist("role"), *request.args.getlist("role[]")}
    return page_of("users", [user_json(person) for person in helpdesk().people() if not roles or person.role in roles])


def me() -> Response:
    """Whoever calls."""
    return jsonify(user=user_json(helpdesk().person(actor_id())))


def show_user(user_id: int) -> Response:
    """One user."""
    return jsonify(user=user_json(helpdesk().person(user_id)))


def show_users() -> Response:
    """Users by `ids`; those that are not there are left out."""
    wanted = set(request.args.get("ids", "").split(","))
    found = [user_json(person) for person in helpdesk().people() if str(person.id) in wanted]
    return jsonify(users=found, count=len(found), next_page=None, previous_page=None)


def groups(user_id: int | None = None) -> Response:
    """The groups, which every agent belongs to."""
    is_in = user_id is None or helpdesk().person(user_id).is_staff
    return page_of("groups", [_group(group_id("zendesk", name)) for name in GROUPS] if is_in else [])


def show_group(group_id: int) -> Response:
    """One group."""
    return jsonify(group=_group(group_id))


def show_organization(organization_id: int) -> Response:
    """One organization of customers."""
    name = organization_name("zendesk", organization_id)
    if name is None:
        raise NotFoundError(f"there is no organization {organization_id}")
    return jsonify(organization={"id": organization_id, "name": name, "shared_tickets": False})


def members(group_id: int) -> Response:
    """Everybody of a group: all agents are in all groups here."""
    _group(group_id)
    return page_of("users", [user_json(person) for person in helpdesk().people() if person.is_staff])


def brands() -> Response:
    """The one brand there is."""
    return page_of("brands", [_BRAND])


def show_brand(brand_id: int) -> Response:
    """The one brand there is."""
    if brand_id != BRAND_ID:
        raise NotFoundError(f"there is no brand {brand_id}")
    return jsonify(brand=_BRAND)


def memberships(user_id: int | None = None) -> Response:
    """Who belongs to which group."""
    people = helpdesk().people() if user_id is None else [helpdesk().person(user_id)]
    found = [
        _membership(person.id, group_id("zendesk", name)) for person in people if person.is_staff for name in GROUPS
    ]
    return page_of("group_memberships", found)


def organization_memberships(user_id: int) -> Response:
    """No agent here belongs to an organization."""
    helpdesk().person(user_id)
    return page_of("organization_memberships", [])


def _membership(user_id: int, group_id: int) -> dict[str, Any]:
    return {
        "id": user_id * 10 + group_id % 10,
        "user_id": user_id,
        "group_id": group_id,
        "default": group_id == GROUP_ID,
    }


def _group(group_id: int) -> dict[str, Any]:
    name = group_name("zendesk", group_id)
    if name is None:
        raise NotFoundError(f"there is no group {group_id}")
    return {"id": group_id, "name": name, "is_public": True, "deleted": False, "default": group_id == GROUP_ID}
