"""Bodies as they arrive, each beside the events it stands for, or the error."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from guidance.ports import Account

FOLDER = Path(__file__).parents[1] / "fixtures"
RECEIVED_AT = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
ACCOUNTS = {
    "zendesk": Account(
        id="zendesk:acme",
        base_url="https://acme.example",
        config={"bot_name": "Guidance"},
        settings={"bot_id": "77"},
    ),
    "freshdesk": Account(
        id="freshdesk:acme",
        base_url="https://acme.example",
        config={"bot_id": "77", "bot_name": "Guidance", "statuses": {"waiting on warehouse": "on_hold"}},
    ),
}


def situations(ending):
    """Helpdesk and name of every situation whose expectation ends in `ending`."""
    return [
        (helpdesk, path.name.removesuffix(ending))
        for helpdesk in ACCOUNTS
        for path in sorted((FOLDER / helpdesk).glob(f"*{ending}"))
    ]


def body(helpdesk, situation):
    return (FOLDER / helpdesk / f"{situation}.json").read_bytes()
