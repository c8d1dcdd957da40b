"""`/api/v2/tickets` of the pretend Freshdesk: tickets, conversations, notes and replies. Nothing here is idempotent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from guidance.demo.answers import refuse
from guidance.demo.context import desk
from guidance.demo.freshdesk.door import actor_id, helpdesk, room, stay_within, validation_error
from guidance.demo.freshdesk.paging import page_of
from guidance.demo.freshdesk.shapes import conversation_json, requester_json, stats_json, ticket_json
from guidance.demo.freshdesk.words import read_time
from guidance.demo.freshdesk.writes import NoteWrite, ReplyWrite, TicketWrite, read
from guidance.demo.values import DeskTicket, NewTicket
from guidance.errors import MalformedError
from guidance.model import Channel, Status

LISTED_FOR = timedelta(days=30)
EMBEDDED = 10
MOST_CHILDREN = 10


def add_routes(blueprint: Blueprint) -> None:
    """The routes about tickets and what is written in them."""
    rule = blueprint.add_url_rule
    rule("/tickets", view_func=list_tickets)
    rule("/tickets", view_func=create, methods=["POST"])
    rule("/tickets/<int:ticket_id>", view_func=show)
    rule("/tickets/<int:ticket_id>", view_func=update, methods=["PUT"])
    rule("/tickets/<int:ticket_id>", view_func=delete, methods=["DELETE"])
    rule("/tickets/<int:ticket_id>/conversations", view_func=conversations)
    rule("/tickets/<int:ticket_id>/notes", view_func=add_note, methods=["POST"])
    rule("/tickets/<int:ticket_id>/reply", view_func=reply, methods=["POST"])
    rule("/conversations/<int:comment_id>", view_func=edit_note, methods=["PUT"])
    rule("/conversations/<int:comment_id>", view_func=remove_comment, methods=["DELETE"])


def list_tickets() -> Response:
    """Tickets of the last 30 days, or changed since `updated_since`; newest first unless `order_type=asc`. So many lists a minute."""
    stay_within(room().lists.spend("tickets"))
    since = _since()
    order = "updated_at" if request.args.get("order_by") == "updated_at" else "created_at"
    thrown_away = {"deleted": helpdesk().deleted_tickets(), "spam": []}
    held = thrown_away.get(request.args.get("filter", ""), helpdesk().tickets())
    found = [ticket for ticket in held if ticket.updated_at >= since and _is_asked_for(ticket)]
    found.sort(key=lambda ticket: getattr(ticket, order), reverse=request.args.get("order_type") != "asc")
    with_description = "description" in request.args.get("include", "")
    return page_of([ticket_json(ticket, with_description=with_description) for ticket in found])


def show(ticket_id: int) -> Response:
    """One ticket; `include=conversations,requester,stats` (of the conversations, the oldest ten)."""
    ticket = helpdesk().ticket(ticket_id)
    shown = ticket_json(ticket)
    included = request.args.get("include", "").split(",")
    if "requester" in included:
        shown["requester"] = requester_json(helpdesk().person(ticket.requester_id))
    if "stats" in included:
        staff = {person.id for person in helpdesk().people() if person.is_staff}
        shown["stats"] = stats_json(ticket, staff)
    if "conversations" in included:
        shown["conversations"] = _conversations(ticket)[:EMBEDDED]
    return jsonify(shown)


def create() -> tuple[Response, int]:
    """Open a ticket, 201; the requester by id or by e-mail address."""
    write = read(TicketWrite)
    for name in ("subject", "description"):
        if not getattr(write, name):
            refuse(400, validation_error(name, "It should not be blank as this is a mandatory field", "missing_field"))
    _check_parent(write.parent_id)
    fields = {"status": Status.OPEN, "channel": Channel.WEB} | write.fields()
    fields.setdefault("requester_id", _requester_id(write))
    new = NewTicket(html=str(write.description), **fields)
    ticket = helpdesk().open_ticket(new, actor_id=actor_id())
    response = jsonify(ticket_json(ticket))
    response.headers["Location"] = f"{desk().settings.desk_url}/freshdesk/api/v2/tickets/{ticket.id}"
    return response, 201


def update(ticket_id: int) -> Response:
    """Change fields; the last write wins, and `tags` replaces the whole list."""
    return jsonify(ticket_json(helpdesk().edit(ticket_id, actor_id=actor_id(), changes=read(TicketWrite).fields())))


def delete(ticket_id: int) -> Response:
    """Throw a ticket away, 204."""
    helpdesk().delete(ticket_id, actor_id=actor_id())
    return Response(status=204)


def conversations(ticket_id: int) -> Response:
    """Replies and notes, oldest first, without the ticket's description."""
    return page_of(_conversations(helpdesk().ticket(ticket_id)))


