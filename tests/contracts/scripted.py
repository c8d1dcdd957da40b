"""Zendesk and Freshdesk as `responses` plays them: one ticket of Rana's, and whatever tasks are made."""

from __future__ import annotations

import json
import re

from guidance.integrations import integrations
from guidance.ports import Account

AGENT, CUSTOMER, BOT, LEAD = "12", "900", "77", "7"
TICKET = "4821"


class Scripted:
    """What both have in common: the account, its client, and every write that was made."""

    ticket_id, agent_id, customer_id, customer_email = TICKET, AGENT, CUSTOMER, "rana@example.com"

    def __init__(self, mock):
        self.mock = mock
        self.written = []
        self.faults = {}
        self.urls = []
        self.answers = {}
        self.client = integrations()[self.account.helpdesk].connect(self.account)
        self.play()
        for method in ("GET", "POST"):
            mock.add_callback(method, re.compile(re.escape(self.account.base_url) + "/api/v2/"), callback=self.answer)

    def suffer(self, method, path, *faults):
        """The next calls there: an exception, or status, headers and body."""
        self.faults[method, path] = list(faults)

    def on(self, method, path, answer):
        """`path`: a pattern. `answer`: JSON, None for 404, or a function of the request."""
        self.answers[method, path] = answer

    def answer(self, request):
        self.urls.append(request.url)
        asked = request.url.partition("/api/v2/")[2].partition("?")[0].removesuffix(".json")
        for (method, path), answer in self.answers.items():
            if method == request.method and re.fullmatch(path, asked):
                return self.answered(self.faults.get((method, path), []), answer, request)
        raise AssertionError(f"nobody plays {request.method} {asked}")

    def answered(self, faults, answer, request):
        if faults:
            return faults.pop(0)
        found = answer(request) if callable(answer) else answer
        if isinstance(found, tuple):
            return found
        return (404 if found is None else 200, {}, json.dumps(found or {"error": "RecordNotFound"}))


class ZendeskScripted(Scripted):
    account = Account(
        id="zendesk:acme", base_url="https://acme.example", secrets={"token": "T0KEN"}, settings={"bot_id": BOT}
    )

    def play(self):
        self.ticket = {
            "id": 4821,
            "subject": "Parcel 20417",
            "status": "hold",
            "priority": "high",
            "via": {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}},
            "tags": ["vip"],
            "requester_id": 900,
            "assignee_id": 12,
            "group_id": 5,
            "brand_id": 3,
            "organization_id": 60,
            "external_id": None,
            "created_at": "2026-03-04T09:00:00Z",
            "updated_at": "2026-03-04T15:00:00Z",
        }
        self.users = {
            900: {"id": 900, "name": "Rana Haddad", "email": "rana@example.com", "role": "end-user", "organization_id": 60,
                  "locale": "en-US", "time_zone": "Eastern Time (US & Canada)", "iana_time_zone": "America/New_York"},
            901: {"id": 901, "name": "Sami Haddad", "role": "end-user"},
            12: {"id": 12, "name": "Amir Khan", "email": "amir@acme.example", "role": "agent"},
            7: {"id": 7, "name": "Lena Brandt", "role": "admin"},
            77: {"id": 77, "name": "Guidance", "role": "agent"},
        }  # fmt: skip
        self.comments = [
            self.comment(1, 900, "Where is my parcel?"),
            self.comment(2, 12, "Hi Rana, let me look."),
            self.comment(3, 7, "Courier says Friday.", public=False),
            self.comment(4, 77, "Promised: a call.", public=False),
            self.comment(5, 901, "I wait for it, too."),
        ]
        self.on("GET", "tickets/4821", lambda _: {"ticket": self.ticket})
        self.on("GET", "tickets/4821/comments", self.list_comments)
        self.on("GET", r"users/show_many", self.show_many)
        for user_id in self.users:
            self.on("GET", f"users/{user_id}", lambda _, user_id=user_id: {"user": self.users[user_id]})
        self.on("GET", r"users/\d+", None)
        self.on("GET", r"tickets/(?!4821)\d+", None)
        self.on("GET", "groups/5", {"group": {"id": 5, "name": "Delivery"}})
        self.on("GET", "brands/3", {"brand": {"id": 3, "name": "Acme"}})
        self.on("GET", "organizations/60", {"organization": {"id": 60, "name": "Haddad Bakery"}})
        self.on("GET", "business_hours/schedules", {"schedules": [self.schedule()]})
        self.on(
            "GET",
            "business_hours/schedules/8/holidays",
            {"holidays": [{"start_date": "2026-12-25", "end_date": "2026-12-26"}]},
        )
        self.on("POST", "tickets", self.create)
        self.on(
            "GET",
            "tickets",
            lambda _: {"tickets": [task["ticket"] for task in self.written], "meta": {"has_more": False}},
        )

    def comment(self, number, author, text, *, public=True):
        return {"id": number, "author_id": author, "public": public, "plain_body": text, "body": text, "attachments": [],
                "html_body": f"<p>{text}</p>", "created_at": f"2026-03-04T14:0{number}:00Z", "type": "Comment"}  # fmt: skip

    def schedule(self):
        return {
            "id": 8,
            "time_zone": "Eastern Time (US & Canada)",
            "intervals": [{"start_time": 1980, "end_time": 2460}],
        }

    def list_comments(self, request):
        assert "sort=-created_at" in request.url
        return {"comments": self.comments[::-1], "users": list(self.users.values()), "meta": {"has_more": False},
                "links": {"next": None}}  # fmt: skip

    def show_many(self, request):
        wanted = request.params["ids"].split(",")
        return {"users": [user for user_id, user in self.users.items() if str(user_id) in wanted]}

    def create(self, request):
        key = request.headers["Idempotency-Key"]
        for made in self.written:
            if made["key"] == key:
                return (
                    201,
                    {"x-idempotency-lookup": "hit"},
                    json.dumps({"ticket": made["ticket"], "audit": {"id": 1}}),
                )
        asked = json.loads(request.body)["ticket"]
        ticket = {**asked, "id": 5100 + len(self.written), "status": "open", "updated_at": "2026-03-04T15:00:00Z"}
        self.written.append({"key": key, "asked": asked, "ticket": ticket})
        return (201, {}, json.dumps({"ticket": ticket, "audit": {"id": 1, "ticket_id": ticket["id"], "events": []}}))

    def tasks(self):
        return [
            {"requester": str(made["asked"]["requester_id"]), "is_private": made["asked"]["comment"]["public"] is False,
             "due": made["asked"]["due_at"], "id": str(made["ticket"]["id"])}
            for made in self.written
        ]  # fmt: skip


