"""The doctor's look at this installation itself: rules, address, certificate, store, clock, worker, disk and backup."""

from __future__ import annotations

import shutil
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests

from guidance.cli.checks.finding import BAD, DOUBTFUL, GOOD, Told, ago, lasting
from guidance.dispatch.living import is_alive, seen_at
from guidance.dispatch.rulebooks import base_packs
from guidance.errors import PackError, StoreUnavailableError
from guidance.ports import Edition
from guidance.rules import load_rulebook
from guidance.rules.overlays import house_rulebook
from guidance.settings import Settings
from guidance.store import RedisStore, full_disk
from guidance.store.backup import backed_up_at
from guidance.store.embedded import server_binary
from guidance.text.counting import counted

_CLOCK_MAY_DIFFER = 5.0
_ANSWERS_WITHIN = 5.0
_RENEWED_BEFORE = timedelta(days=14)
_ROOM, _LITTLE_ROOM = 200 << 20, 2 << 30
_BACKUP_GROWS_OLD = timedelta(days=7)


def rules(settings: Settings) -> Told:
    try:
        book = load_rulebook(settings.rules_dir)
    except PackError as error:
        return BAD, f"{counted(len(error.problems), 'problem')} in the packs; the first: {error.problems[0]}"
    return GOOD, f"{len(book.rules)} rules in {len(book.packs)} packs load (version {book.version})"


def published(store: RedisStore, folder: Path | None) -> Told:
    """Whether all that the console, or a push, has put in force can be used."""
    files = (store.edition() or Edition()).files
    try:
        house_rulebook(base_packs(folder), files)
    except PackError as error:
        told = f"{counted(len(error.problems), 'problem')} in what was published; the first: {error.problems[0]}"
        return BAD, f"{told}. The rules page of the console has them all"
    return GOOD, f"published: {counted(len(files), 'file')} of rules" if files else "no rules of your own are published"


def server(settings: Settings) -> Told:
    if settings.redis_url:
        return GOOD, "a Redis of your own, by GUIDANCE_REDIS_URL"
    return GOOD, f"our own Valkey: {server_binary().name} on {settings.data_dir}"


def address(settings: Settings) -> Told:
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


def certificate(url: str, now: datetime, context: ssl.SSLContext | None = None) -> Told:
    """How long the certificate of an https address is good; `context` trusts others than the system does."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        with (
            socket.create_connection((host, port), timeout=_ANSWERS_WITHIN) as plain,
            (context or ssl.create_default_context()).wrap_socket(plain, server_hostname=host) as held,
        ):
            until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str((held.getpeercert() or {})["notAfter"])), UTC)
    except ssl.SSLCertVerificationError as error:
        return BAD, f"{host}: {error.verify_message}; put a new certificate, with its whole chain, before this service"
    except (OSError, KeyError) as error:
        return BAD, f"{host}:{port} shows no certificate ({_why(error)})"
    left = until - now
    if left < _RENEWED_BEFORE:
        return DOUBTFUL, f"{host} is good for {left.days} more days, until {until:%Y-%m-%d}; renew it now"
    return GOOD, f"{host} is good for {left.days} more days, until {until:%Y-%m-%d}"


def _why(error: OSError | KeyError) -> str:
    """What keeps us from a place, in words."""
    if isinstance(error, socket.gaierror):
        return "no such host"
    return (error.strerror or "").lower() if isinstance(error, OSError) and error.strerror else type(error).__name__


def store(kept: RedisStore) -> Told:
    try:
        facts = kept.health()
    except StoreUnavailableError as error:
        return BAD, f"{error}; is `guidance serve` running, or GUIDANCE_REDIS_URL right?"
    if facts["warnings"]:
        return DOUBTFUL, "; ".join(facts["warnings"])
    return GOOD, f"{facts['server']} {facts['version']} keeps every write on disk"


def clock(kept: RedisStore) -> Told:
    seconds, micros = kept.client.time()
    apart = time.time() - seconds - micros / 1e6
    if abs(apart) > _CLOCK_MAY_DIFFER:
        where = "behind" if apart > 0 else "ahead"
        return (
            BAD,
            f"the store's clock is {lasting(timedelta(seconds=abs(apart)))} {where} of this machine's; set both by NTP",
        )
    return GOOD, f"this machine and the store agree to {abs(apart) * 1000:.0f} ms"


def worker(kept: RedisStore) -> Told:
    if not is_alive(kept):
        seen = seen_at(kept)
        last = f" (the last one {ago(seen, datetime.now(UTC))})" if seen else ""
        return BAD, f"no worker has been seen within a minute{last}; waiting: {counted(kept.waiting(), 'webhook')}"
    return GOOD, f"at work; waiting: {counted(kept.waiting(), 'webhook')}"


def failures(kept: RedisStore) -> Told:
    if count := kept.failure_count():
        return DOUBTFUL, f"{count} could not be done; `guidance failures` shows them"
    return GOOD, "nothing has failed"


def disk(folder: Path) -> Told:
    """Whether what is written has room; a full disk stops webhooks from being taken in."""
    if told := full_disk(folder):
        return BAD, f"{told}, or no webhook is taken in"
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    told = f"{free / (1 << 30):.1f} GiB are free under {folder}"
    if free < _ROOM:
        return BAD, f"{free >> 20} MiB are free under {folder}; make room, or webhooks will be refused"
    return (DOUBTFUL, f"{told}; make room soon") if free < _LITTLE_ROOM else (GOOD, told)


def backup(kept: RedisStore, now: datetime) -> Told:
    """How old the last `guidance backup` is, where the store is our own."""
    at = backed_up_at(kept)
    if at is None:
        return DOUBTFUL, "none was made yet; `guidance backup FILE` makes one, and cron can do it every night"
    told = f"the last one was made {ago(at, now)}"
    return (DOUBTFUL, f"{told}; `guidance backup FILE` makes another") if now - at > _BACKUP_GROWS_OLD else (GOOD, told)