def add_note(ticket_id: int) -> tuple[Response, int]:
    """Add a note, private unless `private` is false."""
    write = read(NoteWrite)
    return _written(ticket_id, write.user_id, write.body, is_public=not write.private)


def reply(ticket_id: int) -> tuple[Response, int]:
    """Reply to the requester, by mail."""
    write = read(ReplyWrite)
    return _written(ticket_id, write.user_id, write.body, is_public=True)


def edit_note(comment_id: int) -> Response:
    """Change a note; replies stay as they were sent."""
    ticket = helpdesk().ticket_of_comment(comment_id)
    comment = next(one for one in ticket.comments if one.id == comment_id)
    if comment.is_public:
        refuse(400, validation_error("id", "Only notes can be edited", "invalid_value"))
    told = helpdesk().rewrite(ticket.id, comment_id, html=str((request.get_json() or {}).get("body", "")))
    return jsonify(conversation_json(told, helpdesk().ticket(ticket.id), helpdesk().person(told.author_id)))


def remove_comment(comment_id: int) -> Response:
    """Throw a reply or note away, 204."""
    helpdesk().rewrite(helpdesk().ticket_of_comment(comment_id).id, comment_id, html=None)
    return Response(status=204)


def _written(ticket_id: int, author_id: int | None, html: str, *, is_public: bool) -> tuple[Response, int]:
    author = helpdesk().person(author_id or actor_id())
    comment = helpdesk().write(ticket_id, actor_id=author.id, html=html, is_public=is_public)
    return jsonify(conversation_json(comment, helpdesk().ticket(ticket_id), author)), 201


def _conversations(ticket: DeskTicket) -> list[dict[str, Any]]:
    return [conversation_json(comment, ticket, helpdesk().person(comment.author_id)) for comment in ticket.comments[1:]]


def _check_parent(parent_id: int | None) -> None:
    """Parents and children are a feature of some plans; a child can't be a parent, and a parent has ten children at most."""
    if parent_id is None:
        return
    if not desk().settings.has_children:
        told = {"code": "require_feature", "message": "The Parent Child Tickets feature is not supported in your plan."}
        refuse(403, told)
    parent = helpdesk().ticket(parent_id)
    children = [ticket for ticket in helpdesk().tickets() if ticket.parent_id == parent_id]
    if parent.parent_id is not None or len(children) >= MOST_CHILDREN:
        refuse(400, validation_error("parent_id", "This ticket can't have a child", "invalid_value"))


def _since() -> datetime:
    asked = request.args.get("updated_since")
    return read_time(asked, field="updated_since") if asked else desk().clock().astimezone(UTC) - LISTED_FOR


def _is_asked_for(ticket: DeskTicket) -> bool:
    requester_id, email = request.args.get("requester_id"), request.args.get("email")
    if requester_id and str(ticket.requester_id) != requester_id:
        return False
    return not email or helpdesk().person(ticket.requester_id).email == email.lower()


def _requester_id(write: TicketWrite) -> int:
    if not write.email:
        raise MalformedError("One of the following fields is mandatory: requester_id, email", path="requester_id")
    person = helpdesk().person_by_email(write.email)
    if person is None:
        raise MalformedError("There is no contact matching the given email", path="email")
    return person.id
