"""What operators see: logs as JSON lines and Prometheus metrics. Neither ever holds ticket text, a secret or an agent.

Metrics of several processes come together where `PROMETHEUS_MULTIPROC_DIR` names a folder, as `guidance serve` does.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from typing import TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from structlog.typing import EventDict, Processor, WrappedLogger

_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

ACCEPTED = Counter("guidance_webhooks_accepted", "Webhooks that lie on disk", ["account"])
REPEATED = Counter("guidance_webhooks_repeated", "Webhooks that had come before and were not taken again", ["account"])
REFUSED = Counter("guidance_webhooks_refused", "Webhooks refused, by reason", ["helpdesk", "reason"])
UNSUPPORTED = Counter("guidance_webhooks_unsupported", "Genuine events on which nothing acts", ["account", "kind"])
QUARANTINED = Counter("guidance_webhooks_quarantined", "Webhooks that could not be read, kept as failures", ["account"])
RECONCILED = Counter("guidance_reconciled", "Changes that helpdesks told of when they were asked", ["account"])
WORKED = Histogram("guidance_worked_seconds", "From taking an arrival up to having saved its ticket", buckets=_FAST)
DRAFTS = Histogram("guidance_drafts_seconds", "Advising on one draft", buckets=_FAST)
UNAVAILABLE = Counter("guidance_store_unavailable", "Requests answered 503 because the store was out of reach")
FAULTS = Counter("guidance_faults", "Requests that failed for a reason nobody foresaw")
STREAMS = Gauge("guidance_streams_open", "Streams to sidebars that are open now", multiprocess_mode="livesum")
STREAM_OVERFLOWS = Counter("guidance_stream_overflows", "Streams that fell behind and were told to start over")
LOOP_LAG = Gauge(
    "guidance_loop_lag_seconds",
    "How late the web process wakes up, the worst of the last seconds",
    multiprocess_mode="livemax",
)
STORE_DURABLE = Gauge(
    "guidance_store_durable", "1 where the store keeps all that it accepts", multiprocess_mode="livemostrecent"
)


def exposed() -> bytes:
    """All metrics in Prometheus' text format, of every process of this service."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def configure_logging(process: str, *, stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Write every log line as one JSON object that names the process. Libraries speak from WARNING up, in the same form."""

    def named(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {"process": process, **event}

    shared: list[Processor] = [
        named,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processor=structlog.processors.JSONRenderer()
    )
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def where_it_failed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn an exception into its kind and the lines it passed; its message may quote a customer, so it is left out."""
    told = event.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["at"] = [f"{os.path.relpath(one.filename)}:{one.lineno} {one.name}" for one in frames[-8:]]
    return event
