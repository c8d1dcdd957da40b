"""Reconcile: what webhooks never brought is found again by asking the helpdesk what has changed, and folded as any news."""

from guidance.reconcile.asking import EVERY, Reconciled, Reconciler

__all__ = ["EVERY", "Reconciled", "Reconciler"]
