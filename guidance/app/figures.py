"""Figures that the store alone knows, asked at each look of Prometheus: what waits, what failed, and when something was last heard of."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from guidance.dispatch.heard import heard_at
from guidance.dispatch.living import seen_at
from guidance.errors import StoreUnavailableError
from guidance.ports import Store

WAITING, FAILURES = "guidance_webhooks_waiting", "guidance_failures"
LAST_WEBHOOK, WORKER_SEEN = "guidance_webhooks_last_timestamp_seconds", "guidance_worker_seen_timestamp_seconds"


def figures_of(store: Store) -> bytes:
    """These figures in Prometheus' text format; none where the store is out of reach, which is a metric of its own."""
    registry = CollectorRegistry()
    registry.register(_Figures(store))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> list[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield from list(self._asked())
        except StoreUnavailableError:
            return

    def _asked(self) -> Iterator[GaugeMetricFamily]:
        store = self._store
        yield GaugeMetricFamily(WAITING, "Webhooks and events that no worker has finished", value=store.waiting())
        yield GaugeMetricFamily(FAILURES, "What could not be read or done, for people", value=store.failure_count())
        heard = GaugeMetricFamily(
            LAST_WEBHOOK, "When the last webhook was understood, to the minute", labels=["account"]
        )
        for account in store.accounts():
            if (at := heard_at(store, account.id)) is not None:
                heard.add_metric([account.id], at.timestamp())
        yield heard
        if (seen := seen_at(store)) is not None:
            told = "When a worker last gave a sign of life, to the half minute"
            yield GaugeMetricFamily(WORKER_SEEN, told, value=seen.timestamp())
