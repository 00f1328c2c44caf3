"""Traces: sampled, exported over OTLP only where an endpoint is set, and carried across Kafka by `traceparent`."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.settings import Settings

_PROPAGATOR = TraceContextTextMapPropagator()
_MAY_NAME_PEOPLE = ("url.query", "url.path")


class _WithoutAddresses(SpanProcessor):
    """Blanks addresses as asked for: a search or a link may name a person; ``http.route`` says enough."""

    def on_start(self, span: Span, parent_context: otel_context.Context | None = None) -> None:
        """Blank the attributes that the server set at the start."""
        del parent_context
        for name in _MAY_NAME_PEOPLE:
            if span.attributes and name in span.attributes:
                span.set_attribute(name, "")

    def on_end(self, span: ReadableSpan) -> None:
        """Nothing is left to do."""


def open_tracing(settings: Settings) -> TracerProvider | None:
    """The process's tracer provider, or None where ``otlp_endpoint`` is unset: then nothing is traced.

    A request that arrives with a sampled parent is traced; of the others ``trace_sample_ratio`` (0–1).
    Shut it down at the end of the process: it flushes.
    """
    if settings.otlp_endpoint is None:
        return None
    provider = tracer_provider(settings.service, settings.trace_sample_ratio)
    address = settings.otlp_endpoint.rstrip("/")
    provider.add_span_processor(
        _exported_to(address if address.endswith("/v1/traces") else f"{address}/v1/traces")
    )
    return provider


def _exported_to(endpoint: str) -> SpanProcessor:
    # Imported where it is used: most processes export nothing.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    return BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint))


def tracer_provider(service: str, ratio: float) -> TracerProvider:
    """A provider without any exporter: sampling ``ratio`` 0–1 of new traces, addresses blanked."""
    provider = TracerProvider(
        sampler=ParentBased(TraceIdRatioBased(ratio)),
        resource=Resource.create({"service.name": f"kcity-{service}"}),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(_WithoutAddresses())
    return provider


def traceparent_now() -> str | None:
    """The W3C `traceparent` of the span we are in, None outside any: journal rows and events carry it."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")


@contextmanager
def continue_from(
    traceparent: str | None, *, name: str = "consume", provider: TracerProvider | None = None
) -> Iterator[None]:
    """Go on in the trace that ``traceparent`` names (a broken or missing one: in none).

    With a ``provider`` the block is a span called ``name``; without one the parent is carried on only.
    """
    parent = _PROPAGATOR.extract({"traceparent": traceparent} if traceparent else {}, otel_context.Context())
    token = otel_context.attach(parent)
    try:
        if provider is None:
            yield
        else:
            with provider.get_tracer("kcity").start_as_current_span(name, kind=trace.SpanKind.CONSUMER):
                yield
    finally:
        otel_context.detach(token)
