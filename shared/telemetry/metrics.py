"""Prometheus metrics of one process. Labels name routes, types and outcomes, never ids or people."""

from collections.abc import Sequence

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

PREFIX = "kcity_"
REGISTRY = CollectorRegistry()
"""The process's registry: metric objects are made once, at import, by the module that owns them."""

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Bucket bounds for durations, in seconds."""


def counter(name: str, meaning: str, labels: Sequence[str] = ()) -> Counter:
    """A counter ``kcity_<name>_total``."""
    return Counter(PREFIX + name, meaning, labels, registry=REGISTRY)


def gauge(name: str, meaning: str, labels: Sequence[str] = ()) -> Gauge:
    """A gauge ``kcity_<name>``; its unit stands in its name."""
    return Gauge(PREFIX + name, meaning, labels, registry=REGISTRY)


def histogram(
    name: str, meaning: str, labels: Sequence[str] = (), buckets: Sequence[float] = SECONDS
) -> Histogram:
    """A histogram ``kcity_<name>``; its unit stands in its name; buckets default to seconds."""
    return Histogram(PREFIX + name, meaning, labels, registry=REGISTRY, buckets=buckets)


def exposition() -> tuple[bytes, str]:
    """All metrics of this process as text, and its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_PLAIN_0_0_4
