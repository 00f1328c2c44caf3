"""The kit passes the reference and catches each consumer that gets one thing wrong."""

import asyncio
import json
import re
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from kcity_conformance import __main__ as kit
from kcity_conformance import lines
from kcity_conformance.judging import SECTIONS, Did, Rule, Told, findings
from kcity_conformance.records import Aggregate, contract
from kcity_conformance.scenarios import USUAL, Scenario, scenarios

from clients.conformance.tests.consumers import FAULTS
from deploy.local.broker import EmbeddedBroker
from shared.bus.provision import provision_all
from shared.bus.records import Incoming, NotAnEvent, read_envelope
from shared.testing.plugin import embedded_address

SOURCES = Path(__file__).resolve().parents[1] / "src"
CONSUMERS = Path(__file__).with_name("consumers.py")
BY_NAME = {one.name: one for one in scenarios()}
CAUGHT = {
    "AppliesDuplicates": ("duplicate", Rule.APPLIED_TWICE),
    "IgnoresOrder": ("re-ordered", Rule.OUT_OF_ORDER),
    "DropsWhatComesEarly": ("gap-that-closes", Rule.NOT_APPLIED),
    "DiesAtUnknownTypes": ("unknown-type", Rule.ENDED),
    "StopsAtUnknownTypes": ("unknown-type", Rule.NOT_APPLIED),
    "ForbidsUnknownFields": ("unknown-field", Rule.NOT_APPLIED),
    "DiesAtErasures": ("erased", Rule.ENDED),
    "BelievesEverySource": ("wrong-source", Rule.NOT_OURS),
    "RefusesLargeBodies": ("large-body", Rule.NOT_APPLIED),
    "ForgetsWhenItEnds": ("restarted", Rule.APPLIED_TWICE),
    "AppliesUnreadableBodies": ("unreadable-body", Rule.NOT_OURS),
    "commits_before_it_applies": ("in-order", Rule.COMMITTED_TOO_SOON),
    "waits_for_the_gap_to_close": ("gap-that-stays", Rule.HELD_UP),
    "hangs": ("in-order", Rule.STUCK),
    "tells_nonsense": ("in-order", Rule.UNREADABLE),
}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A consumer finds the kit, and nothing of the rest of the repository."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCES))


def command(fault: str) -> list[str]:
    return [sys.executable, "-S", str(CONSUMERS), fault]


def rules(fault: str, scenario: str, seconds: float = 30) -> set[Rule]:
    return {one.rule for one in lines.check(command(fault), BY_NAME[scenario], seconds)}


