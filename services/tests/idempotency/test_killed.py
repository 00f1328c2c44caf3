"""A process of intake is killed at work; whoever repeats learns what became of the request."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx

from services.intake.settings import IntakeSettings
from services.tests.idempotency.desk import Desk
from services.tests.idempotency.intake_posts import create_application, submit_application
from services.tests.idempotency.prepared import Prepared
from shared.ids import new_uuid
from shared.testing.waiting import eventually

ROOT = Path(__file__).resolve().parents[3]
EACH = 16
ACKNOWLEDGED_BEFORE = 4


@contextmanager
def process(settings: IntakeSettings) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """A real API process on a port of its own, and its address."""
    values = {
        "PROFILE": settings.profile.value,
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
        "ISSUER_URL": settings.issuer_url,
        "DOCUMENT_STORE_URL": settings.document_store_url,
        "RECEIPT_KEY_FILE": str(settings.receipt_key_file),
        "RECEIPT_NUMBER_SECRET": settings.receipt_number_secret.get_secret_value(),
        "LINK_SECRET": settings.link_secret.get_secret_value(),
    }
    environment = {**os.environ, **{f"KCITY_{name}": value for name, value in values.items()}}
    with (settings.receipt_key_file.parent / "api.log").open("ab") as log:
        with socket.socket() as listening:  # theirs alone from then on, so that nobody waits for a dead one
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            serve = (
                "uvicorn",
                "--factory",
                "services.intake.main:create_app",
                "--fd",
                str(listening.fileno()),
            )
            one = subprocess.Popen(  # noqa: S603 - our own server
                [sys.executable, "-m", *serve],
                cwd=ROOT,
                env=environment,
                pass_fds=[listening.fileno()],
                stdout=log,
                stderr=log,
            )
        try:
            yield one, address
        finally:
            one.kill()
            one.wait()


@asynccontextmanager
async def client_of(address: str) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=2 * EACH)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=30, trust_env=False) as api:
        yield api


async def answers_until_killed(
    api: httpx.AsyncClient, running: "subprocess.Popen[bytes]", asks: Sequence[tuple[Prepared, str]]
) -> list[httpx.Response | None]:
    """What each asker heard; the process is killed as soon as a few have heard of their success."""
    heard = 0

    async def one(prepared: Prepared, key: str) -> httpx.Response | None:
        nonlocal heard
        try:
            answer = await prepared.ask.send(api, prepared.token, key)
        except httpx.HTTPError:
            return None
        heard += 1
        if heard == ACKNOWLEDGED_BEFORE:
            os.kill(running.pid, signal.SIGKILL)
        return answer

    return await asyncio.gather(*(one(*ask) for ask in asks))


class TestKilledUnderLoad:
    async def test_what_was_acknowledged_stands_and_the_rest_is_done_once_by_repeating(
        self, intake: Desk, intake_settings: IntakeSettings
    ) -> None:
        alone: Counter[str] = Counter()
        for arrange in (submit_application, create_application):
            prepared = await arrange(intake)
            before = await intake.snapshot()
            assert (await prepared.ask.send(intake.apis[0], prepared.token, "alone")).status_code == 201
            alone.update((await intake.snapshot()).since(before))
        asks = [
            (await arrange(intake), str(new_uuid()))
            for _ in range(EACH)
            for arrange in (submit_application, create_application)
        ]
        before = await intake.snapshot()
        with process(intake_settings) as (running, address):
            async with client_of(address) as api:
                await eventually(lambda: _ready(api), what="the process")
                heard = await answers_until_killed(api, running, asks)
        acknowledged = [answer for answer in heard if answer is not None and answer.is_success]
        assert ACKNOWLEDGED_BEFORE <= len(acknowledged) < len(asks)
        for process_number in (0, 1):
            for (prepared, key), first in zip(asks, heard, strict=True):
                answer = await prepared.ask.send(intake.apis[process_number], prepared.token, key)
                assert answer.status_code == 201, answer.text
                if first is not None:
                    assert answer.json() == first.json()
        effects = (await intake.snapshot()).since(before)
        assert effects == {name: EACH * rows for name, rows in alone.items()}


async def _ready(api: httpx.AsyncClient) -> bool:
    try:
        return (await api.get("/ready")).is_success
    except httpx.HTTPError:
        return False
