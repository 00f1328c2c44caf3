"""``kcity`` against a whole real stack: healthy, damaged in every way, and mended by its commands."""

import asyncio
import json
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import promql_parser
import psutil
import psycopg
import pytest
import yaml
from aiokafka.admin import NewTopic
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from deploy.local.ledger import MARK
from deploy.local.ports import free_offset
from deploy.local.rehearsal.definition import CALL_FILE
from deploy.local.running import marked
from deploy.operator.main import app
from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress
from shared.bus.producer import BusProducer
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Outgoing
from shared.events.envelope import Envelope
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CALL, REVIEW_SELECTION
from shared.ids import new_uuid
from shared.settings import API_PORTS, SERVICES, WORKER_PORTS, ServiceName
from tests.stack import RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 180.0
OK, WARN, BAD = 0, 1, 2


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    printed: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.printed)
        return found

    def found(self, state: str) -> set[tuple[str, str]]:
        """Part and matter of the findings in this state."""
        return {(one["part"], one["matter"]) for one in self.findings if one["state"] == state}

    def fact(self, part: str, matter: str) -> str:
        return " / ".join(
            one["fact"] for one in self.findings if (one["part"], one["matter"]) == (part, matter)
        )


@dataclass
class Town:
    """A running stack, its operator, and ways to damage it."""

    running: RunningStack

    def kcity(self, *words: str) -> Ran:
        ran = CliRunner().invoke(app, words, env={**self.running.environment, "COLUMNS": "250"})
        return Ran(ran.exit_code, ran.stdout + ("" if ran.exit_code == 0 else ran.stderr))

    def doctor(self) -> Ran:
        said = self.kcity("doctor", "--json")
        assert said.code in (OK, WARN, BAD), said.printed
        return Ran(said.code, said.printed[: said.printed.rindex("]") + 1])

    def doctor_until(self, wanted: Callable[[Ran], bool], what: str) -> Ran:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not wanted(said := self.doctor()):
            told = [one for one in said.findings if one["state"] != "ok"]
            assert time.monotonic() < deadline, f"{what} did not come about: {said.code} {told}"
            time.sleep(0.5)
        return said

    def healthy(self) -> Ran:
        return self.doctor_until(lambda said: said.code == OK, "health")

    @property
    def bus(self) -> BusAddress:
        broker = self.running.stack.broker
        assert broker is not None
        return BusAddress(broker.bootstrap, idempotent_producer=False, replication=1, fetch_max_wait_ms=10)

    def publish(self, *outgoing: Outgoing) -> None:
        async def send() -> None:
            producer = await BusProducer.connect(self.bus, client_id="test")
            try:
                assert await producer.publish(outgoing) == [None] * len(outgoing)
            finally:
                await producer.close()

        asyncio.run(send())

    def records_on(self, topic: str) -> int:
        async def count() -> int:
            async with aclosing(read_from_the_beginning(self.bus, [topic])) as records:
                return len([record async for record in records])

        return asyncio.run(count())

    def ask(self, service: ServiceName, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.running.stack.database_url(service)) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def processes(self, *words: str) -> list[psutil.Process]:
        """Our processes whose command line has one of these words."""
        ours = marked(MARK, str(self.running.stack.folder))
        found = [one for one in ours if any(word in " ".join(one.cmdline()) for word in words)]
        assert found, words
        return found

    @contextmanager
    def standing_still(self, processes: Sequence[psutil.Process]) -> Iterator[None]:
        for one in processes:
            one.suspend()
        try:
            yield
        finally:
            for one in processes:
                one.resume()


@pytest.fixture(scope="module")
def town(scratch: Path) -> Iterator[Town]:
    running = RunningStack(scratch / "operators", free_offset())
    try:
        running.start("--no-rehearsal")
        running.wait_until("readiness", running.is_up)
        yield Town(running)
    finally:
        running.stop()


def application_event(subject: Any, sequence: int, body: bytes) -> Outgoing:
    kind, at = "kcity.intake.ApplicationWithdrawn.v1", datetime.now(UTC)
    envelope = Envelope(new_uuid(), kind, "/kcity/intake", subject, sequence, at, body)
    return Outgoing(INTAKE_APPLICATION, envelope)


