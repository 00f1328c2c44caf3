from shared.telemetry.metrics import counter, exposition, gauge


class TestMetrics:
    def test_carry_the_house_name_and_are_shown_as_text(self) -> None:
        counter("test_trams", "Trams seen", ("line",)).labels("green").inc()
        gauge("test_lag_events", "Events not yet applied").set(3)
        content, media_type = exposition()
        assert b'kcity_test_trams_total{line="green"} 1.0' in content
        assert b"kcity_test_lag_events 3.0" in content
        assert media_type.startswith("text/plain")
