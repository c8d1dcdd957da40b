"""Webhooks a second that are on disk when they are answered, beside an empty endpoint on the same server in the same run."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bench.desk import bench

CONNECTIONS = 32
AT_LEAST = 800


def run(*, soak: bool) -> bool:
    """Print a table. False where fewer than 800 a second were accepted, or one was refused."""
    seconds = 20 if soak else 4
    with bench() as running:
        running.start_web()
        running.load("post", "/empty", CONNECTIONS, 1)
        rows = {
            "an empty endpoint": running.load("post", "/empty", CONNECTIONS, seconds),
            "webhooks, each on disk": running.load("post", "/webhooks/zendesk/acme", CONNECTIONS, seconds),
        }
        running.start_worker()
        rows["the same, a worker at work beside"] = running.load("post", "/webhooks/zendesk/acme", CONNECTIONS, seconds)
    _print(rows)
    accepted = rows["webhooks, each on disk"]
    return accepted["per_second"] >= AT_LEAST and not any(row["refused"] for row in rows.values())


def _print(rows: dict[str, dict[str, float]]) -> None:
    table = Table(
        "", "a second", "p50 ms", "p99 ms", "refused", title=f"Webhooks, {CONNECTIONS} connections, one web process"
    )
    for name, row in rows.items():
        table.add_row(
            name, f"{row['per_second']:,.0f}", f"{row['p50_ms']:.1f}", f"{row['p99_ms']:.1f}", f"{row['refused']:.0f}"
        )
    Console().print(table)


if __name__ == "__main__":
    run(soak=False)
