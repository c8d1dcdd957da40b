"""Dispatch: planned work is done when it falls due, by whichever worker comes first; retry, back-off and giving up are here."""

from guidance.dispatch.advancing import Advancing
from guidance.dispatch.breaker import connecting
from guidance.dispatch.performing import Dispatcher
from guidance.dispatch.rulebooks import LiveRulebook, Noticing
from guidance.dispatch.timing import Timing
from guidance.dispatch.warming import warm_up

__all__ = ["Advancing", "Dispatcher", "LiveRulebook", "Noticing", "Timing", "connecting", "warm_up"]
