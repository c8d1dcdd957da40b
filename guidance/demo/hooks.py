"""Turns every change of the pretend helpdesks into webhooks to the service."""

from __future__ import annotations

from guidance.demo import zendesk
from guidance.demo.freshdesk.events import parcels
from guidance.demo.freshdesk.rules import Rules
from guidance.demo.helpdesk import DeskHelpdesk, Listener
from guidance.demo.sender import Sender
from guidance.demo.settings import DeskSettings
from guidance.demo.values import Change
from guidance.demo.zendesk.events import parcel


def zendesk_hooks(helpdesk: DeskHelpdesk, sender: Sender, settings: DeskSettings) -> Listener:
    """Sends each change as a signed event of Zendesk's."""
    url = zendesk.webhook_url(settings)

    def tell(change: Change) -> None:
        author = helpdesk.person(change.comment.author_id) if change.comment else None
        secret, retries = settings.secrets.zendesk_webhook, settings.zendesk_retries
        if (made := parcel(change, author, url=url, secret=secret, retries=retries)) is not None:
            sender.send(made)

    return tell


def freshdesk_hooks(helpdesk: DeskHelpdesk, sender: Sender, settings: DeskSettings, rules: Rules) -> Listener:
    """Sends each change through the automation rules that it meets."""

    def tell(change: Change) -> None:
        for made in parcels(change, rules, helpdesk.person, settings):
            sender.send(made)

    return tell
