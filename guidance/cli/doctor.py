"""`guidance doctor`: what is well with this installation, what is not, and what to do about it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import click
import msgspec
import requests
from msgspec import Struct
from rich.console import Console
from rich.text import Text

from guidance.accounts import open_steps
from guidance.errors import GuidanceError, PackError, SetupError, StoreUnavailableError
from guidance.model import Rating
from guidance.reconcile import asked_at
from guidance.rules import load_rulebook
from guidance.settings import Settings, read_settings
from guidance.store import RedisStore, open_store
from guidance.store.embedded import server_binary

GOOD, DOUBTFUL, BAD = "good", "doubtful", "bad"
_SIGNS = {GOOD: ("✓", "green"), DOUBTFUL: ("!", "yellow"), BAD: ("✗", "red")}
_STEPS = {
    "webhook": "run `guidance connect`",
    "app": "install the app, then `guidance connect … --app`",
    "live": "in shadow until `guidance live`",
}
_CLOCK_MAY_DIFFER = 5.0
_RATED_DAYS = 30
_ENOUGH_RATED = 10
_ANSWERS_WITHIN = 5.0


class Finding(Struct, frozen=True):
    """What a look at one thing showed. `state`: `good`, `doubtful` (it runs, with less than it could) or `bad`."""

    about: str
    state: str
    told: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def doctor(*, as_json: bool) -> None:
    """Check this installation from end to end. The exit code is 1 where something is bad."""
    findings = list(examine())
    if as_json:
        for finding in findings:
            click.echo(msgspec.json.encode(finding))
    else:
        console = Console(highlight=False)
        for finding in findings:
            sign, colour = _SIGNS[finding.state]
            console.print(Text(f"{sign} {finding.about:<10}", colour), Text(finding.told))
    sys.exit(1 if any(finding.state == BAD for finding in findings) else 0)


def examine() -> Iterator[Finding]:
    """Look at everything, one thing after another; what needs something bad is left out."""
    yield _look("python", lambda: (GOOD, f"Python {sys.version.split()[0]}"))
    try:
        settings = read_settings()
    except SetupError as error:
        yield Finding("settings", BAD, str(error))
        return
    yield _look("rules", lambda: _rules(settings))
    yield _look("server", lambda: _server(settings))
    yield _look("address", lambda: _address(settings))
    store = open_store(settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=2)
    try:
        yield from _through(store)
    finally:
        store.close()


def _through(store: RedisStore) -> Iterator[Finding]:
    """What only the store can tell."""
    found = _look("store", lambda: _store(store))
    yield found
    if found.state == BAD:
        return
    yield _look("clock", lambda: _clock(store))
    yield _look("accounts", lambda: _accounts(store))
    yield _look("worker", lambda: _worker(store))
    yield _look("failures", lambda: _failures(store))
    yield _look("ratings", lambda: _ratings(store, datetime.now(UTC)))


def _look(about: str, check: Callable[[], tuple[str, str]]) -> Finding:
    try:
        return Finding(about, *check())
    except GuidanceError as error:
        return Finding(about, BAD, str(error))


def _rules(settings: Settings) -> tuple[str, str]:
    try:
        book = load_rulebook(settings.rules_dir)
    except PackError as error:
        return BAD, f"{len(error.problems)} problems in the packs; the first: {error.problems[0]}"
    return GOOD, f"{len(book.rules)} rules in {len(book.packs)} packs load (version {book.version})"


def _server(settings: Settings) -> tuple[str, str]:
    if settings.redis_url:
        return GOOD, "a Redis of your own, by GUIDANCE_REDIS_URL"
    return GOOD, f"our own Valkey: {server_binary().name} on {settings.data_dir}"


def _address(settings: Settings) -> tuple[str, str]:
    """Whether the address that helpdesks know leads here."""
    try:
        answer = requests.get(f"{settings.url}/healthz", timeout=_ANSWERS_WITHIN, allow_redirects=False)
    except requests.exceptions.SSLError:
        return BAD, f"{settings.url} has a certificate that can't be trusted"
    except requests.RequestException as error:
        return BAD, f"{settings.url} does not answer ({type(error).__name__}); is `guidance serve` running?"
    if answer.status_code != 200:
        return BAD, f"{settings.url}/healthz answers {answer.status_code}: something else stands there"
    if not settings.public_url:
        return (
            DOUBTFUL,
            f"{settings.url} answers; helpdesks can't reach it until GUIDANCE_PUBLIC_URL names an address of yours",
        )
    if not settings.public_url.startswith("https://"):
        return DOUBTFUL, f"{settings.url} answers, without encryption; Zendesk asks for https"
    return GOOD, f"{settings.url} answers"


def _store(store: RedisStore) -> tuple[str, str]:
    try:
        facts = store.health()
    except StoreUnavailableError:
        return BAD, "the store does not answer; is `guidance serve` running, or GUIDANCE_REDIS_URL right?"
    if facts["warnings"]:
        return DOUBTFUL, "; ".join(facts["warnings"])
    return GOOD, f"{facts['server']} {facts['version']} keeps every write on disk"


def _clock(store: RedisStore) -> tuple[str, str]:
    seconds, micros = store.client.time()
    apart = time.time() - seconds - micros / 1e6
    if abs(apart) > _CLOCK_MAY_DIFFER:
        return BAD, f"this machine's clock and the store's are {apart:+.0f} s apart; set both by NTP"
    return GOOD, f"this machine and the store agree to {abs(apart) * 1000:.0f} ms"


def _accounts(store: RedisStore) -> tuple[str, str]:
    found = store.accounts()
    if not found:
        return DOUBTFUL, "no helpdesk is connected yet; `guidance connect` connects one"
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


def _worker(store: RedisStore) -> tuple[str, str]:
    if store.recall("alive:worker") is None:
        return BAD, f"no worker has been seen within a minute; {store.waiting()} webhooks wait"
    return GOOD, f"at work; {store.waiting()} webhooks wait"


def _ratings(store: RedisStore, now: datetime) -> tuple[str, str]:
    """What customers answered to surveys, of all accounts together; a share only where there are enough to tell."""
    since = (now - timedelta(days=_RATED_DAYS)).date()
    tallies = [one for account in store.accounts() for one in store.tallies(account.id, since=since, until=now.date())]
    counted = Counter(dict.fromkeys(Rating, 0))
    for one in tallies:
        if one.what.startswith("rated:"):
            counted[Rating(one.what.partition(":")[2])] += one.times
    count = sum(counted.values())
    asked = [
        kept.decode()[:16].replace("T", " ") for one in store.accounts() if (kept := store.recall(asked_at(one.id)))
    ]
    when = f"asked last at {max(asked)} UTC" if asked else "asked for each night, between two and six"
    if count < _ENOUGH_RATED:
        return GOOD, f"{count} answers to customer surveys in {_RATED_DAYS} days; {when}"
    return (
        GOOD,
        f"{count} answers to customer surveys in {_RATED_DAYS} days, {100 * counted[Rating.GOOD] // count} % content; {when}",
    )


def _failures(store: RedisStore) -> tuple[str, str]:
    found = store.failures()
    if found:
        return DOUBTFUL, f"{len(found)} could not be done; `guidance failures` shows them"
    return GOOD, "nothing has failed"
