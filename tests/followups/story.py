"""What happens to one promise after the other, as a story of one ticket."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from guidance.followups.clock import next_at
from guidance.followups.shown import shows
from guidance.model import FollowUpChanged, FollowUpState, Schedule, Woken
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from guidance.signals.ear import Context
from tests.cast import KEY, NOW, case

BOOK = shipped_rulebook()
NEW_YORK = ZoneInfo("America/New_York")
CALL = "Hi Rana, I'll call you tomorrow at 3pm."
ANSWER = "Hi Rana, I'll get back to you by tomorrow 3pm."
DUE = datetime(2026, 3, 5, 15, 0, tzinfo=NEW_YORK)
S = FollowUpState


class Story:
    """A ticket to which one thing happens after the other."""

    def __init__(self, **settings):
        self.case, self.now, self.effects = case(**settings), NOW, ()
        self.number = 10

    def hears(self, event):
        outcome = advance(self.case, event, BOOK, self.now)
        self.case, self.effects = outcome.case, outcome.effects
        return self

    def at(self, moment):
        self.now = moment
        return self

    def wakes(self):
        """Let time pass until the ticket's next wake-up, and ring it."""
        moment = next_at(self.case)
        return self.at(moment).hears(Woken(key=KEY, event_id="w", at=moment, reason="follow-ups"))

    def says(self, who, text):
        self.number += 1
        event = who(text, self.number)
        return self.hears(replace(event, at=self.now, comment=replace(event.comment, at=self.now)))

    def told(self, by="12", **fields):
        changed = replace(self.promise, **fields)
        event = FollowUpChanged(key=KEY, event_id="a", at=self.now, changed=changed, fields=tuple(fields), by=by)
        return self.hears(event)

    @property
    def promise(self):
        return self.case.follow_ups[0]

    def works(self, kind):
        return [one.work for one in self.effects if isinstance(one, Schedule) and one.work.kind == kind]


def kept_by(promise, reply, **told):
    """The words of a reply that keep a promise, as it is heard."""
    reading = BOOK.ear.read(reply, by_customer=False, context=Context(at=NOW))
    return shows(promise, reply, reading, **told)


def has_task(story):
    return story.told("dispatch", state=S.CREATING, claim="c", attempt=1).told(
        "dispatch", state=S.TASK_MADE, task_id="77", claim=None
    )
