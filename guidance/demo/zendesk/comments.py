"""Comments of the pretend Zendesk."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from guidance.demo.zendesk.door import actor_id, helpdesk
from guidance.demo.zendesk.paging import page_of
from guidance.demo.zendesk.shapes import comment_json, user_json


def add_routes(blueprint: Blueprint) -> None:
    """The routes about comments."""
    rule = blueprint.add_url_rule
    rule("/tickets/<int:ticket_id>/comments", view_func=list_comments)
    path = "/tickets/<int:ticket_id>/comments/<int:comment_id>"
    rule(f"{path}/make_private", view_func=make_private, methods=["PUT"])
    rule(f"{path}/redact", view_func=redact, methods=["PUT"])


def list_comments(ticket_id: int) -> Response:
    """A ticket's comments, oldest first unless `sort=-created_at` or `sort_order=desc`; `include=users` brings the authors."""
    ticket = helpdesk().ticket(ticket_id)
    comments = list(ticket.comments)
    if request.args.get("sort") == "-created_at" or request.args.get("sort_order") == "desc":
        comments.reverse()
    listed = [comment_json(comment, ticket) for comment in comments]
    if request.args.get("include") != "users":
        return page_of("comments", listed)
    authors = dict.fromkeys(comment.author_id for comment in comments)
    return page_of("comments", listed, users=[user_json(helpdesk().person(author)) for author in authors])


def make_private(ticket_id: int, comment_id: int) -> Response:
    """Turn a public comment into an internal note."""
    helpdesk().hide_comment(ticket_id, comment_id, actor_id=actor_id())
    return jsonify({})


def redact(ticket_id: int, comment_id: int) -> Response:
    """Blank out `text` in a comment."""
    words = str(request.get_json().get("text", ""))
    comment = helpdesk().hide_comment(ticket_id, comment_id, actor_id=actor_id(), redact=words)
    return jsonify(comment=comment_json(comment, helpdesk().ticket(ticket_id)))
