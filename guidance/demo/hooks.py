"""Turns every change of the pretend helpdesks into webhooks to the service."""

from __future__ import annotations

from guidance.demo import zendesk
from guidance.demo.freshdesk.events import parcels
from guidance.demo.freshdesk.rules import Rules
from guidance.demo.helpdesk import DeskHelpdesk, Listener
from guidance.demo.sender import Sender
from guidance.demo.settings import DeskSettings
from guidance.demo.values import Change
from guidance.demo.zendesk.sending import parcels_of


def zendesk_hooks(helpdesk: DeskHelpdesk, sender: Sender, settings: DeskSettings, setup: zendesk.Setup) -> Listener:
    """Sends each change to the webhooks that are subscribed to it, and to those that a trigger names."""

    def tell(change: Change) -> None:
        author = helpdesk.person(change.comment.author_id) if change.comment else None
        for made in parcels_of(change, author, setup, helpdesk, settings.zendesk_retries):
            sender.send(made)

    return tell


def freshdesk_hooks(helpdesk: DeskHelpdesk, sender: Sender, settings: DeskSettings, rules: Rules) -> Listener:
    """Sends each change through the automation rules that it meets."""

    def tell(change: Change) -> None:
        for made in parcels(change, rules, helpdesk.person, settings):
            sender.send(made)

    return tell
