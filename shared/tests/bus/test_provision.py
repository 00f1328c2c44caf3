"""The job that makes topics before the services start: what an operator reads when it refuses."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress
from shared.events.topics import Topic, topics_of

pytestmark = pytest.mark.bus

ROOT = Path(__file__).resolve().parents[3]


async def provision(address: BusAddress) -> tuple[int | None, str, str]:
    """Its exit code, what it printed, and what it complained of."""
    environment = {
        **os.environ,
        "KCITY_KAFKA_BOOTSTRAP": address.bootstrap,
        "KCITY_KAFKA_REPLICATION": str(address.replication),
    }
    job = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shared.bus.provision"),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, complained = await job.communicate()
    return job.returncode, printed.decode(), complained.decode()


async def test_a_topic_with_another_partition_count_is_named_and_ends_the_start(bus: BusAddress) -> None:
    right = next(topic for topic in topics_of("notification") if topic.name.endswith(".dlq"))
    wrong = Topic(right.name, right.owner, partitions=4)
    async with bus_admin(bus) as admin:
        await admin.provision([wrong], recreate=True)
        try:
            code, printed, complained = await provision(bus)
            left = await admin.partitions()
        finally:
            await admin.provision([right], recreate=True)
    assert (code, printed) == (1, "")
    assert complained.strip() == (
        f"provision: topic {right.name} has 4 partitions, 12 are needed: recreate it and replay"
    )
    assert left[right.name] == 4


async def test_a_broker_that_does_not_answer_is_told_in_one_line() -> None:
    code, printed, complained = await provision(BusAddress("127.0.0.1:1"))
    assert (code, printed) == (1, "")
    assert complained.splitlines()[-1].startswith("provision: ")
    assert "Traceback" not in complained
