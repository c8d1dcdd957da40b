"""From a webhook to the open sidebar: the whole way over HTTP, disk, worker and stream, with many sidebars open."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime

from rich.console import Console

from bench.desk import ACME, FIRST_TICKET, KEY, Bench, bench
from guidance.sidebar import Sessions

P99_AT_MOST = 100.0


def run(*, soak: bool) -> bool:
    """Print a line. False where a connection was refused, an event went missing, or p99 was over 100 ms."""
    sidebars, events, per_second = (2_000, 1_200, 20.0) if soak else (200, 300, 20.0)
    with bench() as running, tempfile.NamedTemporaryFile("w") as tokens:
        running.start_web()
        running.start_worker()
        tokens.write("\n".join(_watching(running, sidebars)))
        tokens.flush()
        found = running.load("stream", tokens.name, events, per_second)
    Console().print(
        f"Webhook to sidebar, {found['open']:.0f} open (in {found['opening_s']:.1f} s), {per_second:.0f} events a second: "
        f"p50 {found['p50_ms']:.0f} ms, p99 {found['p99_ms']:.0f} ms, longest {found['max_ms']:.0f} ms; "
        f"{found['refused']:.0f} refused, {found['missing']:.0f} missing"
    )
    return found["p99_ms"] <= P99_AT_MOST and not found["refused"] and not found["missing"]


def _watching(running: Bench, sidebars: int) -> list[str]:
    """A session for each agent, who has the ticket of the same number open."""
    sessions = Sessions(KEY.encode(), running.store, lambda: datetime.now(UTC))
    tokens = []
    for number in range(sidebars):
        opened, now = sessions.open(ACME.id, f"agent{number}"), datetime.now(UTC)
        running.store.watch(ACME.id, f"agent{number}", [str(FIRST_TICKET + number)], session=opened.session.id, now=now)
        tokens.append(opened.token)
    return tokens


if __name__ == "__main__":
    run(soak=False)