class FreshdeskScripted(Scripted):
    account = Account(
        id="freshdesk:acme", base_url="https://acme.example", secrets={"api_key": "K3Y"}, config={"bot_id": BOT}
    )

    def play(self):
        self.ticket = {
            "id": 4821,
            "subject": "Parcel 20417",
            "description": "<div>Where is my parcel?</div>",
            "description_text": "Where is my parcel?",
            "status": 7,
            "priority": 3,
            "source": 1,
            "tags": ["vip"],
            "requester_id": 900,
            "responder_id": 12,
            "group_id": 5,
            "requester": {"id": 900, "name": "Rana Haddad", "email": "rana@example.com"},
            "created_at": "2026-03-04T09:00:00Z",
            "updated_at": "2026-03-04T15:00:00Z",
        }
        self.agents = {
            12: {"id": 12, "ticket_scope": 1, "group_ids": [5], "contact": {"name": "Amir Khan", "email": "amir@acme.example"}},
            7: {"id": 7, "ticket_scope": 1, "group_ids": [], "contact": {"name": "Lena Brandt", "email": "lena@acme.example"}},
            77: {"id": 77, "ticket_scope": 1, "contact": {"name": "Guidance", "email": "bot@acme.example"}},
        }  # fmt: skip
        self.conversations = [
            self.comment(2, 12, "Hi Rana, let me look."),
            self.comment(3, 7, "Courier says Friday.", private=True, source=2),
            self.comment(4, 77, "Promised: a call.", private=True, source=2),
            self.comment(5, 901, "I wait for it, too.", incoming=True),
        ]
        self.on("GET", "tickets/4821", lambda _: self.ticket)
        self.on("GET", "tickets/4821/conversations", lambda _: (200, {}, json.dumps(self.conversations)))
        self.on("GET", "agents/me", lambda _: self.agents[77])
        for agent_id in self.agents:
            self.on("GET", f"agents/{agent_id}", lambda _, agent_id=agent_id: self.agents[agent_id])
        self.on("GET", r"agents/\d+", None)
        self.on("GET", r"tickets/(?!4821)\d+", None)
        self.on("GET", "contacts/900", self.contact())
        self.on("GET", "companies/60", {"id": 60, "name": "Haddad Bakery"})
        self.on("GET", "groups/5", {"id": 5, "name": "Delivery"})
        self.on("GET", "business_hours", lambda _: (200, {}, json.dumps([self.schedule()])))
        self.on("POST", "tickets", self.create)
        self.on("GET", "tickets", self.list_tickets)

    def comment(self, number, user, text, *, incoming=False, private=False, source=0):
        return {"id": number, "user_id": user, "body": f"<div>{text}</div>", "body_text": text, "incoming": incoming,
                "private": private, "source": source, "attachments": [],
                "created_at": f"2026-03-04T14:0{number}:00Z"}  # fmt: skip

    def contact(self):
        return {"id": 900, "name": "Rana Haddad", "email": "rana@example.com", "language": "en", "company_id": 60,
                "time_zone": "Eastern Time (US & Canada)"}  # fmt: skip

    def schedule(self):
        day = {"start_time": "09:00:00 am", "end_time": "05:00:00 pm"}
        return {
            "id": 1,
            "is_default": True,
            "time_zone": "Eastern Time (US & Canada)",
            "business_hours": {"monday": day},
        }

    def create(self, request):
        asked = json.loads(request.body)
        kind = 2 if asked.pop("parent_id", None) else None
        numbers = {"id": 5100 + len(self.written), "association_type": kind}
        ticket = {**asked, **numbers, "updated_at": "2026-03-04T15:00:00Z"}
        self.written.append({"asked": asked, "ticket": ticket})
        return (201, {}, json.dumps(ticket))

    def list_tickets(self, request):
        listed = [made["ticket"] for made in self.written if made["asked"]["email"] == request.params["email"]]
        return (200, {}, json.dumps(listed))

    def tasks(self):
        agents = {agent["contact"]["email"]: str(agent_id) for agent_id, agent in self.agents.items()}
        return [
            {"requester": agents.get(made["asked"]["email"], "a customer"), "is_private": True,
             "due": made["asked"].get("due_by"), "id": str(made["ticket"]["id"])}
            for made in self.written
        ]  # fmt: skip


STAGES = {"zendesk": ZendeskScripted, "freshdesk": FreshdeskScripted}
