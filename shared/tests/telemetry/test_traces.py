import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.settings import Profile, Settings
from shared.telemetry.traces import continue_from, open_tracing, traceparent_now, tracer_provider

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class TestAcrossTheBus:
    def test_a_consumer_goes_on_in_the_producers_trace(self) -> None:
        spans = InMemorySpanExporter()
        provider = tracer_provider("review", ratio=1)
        provider.add_span_processor(SimpleSpanProcessor(spans))
        with provider.get_tracer("test").start_as_current_span("submit"):
            carried = traceparent_now()
        with continue_from(carried, name="open case", provider=provider):
            pass
        submit, consume = spans.get_finished_spans()
        assert consume.context is not None
        assert submit.context is not None
        assert consume.context.trace_id == submit.context.trace_id
        assert consume.parent is not None
        assert consume.parent.span_id == submit.context.span_id

    def test_a_trace_is_carried_on_also_where_nothing_is_traced(self) -> None:
        with continue_from(PARENT):
            assert traceparent_now() == PARENT
        assert traceparent_now() is None

    @pytest.mark.parametrize("broken", [None, "", "garbage", "00-0-0-0", PARENT[:-5], PARENT + "-x" * 5000])
    def test_a_broken_traceparent_is_no_trace(self, broken: str | None) -> None:
        with continue_from(broken):
            assert traceparent_now() is None

    def test_an_event_does_not_go_on_in_the_trace_of_the_one_before(self) -> None:
        with continue_from(PARENT), continue_from(None):
            assert traceparent_now() is None


class TestSampling:
    def test_follows_the_caller_whatever_the_ratio(self) -> None:
        provider = tracer_provider("review", ratio=0)
        with continue_from(PARENT), provider.get_tracer("test").start_as_current_span("a") as span:
            assert span.is_recording()
        with provider.get_tracer("test").start_as_current_span("b") as span:
            assert not span.is_recording()

    def test_is_off_without_an_endpoint(self) -> None:
        settings = Settings(
            service="intake",
            profile=Profile.LOCAL,
            database_url="postgresql://unused",
            kafka_bootstrap="127.0.0.1:1",
            issuer_url="http://127.0.0.1:1",
        )
        assert open_tracing(settings) is None
        provider = open_tracing(settings.model_copy(update={"otlp_endpoint": "http://127.0.0.1:1"}))
        assert provider is not None
        provider.shutdown()
