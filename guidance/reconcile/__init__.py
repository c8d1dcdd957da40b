"""Reconcile: what webhooks never brought is found again by asking the helpdesk what has changed, and folded as any news."""

from guidance.reconcile.approving import Approving
from guidance.reconcile.asking import EVERY, Reconciled, Reconciler
from guidance.reconcile.rating import Ratings, asked_at

__all__ = ["EVERY", "Approving", "Ratings", "Reconciled", "Reconciler", "asked_at"]
