"""The doctor's look at the connected helpdesks: what is set up, what our credentials reach, calls left, and the webhooks' way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import requests

from guidance.accounts import LOCKED, open_steps
from guidance.cli.checks.finding import BAD, DOUBTFUL, GOOD, Finding, Told, ago, lasting, look
from guidance.cli.opening import connected
from guidance.dispatch.heard import heard_at
from guidance.errors import SLOW_DOWN, HelpdeskError
from guidance.integrations import integrations
from guidance.integrations.budget import SHARE, Asking, Rank, asking, share_of
from guidance.model import Rating
from guidance.ports import Account, Standing
from guidance.reconcile import asked_at, whole_until
from guidance.store import RedisStore
from guidance.text.counting import counted

_STEPS = {
    "webhook": "run `guidance connect`",
    "app": "install the app, then `guidance connect … --app`",
    "live": "in shadow until `guidance live`",
}
_RATED_DAYS = 30
_ENOUGH_RATED = 10
_ANSWERS_WITHIN = 10.0
_CLOCK_MAY_DIFFER = timedelta(seconds=45)
"""Zendesk signs with its own time, and what is signed more than a minute in the future is refused."""

_QUIET = timedelta(days=1)
_FEW_LEFT = 0.1
_ALL_IS_KNOWN_WITHIN = timedelta(minutes=10)


def accounts(store: RedisStore) -> Told:
    found = store.accounts()
    if not found:
        return DOUBTFUL, "no helpdesk is connected yet; `guidance connect` connects one"
    if locked := [one.id for one in found if one.locked]:
        return BAD, f"{', '.join(locked)}: {LOCKED}"
    bare = [one.id for one in found if not one.secrets.get("webhook")]
    if bare:
        return BAD, f"no webhook secret is kept for {', '.join(bare)}, so nothing of theirs is accepted"
    waiting = [f"{one.id} ({_STEPS[steps[0]]})" for one in found if (steps := open_steps(one))]
    if waiting:
        return DOUBTFUL, f"{len(found)} connected; still to do: {', '.join(waiting)}"
    paused = [one.id for one in found if one.settings.get("paused")]
    if paused:
        return DOUBTFUL, f"{len(found)} connected, of which paused: {', '.join(paused)}"
    return GOOD, f"{len(found)} connected: {', '.join(one.id for one in found)}"


def each(store: RedisStore, url: str, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Every account by itself: access, calls, and webhooks sent to `url`, this service's own address."""
    for account in store.accounts():
        yield from _reached(store, account, clock)
        if account.secrets.get("webhook"):
            yield look("webhooks", partial(webhooks, store, account, url, clock()))
        yield look("changes", partial(changes, store, account, clock()))


def _reached(store: RedisStore, account: Account, clock: Callable[[], datetime]) -> Iterator[Finding]:
    try:
        with asking(Asking(rank=Rank.CHANGED)):
            standing = connected(account, store).standing()
    except HelpdeskError as error:
        state = DOUBTFUL if error.status == SLOW_DOWN else BAD
        yield Finding("access", state, f"{account.id}: {error}")
        return
    yield Finding("access", *access(account, standing, clock()))
    if standing.calls_a_minute and standing.calls_left is not None:
        yield Finding("calls", *calls(account, standing.calls_left, standing.calls_a_minute))


def access(account: Account, standing: Standing, now: datetime) -> Told:
    """What the account's credentials may do, and whether the helpdesk's clock is ours."""
    told = f"{account.id}: we act as {standing.acts_as}"
    if standing.lacks:
        return BAD, f"{told}, who may not {'; may not '.join(standing.lacks)}; give them the right, then connect again"
    if standing.at is not None and abs(now - standing.at) > _CLOCK_MAY_DIFFER:
        apart, where = abs(now - standing.at), "behind" if now > standing.at else "ahead"
        return (
            BAD,
            f"{told}; its clock is {lasting(apart)} {where} of this machine's, so its webhooks may be refused; set ours by NTP",
        )
    if standing.misses:
        return DOUBTFUL, f"{told}, who may not {' or '.join(standing.misses)}; all else works without"
    return GOOD, f"{told}, who may do all that is needed"


