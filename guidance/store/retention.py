"""Every kind of key: what it is for, whether it holds ticket text, how long it lives, how it is erased.

A test fills a store, and fails on a key that is not in this table, and on one that lives longer or shorter than it says.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from guidance.text.counting import counted

CASES_LIVE_FOR = timedelta(days=90)
MARKS_LIVE_FOR = timedelta(minutes=30)
STREAMS_REACH_BACK = timedelta(minutes=10)
FAILURES_LIVE_FOR = timedelta(days=30)
HABITS_LIVE_FOR = timedelta(days=30)
COUNTED_LIVES_FOR = timedelta(days=1)
COUNTS_LIVE_FOR = timedelta(days=400)
VOTES_LIVE_FOR = timedelta(days=30)
CHANGES_LIVE_FOR = timedelta(days=730)
DRAFTS_LIVE_FOR = timedelta(days=180)
UPLOADS_LIVE_FOR = timedelta(hours=6)
JOBS_LIVE_FOR = timedelta(days=7)
ROSTERS_LIVE_FOR = timedelta(hours=2)
FEEDS_LIVE_FOR = timedelta(days=365)
WATCHING_LIVES_FOR = timedelta(seconds=120)
ERASURES_REMEMBERED_FOR = timedelta(days=1)
BUDGETS_LIVE_FOR = timedelta(days=1)
REWRITTEN_AFTER_ERASURE = timedelta(minutes=10)
REWRITTEN_EVERY = timedelta(days=1)


_UNITS = (("year", timedelta(days=365)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)))


def span(time: timedelta) -> str:
    """A time as the tables tell it, in the largest unit that it is a number of: `a year`, `90 days`, `30 minutes`."""
    name, unit = next(((name, unit) for name, unit in _UNITS if not time % unit), ("minute", timedelta(minutes=1)))
    return f"a {name}" if time == unit else counted(time // unit, name)


class Family(Struct, frozen=True):
    """One kind of key. `shape`: its name after the tag, up to the first part that varies."""

    shape: str
    purpose: str
    holds_text: bool
    lifetime: str
    erased: str


FAMILIES = (
    Family("inbox", "arrivals that no worker has finished", True, "until acknowledged", "with the ticket"),
    Family("mark", "recognises a repeated delivery", False, span(MARKS_LIVE_FOR), "by itself"),
    Family(
        "case",
        "one ticket: conversation, attention, promises, what the customer answered to a survey, the estimate of a recommendation",
        True,
        f"{span(CASES_LIVE_FOR)} after its last change and after its last open promise falls due",
        "with the ticket",
    ),
    Family("out", "what sidebars are told", True, span(STREAMS_REACH_BACK), "by itself"),
    Family("trimmed", "up to when the out-stream was trimmed", False, "as long as the stream", "never: one number"),
    Family("due", "when planned work falls due", False, "until done", "with the ticket"),
    Family("work", "planned work", True, "until done", "with the ticket"),
    Family("leased", "which planned work a worker is at", False, "a minute", "by itself"),
    Family("followups", "promises, by account", True, "as long as the ticket", "with the ticket"),
    Family("promised", "open promises by due time", False, "as long as the promises", "with the ticket"),
    Family("owned", "an agent's open promises by due time", False, "as long as the promises", "with the ticket"),
    Family("settled", "closed promises by the time they were closed", False, span(CASES_LIVE_FOR), "with the ticket"),
    Family(
        "feed",
        "whose calendar a secret link shows",
        False,
        f"{span(FEEDS_LIVE_FOR)}, or until revoked",
        "by revoking it",
    ),
    Family(
        "feedof",
        "an agent's calendar link, hashed",
        False,
        f"{span(FEEDS_LIVE_FOR)}, or until revoked",
        "by revoking it",
    ),
    Family("watchers", "who has the ticket open", False, span(WATCHING_LIVES_FOR), "by itself"),
    Family("failures", "what could not be done, for retry", True, span(FAILURES_LIVE_FOR), "with the ticket"),
    Family("failed", "when what could not be done was noted", False, "as long as the failures", "with the ticket"),
    Family(
        "requester",
        "a requester's tickets, for erasure",
        False,
        "as long as the last of these tickets",
        "with the requester",
    ),
    Family("watching", "which tickets an agent has open", False, span(WATCHING_LIVES_FOR), "by itself"),
    Family(
        "habits",
        "an agent's mutes, and counts by rule",
        False,
        f"{span(HABITS_LIVE_FOR)} after the last change",
        "with the agent",
    ),
    Family(
        "counts",
        "how often each rule was shown, followed, dismissed, and sums that measure what came of it (time to a hint, feelings before and after, estimates, answers to surveys), by day and group",
        False,
        span(COUNTS_LIVE_FOR),
        "by itself",
    ),
    Family(
        "votes",
        "the noise limit: one vote a rule, day and agent, the agent as a keyed hash",
        False,
        f"{span(VOTES_LIVE_FOR)}; of an account that is disconnected, {(2 * VOTES_LIVE_FOR).days} at most",
        "by itself",
    ),
    Family(
        "voted",
        "which rules were voted on, by the day of the last vote",
        False,
        "as long as the votes",
        "by itself",
    ),
    Family(
        "misread",
        "on which tickets somebody called a rule misread, not who; the last hundred",
        False,
        f"{span(VOTES_LIVE_FOR)} after the last one",
        "by itself",
    ),
    Family("counted", "an effect that was counted already", False, span(COUNTED_LIVES_FOR), "by itself"),
    Family("roster", "an account's agents and what each may open", False, span(ROSTERS_LIVE_FOR), "by itself"),
    Family(
        "cards",
        "of each ticket: an open one's subject and state, a solved one's solver and term ids",
        True,
        f"{span(CASES_LIVE_FOR)} after the ticket's last change",
        "with the ticket",
    ),
    Family("known", "of which tickets there is a card", False, "as long as the cards", "with the ticket"),
    Family(
        "term", "in which solved tickets a term stands, as keyed ids", False, "as long as the cards", "with the ticket"
    ),
    Family("circle", "whose open tickets these are, as keyed marks", False, "as long as the cards", "with the ticket"),
    Family("asked", "open questions of colleagues to an agent", False, "until answered", "with the ticket"),
    Family("resting", "agents who do not want to be named, or are away", False, "until taken back", "by the agent"),
    Family("accounts", "helpdesk accounts, secrets sealed", False, "until disconnected", "by disconnecting"),
    Family(
        "records",
        "console users (passwords hashed), drafts of rules, judgements of backtests, the partners' address book",
        True,
        f"users and partners until removed, drafts {span(DRAFTS_LIVE_FOR)} after they were saved last, judgements as long as their backtest",
        "by removing the user, the draft or the partner",
    ),
    Family(
        "changes",
        "who changed what in the console and on the command line, and why",
        False,
        span(CHANGES_LIVE_FOR),
        "by itself",
    ),
    Family("revision", "counts changes, so that copies are renewed", False, "for good", "never: one number"),
    Family("editions", "every published version of the house's rules", False, "for good", "never: the rules' history"),
    Family(
        "jobs",
        "backtests: how far, and what they found, quotes included",
        True,
        span(JOBS_LIVE_FOR),
        "by itself, or by hand",
    ),
    Family(
        "upload", "conversations uploaded for a backtest", True, f"{span(UPLOADS_LIVE_FOR)}, or its end", "by itself"
    ),
    Family(
        "value",
        "small values: sessions, tokens used, permissions, which tickets were erased within the last day, how far `reconcile` came, since when it asks and up to when all is known, sentences of macros, names of teams large enough to show, the fit of the estimate to answers",
        False,
        "minutes to thirteen months",
        "by itself",
    ),
    Family("budget", "calls left to a helpdesk", False, span(BUDGETS_LIVE_FOR), "by itself"),
    Family("waiting", "who waits for a call to a helpdesk", False, span(BUDGETS_LIVE_FOR), "by itself"),
)


def family_of(key: str) -> Family | None:
    """The family of a key's name; None for one that nobody declared."""
    shape = key.rpartition("}:")[2].partition(":")[0]
    return next((family for family in FAMILIES if family.shape == shape), None)
