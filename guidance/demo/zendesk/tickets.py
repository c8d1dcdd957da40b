"""`/api/v2/tickets` of the pretend Zendesk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, g, jsonify, request

from guidance.demo.answers import refuse
from guidance.demo.context import desk
from guidance.demo.values import DeskTicket, NewTicket
from guidance.demo.zendesk.door import actor_id, helpdesk, refuse_too_many, room
from guidance.demo.zendesk.once import Answers
from guidance.demo.zendesk.paging import page_of
from guidance.demo.zendesk.shapes import audit_json, ticket_json, user_json
from guidance.demo.zendesk.words import read_time, zulu
from guidance.demo.zendesk.writes import CommentWrite, TicketWrite, read_ticket
from guidance.errors import ConflictError, MalformedError
from guidance.integrations.zendesk.merged import MERGED_TAG
from guidance.model import Status


def add_routes(blueprint: Blueprint, answers: Answers) -> None:
    """The routes about tickets themselves; `answers` remembers those given under an Idempotency-Key."""
    rule = blueprint.add_url_rule
    rule("/tickets", view_func=list_tickets)
    rule("/tickets/show_many", endpoint="show_many_tickets", view_func=show_tickets)
    rule("/tickets/<int:ticket_id>", view_func=show_ticket)
    rule("/tickets/<int:ticket_id>", view_func=update, methods=["PUT"])
    rule("/tickets/<int:ticket_id>", view_func=delete, methods=["DELETE"])
    rule("/tickets/<int:ticket_id>/merge", view_func=merge, methods=["POST"])
    rule("/tickets/<int:ticket_id>/tags", view_func=tags, methods=["GET", "PUT", "POST", "DELETE"])
    rule("/incremental/tickets/cursor", view_func=export)

    @blueprint.post("/tickets")
    def create_once() -> Response:
        key = request.headers.get("Idempotency-Key")
        return answers.once(key, request.get_data(), create) if key else create()


def list_tickets() -> Response:
    """All tickets, or those with one `external_id`."""
    wanted = request.args.get("external_id")
    found = [ticket for ticket in helpdesk().tickets() if wanted is None or ticket.external_id == wanted]
    if request.args.get("sort") == "-updated_at":
        found.sort(key=lambda ticket: ticket.updated_at, reverse=True)
    return page_of("tickets", [ticket_json(ticket) for ticket in found])


def show_tickets() -> Response:
    """Tickets by `ids`; those that are not there are left out."""
    wanted = {int(part) for part in request.args.get("ids", "").split(",") if part.strip().isdigit()}
    found = [ticket_json(ticket) for ticket in helpdesk().tickets() if ticket.id in wanted]
    return jsonify(tickets=found, count=len(found), next_page=None, previous_page=None)


def show_ticket(ticket_id: int) -> Response:
    """One ticket; `include=users` brings its people."""
    ticket = helpdesk().ticket(ticket_id)
    body = {"ticket": ticket_json(ticket)}
    if "users" not in request.args.get("include", ""):
        return jsonify(body)
    ids = {ticket.requester_id, ticket.submitter_id, ticket.assignee_id} - {None}
    people = [helpdesk().person(person_id) for person_id in sorted(filter(None, ids))]
    return jsonify(body | {"users": [user_json(person) for person in people]})


def create() -> Response:
    """Open a ticket, 201."""
    write = read_ticket()
    comment = write.comment or CommentWrite(body=write.description)
    if not (comment.body or comment.html_body):
        raise MalformedError("cannot be blank", path="description")
    fields = {"requester_id": actor_id()} | write.fields()
    subject = fields.pop("subject", "") or (comment.body or "")[:60]
    new = NewTicket(subject=subject, html=comment.html, is_public=comment.public, **fields)
    ticket = helpdesk().open_ticket(new, actor_id=comment.author_id or actor_id())
    response = jsonify(ticket=ticket_json(ticket), audit=audit_json(ticket, author_id=actor_id()))
    response.status_code = 201
    response.headers["Location"] = ticket_json(ticket)["url"]
    return response


def update(ticket_id: int) -> Response:
    """Change fields and add a comment in one call; 30 a ticket and user in ten minutes."""
    write = read_ticket()
    before = helpdesk().ticket(ticket_id)
    _spend_update(ticket_id)
    _check_stamp(write, before)
    fields = write.fields()
    status = fields.pop("status", None)
    if fields:
        helpdesk().edit(ticket_id, actor_id=actor_id(), changes=fields)
    if write.comment is not None:
        author_id = write.comment.author_id or actor_id()
        helpdesk().write(ticket_id, actor_id=author_id, html=write.comment.html, is_public=write.comment.public)
    if status is not None:
        helpdesk().edit(ticket_id, actor_id=actor_id(), changes={"status": status})
    ticket = helpdesk().ticket(ticket_id)
    return jsonify(ticket=ticket_json(ticket), audit=audit_json(ticket, author_id=actor_id()))


def delete(ticket_id: int) -> Response:
    """Throw a ticket away, 204."""
    helpdesk().delete(ticket_id, actor_id=actor_id())
    return Response(status=204)


def merge(ticket_id: int) -> Response:
    """Merge the tickets in `ids` into this one, which repeats the last comment of each; the job is done when this answers."""
    asked = request.get_json()
    is_public = asked.get("target_comment_is_public") is True
    sources = [int(found) for found in asked.get("ids", [])]
    for source in sources:
        told = _merged(helpdesk().ticket(source))
        helpdesk().write(ticket_id, actor_id=actor_id(), html=told, is_public=is_public)
        told = f'This request was closed and merged into request #{ticket_id} "{helpdesk().ticket(ticket_id).subject}".'
        helpdesk().write(source, actor_id=actor_id(), html=told, is_public=False)
        helpdesk().edit(source, actor_id=actor_id(), changes={"tags": (*helpdesk().ticket(source).tags, MERGED_TAG)})
        helpdesk().merge(source, into=ticket_id, actor_id=actor_id())
    return jsonify(job_status={"id": f"merge-{ticket_id}", "status": "completed", "total": len(sources)})


def _merged(source: DeskTicket) -> str:
    told = f'Request #{source.id} "{source.subject}" was closed and merged into this request.'
    last = [comment for comment in source.comments if comment.is_public][-1:]
    return f"<p>{told} Last comment in request #{source.id}:</p>{last[0].html}" if last else told


def tags(ticket_id: int) -> Response:
    """PUT adds, DELETE removes, POST sets."""
    now = helpdesk().ticket(ticket_id).tags
    if request.method != "GET":
        given = tuple(str(tag) for tag in request.get_json().get("tags", ()))
        now = {
            "PUT": tuple(dict.fromkeys((*now, *given))),
            "DELETE": tuple(tag for tag in now if tag not in given),
            "POST": given,
        }[request.method]
        helpdesk().edit(ticket_id, actor_id=actor_id(), changes={"tags": now})
    return jsonify(tags=list(now))


def export() -> Response:
    """The cursor-based incremental export: by time of change, deleted tickets too, without the latest minute."""
    cursor = request.args.get("cursor")
    since = datetime.fromtimestamp(float(cursor or request.args.get("start_time") or 0), UTC)
    until = desk().clock() - timedelta(seconds=desk().settings.export_held_back)
    alive, deleted = helpdesk().tickets(), helpdesk().deleted_tickets()
    records = [(one, ticket_json(one)) for one in alive]
    records += [(one, ticket_json(one) | {"status": "deleted"}) for one in deleted]
    found = sorted(
        (record for record in records if since <= record[0].updated_at <= until),
        key=lambda record: record[0].updated_at,
    )
    last = found[-1][0].updated_at.timestamp() + 0.000001 if found else since.timestamp()
    return jsonify(tickets=[told for _, told in found], after_cursor=repr(last), after_url=None, end_of_stream=True)


def _spend_update(ticket_id: int) -> None:
    g.updates = room().updates.spend((actor_id(), ticket_id))
    if g.updates.is_spent:
        refuse_too_many(g.updates)


def _check_stamp(write: TicketWrite, before: DeskTicket) -> None:
    if before.status is Status.CLOSED:
        details = {"status": [{"description": "Status: closed prevents ticket update", "error": "InvalidValue"}]}
        refuse(422, {"error": "RecordInvalid", "description": "Record validation errors", "details": details})
    if not write.safe_update or not write.updated_stamp:
        return
    if read_time(write.updated_stamp, field="updated_stamp") < read_time(zulu(before.updated_at), field="updated_at"):
        raise ConflictError("Safe Update prevented the update, since somebody changed the ticket first")