def calls(account: Account, left: int, total: int) -> Told:
    """What is left of the account's calls this minute, ours and everybody else's."""
    share = share_of(account)
    part = "half" if share == SHARE else f"{share:.0%}"
    told = f"{account.id}: {left} of {total} calls a minute are left"
    if left < total * _FEW_LEFT:
        return DOUBTFUL, f"{told}; something calls a lot there, so hints may come late: see which app it is"
    return GOOD, f"{told}; we take {part} of them at most"


def webhooks(store: RedisStore, account: Account, url: str, now: datetime) -> Told:
    """The way from the helpdesk to here: a genuine webhook on which nothing acts, sent to our own address, and the last real one."""
    helpdesk, _, name = account.id.partition(":")
    endpoint = f"{url}/webhooks/{helpdesk}/{name}"
    headers, body = integrations()[helpdesk].knock(account, now=now)
    try:
        answer = requests.post(endpoint, data=body, headers=headers, timeout=_ANSWERS_WITHIN, allow_redirects=False)
    except requests.RequestException as error:
        return BAD, f"{endpoint} does not answer ({type(error).__name__}), so webhooks can't arrive"
    if answer.status_code == 401:
        return BAD, (
            f"{endpoint} refuses our own signed test: another installation stands there, or a proxy changes bodies or headers"
        )
    if answer.status_code != 200:
        return BAD, f"{endpoint} answers our own signed test with {answer.status_code}, so webhooks can't arrive"
    return _last_of(account, heard_at(store, account.id), now)


def _last_of(account: Account, last: datetime | None, now: datetime) -> Told:
    told = f"{account.id}: our own signed test is taken in"
    if last is None:
        return DOUBTFUL, f"{told}, and no webhook has come yet; write on a ticket, and look again"
    told = f"{told}; the last webhook came {ago(last, now)}"
    if now - last > _QUIET:
        return (
            DOUBTFUL,
            f"{told}; if tickets were written on since, see whether the helpdesk has switched its webhook off",
        )
    return GOOD, told


def changes(store: RedisStore, account: Account, now: datetime) -> Told:
    """Up to when all is known that changed there, webhooks or not."""
    known = whole_until(store, account.id)
    if known is None:
        return DOUBTFUL, f"{account.id}: not asked yet what has changed; a running worker asks twice a minute"
    if now - known > _ALL_IS_KNOWN_WITHIN:
        told = f"{account.id}: all that changed is known up to {ago(known, now)}, and later changes may be missing"
        return DOUBTFUL, f"{told}; a running worker asks for them in pieces, as calls allow, and loses none"
    return GOOD, f"{account.id}: all that changed is known up to {ago(known, now)}"


def ratings(store: RedisStore, now: datetime) -> Told:
    """What customers answered to surveys, of all accounts together; a share only where there are enough to tell."""
    since = (now - timedelta(days=_RATED_DAYS)).date()
    tallies = [one for account in store.accounts() for one in store.tallies(account.id, since=since, until=now.date())]
    answered = Counter(dict.fromkeys(Rating, 0))
    for one in tallies:
        if one.what.startswith("rated:"):
            answered[Rating(one.what.partition(":")[2])] += one.times
    count = sum(answered.values())
    asked = [
        kept.decode()[:16].replace("T", " ") for one in store.accounts() if (kept := store.recall(asked_at(one.id)))
    ]
    when = f"asked last at {max(asked)} UTC" if asked else "asked for each night, between two and six"
    told = f"{counted(count, 'answer')} to customer surveys in {_RATED_DAYS} days"
    share = f", {100 * answered[Rating.GOOD] // count} % content" if count >= _ENOUGH_RATED else ""
    return GOOD, f"{told}{share}; {when}"