class TestDoctor:
    def test_finds_a_healthy_stack_healthy_and_names_every_part(self, town: Town) -> None:
        said = town.healthy()
        looked_at = {(one["part"], one["matter"]) for one in said.findings}
        for service in SERVICES:
            assert {(f"{service}-{half}", "process") for half in ("api", "worker")} <= looked_at
            matters = ("database", "migrations", "clock", "outbox", "relay lease", "held keys", "parked keys")
            assert {(service, matter) for matter in matters} <= looked_at
            assert {(f"{service}-worker", matter) for matter in ("broker", "topics")} <= looked_at
            assert ((f"{service}-worker", "consumer") in looked_at) == (service != "intake")
        assert {("issuer", "process"), ("front-door", "process")} <= looked_at
        assert {("intake-api", "documents"), ("notification-worker", "mail")} <= looked_at
        assert said.fact("catalog", "database").startswith("PostgreSQL 18")
        assert "with 12 partitions each" in said.fact("review-worker", "topics")
        table = town.kcity("doctor")
        assert table.code == OK
        assert len([line for line in table.printed.splitlines() if line.startswith("│ ok")]) == len(
            said.findings
        )

    def test_warns_of_a_gap_and_is_bad_when_a_key_is_parked(self, town: Town) -> None:
        lonely, poisoned = new_uuid(), new_uuid()
        town.publish(application_event(lonely, 2, b"{}"))
        said = town.doctor_until(lambda said: said.code == WARN, "a held key")
        assert ("review", "held keys") in said.found("warn")
        town.publish(application_event(poisoned, 1, b'{"not": "one of ours"}'))
        said = town.doctor_until(lambda said: ("review", "parked keys") in said.found("bad"), "a parked key")
        assert said.code == BAD
        parked = town.kcity("held", "list", "review", "--parked").printed
        assert str(poisoned) in parked
        assert str(lonely) not in parked
        assert str(lonely) in town.kcity("held", "list", "review").printed
        redriven = town.kcity("held", "redrive", "review", str(poisoned), "--topic", INTAKE_APPLICATION)
        assert (redriven.code, redriven.printed.split()[:2]) == (OK, ["1", "released;"])
        parkings = "SELECT count(*) FROM journal WHERE topic = 'review.dlq'"
        wait(
            lambda: town.ask("review", parkings) == [(2,)],
            "its being parked again, as the cause is there still",
        )
        for service in ("review", "notification"):
            town.ask(service, "DELETE FROM held_event")
        town.healthy()

    def test_names_a_topic_with_another_number_of_partitions(self, town: Town) -> None:
        async def make(partitions: int) -> None:
            async with bus_admin(town.bus) as admin:
                while (await admin.partitions()).get(REVIEW_SELECTION) != partitions:
                    await admin._client.delete_topics([REVIEW_SELECTION])
                    await admin._client.create_topics([NewTopic(REVIEW_SELECTION, partitions, 1)])

        with town.standing_still(town.processes("services.review.worker")):  # its relay would mend the topic
            asyncio.run(make(3))
            said = town.doctor_until(
                lambda said: ("catalog-worker", "topics") in said.found("bad"), "the wrong topic"
            )
            assert said.code == BAD
            assert said.fact("catalog-worker", "topics") == (
                f"topic {REVIEW_SELECTION} has 3 partitions, 12 are needed: recreate it and replay"
            )
            assert ("review-worker", "process") in said.found("bad")
            asyncio.run(make(12))
        town.healthy()

    def test_says_so_while_the_broker_hangs(self, town: Town) -> None:
        with town.standing_still(town.processes("tansu")):
            said = town.doctor()
            assert said.code == BAD
            assert {(f"{service}-worker", "broker") for service in SERVICES} <= said.found("bad")
        town.healthy()

    def test_answers_while_much_is_down_and_says_what(self, town: Town) -> None:
        supervisor = town.running.process
        assert supervisor is not None
        supervisor.send_signal(signal.SIGSTOP)  # so that nothing comes back meanwhile
        try:
            for one in town.processes(
                "postgres", "smtp_sink", "deploy.local.issuer", "services.review.worker"
            ):
                one.kill()
            said = town.doctor()
            assert said.code == BAD
            down = {("review-worker", "process"), ("issuer", "process"), ("operator", "token")}
            assert down | {("notification-worker", "mail")} <= said.found("bad")
            assert {(f"{service}-api", "process") for service in SERVICES} <= said.found("bad")
            assert "database" in said.fact("catalog-api", "process")
        finally:
            supervisor.send_signal(signal.SIGCONT)
        town.healthy()


