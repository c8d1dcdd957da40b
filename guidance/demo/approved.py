"""What the team of the desk has approved: the same words as macros in the pretend Zendesk and canned responses in the Freshdesk."""

from __future__ import annotations

APPROVED = {
    "Delay of a parcel": (
        "Hello {{ticket.requester.first_name}},\n\nWe apologize for any inconvenience this may have caused. Your parcel is on its way.\n\n"
        "Kind regards, Fern & Field"
    ),
    "Repotting": "A pot two fingers wider is enough. Water it well on the first day, then leave it alone for a week.",
}
