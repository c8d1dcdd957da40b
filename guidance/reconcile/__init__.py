"""Reconcile: what webhooks never brought is found again by asking the helpdesk what has changed, and folded as any news.

`gathering` brings what no webhook tells: an account's agents, and the tickets from before our time.
"""

from guidance.reconcile.approving import Approving
from guidance.reconcile.asking import EVERY, TOLD, Reconciled, Reconciler, whole_until
from guidance.reconcile.gathering import Gatherer
from guidance.reconcile.rating import Ratings, asked_at

__all__ = ["EVERY", "TOLD", "Approving", "Gatherer", "Ratings", "Reconciled", "Reconciler", "asked_at", "whole_until"]