class TestConsumers:
    def test_the_reference_conforms(self, capsys: pytest.CaptureFixture[str]) -> None:
        reference = [sys.executable, "-S", "-m", "kcity_conformance.reference"]
        assert kit.main(["--", *reference]) == 0, capsys.readouterr().out
        assert f"conforms: {len(BY_NAME)} scenarios" in capsys.readouterr().out

    @pytest.mark.parametrize("fault", CAUGHT)
    def test_what_one_gets_wrong_is_caught(self, fault: str) -> None:
        scenario, rule = CAUGHT[fault]
        assert rule in rules(fault, scenario, 3 if fault == "hangs" else 30)

    def test_each_fault_is_tried(self) -> None:
        assert CAUGHT.keys() == FAULTS.keys() - {"none", "reads_kafka", "reads_kafka_and_forgets"}

    def test_one_that_cannot_be_started_is_told_from_one_that_fails(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert kit.main(["--", "/nowhere/consumer"]) == 2
        assert kit.main(["--only", "unknown-type", "--", *command("DiesAtUnknownTypes")]) == 1
        assert re.search(r"ended by itself: .* \(docs/integrate\.md#5-", capsys.readouterr().out)

    def test_one_that_reads_another_topic_is_tried_on_its_own_type(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        played = ["--type", "kcity.catalog.ProjectPublished.v1", "--topics", "catalog.project.v1"]
        only = [name for one in ("unknown-type", "wrong-source", "duplicate") for name in ("--only", one)]
        assert kit.main([*played, *only, "--", *command("none")]) == 0, capsys.readouterr().out
        assert "conforms: 3 scenarios" in capsys.readouterr().out


class TestKafka:
    @pytest.mark.timeout(300)
    @pytest.mark.parametrize("fault", ["reads_kafka", "reads_kafka_and_forgets"])
    def test_a_consumer_is_judged_over_a_broker(
        self, fault: str, own_broker: EmbeddedBroker, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asyncio.run(provision_all(embedded_address(own_broker)))
        names = [name for one in ("duplicate", "gap-that-closes", "wrong-source") for name in ("--only", one)]
        over = ["--kafka", own_broker.bootstrap, "--timeout", "60", *names, "--"]
        code = kit.main([*over, sys.executable, str(CONSUMERS), fault])
        printed = capsys.readouterr().out
        if fault == "reads_kafka":
            assert code == 0, printed
        else:
            assert f"{Rule.APPLIED_TWICE}" in printed


class TestScenarios:
    @pytest.mark.parametrize("scenario", BY_NAME.values(), ids=BY_NAME)
    def test_hold_records_that_our_own_services_would_read(self, scenario: Scenario) -> None:
        for offset, record in enumerate(scenario.records):
            headers = [(name, text.encode()) for name, text in record.headers.items()]
            value = None if record.value is None else record.value.encode()
            incoming = Incoming(record.topic, 0, offset, record.key.encode(), value, headers)
            if record.genuine:
                assert read_envelope(incoming).sequence == record.sequence
            elif scenario.name == "wrong-source":
                with pytest.raises(NotAnEvent):
                    read_envelope(incoming)

    def test_leave_no_event_type_and_no_topic_out(self) -> None:
        sampled = {record.headers["ce_type"] for one in BY_NAME.values() for record in one.records}
        assert contract()["events"].keys() <= sampled
        assert len(contract()["events"]) > 10

    @pytest.mark.parametrize("kind", contract()["events"])
    def test_have_samples_that_fit_their_schema(self, kind: str) -> None:
        told = contract()["events"][kind]
        Draft202012Validator(told["schema"]).validate(told["sample"])
        assert json.loads(Aggregate("x", kind).event(1).value or "") == told["sample"]

    def test_say_a_mebibyte_where_they_mean_it(self) -> None:
        assert len((BY_NAME["large-body"].records[0].value or "").encode()) >= 2**20 - 3

    def test_are_chosen_by_topic(self, capsys: pytest.CaptureFixture[str]) -> None:
        kit.main(["--list", "--topics", "catalog.project.v1"])
        [only] = capsys.readouterr().out.splitlines()
        assert only.startswith("samples-of-catalog.project.v1: The sample of each event type")


class TestJudging:
    def test_leads_each_rule_to_a_section_of_the_docs(self) -> None:
        page = (SOURCES.parents[2] / "docs" / "integrate.md").read_text()
        sections = {
            "#" + re.sub(r"[^a-z0-9 -]", "", title.lower()).strip().replace(" ", "-")
            for title in re.findall(r"^## (.+)$", page, re.MULTILINE)
        }
        assert SECTIONS.keys() == set(Rule)
        assert set(SECTIONS.values()) <= sections

    def test_finds_nothing_wrong_with_what_was_applied_once_in_order_and_then_committed(self) -> None:
        one = Aggregate("judged", USUAL)
        given = {("t", 0, 0): one.event(1), ("t", 0, 1): one.event(2)}
        told = [Told(Did.APPLIED, "t", 0, 0), Told(Did.APPLIED, "t", 0, 1), Told(Did.COMMITTED, "t", 0, 2)]
        assert findings(given, told, {one.subject: (1, 2)}) == []
        early = findings(given, [told[0], told[2], told[1]], {one.subject: (1, 2)})
        assert [finding.rule for finding in early] == [Rule.COMMITTED_TOO_SOON]
