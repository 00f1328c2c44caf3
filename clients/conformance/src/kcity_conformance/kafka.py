"""Over a broker of the team's own: publishes every scenario, runs the consumer twice, and judges.

The consumer reads the topics of ``events.json`` from the broker named in ``KCITY_BOOTSTRAP``, in a group of its own,
and tells what it did as over lines. It is asked to end (SIGTERM) when it has committed everything, and started again:
nothing may be applied a second time. The topics must be empty, or at least unknown to the consumer's group.
"""

import asyncio
import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from aiokafka import AIOKafkaProducer

from kcity_conformance.judging import Did, Finding, Rule, Told, findings, read
from kcity_conformance.lines import STATE
from kcity_conformance.records import Aggregate, Position, Record
from kcity_conformance.scenarios import Scenario

BOOTSTRAP = "KCITY_BOOTSTRAP"
LARGEST = 4 * 1024 * 1024
QUIET_SECONDS = 3.0
"""So long nothing is heard, once everything was committed, before it is asked to end."""


def check(
    bootstrap: str, command: Sequence[str], wanted: Sequence[Scenario], seconds: float
) -> dict[str, list[Finding]]:
    """What is wrong, by scenario; how the consumer ended is told with the first one."""
    return asyncio.run(_check(bootstrap, command, wanted, seconds))


async def _check(
    bootstrap: str, command: Sequence[str], wanted: Sequence[Scenario], seconds: float
) -> dict[str, list[Finding]]:
    placed = await _publish(bootstrap, wanted)
    everything = {at: record for given in placed.values() for at, record in given.items()}
    with TemporaryDirectory(prefix="kcity-conformance-") as folder:
        told, wrong = await _live(bootstrap, command, everything, Path(folder), seconds)
        # one more event, so that it is seen when it has begun again
        after = (await _publish(bootstrap, [_afterwards(wanted[0])]))["afterwards"]
        later, again = await _live(bootstrap, command, after, Path(folder), seconds)
    told += later
    found = {
        one.name: findings(placed[one.name], told, one.applied, may_ignore=one.may_ignore) for one in wanted
    }
    found[wanted[0].name] += [*wrong, *again]
    return found


def _afterwards(scenario: Scenario) -> Scenario:
    last = Aggregate("afterwards", scenario.records[0].headers["ce_type"]).event(1)
    return Scenario("afterwards", "One more event", (last,), {last.key: (1,)})


async def _publish(bootstrap: str, wanted: Sequence[Scenario]) -> dict[str, dict[Position, Record]]:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_request_size=LARGEST)
    await producer.start()
    placed: dict[str, dict[Position, Record]] = {}
    try:
        for scenario in wanted:
            placed[scenario.name] = {}
            for record in scenario.records:
                sent = await producer.send_and_wait(
                    record.topic,
                    key=record.key.encode(),
                    value=None if record.value is None else record.value.encode(),
                    headers=[(name, text.encode()) for name, text in record.headers.items()],
                )
                placed[scenario.name][record.topic, sent.partition, sent.offset] = record
    finally:
        await producer.stop()
    return placed


async def _live(
    bootstrap: str, command: Sequence[str], given: Mapping[Position, Record], folder: Path, seconds: float
) -> tuple[list[Told], list[Finding]]:
    environment = {**os.environ, STATE: str(folder), BOOTSTRAP: bootstrap}
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment)
    told: list[Told] = []
    wrong: list[Finding] = []
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            if not await _heard(process, told, wrong, given):
                break
        else:
            wrong.append(Finding(Rule.STUCK, f"not everything was committed after {seconds:.0f} s"))
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), seconds)
        if code not in (0, -signal.SIGTERM):
            wrong.append(Finding(Rule.ENDED, f"with exit code {code}"))
    except TimeoutError:
        wrong.append(Finding(Rule.STUCK, "it did not end when it was asked to"))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return told, wrong


async def _heard(
    process: asyncio.subprocess.Process,
    told: list[Told],
    wrong: list[Finding],
    given: Mapping[Position, Record],
) -> bool:
    """Hear one line; False when it is over: it ended, spoke nonsense, or is quiet with all committed."""
    if process.stdout is None:
        return False
    try:
        line = await asyncio.wait_for(process.stdout.readline(), QUIET_SECONDS)
    except TimeoutError:
        return not _all_committed(told, given)
    if not line:
        return False
    try:
        told.append(read(line.decode()))
    except ValueError as error:
        wrong.append(Finding(Rule.UNREADABLE, str(error)))
        return False
    return True


def _all_committed(told: Sequence[Told], given: Mapping[Position, Record]) -> bool:
    reached: dict[tuple[str, int], int] = {}
    for one in told:
        if one.did is Did.COMMITTED:
            reached[one.topic, one.partition] = max(one.offset, reached.get((one.topic, one.partition), 0))
    return all(at[2] < reached.get(at[:2], 0) for at in given)
