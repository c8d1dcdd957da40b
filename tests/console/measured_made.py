"""Made numbers of several weeks: two teams of six, a holdout, surveys. The same each time."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.dispatch.calibrating import look_at_answers
from guidance.dispatch.teams import look_at_teams
from guidance.model import CountRule, TicketKey
from tests.cast import KEY, amir_says

TEAMS = ("Billing", "Plant care")
WEEKS = 7


def weeks_made(store, now):
    """Weeks of replies with hints, held out and without any, of estimates and of answers to surveys; then both are looked at."""
    drawn = random.Random(11)
    for ago in range(WEEKS):
        at = now - timedelta(weeks=ago)
        for team in TEAMS:
            people_reply(store, team, at)
            counted(store, team, at, week_of(drawn, WEEKS - ago))
    look_at_teams(store, now)
    look_at_answers(store, now)


def counted(store, group, at, counts, account=KEY.account):
    """Keep such counts, by what, of a group on a day."""
    told = [
        CountRule(
            day=at.date().isoformat(),
            group=group,
            rule="three-as.acknowledge" if what in _OF_RULES else "",
            what=what,
            by=by,
        )
        for what, by in counts.items()
    ]
    key = TicketKey(account, f"counted-{group}-{at:%m%d}")
    assert store.save(store.load(key) or empty_case(key), told, now=at)


_OF_RULES = {"shown", "followed", "dismissed:misread", "dismissed:already said", "holdout"}


def people_reply(store, group, at, people=6, account=KEY.account):
    for number in range(people):
        key = TicketKey(account, f"{group}-{number}-{at:%m%d}")
        comment = replace(amir_says("Done.").comment, author_id=f"{group}-{number}", at=at)
        held = store.load(key) or empty_case(key)
        ticket = replace(held.conversation.ticket, group=group)
        assert store.save(
            replace(held, conversation=replace(held.conversation, ticket=ticket, comments=(comment,))), [], now=at
        )


def week_of(drawn, number):
    """One team's week: hints help by 0.15, and the estimate is a little too hopeful."""
    found = Counter(
        {
            "replies": 60 + 4 * number,
            "shown": 24 + number,
            "followed": 9 + number,
            "dismissed:misread": 1,
            "dismissed:already said": 2,
            "holdout": 5,
        }
    )
    for beside, n, rise in (("hinted", 22, 48), ("withheld", 12, 33), ("plain", 30, 10)):
        for _ in range(n):
            felt(found, beside, round(drawn.gauss(-40 if beside != "plain" else 5, 20)), round(drawn.gauss(rise, 25)))
    for _ in range(30):
        likelihood = min(max(drawn.gauss(0.62, 0.2), 0.05), 0.97)
        found[f"estimate:{likelihood:.2f}"] += 1
        if drawn.random() < 0.5:
            rating = "good" if drawn.random() < likelihood - 0.08 else "bad"
            found.update((f"rated:{rating}", f"pair:{likelihood:.2f}:{rating}"))
    for step, n in ((1, 9), (2, 10), (5, 3), (30, 2), (300, 1)):
        found[f"hint_in:{step}"] += n
    return found


def felt(found, beside, before, rise):
    """Add one answer to a reply."""
    after = min(max(before + rise, -100), 100)
    sums = {"n": 1, "before": before, "after": after, "squares": (after - before) ** 2}
    found.update({f"felt:{beside}:{name}": by for name, by in sums.items()})
