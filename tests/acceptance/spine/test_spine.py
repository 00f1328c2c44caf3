"""The spine: one test per numbered item of the issue, each on what a person would run."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from deploy.checks.addresses import findings
from shared.events.topics import PARTITIONS, TOPICS
from shared.settings import SERVICES
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

COMMANDS = (
    *("help", "setup", "run", "rehearse", "sandbox", "test", "check", "kafka", "test-kafka", "test-keycloak"),
    *("bench", "chaos", "fuzz", "openapi", "contract", "clients", "mock"),
    *("screenshots", "browser", "token", "accept"),
)
ROOMS = (
    *(f"services/{service}" for service in SERVICES),
    *("shared", "deploy", "tests", "docs", "docker-compose.yml", "Makefile", "pyproject.toml", ".ci/run"),
)

RATIOS = (
    "submissions/s ÷ pgbench TPS of the identical SQL",
    "submissions/s ÷ bare FastAPI+asyncpg twin",
    "IRIS day: seconds to receive 14,487 submissions",
    "a submission with 1,000,000 journal rows ÷ with 1,000",
    "commit → handler ÷ raw produce → consume, p50",
    "commit → handler ÷ raw produce → consume, p99",
    "outbox drain rate ÷ producer-only rate",
    "catching up after 5 minutes without Kafka ÷ arrivals",
    "the front door adds to the p50 of a read",
    "authentication and authorization, CPU of a request",
    "/v1/me ÷ bare twin, requests for a second of CPU",
    "lists made for the first time/s ÷ bare twin",
    "lists that were kept/s ÷ bare twin",
    "searches made for the first time/s ÷ bare twin",
    "searches that were kept/s ÷ bare twin",
    "unchanged answers of the catalogue/s ÷ answers made",
    "a search among 10,049 projects ÷ among 49, p95",
)
OF_A_WHOLE_RUN_ALONE = (
    "requests succeed after any single kill, the longest",
    "events flow after any single kill, the longest",
)


def run(*argv: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the project from its root."""
    return subprocess.run(
        argv, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def python(*argv: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a module of the project."""
    return run(sys.executable, "-m", *argv, **environment)


def test_1_the_house_has_its_rooms_rules_commands_and_hashed_locks() -> None:
    assert [room for room in ROOMS if not (ROOT / room).exists()] == []
    offered = run("make", "--no-print-directory", "help").stdout
    assert [command for command in COMMANDS if not re.search(rf"\b{command}\b", offered)] == []
    rules = run(str(Path(sys.executable).with_name("lint-imports")))
    assert rules.returncode == 0, rules.stdout
    for lock in ROOT.glob("requirements*.lock"):
        pinned = re.findall(r"^[a-z0-9].*==", lock.read_text(), flags=re.MULTILINE)
        assert len(pinned) <= lock.read_text().count("--hash=sha256:"), lock.name
    assert findings() == []
    ci = (ROOT / ".ci/run").read_text()
    assert [
        step
        for step in ("check", "test", "test-kafka")
        if not re.search(rf"make .*\b{step}$", ci, re.MULTILINE)
    ] == []


def test_2_shared_gives_every_process_health_metrics_time_and_refusals(played: RunningStack) -> None:
    stack = played.stack
    for service in SERVICES:
        for port in (stack.api_port(service), stack.worker_port(service)):
            origin = f"http://127.0.0.1:{port}"
            assert httpx.get(f"{origin}/health").json()["status"] == "ok"
            assert httpx.get(f"{origin}/ready").json() == {"ready": True, "reasons": []}
            assert "kcity_" in httpx.get(f"{origin}/metrics").text
        told = httpx.get(f"{played.front_door}/{service}/v1/time").json()
        assert told["rehearsal"] is True
        unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."
        refused = httpx.get(
            f"{played.front_door}/{service}/v1/rehearsal/clock",
            headers={"Authorization": f"Bearer {unsigned}"},
        )
        assert refused.status_code == 401
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["type"].endswith("/problems/token-invalid")
    assert {topic.partitions for topic in TOPICS} == {PARTITIONS}


def test_3_no_service_can_connect_to_another_ones_database(played: RunningStack) -> None:
    stack = played.stack
    for owner in SERVICES:
        for other in SERVICES:
            url = stack.database_url(owner).rpartition("/")[0] + f"/{other}"
            if owner == other:
                with psycopg.connect(url) as connection:
                    assert connection.execute("SELECT current_user").fetchone() == (owner,)
            else:
                with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                    psycopg.connect(url)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_4_the_2025_call_is_data_with_every_assumption_marked(played: RunningStack) -> None:
    call = httpx.get(f"{played.front_door}/intake/v1/calls/KCN-2025").json()
    planning, demonstration = call["tracks"]
    assert instant(call["announced_at"]) == datetime(2025, 1, 20, 2, tzinfo=UTC)
    assert instant(demonstration["window"]["closes_at"]) == datetime(2025, 3, 11, 9, tzinfo=UTC)
    assert planning["money"]["max_support_krw"] == 700_000_000
    assert demonstration["money"]["max_support_krw"] == 400_000_000
    assert call["occasions"][0]["place"]["en"] == "BEXCO, Busan"
    assert {track["track"] for track in call["tracks"]} == {"planning", "demonstration"}
    assert len(call["assumptions"]) > 5
    assert all(assumption["note"]["ko"] and assumption["note"]["en"] for assumption in call["assumptions"])


def test_5_one_command_plays_the_whole_call_and_heals_what_dies(played: RunningStack) -> None:
    report = played.report
    failed = [check for check in report["checks"] if not check["ok"]]
    assert report["ok"] is True, failed
    assert failed == []
    for victim in _processes(played):
        victim.kill()
        victim.wait(10)
    played.wait_until("readiness after every process was killed", played.is_up, 120)
    before = httpx.get(f"{played.front_door}/catalog/v1/statistics").json()

    assert played.process is not None
    played.process.kill()
    played.process.wait()
    played.start()
    played.wait_until("readiness after the supervisor was killed", played.is_up, 120)
    assert httpx.get(f"{played.front_door}/catalog/v1/statistics").json() == before


def _processes(played: RunningStack) -> list[psutil.Process]:
    """The children of the supervisor: parts, APIs, workers, front door."""
    assert played.process is not None
    return list(psutil.Process(played.process.pid).children())


@pytest.mark.kafka
def test_6_the_bus_suite_runs_on_real_apache_kafka_from_the_same_tests() -> None:
    done = python(
        *("pytest", "-q", "-p", "no:cacheprovider", "shared/tests/bus", "-k", "FromCommitToHandler"),
        KCITY_TEST_BROKER="kafka",
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"\b5 passed\b", done.stdout), done.stdout[-500:]


def test_7_the_containers_run_what_runs_here_and_the_composition_is_valid() -> None:
    done = python("deploy.docker.check")
    assert done.returncode == 0, done.stdout + done.stderr
    composition = (ROOT / "docker-compose.yml").read_text()
    for part in ("apache/kafka", "postgres", "keycloak", "mailpit", "seaweedfs", "caddy"):
        assert part in composition, part


@pytest.mark.bench
def test_8_the_benchmark_measures_every_ratio_in_one_run(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    done = python("deploy.bench", "--smoke", "--out", str(out))
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    found = json.loads(out.read_text())
    assert [one["name"] for one in found["ratios"]] == list(RATIOS)
    for one in found["ratios"]:
        assert one["value"] > 0
        assert one["met"] in {"aim", "gate", "missed"}
    assert found["submissions"]["iris"]["receipts"] == found["submissions"]["iris"]["submissions"]
    assert found["machine"]["cores"] == psutil.cpu_count()
    assert str(ROOT) not in out.read_text()
    assert not list((ROOT / ".local").glob("bench-*/postgres/data/postmaster.pid")), "a database was left"
    kept = json.loads((ROOT / "deploy/bench/results/latest.json").read_text())["ratios"]
    assert {one["name"] for one in kept} <= {*RATIOS, *OF_A_WHOLE_RUN_ALONE}
    assert all(one.keys() >= {"name", "value", "gate", "aim", "met"} for one in kept)


def test_ctrl_c_stops_everything(played: RunningStack) -> None:
    """Runs last: afterwards nothing of the stack is left."""
    assert played.process is not None
    family = psutil.Process(played.process.pid).children(recursive=True)
    assert family
    played.process.send_signal(signal.SIGINT)
    assert played.process.wait(60) == 0
    deadline = time.monotonic() + 10
    while [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]:
        assert time.monotonic() < deadline, "processes are left"
        time.sleep(0.1)
