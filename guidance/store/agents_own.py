"""Everything here that is tied to an agent: what for, who sees it, how long. The console shows it, docs/privacy.md prints it.

A test walks over all our types: a field that names an agent and stands in no row fails it.
"""

from __future__ import annotations

from msgspec import Struct

from guidance.store.retention import (
    CASES_LIVE_FOR,
    CHANGES_LIVE_FOR,
    DRAFTS_LIVE_FOR,
    FEEDS_LIVE_FOR,
    HABITS_LIVE_FOR,
    JOBS_LIVE_FOR,
    ROSTERS_LIVE_FOR,
    UPLOADS_LIVE_FOR,
    VOTES_LIVE_FOR,
    WATCHING_LIVES_FOR,
    span,
)


class Own(Struct, frozen=True):
    """One thing that is tied to an agent, and the fields (`Type.field`) that hold it."""

    what: str
    purpose: str
    seen_by: str
    lifetime: str
    fields: tuple[str, ...]


AGENTS_OWN = (
    Own(
        "who wrote a comment, and who has the ticket",
        "tells an agent's words from the customer's; hints go to whoever answers",
        "those who may open the ticket in the helpdesk",
        "as long as the ticket",
        (
            "Comment.author",
            "Comment.author_id",
            "Comment.author_name",
            "Reading.signed_name",
            "Conversation.assignee",
            "TicketChanged.assignee",
        ),
    ),
    Own(
        "which hints an agent was shown on a ticket, and what became of each",
        "a hint does not come back in its reply; the counts by rule, which name nobody",
        "nobody; where they said misread, the reply becomes an example without names, for whoever writes rules and may open the ticket",
        "as long as the ticket",
        ("Slot.agent_id", "Publish.agent_id", "StreamEntry.agent_id"),
    ),
    Own(
        "mutes, quiet hours, hints of a rule by day where they are capped, what they did without a hint up to five times in a row",
        "an agent's own wishes; hints stay few, and one that they need no more fades",
        "the agent",
        f"{span(HABITS_LIVE_FOR)} after the last change",
        (
            "AgentHabits.agent_id",
            "AgentHabits.agent_name",
            "Case.readers",
            "CountHabit.agent_id",
            "AboutAgent.agent_id",
        ),
    ),
    Own(
        "one vote an agent, rule and day: did this rule annoy",
        "the noise limit: three agents and thirty votes send a rule back to shadow",
        "nobody; the agent is a keyed hash, only sums by rule are read",
        f"{span(VOTES_LIVE_FOR)}; of an account that is disconnected, {(2 * VOTES_LIVE_FOR).days} at most",
        ("CountRule.agent_id",),
    ),
    Own(
        "promises: whose they are, in their words, and whether they were kept",
        "so that the customer is called back",
        "the agent; those who may open the ticket; a lead of its group while it is open; the helpdesk, as a task",
        "as long as the ticket",
        (
            "FollowUp.owner_id",
            "HandOver.away",
            "HandOver.to",
            "FollowUp.owner_name",
            "Proposed.owner_id",
            "FollowUpChanged.by",
            "TaskRequest.assignee_id",
            "TaskUpdate.assignee_id",
            "TaskChanged.assignee_id",
            "KeepFollowUp.was_owned_by",
            "FollowUpBody.owner_id",
            "HandOverBody.away",
            "HandOverBody.to",
            "Desk.owners",
        ),
    ),
    Own(
        "which tickets an agent has open",
        "news goes to whoever looks at the ticket",
        "nobody",
        span(WATCHING_LIVES_FOR),
        ("_Told.agent_id", "_Sent.agents"),
    ),
    Own(
        "sessions of the sidebar, and which tickets the helpdesk opens for an agent",
        "nobody reads a ticket that is closed to them",
        "nobody",
        "10 hours; permissions 5 minutes",
        ("Session.agent_id", "Claim.agent"),
    ),
    Own(
        "a calendar link, hashed",
        "an agent's own calendar shows when promises fall due",
        "whoever holds the link",
        f"{span(FEEDS_LIVE_FOR)}, or until the agent or an owner revokes it",
        (),
    ),
    Own(
        "the roster: an account's agents, their groups and what each may open",
        "nobody is shown a ticket that is closed to them, and whoever is away is not named",
        "nobody; names as they are named in a ticket's network",
        f"{span(ROSTERS_LIVE_FOR)}, listed anew every half hour",
        ("Roster.colleagues", "Colleague.id", "Colleague.name", "Colleague.is_away"),
    ),
    Own(
        "who solved a ticket, and who has it",
        "who can help: up to three names beside a ticket like it, without counts or order",
        "whoever may open both tickets; each agent can leave themselves out",
        f"{span(CASES_LIVE_FOR)} after the ticket's last change",
        ("Card.assignee_id", "Card.solver_id", "NetworkTold.can_help"),
    ),
    Own(
        "a colleague's open question, put by name in an internal note",
        "colleagues do not wait",
        "the one who was asked",
        "until it is answered or the ticket solved",
        (
            "_Kept.asked",
            "OpenQuestion.agent_id",
            "OpenQuestion.by_id",
            "OpenQuestion.by_name",
            "WaitingHere.by",
            "WaitingThere.by",
        ),
    ),
    Own(
        "a note that helped to solve a ticket, worked out from the ticket when it is looked at",
        "a word of thanks",
        "the two whom it concerns",
        "not kept",
        ("Scene.agent_id", "Favour.solver_id", "Favour.helper_id", "Favour.helper_name"),
    ),
    Own(
        "who does not want to be named, and until when",
        "nobody is asked who is away or has had enough",
        "the agent",
        "until they take it back",
        (),
    ),
    Own(
        "good moments of the day, and a run of harsh tickets",
        "the agent's own day beside their yesterday, and a break when it is due",
        "the agent, in their own browser; it is never sent",
        "two days, in that browser alone",
        (),
    ),
    Own(
        "who leads which groups",
        "leads see and hand over their groups' open promises",
        "those who may change it",
        "until changed",
        ("AccountSettings.leads",),
    ),
    Own(
        "people of the console: address, name, role, groups, their agent ids, a hashed password",
        "signing in, and reading only the tickets that they may open",
        "owners; themselves; of what was changed of them, editors too",
        f"until removed; in the trail of changes {span(CHANGES_LIVE_FOR)}",
        ("User.email", "User.agents", "_Kept.email"),
    ),
    Own(
        "who changed, wrote, published or tested rules, or handed promises over (not whose)",
        "the trail of changes",
        "editors and owners; of drafts and backtests, whoever may write rules",
        f"changes {span(CHANGES_LIVE_FOR)}, versions for good, drafts {span(DRAFTS_LIVE_FOR)}, backtests {span(JOBS_LIVE_FOR)}",
        ("Change.who", "Edition.who", "DraftFile.who", "Job.who", "BacktestTold.who"),
    ),
    Own(
        "the draft being typed, and live turns",
        "the advice on it",
        "the agent",
        "not kept",
        (
            "Draft.author_id",
            "Draft.author_name",
            "Draft.next_name",
            "DraftBody.takes_over",
            "DraftTyped.agent_id",
            "Turn.author",
        ),
    ),
    Own(
        "conversations uploaded for a backtest or read from a file",
        "what rules would have said",
        "whoever uploaded them",
        f"{span(UPLOADS_LIVE_FOR)} at most",
        (
            "WireComment.author",
            "WireComment.author_id",
            "WireComment.author_name",
            "WireDraft.author_id",
            "WireDraft.author_name",
            "WireConversation.assignee",
        ),
    ),
)