class TestOrders:
    def test_a_replay_gives_consumers_nothing_but_duplicates_and_a_rebuild_agrees(self, town: Town) -> None:
        publish_a_call(town)
        consumers: tuple[ServiceName, ...] = ("review", "notification", "catalog")

        def state() -> list[Any]:
            marks = "SELECT topic, aggregate_id, sequence, xmin FROM watermark ORDER BY 1, 2"
            return [town.ask(service, marks) for service in consumers]

        wait(lambda: all(state()), "the call at every consumer")
        town.healthy()
        before, published = state(), town.records_on(INTAKE_CALL)
        ran = town.kcity("journal", "replay", "intake", "--topic", INTAKE_CALL)
        assert (ran.code, ran.printed.splitlines()[-1]) == (OK, "1 events are published again")
        wait(lambda: town.records_on(INTAKE_CALL) == published + 1, "the replayed event")
        town.healthy()  # nothing lags, nothing is held
        assert [[row[:3] for row in rows] for rows in state()] == [
            [row[:3] for row in rows] for rows in before
        ]
        for service in consumers:
            checked = town.kcity("projection", "rebuild", service, "--check")
            assert checked.code == OK, checked.printed
            assert json.loads(checked.printed)["agrees"] is True
        refused = town.kcity("projection", "rebuild", "intake")
        assert refused.code == 1
        assert "consumes nothing" in refused.printed

    def test_a_rebuild_mends_a_copy_that_somebody_spoilt_and_says_that_it_was(self, town: Town) -> None:
        assert town.ask("catalog", "SELECT count(*) FROM call") == [(1,)]
        town.ask("catalog", "UPDATE call SET name_en = 'spoilt'")
        for words, mended in ((("--check",), False), ((), True)):
            ran = town.kcity("projection", "rebuild", "catalog", *words)
            assert ran.code == 1
            assert "the digests differ" in ran.printed
            spoilt = town.ask("catalog", "SELECT count(*) FROM call WHERE name_en = 'spoilt'")
            assert spoilt == [(0 if mended else 1,)]
        assert town.kcity("projection", "rebuild", "catalog", "--check").code == OK


class TestMetrics:
    def test_real_processes_show_what_the_alerts_ask_for(self, town: Town) -> None:
        """Each selector, with its own labels, finds a sample in some process of its job."""
        ports = {"kcity-api": API_PORTS, "kcity-worker": WORKER_PORTS}
        shown = {
            (job, service): samples_at(port + town.running.offset)
            for job, of_job in ports.items()
            for service, port in of_job.items()
        }
        rules = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"][0]["rules"]
        for selector in (one for rule in rules for one in selectors(rule["expr"]) if one.name != "up"):
            wanted = {one.name: one for one in selector.matchers.matchers}
            matching = [
                labels
                for (job, service), samples in shown.items()
                for name, own in samples
                for labels in ({**own, "job": job, "service": service},)
                if name == selector.name and all(fits(one, labels) for one in wanted.values())
            ]
            assert matching, (selector.name, [str(one) for one in wanted.values()])


def selectors(expression: str) -> list[promql_parser.VectorSelector]:
    found: list[promql_parser.VectorSelector] = []

    def note(node: object) -> bool:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)
        return True

    promql_parser.walk(promql_parser.parse(expression), note)
    return found


def fits(matcher: promql_parser.Matcher, labels: dict[str, str]) -> bool:
    value = labels.get(matcher.name, "")
    same = matcher.op in (promql_parser.MatchOp.Equal, promql_parser.MatchOp.Re)
    exact = matcher.op in (promql_parser.MatchOp.Equal, promql_parser.MatchOp.NotEqual)
    hit = value == matcher.value if exact else re.fullmatch(matcher.value, value) is not None
    return hit == same


def samples_at(port: int) -> list[tuple[str, dict[str, str]]]:
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False, timeout=10)
    families = text_string_to_metric_families(answer.text)
    return [(sample.name, sample.labels) for family in families for sample in family.samples]


def publish_a_call(town: Town) -> None:
    token = town.kcity("token", "ministry_officer").printed.strip()
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": str(new_uuid()),
        "Content-Type": "application/yaml",
    }
    url = f"{town.running.front_door}/intake/v1/calls"
    answer = httpx.post(url, content=CALL_FILE.read_bytes(), headers=headers, trust_env=False, timeout=30)
    assert answer.status_code == 201, answer.text


def wait(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come about"
        time.sleep(0.2)
