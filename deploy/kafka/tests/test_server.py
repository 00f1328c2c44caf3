"""Real Apache Kafka: it answers, keeps its data, and leaves no process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.kafka.probe import broker_answers
from deploy.kafka.server import HOST, KafkaFailed, KafkaServer, new_cluster_id
from deploy.local.ports import free_port

TOPIC = "intake.call.v1"
PATIENCE_SECONDS = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KafkaServer]:
    with KafkaServer(tmp_path / "kafka") as running:
        yield running


async def create_topic(bootstrap: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(TOPIC, num_partitions=12, replication_factor=1)])
    finally:
        await admin.close()


async def cluster_id(bootstrap: str) -> str:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        return str((await admin.describe_cluster())["cluster_id"])
    finally:
        await admin.close()


async def send(bootstrap: str, *values: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=True)
    await producer.start()
    try:
        for value in values:
            await producer.send_and_wait(TOPIC, value, key=b"one-call")
    finally:
        await producer.stop()


async def read(bootstrap: str, count: int) -> list[bytes]:
    consumer = AIOKafkaConsumer(
        TOPIC, bootstrap_servers=bootstrap, group_id="readers", auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        values = [(await consumer.getone()).value for _ in range(count)]
        await consumer.commit()
        return values
    finally:
        await consumer.stop()


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.kafka
class TestKafkaServer:
    async def test_keeps_records_offsets_and_identity_over_a_restart(self, server: KafkaServer) -> None:
        await create_topic(server.bootstrap)
        await send(server.bootstrap, b"first", b"second")
        assert await read(server.bootstrap, 1) == [b"first"]
        identity = await cluster_id(server.bootstrap)
        server.stop()
        assert not broker_answers(HOST, server.port)

        server.start()

        assert await cluster_id(server.bootstrap) == identity
        await send(server.bootstrap, b"third")
        assert await read(server.bootstrap, 2) == [b"second", b"third"]

    async def test_keeps_acknowledged_records_when_killed(self, server: KafkaServer) -> None:
        await create_topic(server.bootstrap)
        await send(server.bootstrap, b"first")
        server.kill()
        server.start()
        await send(server.bootstrap, b"second")
        assert await read(server.bootstrap, 2) == [b"first", b"second"]

    async def test_creates_no_topic_by_itself(self, server: KafkaServer) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=server.bootstrap)
        await admin.start()
        try:
            described = await admin.describe_topics(["never.provisioned.v1"])
            assert described[0]["error_code"] == 3  # UNKNOWN_TOPIC_OR_PARTITION
            assert "never.provisioned.v1" not in await admin.list_topics()
        finally:
            await admin.close()

    def test_refuses_a_port_on_which_something_else_listens(self, tmp_path: Path) -> None:
        with socket.create_server((HOST, 0)) as other:
            server = KafkaServer(tmp_path, other.getsockname()[1])
            with pytest.raises(KafkaFailed, match="something else listens"):
                server.start()

    def test_says_why_it_did_not_start(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "meta.properties").write_text("version=1\ncluster.id=other\nnode.id=2\n")
        server = KafkaServer(tmp_path)
        with pytest.raises(KafkaFailed, match="Stored node id 2"):
            server.start()
        assert not server.running


@pytest.mark.kafka
class TestForeground:
    @pytest.fixture
    def starter(self, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
        command = [
            sys.executable,
            "-m",
            "deploy.kafka",
            "--folder",
            str(tmp_path),
            "--port",
            str(free_port()),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            yield process
            process.kill()

    def test_says_how_to_use_it_and_stops_in_order_on_interrupt(self, starter: subprocess.Popen[str]) -> None:
        instructions = self.read_until(starter, "make run")
        [kafka] = psutil.Process(starter.pid).children()
        assert "KCITY_KAFKA_IDEMPOTENT_PRODUCER=true" in instructions

        starter.send_signal(signal.SIGINT)

        assert "its data stays" in self.read_until(starter, "stays")
        assert starter.wait(PATIENCE_SECONDS) == 0
        assert wait_until_gone(kafka.pid)

    def test_takes_kafka_with_it_when_killed(self, starter: subprocess.Popen[str]) -> None:
        self.read_until(starter, "make run")
        [kafka] = psutil.Process(starter.pid).children()
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait(PATIENCE_SECONDS)
        assert wait_until_gone(kafka.pid)

    def read_until(self, process: subprocess.Popen[str], words: str) -> str:
        assert process.stdout is not None
        read = ""
        for line in process.stdout:
            read += line
            if words in line:
                return read
        pytest.fail(f"ended before saying {words!r}: {read}")


class TestProbe:
    def test_is_not_answered_where_nothing_listens(self) -> None:
        assert not broker_answers(HOST, free_port())

    def test_is_not_answered_by_something_that_is_no_broker(self) -> None:
        with socket.create_server((HOST, 0)) as silent:
            assert not broker_answers(HOST, silent.getsockname()[1], timeout_seconds=0.1)


def test_cluster_ids_are_22_url_safe_characters_and_never_look_like_an_option() -> None:
    ids = {new_cluster_id() for _ in range(500)}
    assert len(ids) == 500
    assert {len(each) for each in ids} == {22}
    assert not any(each.startswith("-") for each in ids)
