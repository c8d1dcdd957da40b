"""The automation rules that feed the service, exactly as `guidance connect freshdesk` makes them."""

from __future__ import annotations

from collections import defaultdict

from guidance.demo.freshdesk.rules import Rules
from guidance.demo.settings import DeskSettings
from guidance.integrations.freshdesk.setup import wanted_rules


def house_rules(settings: DeskSettings) -> Rules:
    """The rules by type and id, with their webhooks pointing at the service; none before somebody has connected it."""
    rules: Rules = defaultdict(dict)
    if not settings.is_connected:
        return rules
    endpoint = f"{settings.service_url}/webhooks/freshdesk/demo"
    wanted = wanted_rules(endpoint, settings.secrets.freshdesk_webhook, thin=settings.thin_webhooks)
    for rule_id, rule in enumerate(wanted, 1):
        rules[rule.kind][rule_id] = rule.body | {"id": rule_id}
    return rules
